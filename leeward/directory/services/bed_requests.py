"""Bed requests: an advocate asks member shelters, the first yes wins, the rest are told.

A request holds codes and numbers, no word that anybody typed. The first yes is decided by one
update of the request's row, and the database refuses a second one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from leeward.directory.models import (
    BedReply,
    BedRequest,
    Phone,
    Service,
)
from leeward.directory.models.base import Visibility
from leeward.directory.rules import bed_requests as rules
from leeward.directory.services.bed_matching import fits
from leeward.directory.services.beds import services_told_by
from leeward.directory.services.vocabulary import unit_id
from leeward.people.models import Account
from leeward.people.services import record

State, Answer = BedRequest.State, BedReply.Answer
MOST_PHONES = 3
ENDED_SHOWN = timedelta(days=1)


class NobodyToAsk(Exception):
    """No member shelter fits: each one's known facts speak against it."""


class NotAsked(Exception):
    """This service has no part in this request."""


class Outcome(Enum):
    """What became of a shelter's answer."""

    WON = "won"
    NOTED = "noted"
    FOUND_ELSEWHERE = "found elsewhere"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """The shelter that said yes: names, and numbers to call. Never where it is."""

    service: str
    organization: str
    phones: tuple[Phone, ...]


# -- asking --


@transaction.atomic
def ask(
    need: rules.Need, *, for_on: date, area_code: str, minutes: int, by: Account, now: datetime
) -> BedRequest:
    """Ask every member shelter that fits; return the request. Raises NobodyToAsk."""
    found = rules.in_order((fit, str(pk)) for pk, fit in fits(need, now=now).items())
    if not found:
        raise NobodyToAsk
    request = BedRequest.objects.create(
        made_by=by,
        made_at=rules.to_the_minute(now),
        unit_id=unit_id(need.unit),
        units_wanted=need.units,
        for_on=for_on,
        area_code=area_code,
        people=sorted(need.people),
        oldest_boy_age=need.oldest_boy_age,
        languages=sorted(need.languages),
        reply_by=rules.reply_by(now, minutes=minutes),
        delete_after=rules.delete_after(now.date()),
    )
    BedReply.objects.bulk_create(
        BedReply(request=request, service_id=UUID(pk)) for _fit, pk in found
    )
    record(by, "directory.bed_asked", "bed_request", request.pk)
    return request


# -- answering --


@transaction.atomic
def reply(
    request_id: int, service_id: UUID, *, says_yes: bool, by: Account, now: datetime
) -> Outcome:
    """Take a shelter's answer; return what became of it. Raises NotAsked.

    The first yes takes the request; two at once are set in order by the lock on its row.
    """
    own = BedReply.objects.filter(request_id=request_id, service_id=service_id)
    if not own.exists():
        raise NotAsked
    still_open = BedRequest.objects.filter(pk=request_id, state=State.OPEN, reply_by__gt=now)
    if not says_yes:
        return _note_no(own, still_open, by, now)
    if not still_open.update(state=State.TAKEN, taken_by=service_id):
        return _too_late(request_id, service_id)
    own.update(answer=Answer.YES, answered_by=by, answered_at=rules.to_the_minute(now))
    others = BedReply.objects.filter(request_id=request_id, answer=Answer.ASKED)
    others.update(answer=Answer.TOLD)
    record(by, "directory.bed_yes", "bed_request", request_id)
    return Outcome.WON


def _note_no(own: Any, still_open: Any, by: Account, now: datetime) -> Outcome:
    request = still_open.select_for_update().first()  # so that no yes is undone meanwhile
    if request is None:
        return Outcome.OVER
    own.update(answer=Answer.NO, answered_by=by, answered_at=rules.to_the_minute(now))
    record(by, "directory.bed_no", "bed_request", request.pk)
    return Outcome.NOTED


def _too_late(request_id: int, service_id: UUID) -> Outcome:
    request = BedRequest.objects.get(pk=request_id)
    if request.state != State.TAKEN:
        return Outcome.OVER
    return Outcome.WON if request.taken_by_id == service_id else Outcome.FOUND_ELSEWHERE


# -- ending --


@transaction.atomic
def close(request_id: int, *, by: Account) -> bool:
    """End an open or taken request; return whether it was one. Its shelters see that it is over."""
    running = BedRequest.objects.filter(pk=request_id, state__in=(State.OPEN, State.TAKEN))
    if not running.update(state=State.CLOSED):
        return False
    record(by, "directory.bed_closed", "bed_request", request_id)
    return True


def end_overdue(now: datetime) -> int:
    """End the open requests whose timer is over; return how many."""
    return BedRequest.objects.filter(state=State.OPEN, reply_by__lte=now).update(
        state=State.EXPIRED
    )


def delete_old(today: date) -> int:
    """Delete the requests whose seven days are over, with their replies; return how many."""
    _all, by_kind = BedRequest.objects.filter(delete_after__lt=today).delete()
    return by_kind.get("directory.BedRequest", 0)


# -- reading --


def waiting_for(account: Account, now: datetime) -> QuerySet[BedReply]:
    """Return the parts in open requests that wait for an answer of the account's own services."""
    return BedReply.objects.filter(
        service__in=services_told_by(account),
        answer=Answer.ASKED,
        request__state=State.OPEN,
        request__reply_by__gt=now,
    ).select_related("request__unit", "service")


def ended_for(service: Service, now: datetime) -> QuerySet[BedReply]:
    """Return the service's part in requests of the last day that it or another shelter took."""
    return (
        BedReply.objects.filter(
            service=service,
            answer__in=(Answer.YES, Answer.TOLD),
            request__made_at__gt=now - ENDED_SHOWN,
        )
        .select_related("request__unit", "service")
        .order_by("-id")
    )


def taken_for(account: Account) -> int:
    """Return how many requests of `account` a shelter said yes to, and are not ended yet."""
    return BedRequest.objects.filter(made_by=account, state=State.TAKEN).count()


def place_found(request: BedRequest) -> PlaceFound | None:
    """Return who said yes, with its numbers; staff's and partners' numbers come first."""
    service = request.taken_by
    if service is None:
        return None
    numbers = Phone.objects.filter(
        Q(service=service)
        | Q(service_at_location__service=service)
        | Q(organization=service.organization_id)
    ).exclude(type="fax")
    ordered = sorted(numbers, key=lambda row: (row.visibility == Visibility.PUBLIC, str(row.pk)))
    return PlaceFound(service.name, service.organization.name, tuple(ordered[:MOST_PHONES]))
