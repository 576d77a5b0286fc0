"""What is bound to a place: envelopes, messages, members' keys, and boxes that must not open."""

from __future__ import annotations

import json
from collections.abc import Mapping

from leeward.sealing import contexts, envelopes
from leeward.sealing.box import SealBroken
from leeward.sealing.contexts import MemberLock, MessagePlace
from leeward.sealing.encoding import from_text, to_text
from leeward.sealing.vectors.derived import share_texts
from leeward.sealing.vectors.fixed import (
    ACCOUNT,
    CALL,
    CONVERSATION,
    LINE,
    Vector,
    box,
    fixed,
    public,
)


def bound_vectors(kept: Mapping[str, list[Vector]]) -> Vector:
    """Return vectors by section. kept: earlier ones, whose envelopes stay when they still open."""
    return {
        "contexts": _contexts(),
        "envelopes": _envelopes(kept.get("envelopes", [])),
        "messages": _messages(),
        "members": [_member(lock) for lock in MemberLock],
        "broken": _broken(),
    }


def _contexts() -> list[Vector]:
    return [
        {"kind": kind, **fields, "bytes": to_text(bound)}
        for kind, (fields, bound) in _bound().items()
    ]


def _bound() -> dict[str, tuple[Vector, bytes]]:
    """Return, by kind, the fields of a context and its bytes."""
    conversation, line = {"conversation": str(CONVERSATION)}, {"line": str(LINE), "generation": 3}
    place = MessagePlace(CONVERSATION, epoch=2, seat=1, number=70_000)
    return {
        "epoch": (conversation | {"epoch": 2}, contexts.epoch_context(CONVERSATION, 2)),
        "team": (line | {"account": ACCOUNT}, contexts.team_context(LINE, 3, ACCOUNT)),
        "call": ({"call": str(CALL)}, contexts.call_context(CALL)),
        "note": (conversation, contexts.note_context(CONVERSATION)),
        "share": (line | {"account": ACCOUNT}, contexts.share_context(LINE, 3, ACCOUNT)),
        "handed": (
            line | {"account": ACCOUNT, "asker": 12},
            contexts.handed_context(LINE, 3, ACCOUNT, 12),
        ),
        "message": (
            conversation | {"epoch": 2, "seat": 1, "number": 70_000},
            contexts.message_data(place),
        ),
        "member": (
            {"account": ACCOUNT, "lock": "recovery"},
            contexts.member_data(ACCOUNT, MemberLock.RECOVERY),
        ),
        "words": (conversation, contexts.words_data(CONVERSATION)),
    }


def _envelopes(kept: list[Vector]) -> list[Vector]:
    plains = {
        "epoch": fixed("epoch key"),
        "team": fixed("team"),
        "call": '{"number": "+1 202 555 0143", "say": "la señora del pan"}'.encode(),
        "note": b"",
        "share": share_texts()[1].encode(),
        "handed": share_texts()[1].encode(),
    }
    before = {vector["kind"]: vector for vector in kept}
    return [_envelope(kind, plain, before.get(kind)) for kind, plain in plains.items()]


def _envelope(kind: str, plain: bytes, kept: Vector | None) -> Vector:
    context = _bound()[kind][1]
    vector = {
        "kind": kind,
        "private": to_text(fixed("member")),
        "public": to_text(public("member")),
        "context": to_text(context),
        "plain": to_text(plain),
    }
    if kept and _still_opens(kept, vector):
        return kept
    return vector | {
        "sealed": to_text(envelopes.seal_envelope(plain, to=public("member"), context=context))
    }


def _still_opens(kept: Vector, vector: Vector) -> bool:
    if {name: kept.get(name) for name in vector} != vector:
        return False
    try:
        plain = envelopes.open_envelope(
            from_text(kept["sealed"]),
            private=from_text(kept["private"]),
            context=from_text(kept["context"]),
        )
    except SealBroken:
        return False
    return plain == from_text(vector["plain"])


def _messages() -> list[Vector]:
    texts = (
        ("Hola, ¿hay alguien? 👋🏽", 0, 1, 256),
        ("x" * 300, 1, 1, 1024),
        ("", 65_535, 2**32 - 1, 256),
    )
    return [_message(*row) for row in texts]


def _message(text: str, seat: int, number: int, size: int) -> Vector:
    data = json.dumps({"kind": "text", "text": text}, ensure_ascii=False).encode()
    padded = (len(data).to_bytes(4, "big") + data).ljust(size, b"\0")
    place = contexts.message_data(MessagePlace(CONVERSATION, epoch=2, seat=seat, number=number))
    return {
        "key": to_text(fixed("epoch key")),
        "conversation": str(CONVERSATION),
        "epoch": 2,
        "seat": seat,
        "number": number,
        "data": data.decode(),
        "size": size,
        "sealed": to_text(box(padded, key=fixed("epoch key"), place=place)),
    }


def _member(lock: MemberLock) -> Vector:
    place = contexts.member_data(ACCOUNT, lock)
    key = fixed(f"key of {lock}")
    return {
        "private": to_text(fixed("member")),
        "account": ACCOUNT,
        "lock": lock.value,
        "key": to_text(key),
        "sealed": to_text(box(fixed("member"), key=key, place=place)),
    }


def _broken() -> list[Vector]:
    """Return boxes and envelopes that must not open, each with the error to expect."""
    key, place = fixed("epoch key"), contexts.words_data(CONVERSATION)
    sealed_box = box(fixed("secret"), key=key, place=place)
    swaps = {
        "a later suite": (b"\x02" + sealed_box[1:], "SuiteUnknown"),
        "no suite": (b"\x00" + sealed_box[1:], "SuiteUnknown"),
        "empty": (b"", "SealBroken"),
        "only the suite": (sealed_box[:1], "SealBroken"),
        "cut short": (sealed_box[:-1], "SealBroken"),
        "without its text": (sealed_box[:13], "SealBroken"),
        "another nonce": (sealed_box[:1] + bytes(12) + sealed_box[13:], "SealBroken"),
        "a changed tag": (sealed_box[:-1] + bytes([sealed_box[-1] ^ 1]), "SealBroken"),
    }
    return [
        {
            "what": what,
            "key": to_text(key),
            "place": to_text(place),
            "sealed": to_text(sealed),
            "error": error,
        }
        for what, (sealed, error) in swaps.items()
    ]
