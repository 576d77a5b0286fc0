"""Destroying: nothing of a conversation is left, in neither store."""

from __future__ import annotations

import os

import pytest
from django.db import OperationalError
from django.db.models import QuerySet

from leeward.line.models import Conversation, Message
from leeward.line.services.endings.destroying import destroy
from leeward.line.tests import make
from leeward.line.wraps.models import EpochWrap, WordsWrap

pytestmark = pytest.mark.django_db


def test_keys_and_rows_go_and_others_stay():
    ends, stays = make.conversation(), make.conversation()
    for talk in (ends, stays):
        Message.objects.create(
            conversation=talk, place=1, seat=0, number=1, epoch=1, at=talk.opened_at, box=b"x"
        )
        EpochWrap.objects.create(conversation_id=talk.id, epoch=1, reader="visitor", sealed=b"x")
        WordsWrap.objects.create(lookup=os.urandom(32), conversation_id=talk.id, sealed=b"x")

    count = destroy([ends.id])

    assert count == 1
    assert [talk.id for talk in Conversation.objects.all()] == [stays.id]
    assert {m.conversation_id for m in Message.objects.all()} == {stays.id}
    assert {wrap.conversation_id for wrap in EpochWrap.objects.all()} == {stays.id}
    assert {wrap.conversation_id for wrap in WordsWrap.objects.all()} == {stays.id}


def test_keys_go_before_rows_and_a_stop_in_between_is_made_good(monkeypatch):
    talk = make.conversation()
    EpochWrap.objects.create(conversation_id=talk.id, epoch=1, reader="visitor", sealed=b"x")
    real = QuerySet.delete

    def stops(rows):
        if rows.model is Conversation:
            raise OperationalError
        return real(rows)

    monkeypatch.setattr(QuerySet, "delete", stops)
    with pytest.raises(OperationalError):
        destroy([talk.id])
    monkeypatch.undo()

    assert not EpochWrap.objects.exists()
    assert Conversation.objects.get().id == talk.id
    assert destroy([talk.id]) == 1
    assert not Conversation.objects.exists()
