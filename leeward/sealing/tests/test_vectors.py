"""The shared vectors are what their program makes, and the product opens every one of them."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from leeward.sealing import (
    box,
    envelopes,
    messages,
    recovery,
    shares,
    suites,
    unlocking,
    visits,
    work,
)
from leeward.sealing.boxes import open_box
from leeward.sealing.contexts import MemberLock, MessagePlace, words_data
from leeward.sealing.encoding import from_text
from leeward.sealing.members import open_member_key
from leeward.sealing.vectors.making import FILE, make_vectors, write_vectors

ERRORS = {"SealBroken": box.SealBroken, "SuiteUnknown": suites.SuiteUnknown}

Vector = dict[str, Any]


@pytest.fixture(scope="module")
def vectors() -> Vector:
    return json.loads(FILE.read_text(encoding="utf-8"))


def test_making_the_vectors_again_changes_nothing(vectors: Vector) -> None:
    again = write_vectors(make_vectors(vectors))

    assert again == FILE.read_text(encoding="utf-8")


def test_every_envelope_opens(vectors: Vector) -> None:
    opened = [open_envelope(vector) for vector in vectors["envelopes"]]

    assert opened == [from_text(vector["plain"]) for vector in vectors["envelopes"]]
    assert len(opened) == 6


def test_every_message_opens(vectors: Vector) -> None:
    opened = [open_message(vector) for vector in vectors["messages"]]

    assert opened == [vector["data"] for vector in vectors["messages"]]
    assert len(opened) == 3


def test_every_member_key_opens(vectors: Vector) -> None:
    opened = [
        open_member_key(
            from_text(vector["sealed"]),
            key=from_text(vector["key"]),
            account=vector["account"],
            lock=MemberLock(vector["lock"]),
        )
        for vector in vectors["members"]
    ]

    assert opened == [from_text(vector["private"]) for vector in vectors["members"]]
    assert len(opened) == 3


def test_the_words_open_the_secret(vectors: Vector) -> None:
    vector = vectors["words"]
    stretched = unlocking.stretch_words(vector["words"], site_salt=from_text(vector["site_salt"]))
    share = unlocking.server_share(stretched.claim, pepper=from_text(vector["pepper"]))

    opened = open_box(
        from_text(vector["sealed"]),
        key=unlocking.unlock_key(stretched.half, share),
        place=words_data(UUID(vector["conversation"])),
    )

    assert opened == from_text(vector["secret"])


def test_the_ticket_holds_the_secret(vectors: Vector) -> None:
    ticket = visits.read_ticket(vectors["visit"]["ticket"])

    assert ticket.secret == from_text(vectors["visit"]["secret"])
    assert str(ticket.conversation) == vectors["visit"]["conversation"]


def test_the_recovery_code_is_read_however_it_was_typed(vectors: Vector) -> None:
    vector = vectors["recovery"]

    read = {recovery.read_code(typed) for typed in [vector["printed"], *vector["typed"]]}

    assert read == {from_text(vector["code"])}


def test_two_of_the_three_shares_make_the_key(vectors: Vector) -> None:
    vector = vectors["shares"]
    one, two, three = (shares.read_share(text.encode()) for text in vector["shares"])
    public = from_text(vector["public"])

    joined = {shares.join_shares(*pair, public=public) for pair in ((one, two), (two, three))}

    assert joined == {from_text(vector["private"])}


def test_the_work_is_done(vectors: Vector) -> None:
    assert all(
        work.is_solved(vector["challenge"], vector["nonce"], bits=vector["bits"])
        for vector in vectors["work"]
    )


def test_what_is_broken_opens_nothing_and_says_how(vectors: Vector) -> None:
    raised = [open_broken(vector) for vector in vectors["broken"]]

    assert raised == [ERRORS[vector["error"]] for vector in vectors["broken"]]
    assert len(raised) == 8


def open_envelope(vector: Vector) -> bytes:
    return envelopes.open_envelope(
        from_text(vector["sealed"]),
        private=from_text(vector["private"]),
        context=from_text(vector["context"]),
    )


def open_message(vector: Vector) -> str:
    place = MessagePlace(
        UUID(vector["conversation"]), vector["epoch"], vector["seat"], vector["number"]
    )
    key = from_text(vector["key"])
    return messages.open_message(from_text(vector["sealed"]), key=key, place=place).decode()


def open_broken(vector: Vector) -> type[Exception]:
    with pytest.raises(box.SealBroken) as raised:
        open_box(
            from_text(vector["sealed"]),
            key=from_text(vector["key"]),
            place=from_text(vector["place"]),
        )
    return raised.type
