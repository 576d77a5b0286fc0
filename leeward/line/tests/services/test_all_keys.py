"""After the end an older copy opens with none of all the keys that remain: each one is tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from leeward.line.models import CallRequest, Conversation, Member, Note
from leeward.line.services import heads
from leeward.line.services.calls import asking, calls
from leeward.line.services.endings import destroying, ending, keeping
from leeward.line.services.talks import notes
from leeward.line.services.visitors import server_side
from leeward.line.tests import advocates, attack, people
from leeward.line.wraps.models import EpochWrap, Head
from leeward.people.models import Account

pytestmark = pytest.mark.django_db(transaction=True)

SAID = b'{"kind":"text","text":"Is tonight possible?"}'
ANSWERED = b'{"kind":"text","text":"Yes."}'
LATER = b'{"kind":"text","text":"I am here again."}'
NOTED = b'{"text":"Two children."}'
WISHED = b'{"number":"718-555-0143"}'


@dataclass
class World:
    """A talk over two days, with an advocate whose keys are real, and whoever attacks it."""

    ticket: server_side.Ticket
    attacker: attack.Attacker

    @property
    def talk(self) -> Conversation:
        """The conversation as it is stored now."""
        return Conversation.objects.get(pk=self.ticket.conversation)


@pytest.fixture
def line() -> people.Line:
    return people.line()


@pytest.fixture
def world(line: people.Line) -> World:
    sam = advocates.advocate(line, "four plain words here")
    ticket = people.visitor(line.team)
    world = World(ticket, attack.Attacker([ticket], passphrases=["four plain words here"]))
    people.says(ticket, "Is tonight possible?")
    advocates.takes(line, ticket.conversation, sam)
    people.answers(line, ticket.conversation, 1, 1, "Yes.")
    advocates.notes_down(line, ticket.conversation, sam, NOTED)
    other = people.visitor(line.team)
    people.says(other, "Another talk, that goes on.")
    world.attacker.tickets.append(other)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        people.says(ticket, "I am here again.")
    return world


def _keeps(world: World) -> None:
    words = server_side.draw_words()
    server_side.keep_under(world.ticket, words)
    world.attacker.six_words.append(words)


def _deletes(world: World) -> None:
    _keeps(world)
    keeping.delete_everything(world.talk)


def _lets_its_days_run_out(world: World) -> None:
    _keeps(world)
    destroying.destroy_overdue(timezone.now().date() + timedelta(days=91))


def _stays_away(world: World) -> None:
    ending.end_away(timezone.now() + timedelta(days=1, hours=2))


def _ends(how: str) -> Callable[[World], None]:
    def end(world: World) -> None:
        ending.end(world.ticket.conversation, how)

    end.__name__ = how
    return end


WAYS: list[Callable[[World], None]] = [_deletes, _lets_its_days_run_out, _stays_away]
WAYS += [_ends(how) for how in ("exit", "visitor", "staff", "slowed")]


def _hers(world: World) -> attack.Copy:
    """Return the copy of her talk alone, without the one that goes on."""
    copy = attack.copied()
    mine = [m for m in copy.messages if m.conversation_id == world.ticket.conversation]
    return attack.Copy(mine, copy.notes, copy.calls)


@pytest.mark.parametrize("end", WAYS, ids=lambda end: end.__name__.strip("_"))
def test_no_key_that_remains_opens_an_older_copy(world: World, end: Callable[[World], None]):
    copy = _hers(world)
    before = world.attacker.opens(copy)

    end(world)

    assert before == [SAID, ANSWERED, LATER, NOTED], "the attack opens what is there to be opened"
    assert not Conversation.objects.filter(pk=world.ticket.conversation).exists()
    assert world.attacker.opens(copy) == []


@pytest.mark.parametrize(
    ("held", "opened"),
    [
        ("her ticket", [SAID, ANSWERED, LATER]),
        ("her six words", [SAID, ANSWERED, LATER]),
        ("a member's passphrase", [SAID, ANSWERED, LATER, NOTED]),
    ],
)
def test_each_key_by_itself_opens_what_is_kept_until_it_is_deleted(
    world: World, held: str, opened: list[bytes]
):
    """Or the test above would prove nothing: each way in is really tried."""
    _keeps(world)
    alone = {
        "her ticket": attack.Attacker(tickets=[world.ticket]),
        "her six words": attack.Attacker(six_words=world.attacker.six_words),
        "a member's passphrase": attack.Attacker(passphrases=world.attacker.passphrases),
    }[held]
    copy = _hers(world)
    before = alone.opens(copy)

    keeping.delete_everything(world.talk)

    assert before == opened
    assert alone.opens(copy) == []


def test_nobody_who_holds_nothing_opens_what_is_kept(world: World):
    _keeps(world)

    assert attack.Attacker().opens(_hers(world)) == []


def test_two_of_three_shares_open_what_is_kept_and_nothing_that_is_deleted(
    line: people.Line, world: World
):
    _keeps(world)
    alone, copy = attack.Attacker(keys=advocates.two_supervisors(line)), _hers(world)
    before = alone.opens(copy)

    keeping.delete_everything(world.talk)

    assert before == [SAID, ANSWERED, LATER, NOTED]
    assert alone.opens(copy) == []


# -- requests for a call --


def _done(call: CallRequest, _token: str, sam: Account) -> None:
    calls.done(call.pk, sam)


def _tried_three_times(call: CallRequest, _token: str, sam: Account) -> None:
    for _ in range(calls.TRIES_MAX):
        calls.tried(call.pk, sam)


def _taken_back(_call: CallRequest, token: str, _sam: Account) -> None:
    asking.take_back(token)


def _over(_call: CallRequest, _token: str, _sam: Account) -> None:
    calls.destroy_overdue(timezone.now() + timedelta(days=1))


@pytest.mark.parametrize("end", [_done, _tried_three_times, _taken_back, _over])
def test_no_key_that_remains_opens_an_older_copy_of_a_request_for_a_call(line: people.Line, end):
    sam = advocates.advocate(line, "four plain words here")
    attacker = attack.Attacker(passphrases=["four plain words here"])
    call, token = asking.ask_for_her(
        team_id=line.team.pk,
        language="en",
        not_before=timezone.now(),
        not_after=timezone.now() + timedelta(hours=3),
        data={"number": "718-555-0143"},
    )
    copy = attack.copied()
    before = attacker.opens(copy)

    end(call, token, sam)

    assert before == [WISHED]
    assert attacker.opens(copy) == []


def test_a_note_that_is_deleted_opens_no_more_and_the_talk_goes_on(world: World, line: people.Line):
    copy = _hers(world)
    sam = Member.objects.get(team=line.team).account

    is_gone = notes.delete(Note.objects.get().pk, sam)

    assert is_gone
    assert world.attacker.opens(copy) == [SAID, ANSWERED, LATER]


def test_beginnings_whose_note_or_request_is_gone_are_swept_out(world: World):
    kept = list(Head.objects.values_list("pk", flat=True))
    heads.put(uuid4(), bytes(33))

    count = destroying.destroy_orphans()

    assert count == 1
    assert list(Head.objects.values_list("pk", flat=True)) == kept


def test_what_is_kept_rests_without_a_wrap_of_whoever_sat_there(world: World):
    _keeps(world)

    ending.end(world.ticket.conversation, "staff")

    wraps = EpochWrap.objects.filter(conversation_id=world.ticket.conversation)
    assert {wrap.reader for wrap in wraps} == {"visitor", "team"}
