"""Staff's own notes to a conversation, sealed to the team in the advocate's browser.

A row holds the note without its beginning, which lies with the wraps (`heads`).
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from leeward.line.models import Note
from leeward.line.rules.times import hour
from leeward.line.services import heads
from leeward.line.services.talks import queue
from leeward.line.services.team_keys import team_key
from leeward.people.models import Account
from leeward.people.services import record

NOTE_BYTES = (305, 1073, 4145, 16433)  # an envelope of a padded note
NOTES_MAX = 50


class NoteUnfit(ValueError):
    """No sealed note, not to the team's key in use, or one too many."""


def write(conversation_id: UUID, account: Account, *, generation: int, box: bytes) -> Note:
    """Store a note of an advocate who sits there. Raises NoSeat, NoteUnfit."""
    seat = queue.seat_of(conversation_id, account)
    talk = seat.conversation
    is_current = team_key(talk.team_id).generation == generation
    if not is_current or len(box) not in NOTE_BYTES or talk.notes.count() >= NOTES_MAX:
        raise NoteUnfit
    head, rest = heads.cut(box)
    with transaction.atomic():
        note: Note = Note.objects.create(
            conversation=talk, generation=generation, at=hour(timezone.now()), box=rest
        )
        record(account, "line.note_written", "line.team", talk.team_id)
    heads.put(talk.pk, head, number=note.pk)
    if not Note.objects.filter(pk=note.pk).exists():  # the conversation ended meanwhile
        heads.forget(talk.pk, number=note.pk)
        raise NoteUnfit
    return note


def of(conversation_id: UUID, account: Account) -> list[Note]:
    """Return a conversation's notes, whole, for a member of its team. Raises NoSuchTalk."""
    talk = queue.talk_for(conversation_id, account)
    beginnings = heads.of([talk.pk])
    found = [note for note in talk.notes.order_by("pk") if (talk.pk, note.pk) in beginnings]
    for note in found:
        note.box = beginnings[talk.pk, note.pk] + bytes(note.box)
    return found


def delete(note_id: int, account: Account) -> bool:
    """Delete a note of a team that the account answers for; return whether it was there."""
    rows = Note.objects.filter(pk=note_id, conversation__team__members__account=account)
    note = rows.first()
    if note is None:
        return False
    heads.forget(note.conversation_id, number=note.pk)
    rows.delete()
    record(account, "line.note_deleted", "line.note", note_id)
    return True
