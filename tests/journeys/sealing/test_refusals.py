"""What must not open in a browser, does not: changed, moved, cut short, of another suite."""

from __future__ import annotations

import secrets
from uuid import UUID

from leeward.sealing import contexts, envelopes, keys, messages
from tests.journeys.sealing.page import Pair, SealingPage

CONVERSATION = UUID("7d444840-9dc0-4a5a-9d2b-2f3a5c1e8b01")
PLACE = contexts.MessagePlace(CONVERSATION, epoch=2, seat=0, number=7)
AT = {"conversation": str(CONVERSATION), "epoch": 2, "seat": 0, "number": 7}


def test_no_changed_byte_of_an_envelope_goes_unnoticed(page: SealingPage) -> None:
    private, context = keys.new_private_key(), contexts.call_context(CONVERSATION)
    sealed = envelopes.seal_envelope(b"tonight", to=keys.public_key(private), context=context)

    # Among them the highest bit of the point, which X25519 does not read but HPKE hashes.
    changed = [_flip(sealed, at) for at in range(1, len(sealed))]
    errors = page.errors_of([("envelope.open", Pair(private), one, context) for one in changed])

    assert set(errors) == {"SealBroken"}


def test_no_changed_byte_of_a_message_goes_unnoticed(page: SealingPage) -> None:
    key = secrets.token_bytes(32)
    sealed = messages.seal_message(b'{"kind":"text"}', key=key, place=PLACE)

    changed = [_flip(sealed, at) for at in range(1, len(sealed))]
    errors = page.errors_of([("messages.open", key, AT, one) for one in changed])

    assert set(errors) == {"SealBroken"}


def test_a_message_opens_in_its_own_place_only(page: SealingPage) -> None:
    key = secrets.token_bytes(32)
    sealed = messages.seal_message(b'{"kind":"text"}', key=key, place=PLACE)
    elsewhere = [
        AT | {"conversation": "00000000-0000-4000-8000-000000000000"},
        AT | {"epoch": 3},
        AT | {"seat": 1},
        AT | {"number": 8},
    ]

    errors = page.errors_of([("messages.open", key, at, sealed) for at in (AT, *elsewhere)])

    assert errors == ["", *["SealBroken"] * 4]


def test_another_key_or_context_opens_nothing(page: SealingPage) -> None:
    private, other = keys.new_private_key(), keys.new_private_key()
    right, wrong = contexts.note_context(CONVERSATION), contexts.call_context(CONVERSATION)
    sealed = envelopes.seal_envelope(b"x", to=keys.public_key(private), context=right)

    errors = page.errors_of(
        [
            ("envelope.open", Pair(private), sealed, right),
            ("envelope.open", Pair(other), sealed, right),
            ("envelope.open", Pair(private), sealed, wrong),
            ("envelope.open", Pair(private), sealed[:-1], right),
            ("envelope.open", Pair(private), sealed[:40], right),
            ("envelope.open", Pair(private), b"\x02" + sealed[1:], right),
        ]
    )

    assert errors == ["", *["SealBroken"] * 4, "SuiteUnknown"]


def test_bad_padding_is_a_broken_seal(page: SealingPage) -> None:
    short, loose, long = bytes(255), bytes(255) + b"x", b"\x00\x00\x00\xfd" + bytes(252)

    errors = page.errors_of([("padding.unpad", padded) for padded in (short, loose, long)])

    assert errors == ["SealBroken"] * 3


def test_a_message_beyond_the_largest_size_is_refused(page: SealingPage) -> None:
    text = {"kind": "text", "text": "x" * 32764}

    errors = page.errors_of([("messages.seal", bytes(32), AT, text)])

    assert errors == ["TooLong"]


def test_a_key_that_can_be_none_is_refused(page: SealingPage) -> None:
    low_order = bytes(32)

    errors = page.errors_of(
        [
            ("box.seal", bytes(31), b"x", b""),
            ("box.open", bytes(33), bytes([1]) + bytes(40), b""),
            ("envelope.seal", bytes(31), b"x", b""),
            ("envelope.seal", low_order, b"x", b""),
            ("visits.from", b""),
            ("fingerprint", b"", ["word"]),
        ]
    )

    assert errors == ["KeyRefused"] * 6


def test_numbers_that_do_not_fit_are_refused(page: SealingPage) -> None:
    name = str(CONVERSATION)

    errors = page.errors_of(
        [
            ("contexts.epoch", name, 2**32),
            ("contexts.epoch", name, -1),
            ("contexts.epoch", name, 1.5),
            ("contexts.message", name, 1, 2**16, 1),
            ("contexts.epoch", "not-a-uuid", 1),
        ]
    )

    assert errors == ["RangeError"] * 5


def _flip(sealed: bytes, at: int) -> bytes:
    return sealed[:at] + bytes([sealed[at] ^ 0x80]) + sealed[at + 1 :]
