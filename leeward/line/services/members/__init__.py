"""Who belongs to a team, and keys: members' own, the team's, and lost ones put together."""
