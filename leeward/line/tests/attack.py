"""Somebody who holds everything that remains: each row, each file, each key in anybody's hands.

What does that open of an older copy? Every key is tried on everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, product
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models

from leeward.line.models import CallRequest, Message, Note, TeamKey
from leeward.line.services import pepper
from leeward.line.services.talks import replaying
from leeward.line.services.talks.replaying import StoredMessage
from leeward.line.wraps.models import MemberKeyWrap
from leeward.people.models import Account
from leeward.sealing import contexts, shares, unlocking, words
from leeward.sealing.box import SealBroken
from leeward.sealing.boxes import open_box
from leeward.sealing.envelopes import open_envelope
from leeward.sealing.keys import KeyRefused
from leeward.sealing.messages import open_message
from leeward.sealing.padding import unpad
from leeward.sealing.passphrases import passphrase_key
from leeward.sealing.visits import Ticket, visit_private_key

KEY_BYTES = 32
HEAD_BYTES = 33  # of an envelope: suite and encapsulated key
SEALED_KEY_MIN, SHARE_MAX = 61, 250
NUMBERS = (1, 2, 3)  # of epochs and of generations: more than any test makes


@dataclass(frozen=True)
class Copy:
    """What somebody copied while it was there: sealed messages, notes, requests for a call."""

    messages: list[StoredMessage]
    notes: list[tuple[UUID, bytes]]
    calls: list[tuple[UUID, bytes]]


def copied() -> Copy:
    """Return a copy of every sealed text that lies in the main store, as it lies there."""
    talks = set(Message.objects.values_list("conversation_id", flat=True))
    return Copy(
        messages=[row for talk in sorted(talks) for row in replaying.since(talk, 0)],
        notes=[(note.conversation_id, bytes(note.box)) for note in Note.objects.all()],
        calls=[(call.pk, bytes(call.box)) for call in CallRequest.objects.all()],
    )


@dataclass
class Attacker:
    """Holds what lies in the stores and files now, and what people know or carry."""

    tickets: list[Ticket] = field(default_factory=list)
    six_words: list[str] = field(default_factory=list)
    passphrases: list[str] = field(default_factory=list)
    keys: list[bytes] = field(default_factory=list)

    def opens(self, copy: Copy) -> list[bytes]:
        """Return every text of the copy that opens with anything she can come by."""
        keys = self._keys(copy)
        found = [_message(message, keys) for message in copy.messages]
        found += [_sealed(box, contexts.note_context(of), keys) for of, box in copy.notes]
        found += [_sealed(box, contexts.call_context(of), keys) for of, box in copy.calls]
        return [text for text in found if text is not None]

    def _keys(self, copy: Copy) -> set[bytes]:
        """Return every key that can be had: each one opens more, until nothing new comes."""
        keys = {*self.keys, *self._carried(), *_files()}
        places = list(_places(_ids(copy, self.tickets)))
        lying = [value for value in _stored() if SEALED_KEY_MIN <= len(value) <= SHARE_MAX]
        tried: set[bytes] = set()
        while fresh := keys - tried:
            opened = [_opened(box, key, at) for box, key, at in product(lying, fresh, places)]
            tried |= fresh
            secrets = {data for data in opened if data and len(data) == KEY_BYTES}
            keys |= secrets | {visit_private_key(secret) for secret in secrets}
            keys |= set(_joined([data for data in opened if data]))
        return keys | {value for value in _stored() if len(value) == KEY_BYTES}

    def _carried(self) -> Iterator[bytes]:
        for ticket in self.tickets:
            yield ticket.secret
            yield visit_private_key(ticket.secret)
        for typed in self.six_words:
            both = unlocking.stretch_words(words.normalise(typed), site_salt=pepper.site_salt())
            for secret in filter(None, (pepper.pepper(), pepper.older())):
                share = unlocking.server_share(both.claim, pepper=secret)
                yield unlocking.unlock_key(both.half, share)
        salts = MemberKeyWrap.objects.filter(under="passphrase").values_list("salt", flat=True)
        for passphrase, salt in product(self.passphrases, salts):
            yield passphrase_key(passphrase, salt=bytes(salt))


def _ids(copy: Copy, tickets: Iterable[Ticket]) -> set[UUID]:
    named = {message.conversation_id for message in copy.messages}
    named |= {of for of, _box in (*copy.notes, *copy.calls)}
    return named | {ticket.conversation for ticket in tickets}


def _places(ids: set[UUID]) -> Iterator[bytes]:
    """Return everything that a key or a secret may be bound to."""
    teams = set(TeamKey.objects.values_list("team_id", flat=True))
    accounts = set(Account.objects.values_list("pk", flat=True))
    for of in ids:
        yield contexts.words_data(of)
        yield from (contexts.epoch_context(of, number) for number in NUMBERS)
    for team, number, account in product(teams, NUMBERS, accounts):
        yield contexts.team_context(team, number, account)
        yield contexts.share_context(team, number, account)
        for asker in accounts:
            yield contexts.handed_context(team, number, account, asker)
    for account, lock in product(accounts, contexts.MemberLock):
        yield contexts.member_data(account, lock)


def _stored() -> Iterator[bytes]:
    """Return every binary value of both stores, whatever it is."""
    for app in ("line", "wraps"):
        for model in apps.get_app_config(app).get_models():
            for name in _binary_fields(model):
                yield from (bytes(v) for v in model._default_manager.values_list(name, flat=True))


def _binary_fields(model: type[models.Model]) -> list[str]:
    return [f.name for f in model._meta.concrete_fields if isinstance(f, models.BinaryField)]


def _files() -> Iterator[bytes]:
    """Return what lies in the data folder and has the size of a key."""
    for file in Path(settings.DATA).iterdir():
        if file.is_file() and file.stat().st_size == KEY_BYTES:
            yield file.read_bytes()


def _opened(box: bytes, key: bytes, place: bytes) -> bytes | None:
    for attempt in (_as_envelope, _as_box):
        try:
            return attempt(box, key, place)
        except (SealBroken, KeyRefused, ValueError):
            continue
    return None


def _as_envelope(box: bytes, key: bytes, place: bytes) -> bytes:
    return open_envelope(box, private=key, context=place)


def _as_box(box: bytes, key: bytes, place: bytes) -> bytes:
    return open_box(box, key=key, place=place)


def _joined(opened: list[bytes]) -> Iterator[bytes]:
    """Return the team keys that any two of the opened shares make."""
    read = []
    for data in opened:
        try:
            read.append(shares.read_share(data))
        except SealBroken:
            continue
    publics = TeamKey.objects.values_list("public_key", flat=True)
    for (one, other), public in product(combinations(read, 2), publics):
        try:
            yield shares.join_shares(one, other, public=bytes(public))
        except shares.SharesMismatched:
            continue


def _message(message: StoredMessage, keys: set[bytes]) -> bytes | None:
    place = contexts.MessagePlace(
        message.conversation_id, message.epoch, message.seat, message.number
    )
    for key in keys:
        try:
            return open_message(message.box, key=key, place=place)
        except SealBroken:
            continue
    return None


def _sealed(box: bytes, context: bytes, keys: set[bytes]) -> bytes | None:
    """Open what is sealed to the team; with each stored beginning before it, if it has none."""
    heads = [b"", *(value for value in _stored() if len(value) == HEAD_BYTES)]
    for head, key in product(heads, keys):
        try:
            return unpad(open_envelope(head + box, private=key, context=context))
        except (SealBroken, KeyRefused, ValueError):
            continue
    return None
