"""What the desk's page is told: everything as plain JSON, sealed things as they lie stored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from leeward.line.services.calls import calls
from leeward.line.services.members import holding, member_keys, recovering, shares
from leeward.line.services.shifts import roster
from leeward.line.services.spelling import to_text
from leeward.line.services.talks import seats, standing
from leeward.line.services.talks.replaying import spell_minute
from leeward.line.services.team_keys import NoTeamKey, publics_of, team_key
from leeward.people.models import Account

COORDINATES = "line.coordinate_line"
RESTING_SHOWN = 50
OTHERS_SHOWN = 50
USUAL_CHATS = 2

Told = dict[str, Any]


def team_of(account: Account, wish: UUID | None = None) -> Any:
    """Return the team that the desk is for: the one she wishes if it is hers, else her first.

    None when she is in none.
    """
    mine = roster.teams_of(account)
    chosen = (team for team in mine if team.pk == wish)
    return next(chosen, None) or next(iter(mine), None)


def of_desk(account: Account, *, now: datetime, wish: UUID | None = None) -> Told:
    """Return the state of her desk. A fixed number of queries, however much waits."""
    team = team_of(account, wish)
    if team is None:
        return {"me": _me(account, None), "team": None}
    present = roster.present(team, now)
    mine = next((row for row in present if row.account_id == account.pk), None)
    members = _members(team, present)
    is_supervisor = any(each["is_supervisor"] for each in members if each["account"] == account.pk)
    talks = list(standing.open_talks(account))
    others = seats.led_by_others(team, account)[:OTHERS_SHOWN] if is_supervisor else []
    return {
        "me": _me(account, mine) | {"is_supervisor": is_supervisor},
        "team": _team(team, account),
        "teams": _teams(account, talks),
        "members": members,
        "queue": [talk_facts(talk) for talk in standing.waiting(team)],
        "talks": [talk_facts(talk) for talk in talks if talk.team_id == team.pk],
        "left": [talk_facts(talk) for talk in seats.left(team, account)],
        "others": [talk_facts(talk) for talk in others],
        "resting": [talk_facts(talk) for talk in standing.resting(team)[:RESTING_SHOWN]],
        "calls": [_call(call, account) for call in calls.open_calls(team)],
        "recovery": _recovery(team, account, now) if is_supervisor else None,
    }


def talk_facts(talk: Any) -> Told:
    """Return what may stand on a row: never a text, never anything of the visitor's person."""
    return {
        "id": str(talk.pk),
        "kind": talk.kind,
        "state": talk.state,
        "language": talk.language,
        "opened_at": spell_minute(talk.opened_at),
        "taken_at": spell_minute(talk.taken_at) if talk.taken_at else "",
        "seen_at": spell_minute(talk.seen_at),
        "has_scripts": talk.has_scripts,
        "is_kept": talk.is_kept,
        "last_place": talk.last_place,
    } | {flag: getattr(talk, flag) for flag in seats.FLAGS}


def _me(account: Account, presence: Any) -> Told:
    public = member_keys.public_key_of(account)
    return {
        "account": account.pk,
        "may_admit": account.has_perm(COORDINATES),
        "presence": _presence(presence),
        "most_chats": presence.most_chats if presence else USUAL_CHATS,
        "key": None
        if public is None
        else {
            "public_key": to_text(public),
            "wraps": [
                {
                    "under": lock.under,
                    "label": lock.label,
                    "name": lock.name,
                    "made_on": lock.made_on.isoformat() if lock.made_on else "",
                    "salt": to_text(lock.salt),
                    "sealed": to_text(lock.sealed),
                }
                for lock in member_keys.locks_of(account)
            ],
        },
    }


def _presence(presence: Any) -> str:
    if presence is None:
        return "off"
    return "away" if presence.is_away else "on"


def _team(team: Any, account: Account) -> Told:
    try:
        key = team_key(team.pk)
    except NoTeamKey:
        generation, public = 0, ""
    else:
        generation, public = key.generation, to_text(key.public_key)
    return {
        "id": str(team.pk),
        "generation": generation,
        "public_key": public,
        "must_follow": holding.must_follow(team),
        "wraps": [
            {"generation": number, "sealed": to_text(sealed)}
            for number, sealed in holding.team_wraps_for(team.pk, account).items()
        ],
    }


def own_name(team: Any) -> str:
    """Return a line's name in the language of the staff member who looks at it."""
    is_spanish = (get_language() or "").startswith("es")
    return str(team.name_es if is_spanish else team.name_en)


def _teams(account: Account, talks: list[Any]) -> list[Told]:
    """Return all her teams, with how many conversations she sits in there."""
    return [
        {
            "id": str(team.pk),
            "name": own_name(team),
            "talks": sum(1 for talk in talks if talk.team_id == team.pk),
        }
        for team in roster.teams_of(account)
    ]


def _recovery(team: Any, account: Account, now: datetime) -> Told:
    """Return how the shares stand, for a supervisor; what was handed to her alone."""
    publics = publics_of(team.pk)
    in_use = max(publics, default=0)
    return {
        "is_on": team.has_shares,
        "holders": sorted(shares.share_holders(team, in_use)),
        "publics": {number: to_text(public) for number, public in publics.items()},
        "asked": [_asked(each, account) for each in recovering.asked(team, now)],
    }


def _asked(request: recovering.Asked, account: Account) -> Told:
    is_mine = request.account_id == account.pk
    return {
        "account": request.account_id,
        "public_key": to_text(request.public_key),
        "until": spell_minute(request.until),
        "handed_by": sorted({each.account_id for each in request.handed}),
        "handed": [
            {
                "generation": each.generation,
                "account": each.account_id,
                "sealed": to_text(each.sealed),
            }
            for each in request.handed
            if is_mine
        ],
    }


def _members(team: Any, present: Iterable[Any]) -> list[Told]:
    by_account = {row.account_id: row for row in present}
    return [
        {
            "account": holder.account_id,
            "name": holder.working_name,
            "is_supervisor": holder.is_supervisor,
            "public_key": to_text(holder.public_key) if holder.public_key else "",
            "can_read": holder.has_team_key,
            "presence": _presence(by_account.get(holder.account_id)),
        }
        for holder in holding.holders(team)
    ]


def _call(call: Any, account: Account) -> Told:
    """Return a request for a call; its box only to whoever took it."""
    is_mine = call.taken_by_id == account.pk
    return {
        "id": str(call.pk),
        "language": call.language,
        "generation": call.generation,
        "not_before": spell_minute(call.not_before),
        "not_after": spell_minute(call.not_after),
        "tries": call.tries,
        "is_mine": is_mine,
        "is_taken": call.taken_by_id is not None,
        "box": to_text(bytes(call.box)) if is_mine else "",
    }


def generations_of(talk: Any, account: Account) -> list[int]:
    """Return the generations of the team's key that she holds, for a conversation of the team."""
    return list(holding.team_wraps_for(talk.team_id, account))
