"""Builders of whole situations: a team with a key and somebody on, a visitor without scripts."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from django.utils import timezone

from leeward.line.models import Member, MemberKey, Team, TeamKey
from leeward.line.services.shifts import roster
from leeward.line.services.talks import epochs, replaying, storing
from leeward.line.services.visitors import server_side
from leeward.line.tests import make
from leeward.people.models import Account
from leeward.sealing import keys
from leeward.sealing.contexts import MessagePlace
from leeward.sealing.epochs import open_epoch_key, seal_epoch_key
from leeward.sealing.messages import open_message, seal_message

_numbers = count(1)


@dataclass
class Line:
    """A team with its private key, as its members hold it in their browsers."""

    team: Team
    private: bytes = field(repr=False)

    def epoch_keys(self, talk_id) -> dict[int, bytes]:
        """Return the keys of a conversation's days, opened with the team's key."""
        return {
            wrap.epoch: open_epoch_key(
                wrap.sealed, private=self.private, conversation=talk_id, epoch=wrap.epoch
            )
            for wrap in epochs.wraps_for(talk_id, epochs.TEAM, 1)
        }

    def reads(self, talk_id) -> list[bytes]:
        """Return what stands in a conversation, opened with the team's key."""
        found = self.epoch_keys(talk_id)
        return [opened(message, found[message.epoch]) for message in replaying.since(talk_id, 0)]


def opened(message: replaying.StoredMessage, key: bytes) -> bytes:
    """Return one stored message, opened with its epoch's key."""
    place = MessagePlace(message.conversation_id, message.epoch, message.seat, message.number)
    return open_message(message.box, key=key, place=place)


def line(**values) -> Line:
    """Return a team that has a key; nobody is on yet."""
    private = keys.new_private_key()
    team = make.team(**values)
    TeamKey.objects.create(
        team=team,
        generation=1,
        public_key=keys.public_key(private),
        made_on=timezone.now().date(),
    )
    return Line(team, private)


def member(team: Team, *, is_on: bool = True, has_key: bool = True, **values) -> Account:
    """Return somebody who answers for a team, with a key, and on."""
    number = next(_numbers)
    account = Account.objects.create_user(f"advocate-{number}", display_name=f"Advocate {number}")
    Member.objects.create(team=team, account=account, working_name=f"Name {number}", **values)
    if has_key:
        public = keys.public_key(keys.new_private_key())
        MemberKey.objects.create(account=account, public_key=public, made_on=timezone.now().date())
    if is_on:
        roster.go_on(team, account, now=timezone.now(), most_chats=6)
    return account


def visitor(team: Team, kind: str = "chat") -> server_side.Ticket:
    """Return the ticket of a visitor without scripts who opened a conversation."""
    return server_side.open_for(team_id=team.pk, kind=kind, language="en")


def says(ticket: server_side.Ticket, text: str, **options) -> storing.Stored:
    """Have her write."""
    return server_side.seal_and_store(ticket, {"kind": "text", "text": text}, **options)


def answers(line_: Line, talk_id, seat: int, number: int, text: str) -> storing.Answer:
    """Have an advocate write, from a browser that holds the team's key; make a day's key first."""
    from leeward.line.models import Conversation

    talk = Conversation.objects.get(pk=talk_id)
    now = timezone.now()
    epoch = epochs.epoch_of_day(talk, now.date())
    if epoch is None:
        key, epoch = keys.new_private_key(), epochs.next_number(talk, now.date())
        wraps = {
            (reader, reader_id): seal_epoch_key(key, to=public, conversation=talk_id, epoch=epoch)
            for reader, reader_id, public in epochs.readers(talk)
        }
        epochs.new_epoch(talk, now.date(), wraps, number=epoch)
    key = line_.epoch_keys(talk_id)[epoch]
    box = seal_message(
        b'{"kind":"text","text":"' + text.encode() + b'"}',
        key=key,
        place=MessagePlace(talk_id, epoch, seat, number),
    )
    message = storing.Incoming(
        conversation_id=talk_id, seat=seat, number=number, epoch=epoch, box=box, at=now
    )
    return storing.store([message])[0]
