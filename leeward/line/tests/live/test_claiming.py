"""/live/claim: her words lead back; guessing costs work, is limited, and tells nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from leeward.line import limits
from leeward.line.models import Conversation
from leeward.line.services import pepper
from leeward.line.services.abuse import challenges
from leeward.line.services.endings import keeping
from leeward.line.services.spelling import from_text, to_text
from leeward.line.tests.live import talks
from leeward.line.tests.live.test_browser_side import ask, work
from leeward.safety.limits import FloodLimit, Rate
from leeward.sealing import unlocking
from leeward.sealing.boxes import open_box, seal_box
from leeward.sealing.contexts import words_data

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "wraps"]),
    pytest.mark.usefixtures("at_noon"),
]

CLAIM = "/live/claim"
TYPED, HALF, SECRET = bytes(range(32)), bytes(range(32, 64)), bytes(range(64, 96))


@pytest.fixture(autouse=True)
def few_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(challenges, "BITS", 4)
    monkeypatch.setattr(limits, "WORDS", FloodLimit(Rate(8, 0.001)))


@pytest.fixture(autouse=True)
def data(settings, tmp_path: Path) -> Iterator[Path]:
    """Give the site a data folder, and peppers, of its own."""
    settings.DATA = tmp_path
    pepper._read.cache_clear()
    yield tmp_path
    pepper._read.cache_clear()


def locked(share: str, talk: talks.Talk) -> str:
    """Return her secret, locked as her browser does it."""
    key = unlocking.unlock_key(HALF, from_text(share))
    return to_text(seal_box(SECRET, key=key, place=words_data(talk.id)))


def kept(folder: Path) -> talks.Talk:
    """Return a talk that is kept under her words."""
    talk = talks.open_talk()
    [(_status, told)] = ask(folder, ("/live/keep", talk.fields(claim=to_text(TYPED))))
    sealed = locked(told["share"], talk)
    ask(folder, ("/live/keep", talk.fields(claim=to_text(TYPED), sealed=sealed)))
    return talk


def test_a_claim_leads_to_her_secret(tmp_path: Path) -> None:
    talk = kept(tmp_path)

    [(status, told)] = ask(tmp_path, (CLAIM, {"claim": to_text(TYPED)} | work()))

    key = unlocking.unlock_key(HALF, from_text(told["share"]))
    place = words_data(talk.id)
    assert status == 200
    assert told["id"] == str(talk.id)
    assert open_box(from_text(told["sealed"]), key=key, place=place) == SECRET
    assert "renew" not in told


def test_another_claim_leads_to_nothing(tmp_path: Path) -> None:
    kept(tmp_path)

    answers = ask(tmp_path, (CLAIM, {"claim": to_text(os.urandom(32))} | work()))

    assert answers == [(404, {"why": "no_such_talk"})]


def test_a_guess_without_work_is_not_looked_up(tmp_path: Path) -> None:
    kept(tmp_path)
    claim = {"claim": to_text(TYPED)}
    spent = work()

    answers = ask(
        tmp_path,
        (CLAIM, claim | {"challenge": challenges.new(), "nonce": ""}),
        (CLAIM, claim),
        (CLAIM, claim | spent),
        (CLAIM, claim | spent),
    )

    assert [status for status, _told in answers] == [422, 422, 200, 422]


def test_guesses_are_limited_right_ones_too(tmp_path: Path) -> None:
    kept(tmp_path)
    wrong = [(CLAIM, {"claim": to_text(os.urandom(32))} | work()) for _ in range(8)]

    answers = ask(tmp_path, *wrong, (CLAIM, {"claim": to_text(TYPED)} | work()))

    assert [status for status, _told in answers] == [404] * 8 + [429]


@pytest.mark.parametrize("claim", ["", "x", "A" * 42, to_text(bytes(31)), to_text(bytes(33))])
def test_what_is_no_claim_is_refused_before_any_work_is_spent(tmp_path: Path, claim: str) -> None:
    done = work()

    answers = ask(
        tmp_path,
        (CLAIM, {"claim": claim} | done),
        (CLAIM, {"claim": to_text(TYPED)} | done),
    )

    assert [status for status, _told in answers] == [400, 404]


def test_after_a_change_of_the_pepper_her_browser_locks_it_anew(data: Path) -> None:
    talk = kept(data)
    pepper.renew()
    [(_status, told)] = ask(data, (CLAIM, {"claim": to_text(TYPED)} | work()))
    until = Conversation.objects.get().delete_on

    fields = talk.fields(claim=to_text(TYPED), sealed=locked(told["renew"], talk), renew=1)
    [(status, _told)] = ask(data, ("/live/keep", fields))

    (data / pepper.OLDER_FILE).unlink()
    [(_status, again)] = ask(data, (CLAIM, {"claim": to_text(TYPED)} | work()))
    key = unlocking.unlock_key(HALF, from_text(again["share"]))
    assert status == 200
    assert open_box(from_text(again["sealed"]), key=key, place=words_data(talk.id)) == SECRET
    assert "renew" not in again
    assert Conversation.objects.get().delete_on == until


def test_until_it_is_locked_anew_the_older_pepper_opens_it(data: Path) -> None:
    talk = kept(data)
    pepper.renew()

    [(_status, told)] = ask(data, (CLAIM, {"claim": to_text(TYPED)} | work()))

    key = unlocking.unlock_key(HALF, from_text(told["share"]))
    assert open_box(from_text(told["sealed"]), key=key, place=words_data(talk.id)) == SECRET


def test_renewing_keeps_nothing_that_is_not_kept(tmp_path: Path) -> None:
    talk = talks.open_talk()
    fields = talk.fields(claim=to_text(TYPED), sealed=to_text(os.urandom(61)), renew=1)

    [(status, _told)] = ask(tmp_path, ("/live/keep", fields))

    assert status == 400
    assert keeping.found(keeping.claimed(TYPED).lookup) is None
