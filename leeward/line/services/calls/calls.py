"""Requests for a call: number, time, voicemail and code word are sealed to the team.

Destroyed when done, taken back, or past the last moment she named. A row holds what is sealed
without its beginning, which lies with the wraps (`heads`).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from leeward.line.models import CallRequest, Team
from leeward.line.rules.times import hour, quarter
from leeward.line.services import announcing, heads, tallies
from leeward.line.services.proving import NoSuchTalk
from leeward.line.services.team_keys import team_key
from leeward.line.services.visitors import opening
from leeward.people.models import Account
from leeward.people.services import record
from leeward.sealing.contexts import call_context
from leeward.sealing.envelopes import seal_envelope
from leeward.sealing.padding import pad
from leeward.sealing.visits import is_proof

LONGEST = timedelta(days=7)
WAITING_MAX = 200
TRIES_MAX = 3
PROOF_BYTES = 32
BOX_BYTES = (305, 1073, 4145)  # an envelope of a padded 256, 1,024 or 4,096 bytes
_NOBODYS = secrets.token_bytes(32)


class CallUnfit(ValueError):
    """No sealed request, not to the key in use, or a time that is over, or weeks away."""


class CallTaken(Exception):
    """A colleague is calling."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A request as it comes from her page. box: an envelope to the team, bound to `id`."""

    id: UUID
    team_id: UUID
    generation: int
    language: str
    not_before: datetime
    not_after: datetime
    proof_hash: bytes = field(repr=False)
    box: bytes = field(repr=False)


def seal(team_id: UUID, call_id: UUID, data: bytes) -> tuple[int, bytes]:
    """Return generation and envelope of a request, for a visitor without scripts.

    data: JSON of at most 4,092 bytes. Raises NoTeamKey, TooLong.
    """
    team = team_key(team_id)
    sealed = seal_envelope(pad(data), to=team.public_key, context=call_context(call_id))
    return team.generation, sealed


def ask(asking: Asking) -> CallRequest:
    """Store a request; the same again is the same one. Raises CallUnfit, QueueFull, NoRoom."""
    now = timezone.now()
    start, end = quarter(asking.not_before), quarter(asking.not_after)
    in_time = start < end and now < end <= now + LONGEST
    is_current = team_key(asking.team_id).generation == asking.generation
    if not (in_time and is_current and len(asking.box) in BOX_BYTES):
        raise CallUnfit
    opening.must_have_room()
    head, rest = heads.cut(asking.box)
    call = _store(asking, rest, start=start, end=end)
    heads.put(call.pk, head)
    return call


def _store(asking: Asking, rest: bytes, *, start: datetime, end: datetime) -> CallRequest:
    with transaction.atomic():
        team = Team.objects.select_for_update().get(pk=asking.team_id)
        before = CallRequest.objects.filter(pk=asking.id).first()
        if before is not None:
            return _same(before, asking)
        if team.calls.count() >= WAITING_MAX:
            raise opening.QueueFull
        call: CallRequest = CallRequest.objects.create(
            id=asking.id,
            team=team,
            generation=asking.generation,
            language=asking.language,
            asked_hour=hour(timezone.now()),
            not_before=start,
            not_after=end,
            proof_hash=asking.proof_hash,
            box=rest,
        )
        tallies.count(team.pk, "call_asked", asking.language)
        announcing.queue_moved(team.pk)
    return call


def take_back(call_id: UUID, proof: bytes) -> None:
    """Destroy her request. Raises NoSuchTalk for a wrong proof and an unknown id alike."""
    call = CallRequest.objects.filter(pk=call_id).first()
    if not is_proof(proof, kept=bytes(call.proof_hash) if call else _NOBODYS) or call is None:
        raise NoSuchTalk
    _destroy(call)


def open_calls(team: Team) -> list[CallRequest]:
    """Return the requests that wait, whole, the one whose time ends first, first."""
    rows = CallRequest.objects.filter(team=team).select_related("taken_by").order_by("not_after")
    beginnings = heads.of([call.pk for call in rows])
    found = [call for call in rows if (call.pk, 0) in beginnings]
    for call in found:
        call.box = beginnings[call.pk, 0] + bytes(call.box)
    return found


def take(call_id: UUID, account: Account) -> CallRequest:
    """Say that an advocate is calling. Raises CallTaken, NoSuchTalk."""
    with transaction.atomic():
        call = _for(call_id, account)
        if call.taken_by_id not in (None, account.pk):
            raise CallTaken
        call.taken_by = account
        call.save(update_fields=("taken_by",))
        record(account, "line.call_taken", "line.team", call.team_id)
        announcing.queue_moved(call.team_id)
    return call


def tried(call_id: UUID, account: Account) -> int:
    """Note that nobody picked up, and give it back; return how many tries are left.

    After the third it is destroyed: more would make a phone ring too often. Raises NoSuchTalk.
    """
    with transaction.atomic():
        call = _for(call_id, account)
        CallRequest.objects.filter(pk=call.pk).update(tries=F("tries") + 1, taken_by=None)
        record(account, "line.call_tried", "line.team", call.team_id)
        left = TRIES_MAX - call.tries - 1
        if left <= 0:
            _destroy(call)
        announcing.queue_moved(call.team_id)
    return max(0, left)


def give_back(call_id: UUID, account: Account) -> None:
    """Leave a request to colleagues, without having called. Raises NoSuchTalk."""
    with transaction.atomic():
        call = _for(call_id, account)
        CallRequest.objects.filter(pk=call.pk, taken_by=account).update(taken_by=None)
        announcing.queue_moved(call.team_id)


def done(call_id: UUID, account: Account) -> None:
    """Note that they spoke: the request is destroyed. Raises NoSuchTalk."""
    with transaction.atomic():
        call = _for(call_id, account)
        record(account, "line.call_done", "line.team", call.team_id)
        tallies.count(call.team_id, "call_done")
        _destroy(call)


def destroy_overdue(now: datetime) -> int:
    """Destroy the requests whose last moment is over; return how many."""
    overdue = list(CallRequest.objects.filter(not_after__lte=now))
    for call in overdue:
        tallies.count(call.team_id, "call_expired")
        _destroy(call)
    return len(overdue)


def _same(before: CallRequest, asking: Asking) -> CallRequest:
    if bytes(before.proof_hash) != asking.proof_hash or not asking.box.endswith(bytes(before.box)):
        raise CallUnfit
    return before


def _for(call_id: UUID, account: Account) -> CallRequest:
    """Return a request of a team that the account answers for, locked. Raises NoSuchTalk."""
    rows = CallRequest.objects.select_for_update(of=("self",))
    call = rows.filter(pk=call_id, team__members__account=account).first()
    if call is None or not account.is_active:
        raise NoSuchTalk
    return call


def _destroy(call: CallRequest) -> None:
    heads.forget(call.pk)
    CallRequest.objects.filter(pk=call.pk).delete()
    announcing.queue_moved(call.team_id)
