"""Which key a team has now: what is sealed to the team is sealed to this."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from leeward.line.models import TeamKey


class NoTeamKey(Exception):
    """The team has no key yet: nobody has been to the desk, so nothing can be sealed to it."""


@dataclass(frozen=True, slots=True)
class PublicTeamKey:
    """A team's public key; generation 1 is the first."""

    generation: int
    public_key: bytes


def team_key(team_id: UUID) -> PublicTeamKey:
    """Return the key in use. Raises NoTeamKey."""
    found = TeamKey.objects.filter(team_id=team_id, retired_on__isnull=True).first()
    if found is None:
        raise NoTeamKey
    return PublicTeamKey(found.generation, bytes(found.public_key))


def publics_of(team_id: UUID) -> dict[int, bytes]:
    """Return the public keys that a team ever had, by generation. One query."""
    rows = TeamKey.objects.filter(team_id=team_id).order_by("generation")
    return {row.generation: bytes(row.public_key) for row in rows}


def has_key(team_id: UUID) -> bool:
    """Return whether anything can be sealed to the team."""
    return TeamKey.objects.filter(team_id=team_id, retired_on__isnull=True).exists()
