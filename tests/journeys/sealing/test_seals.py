"""Sealing in real browsers and in Python: each opens what the other sealed, and nothing else."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any
from uuid import UUID

import pytest

from leeward.sealing import boxes, contexts, envelopes, keys, messages, padding, visits, work
from leeward.sealing.encoding import from_text
from tests.browsers import Tab
from tests.journeys.sealing.conftest import shared_file
from tests.journeys.sealing.page import Pair, SealingPage, insecure_origin

CONVERSATION = UUID("7d444840-9dc0-4a5a-9d2b-2f3a5c1e8b01")
PLACE = contexts.MessagePlace(CONVERSATION, epoch=2, seat=0, number=7)
AT = {"conversation": str(CONVERSATION), "epoch": 2, "seat": 0, "number": 7}
TEXT = {"kind": "text", "text": "¿Hola? 👋🏽 \u202e \U0001f469\u200d\U0001f469\u200d\U0001f466"}
FIELDS_OF = {
    "epoch": ("conversation", "epoch"),
    "team": ("line", "generation", "account"),
    "share": ("line", "generation", "account"),
    "handed": ("line", "generation", "account", "asker"),
    "call": ("call",),
    "note": ("conversation",),
    "words": ("conversation",),
    "message": ("conversation", "epoch", "seat", "number"),
    "member": ("account", "lock"),
}


# -- can it? --


@pytest.mark.parametrize("path", ["/visitor", "/staff", "/strict"])
def test_sealing_is_possible_under_each_pages_content_policy(page: SealingPage, path: str) -> None:
    page.open(path)

    assert page.call("isPossible") is True


def test_an_insecure_page_says_that_sealing_is_not_possible(tab: Tab, port: int) -> None:
    page = SealingPage(tab, insecure_origin(port)).open()

    assert page.call("isPossible") is False


# -- shared vectors --


def test_a_browser_opens_the_official_vector_of_rfc_9180(page: SealingPage) -> None:
    vector = {
        name: bytes.fromhex(value) if isinstance(value, str) and name != "about" else value
        for name, value in shared_file("rfc9180.json").items()
    }
    first = {name: bytes.fromhex(value) for name, value in vector["encryptions"][0].items()}

    opened = page.call(
        "hpke.Open",
        Pair(vector["skRm"]),
        vector["enc"],
        first["ct"],
        {"info": vector["info"], "aad": first["aad"]},
    )

    assert opened == first["pt"]


def test_a_browser_makes_the_same_public_keys(page: SealingPage, vectors: dict[str, Any]) -> None:
    calls = [("keys.pairFrom", from_text(vector["private"])) for vector in vectors["keys"]]

    pairs = page.call_all(calls)

    assert [pair["publicBytes"] for pair in pairs] == [
        from_text(vector["public"]) for vector in vectors["keys"]
    ]
    assert not any(pair["privateKey"]["isExtractable"] for pair in pairs)


def test_a_browser_spells_bytes_the_same(page: SealingPage, vectors: dict[str, Any]) -> None:
    calls = [("bytes.toText", bytes.fromhex(vector["hex"])) for vector in vectors["encodings"]]

    assert page.call_all(calls) == [vector["text"] for vector in vectors["encodings"]]


def test_a_browser_writes_the_same_contexts(page: SealingPage, vectors: dict[str, Any]) -> None:
    calls = [
        (f"contexts.{vector['kind']}", *(vector[name] for name in FIELDS_OF[vector["kind"]]))
        for vector in vectors["contexts"]
    ]

    assert page.call_all(calls) == [from_text(vector["bytes"]) for vector in vectors["contexts"]]
    assert {vector["kind"] for vector in vectors["contexts"]} == set(FIELDS_OF)


def test_a_browser_opens_the_envelopes(page: SealingPage, vectors: dict[str, Any]) -> None:
    calls = [
        (
            "envelope.open",
            Pair(from_text(vector["private"])),
            from_text(vector["sealed"]),
            from_text(vector["context"]),
        )
        for vector in vectors["envelopes"]
    ]

    assert page.call_all(calls) == [from_text(vector["plain"]) for vector in vectors["envelopes"]]


def test_a_browser_opens_the_messages(page: SealingPage, vectors: dict[str, Any]) -> None:
    calls = [
        ("messages.open", from_text(vector["key"]), vector, from_text(vector["sealed"]))
        for vector in vectors["messages"]
    ]

    assert page.call_all(calls) == [json.loads(vector["data"]) for vector in vectors["messages"]]


def test_a_browser_derives_the_same_visit(page: SealingPage, vectors: dict[str, Any]) -> None:
    vector = vectors["visit"]

    visit = page.call("visits.from", from_text(vector["secret"]))

    assert visit["proof"] == from_text(vector["proof"])
    assert visit["pair"]["publicBytes"] == from_text(vector["public"])


def test_a_browser_does_the_same_work(page: SealingPage, vectors: dict[str, Any]) -> None:
    calls = [("work.solve", vector["challenge"], vector["bits"]) for vector in vectors["work"]]

    assert page.call_all(calls) == [vector["nonce"] for vector in vectors["work"]]


def test_a_browser_refuses_the_same_broken_seals(
    page: SealingPage, vectors: dict[str, Any]
) -> None:
    calls = [
        ("box.open", *(from_text(vector[name]) for name in ("key", "sealed", "place")))
        for vector in vectors["broken"]
    ]

    assert page.errors_of(calls) == [vector["error"] for vector in vectors["broken"]]


# -- both directions --


def test_python_opens_an_envelope_that_a_browser_sealed(page: SealingPage) -> None:
    private, context = keys.new_private_key(), contexts.epoch_context(CONVERSATION, 2)
    plain = secrets.token_bytes(32)

    sealed = page.call("envelope.seal", keys.public_key(private), plain, context)

    assert envelopes.open_envelope(sealed, private=private, context=context) == plain


def test_a_browser_opens_an_envelope_that_python_sealed(page: SealingPage) -> None:
    private, context = keys.new_private_key(), contexts.epoch_context(CONVERSATION, 2)
    plain = secrets.token_bytes(32)
    sealed = envelopes.seal_envelope(plain, to=keys.public_key(private), context=context)

    opened = page.call("envelope.open", Pair(private), sealed, context)

    assert opened == plain


def test_python_reads_a_message_that_a_browser_sealed(page: SealingPage) -> None:
    key = secrets.token_bytes(32)

    sealed = page.call("messages.seal", key, AT, TEXT)

    assert json.loads(messages.open_message(sealed, key=key, place=PLACE)) == TEXT
    assert len(sealed) == 285


def test_a_browser_reads_a_message_that_python_sealed(page: SealingPage) -> None:
    key = secrets.token_bytes(32)
    sealed = messages.seal_message(json.dumps(TEXT).encode(), key=key, place=PLACE)

    opened = page.call("messages.open", key, AT, sealed)

    assert opened == TEXT


def test_a_box_made_in_a_browser_opens_in_python_and_the_other_way(page: SealingPage) -> None:
    key, place = secrets.token_bytes(32), contexts.words_data(CONVERSATION)

    sealed = page.call("box.seal", key, b"secret", place)
    opened = page.call("box.open", key, boxes.seal_box(b"other", key=key, place=place), place)

    assert boxes.open_box(sealed, key=key, place=place) == b"secret"
    assert opened == b"other"


def test_each_size_of_message_is_padded_as_python_does(page: SealingPage) -> None:
    datas = [b"x" * size for size in (0, 1, 252, 253, 1020, 1021, 4093, 16381, 32764)]

    padded = page.call_all([("padding.pad", data) for data in datas])
    opened = page.call_all([("padding.unpad", padding.pad(data)) for data in datas])

    assert padded == [padding.pad(data) for data in datas]
    assert opened == datas


def test_a_visit_that_a_browser_starts_is_known_by_its_proof(page: SealingPage) -> None:
    visit = page.call("visits.start")

    secret = visit["secret"]
    assert visits.is_proof(visit["proof"], kept=visits.kept_proof(visits.visit_proof(secret)))
    assert visit["pair"]["publicBytes"] == visits.visit_public_key(secret)


def test_two_visits_have_nothing_in_common(page: SealingPage) -> None:
    one, other = page.call_all([("visits.start",), ("visits.start",)])

    assert one["secret"] != other["secret"]
    assert one["proof"] != other["proof"]


# -- proof of work --


def test_the_server_accepts_a_browsers_work(page: SealingPage) -> None:
    key = secrets.token_bytes(32)
    challenge = work.new_challenge(key=key, bits=12, at=1000)

    nonce = page.call("work.solve", challenge, 12)

    assert work.check_work(challenge, nonce, key=key, at=1010, age_max_s=60).bits == 12
    digest = hashlib.sha256(f"{challenge}:{nonce}".encode()).digest()
    assert digest[0] == 0
    assert digest[1] < 16


def test_work_stops_when_it_is_told_to(page: SealingPage) -> None:
    assert page.errors_of([("extra.cancelledWork",)]) == ["Cancelled"]


def test_a_browser_keeps_hearing_the_person_while_it_works(page: SealingPage) -> None:
    before = page.call("extra.ticks")

    page.call("work.solve", "challenge", 14)

    assert page.call("extra.ticks") > before
