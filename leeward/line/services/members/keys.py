"""Keys of staff: made in their browsers, stored here wrapped. The server opens none of them.

A team's key is made by the first member to come, and sealed to her alone. A member who holds it
seals it to others, after comparing their words. When somebody leaves, a new one follows it.
"""

from __future__ import annotations

from leeward.line.services.members.holding import (
    Holder,
    admit,
    holders,
    make_team_key,
    must_follow,
    team_wraps_for,
)
from leeward.line.services.members.member_keys import (
    KeysUnfit,
    KeyThere,
    Lock,
    change_lock,
    locks_of,
    make_member_key,
    public_key_of,
    remove_passkey_lock,
    start_anew,
)
from leeward.line.services.members.shares import share_out, shares_of, withdraw_shares
from leeward.line.services.members.team_members import add_member, remove_member
from leeward.line.services.team_keys import NoTeamKey, PublicTeamKey, has_key, team_key

__all__ = [
    "Holder",
    "KeyThere",
    "KeysUnfit",
    "Lock",
    "NoTeamKey",
    "PublicTeamKey",
    "add_member",
    "admit",
    "change_lock",
    "has_key",
    "holders",
    "locks_of",
    "make_member_key",
    "make_team_key",
    "must_follow",
    "public_key_of",
    "remove_member",
    "remove_passkey_lock",
    "share_out",
    "shares_of",
    "start_anew",
    "team_key",
    "team_wraps_for",
    "withdraw_shares",
]
