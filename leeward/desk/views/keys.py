"""Her own key, and the team's: what her browser made and sealed is stored as it comes."""

from __future__ import annotations

from typing import Any

from leeward.desk.services import stand
from leeward.desk.views.asked import COORDINATES, Asked, Refused, Told, Unfit, answers
from leeward.line.services.members import holding, member_keys, teams
from leeward.line.services.members.member_keys import KeysUnfit, KeyThere, Lock
from leeward.line.services.shifts import roster
from leeward.line.services.team_keys import NoTeamKey
from leeward.people.models import Account

UNDERS = ("passphrase", "recovery", "passkey")
CHANGED = {
    KeysUnfit: Refused(409, "key_changed"),
    KeyThere: Refused(409, "key_changed"),
    NoTeamKey: Refused(409, "no_team_key"),
    roster.NotAMember: Refused(404, "not_here"),
}


@answers(when=CHANGED)
def make(account: Account, asked: Asked) -> Told:
    """Store her first key pair: the private half under its locks."""
    member_keys.make_member_key(account, asked.sealed("public_key"), _locks(asked))
    return {}


@answers(when=CHANGED)
def wrap(account: Account, asked: Asked) -> Told:
    """Put new locks in the place of old ones: a new passphrase, code or passkey."""
    for lock in _locks(asked):
        member_keys.change_lock(account, lock)
    return {}


@answers(when=CHANGED)
def unlock_no_more(account: Account, asked: Asked) -> Told:
    """Take a passkey's lock away: it opens her key no more."""
    if not member_keys.remove_passkey_lock(account, asked.text("label")):
        raise Refused(404, "not_here")
    return {}


@answers(when=CHANGED)
def drop(account: Account, asked: Asked) -> Told:
    """Forget her key, which nobody can open any more."""
    member_keys.start_anew(account, by=account)
    return {}


@answers(when=CHANGED)
def first(account: Account, asked: Asked) -> Told:
    """Store the team's first key."""
    _make(account, asked)
    return {}


@answers(when=CHANGED, permission=COORDINATES)
def admit(account: Account, asked: Asked) -> Told:
    """Store the team's keys, sealed to a colleague whose words were compared."""
    colleague = colleague_of(account, asked, "account")
    if member_keys.public_key_of(colleague) != asked.sealed("public_key"):
        raise Refused(409, "key_changed")
    team = my_team(account, asked)
    holding.admit(team, colleague, asked.sealed_by_number("wraps"), by=account)
    return {}


@answers(when=CHANGED, permission=COORDINATES)
def follow(account: Account, asked: Asked) -> Told:
    """Take out who leaves, if anybody, and store the team's next key."""
    if asked.has("leaver"):
        colleague = colleague_of(account, asked, "leaver")
        if colleague.pk == account.pk:
            raise Unfit
        teams.take_out(my_team(account, asked), colleague, by=account)
    _make(account, asked)
    return {}


def _make(account: Account, asked: Asked) -> None:
    team, public = my_team(account, asked), asked.sealed("public_key")
    holding.make_team_key(team, account, public, asked.sealed_by_number("wraps"))


def _locks(asked: Asked) -> list[Lock]:
    rows = asked.rows("wraps")
    if any(row.text("under") not in UNDERS for row in rows):
        raise Unfit
    return [
        Lock(
            row.text("under"),
            row.sealed("sealed"),
            row.sealed("salt"),
            row.text("label"),
            row.text("name", most=member_keys.NAME_MAX),
        )
        for row in rows
    ]


def my_team(account: Account, asked: Asked) -> Any:
    """Return the team of her desk. Raises Refused."""
    team = stand.team_of(account, asked.wish())
    if team is None:
        raise Refused(404, "not_here")
    return team


def colleague_of(account: Account, asked: Asked, name: str) -> Account:
    """Return the member of her team whom a field names. Raises Refused, for unknown ones alike."""
    number = asked.number(name)
    members = roster.members(my_team(account, asked))
    found = next((row.account for row in members if row.account_id == number), None)
    if found is None:
        raise Refused(404, "not_here")
    return found
