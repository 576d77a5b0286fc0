"""The pages on which her own browser locks: what they carry, and what they are allowed."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from leeward.line.models import Conversation
from leeward.line.services.visitors import browser_side
from leeward.line.tests.visitor import make
from leeward.safety.inline import source_hash

pytestmark = pytest.mark.django_db

POLICY = "Content-Security-Policy"
KINDS = ("chat/", "message/", "back/")


def policy_of(answer) -> dict[str, list[str]]:
    parts = (part.split() for part in answer.headers[POLICY].split(";"))
    return {name: sources for name, *sources in parts}


def carried(answer) -> list[str]:
    return re.findall(r"<script>(.*?)</script>", answer.content.decode(), re.DOTALL)


@pytest.fixture(autouse=True)
def line() -> make.Line:
    return make.line()


@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_page_that_seals_is_allowed_exactly_the_scripts_that_it_carries(
    language: str, path: str
) -> None:
    answer = Client().post(f"/{language}/talk/{path}", {"scripts": "1"})

    hashes = {source_hash(script) for script in carried(answer)}
    sources = set(policy_of(answer)["script-src"])
    assert len(hashes) == 4
    assert sources == hashes | {"'wasm-unsafe-eval'"}
    assert policy_of(answer)["worker-src"] == ["blob:"]
    assert policy_of(answer)["default-src"] == ["'none'"]


@pytest.mark.parametrize("path", ["", *KINDS])
def test_no_page_without_its_own_scripts_is_allowed_more(path: str) -> None:
    answer = Client().get(f"/en/talk/{path}")

    assert policy_of(answer)["script-src"] == [source_hash(script) for script in carried(answer)]
    assert "worker-src" not in policy_of(answer)


def test_the_way_out_stands_in_an_element_of_its_own_and_first() -> None:
    answer = Client().post("/en/talk/chat/", {"scripts": "1"})

    first, *others = carried(answer)
    assert "#leave" in first
    assert not any("Sealing" in script for script in [first])
    assert others == list(browser_side.scripts())
    assert answer.content.index(b"</main>") > answer.content.index(others[0].encode())
    assert answer.content.index(others[0].encode()) > answer.content.index(b'id="title"')


def test_showing_the_page_opens_nothing_on_the_server() -> None:
    Client().post("/en/talk/chat/", {"scripts": "1"})

    assert not Conversation.objects.exists()


def test_pressing_chat_with_scripts_asks_for_the_whole_page_and_opens_nothing() -> None:
    answer = Client().post("/en/talk/chat/", {"challenge": "any"}, headers={"X-Part": "1"})

    assert b"data-whole" in answer.content
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("path", ["message/", "back/"])
def test_a_form_whose_words_would_come_to_the_server_asks_to_come_whole(path: str) -> None:
    plain = Client().get(f"/en/talk/{path}")
    chosen = Client().post(f"/en/talk/{path}", {"plain": "1"}, headers={"X-Part": "1"})
    sealed = Client().post(f"/en/talk/{path}", {"scripts": "1"})

    assert b"data-whole" in plain.content
    assert b"data-whole" not in chosen.content.replace(b"[data-whole]", b"").replace(
        b"'data-whole'", b""
    )
    assert b" data-whole>" not in sealed.content


def test_a_browser_that_can_not_seal_goes_on_without_and_is_told() -> None:
    page = Client().post("/en/talk/chat/", {"scripts": "1"}).content.decode()

    assert "So our computer locks and opens them for you" in page
    assert '<input type="hidden" name="plain" value="1">' in page


def test_a_line_without_a_key_says_that_it_is_not_ready() -> None:
    from leeward.line.models import TeamKey

    TeamKey.objects.all().delete()
    answer = Client().post("/en/talk/chat/", {"scripts": "1"})

    assert answer.status_code == 503
    assert "Our own line is not ready yet" in answer.content.decode()


def test_the_word_list_is_whole_and_is_not_kept() -> None:
    answer = Client().post("/en/talk/words/")

    words = answer.content.decode().split(" ")
    assert len(words) == 7_487
    assert answer.headers["Cache-Control"] == "no-store"
