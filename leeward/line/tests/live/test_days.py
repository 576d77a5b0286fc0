"""/live/epoch: the key of each day is made once, for exactly those who may read."""

from __future__ import annotations

import json
import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from leeward.line.models import Conversation, Epoch, MemberKey
from leeward.line.services.spelling import to_text
from leeward.line.services.talks import epochs, queue
from leeward.line.tests import people
from leeward.line.tests.live import talks
from leeward.line.tests.live.talks import Talk
from leeward.line.tests.live.test_browser_side import ask
from leeward.line.wraps.models import EpochWrap

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "wraps"]),
    pytest.mark.usefixtures("at_noon"),
]

EPOCH = "/live/epoch"


def sealed_to(readers: list[list[Any]]) -> str:
    """Return wraps for these readers; they look right, and nobody opens them."""
    return json.dumps([[reader, number, to_text(os.urandom(81))] for reader, number, _k in readers])


@pytest.fixture
def tomorrow():
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        yield


@pytest.fixture
def talk() -> Talk:
    """Return a talk of today, whose first day has its wraps."""
    talk = talks.open_talk()
    for reader, number in (("visitor", 0), ("team", 1)):
        EpochWrap.objects.create(
            conversation_id=talk.id, epoch=1, reader=reader, reader_id=number, sealed=bytes(81)
        )
    return talk


def test_today_is_told_with_her_own_wraps_alone(talk: Talk, tmp_path: Path) -> None:
    [(status, told)] = ask(tmp_path, (EPOCH, talk.fields()))

    assert status == 200
    assert told["today"] == 1
    assert told["wraps"] == [{"epoch": 1, "sealed": to_text(bytes(81))}]
    assert "readers" not in told


def test_a_new_day_names_its_number_and_who_may_read(
    talk: Talk, tomorrow: None, tmp_path: Path
) -> None:
    stored = Conversation.objects.get()
    sam = people.member(stored.team, is_on=False)
    queue.take(talk.id, sam)

    [(_status, told)] = ask(tmp_path, (EPOCH, talk.fields()))

    assert (told["today"], told["next"]) == (None, 2)
    public = to_text(bytes(MemberKey.objects.get(account=sam).public_key))
    assert [row[:2] for row in told["readers"]] == [["visitor", 0], ["team", 1], ["member", sam.pk]]
    assert told["readers"][2][2] == public


def test_the_days_key_is_stored_once_and_whoever_is_later_gets_that_one(
    talk: Talk, tomorrow: None, tmp_path: Path
) -> None:
    [(_status, told)] = ask(tmp_path, (EPOCH, talk.fields()))
    first, second = (sealed_to(told["readers"]) for _ in range(2))

    answers = ask(
        tmp_path,
        (EPOCH, talk.fields(wraps=first, number=2)),
        (EPOCH, talk.fields(wraps=second, number=2)),
    )

    hers = json.loads(first)[0][2]
    assert [answer[1]["today"] for answer in answers] == [2, 2]
    assert all(answer[1]["wraps"][1] == {"epoch": 2, "sealed": hers} for answer in answers)
    assert Epoch.objects.count() == 2


@pytest.mark.parametrize(
    ("spoil", "status"),
    [
        (lambda rows: rows[:1], 422),
        (lambda rows: [*rows, ["member", 77, rows[0][2]]], 422),
        (lambda rows: [rows[0], ["team", 2, rows[1][2]]], 422),
        (lambda rows: [rows[0], [*rows[1][:2], to_text(bytes(80))]], 422),
        (lambda rows: [*rows * 30], 400),
        (lambda _rows: "no list", 400),
        (lambda _rows: [["visitor", "x", "!"]], 400),
    ],
    ids=["one too few", "a stranger", "an older key", "cut", "too many", "no list", "no wrap"],
)
def test_wraps_for_others_than_those_who_may_read_make_no_day(
    talk: Talk, tomorrow: None, tmp_path: Path, spoil: Any, status: int
) -> None:
    [(_status, told)] = ask(tmp_path, (EPOCH, talk.fields()))
    wraps = json.dumps(spoil(json.loads(sealed_to(told["readers"]))))

    [(got, _told)] = ask(tmp_path, (EPOCH, talk.fields(wraps=wraps, number=2)))

    assert got == status
    assert not EpochWrap.objects.filter(epoch=2).exists()


def test_a_day_of_another_number_is_not_made(talk: Talk, tomorrow: None, tmp_path: Path) -> None:
    [(_status, told)] = ask(tmp_path, (EPOCH, talk.fields()))

    [(_got, after)] = ask(
        tmp_path, (EPOCH, talk.fields(wraps=sealed_to(told["readers"]), number=9))
    )

    assert after["today"] is None
    assert not EpochWrap.objects.filter(epoch__gt=1).exists()


def test_a_stranger_learns_of_no_day_and_makes_none(talk: Talk, tmp_path: Path) -> None:
    wrong = Talk(talk.id, secrets.token_bytes(32))
    nobody = Talk(uuid4(), talk.proof)
    wraps = sealed_to([["visitor", 0, ""], ["team", 1, ""]])

    answers = ask(
        tmp_path,
        (EPOCH, wrong.fields()),
        (EPOCH, nobody.fields()),
        (EPOCH, wrong.fields(wraps=wraps, number=2)),
    )

    assert answers == [(404, {"why": "no_such_talk"})] * 3
    assert epochs.EpochWrap.objects.count() == 2
