"""Code words in real browsers: kept with scripts or without, opened with or without."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from leeward.sealing import boxes, contexts, unlocking, wordlist, words
from leeward.sealing.encoding import from_text
from tests.journeys.sealing.page import SealingPage

CONVERSATION = UUID("7d444840-9dc0-4a5a-9d2b-2f3a5c1e8b01")
PLACE = contexts.words_data(CONVERSATION)
TYPED = "  Acorn blánket\tCANDLE—donut_ember…fabric "


def test_a_browser_reads_words_as_python_does(page: SealingPage, vectors: dict[str, Any]) -> None:
    typed = [vector["typed"] for vector in vectors["normalised"]]
    typed += [TYPED, "", "İstanbul ſtraße \ufb01ne", "\U0001d400corn " * 80, "drop-down", "x" * 500]

    read = page.call_all([("words.normalise", text) for text in typed])

    assert read == [words.normalise(text) for text in typed]


def test_a_browser_stretches_words_to_the_same_bytes(
    page: SealingPage, vectors: dict[str, Any]
) -> None:
    vector = vectors["words"]

    stretched = page.call("words.stretch", vector["words"], from_text(vector["site_salt"]))
    key = page.call("words.unlockKey", stretched["half"], from_text(vector["share"]))
    secret = page.call("words.unlock", key, from_text(vector["sealed"]), vector["conversation"])

    assert stretched["claim"] == from_text(vector["claim"])
    assert stretched["half"] == from_text(vector["half"])
    assert key == from_text(vector["unlock_key"])
    assert secret == from_text(vector["secret"])


def test_what_a_browser_kept_opens_without_scripts(page: SealingPage) -> None:
    salt, pepper, secret = (secrets.token_bytes(size) for size in (16, 32, 32))
    picked = page.call("words.pick", wordlist.drawn_words())

    stretched = page.call("words.stretch", picked, salt)
    share = unlocking.server_share(stretched["claim"], pepper=pepper)
    key = page.call("words.unlockKey", stretched["half"], share)
    sealed = page.call("words.lock", key, secret, str(CONVERSATION))

    again = unlocking.stretch_words(words.normalise(picked.upper()), site_salt=salt)
    assert again.claim == stretched["claim"]
    opened = boxes.open_box(sealed, key=unlocking.unlock_key(again.half, share), place=PLACE)
    assert opened == secret


def test_what_was_kept_without_scripts_opens_in_a_browser(page: SealingPage) -> None:
    salt, pepper, secret = (secrets.token_bytes(size) for size in (16, 32, 32))
    kept = unlocking.stretch_words(words.normalise(TYPED), site_salt=salt)
    share = unlocking.server_share(kept.claim, pepper=pepper)
    key = unlocking.unlock_key(kept.half, share)
    sealed = boxes.seal_box(secret, key=key, place=PLACE)

    stretched = page.call("words.stretch", TYPED, salt)
    found = page.call("words.unlockKey", stretched["half"], share)
    opened = page.call("words.unlock", found, sealed, str(CONVERSATION))

    assert opened == secret


def test_another_word_or_conversation_opens_nothing(page: SealingPage) -> None:
    key, secret = secrets.token_bytes(32), secrets.token_bytes(32)
    sealed = boxes.seal_box(secret, key=key, place=PLACE)
    other = "00000000-0000-4000-8000-000000000000"

    errors = page.errors_of(
        [
            ("words.unlock", key, sealed, str(CONVERSATION)),
            ("words.unlock", secrets.token_bytes(32), sealed, str(CONVERSATION)),
            ("words.unlock", key, sealed, other),
        ]
    )

    assert errors == ["", "SealBroken", "SealBroken"]


def test_a_browser_picks_six_words_of_the_list_each_time_others(page: SealingPage) -> None:
    listed = wordlist.drawn_words()

    picked = page.call_all([("words.pick", listed)] * 5)

    assert len(set(picked)) == 5
    assert all(words.is_complete(six) for six in picked)


def test_picking_reaches_every_word_of_a_list(page: SealingPage) -> None:
    listed = ["acorn", "blanket", "candle"]

    picked = page.call_all([("words.pick", listed)] * 20)

    assert {word for six in picked for word in six.split()} == set(listed)


def test_the_page_hears_the_person_while_words_are_stretched(page: SealingPage) -> None:
    # A page that stretches by itself is deaf until the end: no timer fires, no press is heard.
    assert page.call("extra.ticksWhileStretching") > 3


def test_without_leave_for_webassembly_stretching_is_not_possible(page: SealingPage) -> None:
    page.open("/strict")

    assert page.errors_of([("words.stretch", "acorn", bytes(16))]) == ["NotPossible"]
