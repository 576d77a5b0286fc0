"""The frame that grows without scripts: her messages as HTML, opened in memory, no scripts."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup

from leeward.line.models import Conversation
from leeward.line.services.announcing import announce_now, talk_channel
from leeward.line.services.endings import ending
from leeward.line.services.visitors import server_side
from leeward.line.services.visitors.server_side import Ticket, write_ticket
from leeward.line.tests.live import talks
from leeward.line.tests.live.within import apart, running
from leeward.line.wraps.models import EpochWrap
from leeward.sealing import epochs, visits

pytestmark = pytest.mark.django_db(transaction=True)


def open_for_ticket(**values) -> Any:
    """Return the ticket of a chat whose server made the keys."""
    secret = visits.new_secret()
    talk = talks.open_talk(has_scripts=False, public_key=visits.visit_public_key(secret), **values)
    kept = visits.kept_proof(visits.visit_proof(secret))
    Conversation.objects.filter(pk=talk.id).update(proof_hash=kept)
    key = epochs.new_epoch_key()
    wrap = epochs.seal_epoch_key(
        key, to=visits.visit_public_key(secret), conversation=talk.id, epoch=1
    )
    EpochWrap.objects.create(conversation_id=talk.id, epoch=1, reader="visitor", sealed=wrap)
    ticket = Ticket(conversation=talk.id, secret=secret)
    return SimpleNamespace(
        id=talk.id, ticket=ticket, fields={"ticket": write_ticket(ticket), "language": "en"}
    )


def say(talk, text) -> Any:
    server_side.seal_and_store(talk.ticket, {"kind": "text", "text": text})


def words_in(frame) -> Any:
    soup = BeautifulSoup(frame.body.decode(), "html.parser")
    return [words.get_text() for words in soup.select(".words")]


def test_messages_grow_into_the_frame_in_order_and_once(tmp_path):
    talk = open_for_ticket()
    say(talk, "first")

    async def scenario() -> Any:
        async with running(tmp_path) as site, site.stream("/live/grow", talk.fields) as frame:
            await frame.until(lambda it: b"first" in it.body)
            await apart(say, talk, "second")
            await frame.until(lambda it: b"second" in it.body)
            await apart(say, talk, "third")
            await frame.until(lambda it: b"third" in it.body)
            return words_in(frame)

    assert asyncio.run(scenario()) == ["first", "second", "third"]


def test_only_what_is_new_comes_after_a_place(tmp_path):
    talk = open_for_ticket()
    say(talk, "first")
    say(talk, "second")

    async def scenario() -> Any:
        fields = talk.fields | {"after": "1"}
        async with running(tmp_path) as site, site.stream("/live/grow", fields) as frame:
            await frame.until(lambda it: b"second" in it.body)
            return words_in(frame)

    assert asyncio.run(scenario()) == ["second"]


def test_markup_that_somebody_types_is_shown_as_typed(tmp_path):
    talk = open_for_ticket()
    say(talk, "<script>alert(1)</script>")

    async def scenario() -> Any:
        async with running(tmp_path) as site, site.stream("/live/grow", talk.fields) as frame:
            await frame.until(lambda it: b"alert" in it.body)
            return frame.body

    assert b"<script" not in asyncio.run(scenario())


def test_the_frame_is_for_our_own_pages_and_runs_no_script(tmp_path):
    talk = open_for_ticket()

    async def scenario() -> Any:
        async with running(tmp_path) as site, site.stream("/live/grow", talk.fields) as frame:
            await frame.until(lambda it: b"<main" in it.body)
            return frame.headers

    headers = asyncio.run(scenario())
    policy = headers["content-security-policy"]
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"


def test_it_says_where_she_stands_who_writes_and_that_it_ended(tmp_path):
    talk = open_for_ticket()

    async def scenario() -> Any:
        async with running(tmp_path) as site, site.stream("/live/grow", talk.fields) as frame:
            await frame.until(lambda it: b"You are next." in it.body)
            await apart(announce_now, talk_channel(talk.id), {"e": "typing", "seat": 1})
            await frame.until(lambda it: b"Somebody is writing" in it.body)
            await apart(ending.end, talk.id, ending.How.STAFF)
            await frame.until(lambda it: it.is_complete)
            return frame.body

    assert b"This chat has ended." in asyncio.run(scenario())


def test_it_speaks_her_language(tmp_path):
    talk = open_for_ticket()

    async def scenario() -> Any:
        fields = talk.fields | {"language": "es"}
        async with running(tmp_path) as site, site.stream("/live/grow", fields) as frame:
            await frame.until(lambda it: b"state" in it.body.partition(b"</style>")[2])
            return frame.body.decode()

    body = asyncio.run(scenario())
    assert 'lang="es"' in body
    assert "You are next" not in body


@pytest.mark.parametrize("ticket", ["", "x", "A" * 64])
def test_a_ticket_of_nothing_shows_an_ended_chat(ticket, tmp_path):
    async def scenario() -> Any:
        async with running(tmp_path) as site:
            return await site.post("/live/grow", {"ticket": ticket, "language": "en"})

    got = asyncio.run(scenario())
    assert got.status == 404
    assert b"This chat has ended." in got.body


def test_the_ticket_stays_out_of_the_page(tmp_path):
    talk = open_for_ticket()
    say(talk, "hello")

    async def scenario() -> Any:
        async with running(tmp_path) as site, site.stream("/live/grow", talk.fields) as frame:
            await frame.until(lambda it: b"hello" in it.body)
            return frame.body.decode()

    body = asyncio.run(scenario())
    assert talk.fields["ticket"] not in body
    assert str(talk.id) not in body
