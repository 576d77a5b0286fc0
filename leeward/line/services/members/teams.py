"""What a team tells visitors, and under which names and languages its members answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from leeward.line.models import Member, Shift, Team
from leeward.line.services import announcing
from leeward.line.services.members import keys
from leeward.line.services.shifts import roster
from leeward.people.models import Account
from leeward.people.services import record

# What a coordinator may change; id, slug and has_shares change elsewhere or never.
FIELDS = (
    "name_en",
    "name_es",
    "who_answers_en",
    "who_answers_es",
    "must_report_en",
    "must_report_es",
    "caller_id_en",
    "caller_id_es",
    "most_waiting",
    "minutes_a_chat",
    "is_open",
)
USUAL = {"most_waiting": 20, "minutes_a_chat": 35, "is_open": False}
RIGHT = "line.answer_line"
COORDINATES = "line.coordinate_line"
SLUG_LETTERS = 40


class MayNotAnswer(Exception):
    """The account's role does not let it answer the line."""


def teams_for(account: Account) -> list[Team]:
    """Return the teams whose roster an account may see: all to a coordinator, else her own."""
    if account.has_perm(COORDINATES):
        return list(Team.objects.order_by("slug"))
    return roster.teams_of(account)


def team_for(account: Account, slug: str = "") -> Team | None:
    """Return the team of that slug if she may see it, else her first, else the first there is."""
    chosen = next((team for team in teams_for(account) if slug and team.slug == slug), None)
    own = roster.teams_of(account)
    return chosen or (own[0] if own else Team.objects.order_by("slug").first())


def make(values: Mapping[str, Any], *, by: Account) -> Team:
    """Make a team, without members and keys. Takes FIELDS alone; its slug follows its name."""
    with transaction.atomic():
        known = {name: values[name] for name in FIELDS}
        team = Team.objects.create(slug=_free_slug(str(values["name_en"])), **known)
        record(by, "line.team_made", "line.team", team.pk)
    return team


def values_of(team: Team) -> dict[str, Any]:
    """Return what a coordinator may change, by field."""
    return {name: getattr(team, name) for name in FIELDS}


def change(team: Team, values: Mapping[str, Any], *, by: Account) -> None:
    """Change what visitors are told, the queue's cap, the minutes a chat. Takes FIELDS alone."""
    for name in FIELDS:
        setattr(team, name, values[name])
    with transaction.atomic():
        team.save(update_fields=FIELDS)
        record(by, "line.team_changed", "line.team", team.pk)
    announcing.queue_moved(team.pk)


def may_join(team: Team) -> list[Account]:
    """Return the active accounts that may answer and are not members yet, by name."""
    members = Member.objects.filter(team=team).values_list("account_id", flat=True)
    others = Account.objects.filter(is_active=True).exclude(pk__in=members)
    return [account for account in others.order_by("display_name") if account.has_perm(RIGHT)]


def put_member(
    team: Team,
    account: Account,
    *,
    working_name: str,
    languages: str,
    is_supervisor: bool,
    by: Account,
) -> Member:
    """Make an account a member, or change her working name, languages and role.

    languages: codes with blanks between. Raises MayNotAnswer.
    """
    if not (account.is_active and account.has_perm(RIGHT)):
        raise MayNotAnswer
    with transaction.atomic():
        member = keys.add_member(
            team, account, working_name=working_name, by=by, is_supervisor=is_supervisor
        )
        member.languages = languages
        member.save(update_fields=("languages",))
    return member


def take_out(team: Team, account: Account, *, by: Account) -> None:
    """Take a member out: her wraps, her seats, her presence and her coming shifts go at once."""
    with transaction.atomic():
        keys.remove_member(team, account, by=by)
        roster.go_off(account)
        Shift.objects.filter(team=team, account=account, starts_at__gt=timezone.now()).delete()


def _free_slug(name: str) -> str:
    """Return a slug that no other team has."""
    first = slugify(name)[:SLUG_LETTERS] or "line"
    taken = set(Team.objects.filter(slug__startswith=first).values_list("slug", flat=True))
    others = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (first, *others) if slug not in taken)
