"""A proof of work opens one thing, whichever process it is shown to, and leaves nothing."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from django.db import OperationalError

from leeward.line.models import SpentWork
from leeward.line.services import pepper
from leeward.line.services.abuse import challenges
from leeward.line.services.abuse.challenges import AGE_MAX_S, WAIT_S, WorkRefused
from leeward.line.services.spelling import to_text
from leeward.line.tests.live.persons import FORM
from leeward.line.tests.live.servers import serving
from leeward.sealing.work import solve

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "wraps"])

AT = 1_800_000_000
TRIES = 3


def solved() -> dict[str, str]:
    challenge = challenges.new()
    return {"challenge": challenge, "nonce": solve(challenge, bits=challenges.BITS)}


async def tries(bases: list[str], work: dict[str, str]) -> list[int]:
    """Come back with words that keep nothing, at all servers at once, with the same work."""
    fields = {"to": "/live/claim", "claim": to_text(os.urandom(32))} | work
    async with httpx.AsyncClient(timeout=60) as client:
        asked = (client.post(base, content=urlencode(fields), headers=FORM) for base in bases)
        return sorted(answer.status_code for answer in await asyncio.gather(*asked))


def test_of_two_processes_that_are_shown_the_same_work_one_takes_it_once() -> None:
    pepper._read.cache_clear()
    each = [solved() for _try in range(TRIES)]

    with serving() as one, serving() as other:
        answers = [asyncio.run(tries([one.base, other.base], work)) for work in each]

    assert answers == [[404, 422]] * TRIES


def test_what_was_spent_by_its_work_is_not_good_for_the_wait() -> None:
    challenge = challenges.new(at=AT)
    challenges.spend(challenge, solve(challenge, bits=challenges.BITS), at=AT)

    with pytest.raises(WorkRefused):
        challenges.spend(challenge, at=AT + WAIT_S)

    assert not challenges.is_young(challenge, at=AT)


def test_a_mark_is_kept_until_the_work_is_too_old_by_itself_and_no_hour_longer() -> None:
    challenge = challenges.new(at=AT)
    challenges.spend(challenge, at=AT + WAIT_S)
    too_old = datetime.fromtimestamp(AT + AGE_MAX_S, UTC)

    kept = [challenges.forget_old(too_old), SpentWork.objects.count()]
    gone = [challenges.forget_old(too_old + timedelta(hours=1)), SpentWork.objects.count()]

    assert (kept, gone) == ([0, 1], [1, 0])


def test_a_mark_tells_no_minute_and_nothing_of_the_challenge() -> None:
    challenge = challenges.new(at=AT)

    challenges.spend(challenge, at=AT + WAIT_S)

    row = SpentWork.objects.get()
    assert (row.old_at.minute, row.old_at.second, row.old_at.microsecond) == (0, 0, 0)
    assert not any(row.mark in text for text in (challenge, challenge.encode().hex()))


def test_on_a_full_disk_work_is_still_taken_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_given: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(SpentWork.objects, "get_or_create", refuse)
    challenge = challenges.new(at=AT)
    challenges.spend(challenge, at=AT + WAIT_S)

    with pytest.raises(WorkRefused):
        challenges.spend(challenge, at=AT + WAIT_S)
