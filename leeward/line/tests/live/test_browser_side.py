"""What her own browser asks for: a talk opened once, kept under a claim, found by it, deleted."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from leeward.line import limits
from leeward.line.models import Conversation
from leeward.line.services.abuse import challenges
from leeward.line.services.spelling import to_text
from leeward.line.tests.live import talks
from leeward.line.tests.live.talks import Talk
from leeward.line.tests.live.within import running
from leeward.line.tests.visitor import make as people
from leeward.line.wraps.models import WordsWrap
from leeward.safety.limits import FloodLimit, Rate
from leeward.sealing.work import is_solved, solve

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "wraps"]),
    pytest.mark.usefixtures("at_noon"),
]


@pytest.fixture(autouse=True)
def few_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(challenges, "BITS", 4)
    monkeypatch.setattr(limits, "OPENING", FloodLimit(Rate(12, 0.001)))
    monkeypatch.setattr(limits, "WORDS", FloodLimit(Rate(8, 0.001)))


def work() -> dict[str, str]:
    challenge = challenges.new()
    return {"challenge": challenge, "nonce": solve(challenge, bits=4)}


def opening(**changes: Any) -> dict[str, str]:
    """Return what a browser sends to open a chat; its seals look right, and nobody opens them."""
    readers = [("visitor", 0), ("team", 1)]
    wraps = [[reader, number, to_text(os.urandom(81))] for reader, number in readers]
    fields = {
        "kind": "chat",
        "language": "en",
        "key": to_text(os.urandom(32)),
        "wraps": json.dumps(wraps),
    }
    return Talk(uuid4(), secrets.token_bytes(32)).fields(**fields, **work(), **changes)


def ask(folder: Path, *forms: tuple[str, dict[str, str]]) -> list[tuple[int, Any]]:
    async def scenario() -> list[tuple[int, Any]]:
        async with running(folder) as site:
            answers = [await site.post(to, fields) for to, fields in forms]
            return [(got.status, json.loads(got.body)) for got in answers]

    return asyncio.run(scenario())


def test_the_same_opening_again_gives_the_same_talk(tmp_path: Path) -> None:
    people.line()
    fields = opening()

    answers = ask(tmp_path, ("/live/open", fields), ("/live/open", fields))

    assert answers == [(200, {}), (200, {})]
    talk = Conversation.objects.get()
    assert (str(talk.pk), talk.has_scripts, talk.kind) == (fields["id"], True, "chat")


def test_without_the_work_nothing_is_opened(tmp_path: Path) -> None:
    people.line()
    challenge = challenges.new()
    undone = next(str(n) for n in range(1000) if not is_solved(challenge, str(n), bits=4))
    forms = [opening() | {"challenge": challenge, "nonce": nonce} for nonce in ("", undone)]

    answers = ask(tmp_path, *(("/live/open", fields) for fields in forms))

    assert [status for status, _told in answers] == [422, 422]
    assert not Conversation.objects.exists()


def test_wraps_for_a_reader_too_many_open_nothing(tmp_path: Path) -> None:
    people.line()
    rows = json.loads(opening()["wraps"])
    fields = opening() | {"wraps": json.dumps([*rows, ["member", 1, rows[0][2]]])}

    assert ask(tmp_path, ("/live/open", fields)) == [(422, {"why": "readers_changed"})]
    assert not Conversation.objects.exists()


def test_with_nobody_there_a_chat_says_so_and_a_message_can_be_left(tmp_path: Path) -> None:
    people.line(is_on=False)

    chat, message = ask(
        tmp_path,
        ("/live/open", opening()),
        ("/live/open", opening() | {"kind": "message"}),
    )

    assert chat == (503, {"why": "nobody"})
    assert message == (200, {})


def test_what_is_kept_under_a_claim_is_found_by_it_and_goes_with_delete(tmp_path: Path) -> None:
    talk = talks.open_talk()
    claim, sealed = to_text(os.urandom(32)), to_text(os.urandom(61))

    share, kept, found, days, gone, after = ask(
        tmp_path,
        ("/live/keep", talk.fields(claim=claim)),
        ("/live/keep", talk.fields(claim=claim, sealed=sealed)),
        ("/live/claim", {"claim": claim} | work()),
        ("/live/keep", talk.fields(days=7)),
        ("/live/keep", talk.fields(delete=1)),
        ("/live/claim", {"claim": claim} | work()),
    )

    assert kept[1]["kept"] is True
    assert found[1] == {"id": str(talk.id), "share": share[1]["share"], "sealed": sealed}
    assert days[1]["days"] == 7
    assert (gone[1]["had_words"], gone[0]) == (True, 200)
    assert after[0] == 404
    assert not WordsWrap.objects.exists()


def test_a_wrong_proof_keeps_and_deletes_nothing(tmp_path: Path) -> None:
    talk = talks.open_talk()
    stranger = Talk(talk.id, secrets.token_bytes(32))

    answers = ask(
        tmp_path,
        ("/live/keep", stranger.fields(delete=1)),
        ("/live/keep", stranger.fields(claim=to_text(os.urandom(32)))),
        ("/live/keep", Talk(uuid4(), stranger.proof).fields(delete=1)),
    )

    assert answers == [(404, {"why": "no_such_talk"})] * 3
    assert Conversation.objects.filter(pk=talk.id).exists()
