"""One conversation: take it, read it sealed, write into it sealed, end it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from leeward.desk import words
from leeward.desk.services import stand
from leeward.desk.views.asked import Asked, Refused, Told, Unfit, answers
from leeward.desk.views.keys import colleague_of, my_team
from leeward.desk.views.sealed_messages import incoming, not_stored
from leeward.line.services import proving, tallies
from leeward.line.services.endings import ending
from leeward.line.services.shifts import roster
from leeward.line.services.spelling import to_text
from leeward.line.services.talks import epochs, notes, replaying, seats, signs, standing, storing
from leeward.line.services.team_keys import NoTeamKey
from leeward.people.models import Account

ROLES = ("second", "supervisor")
NOT_HERE = {
    seats.NoSeat: Refused(404, "not_here"),
    proving.NoSuchTalk: Refused(404, "not_here"),
    roster.NotAMember: Refused(404, "not_here"),
    epochs.TalkEnded: Refused(404, "not_here"),
}


@answers(when={**NOT_HERE, seats.AlreadyTaken: Refused(409, "taken_already")})
def take(account: Account, asked: Asked) -> Told:
    """Take what waits or rests."""
    return {"seat": seats.take(asked.uuid(), account).number}


@answers(when=NOT_HERE)
def read(account: Account, asked: Asked) -> Told:
    """Tell the sealed messages after a place, and what opens them."""
    seat = seats.seat_of(asked.uuid(), account)
    talk = seat.conversation
    found = replaying.since(talk.pk, asked.number("after"))
    return {
        "talk": stand.talk_facts(talk) | {"seat": seat.number},
        "messages": [message.event() for message in found],
        "last_place": talk.last_place,
        "visitor_seen": talk.visitor_seen,
        "wraps": _wraps(talk, account),
        "seats": _seats(talk),
        "notes": [_note(note) for note in notes.of(talk.pk, account)],
    }


@answers(when=NOT_HERE)
def say(account: Account, asked: Asked) -> Told:
    """Store one sealed message; tell its place once it is stored. Repeating is harmless."""
    seat = seats.seat_of(asked.uuid(), account)
    [answer] = storing.store([incoming(asked, seat.conversation_id, seat.number)])
    if isinstance(answer, storing.Refusal):
        raise not_stored(answer.why)
    storing.announce_stored([answer])
    return {"place": answer.message.place, "at": replaying.spell_minute(answer.message.at)}


@answers(
    when={
        **NOT_HERE,
        epochs.EpochTaken: Refused(409, "epoch_taken"),
        epochs.WrapsMismatched: Refused(409, "epoch_taken"),
        NoTeamKey: Refused(409, "no_team_key"),
    }
)
def epoch(account: Account, asked: Asked) -> Told:
    """Tell today's epoch, or who its key must be sealed to; store one that was made."""
    talk, today = seats.seat_of(asked.uuid(), account).conversation, timezone.now().date()
    if asked.has("wraps"):
        wraps = {
            (row.text("reader"), row.number("reader_id")): row.sealed("sealed")
            for row in asked.rows("wraps")
        }
        number = epochs.new_epoch(talk, today, wraps, number=asked.number("number", least=1))
        return {"number": number}
    number_now = epochs.epoch_of_day(talk, today)
    if number_now is not None:
        return {"number": number_now}
    readers = [
        {"reader": reader, "reader_id": reader_id, "public_key": to_text(public)}
        for reader, reader_id, public in epochs.readers(talk)
    ]
    return {"number": None, "next": epochs.next_number(talk, today), "readers": readers}


@answers(
    when={
        **NOT_HERE,
        epochs.EpochTaken: Refused(409, "epoch_taken"),
        epochs.WrapsMismatched: Refused(409, "key_changed"),
    }
)
def add_keys(account: Account, asked: Asked) -> Told:
    """Store the days' keys, sealed to her own."""
    talk = seats.seat_of(asked.uuid(), account).conversation
    return {"new": epochs.add_wraps(talk, account.pk, asked.sealed_by_number("wraps"))}


@answers(when={**NOT_HERE, signs.SignUnfit: Refused(422, "unfit")})
def sign(account: Account, asked: Asked) -> Told:
    """Pass on that she types, or what she has seen."""
    seat = seats.seat_of(asked.uuid(), account)
    if asked.has("seen"):
        signs.staff_saw(seat.conversation_id, asked.number("seen"))
    else:
        signs.types(seat.conversation_id, seat.number)
    return {}


@answers(when=NOT_HERE)
def hand(account: Account, asked: Asked) -> Told:
    """Give it to a colleague."""
    seats.hand_over(asked.uuid(), account, to=colleague_of(account, asked, "to"))
    return {}


@answers(when=NOT_HERE)
def bring(account: Account, asked: Asked) -> Told:
    """Bring a colleague in."""
    role, colleague = asked.text("role"), colleague_of(account, asked, "to")
    if role not in ROLES:
        raise Unfit
    seats.join(asked.uuid(), colleague, by=account, role=role)
    return {}


@answers(when=NOT_HERE)
def join(account: Account, asked: Asked) -> Told:
    """Sit down in a colleague's conversation, as a supervisor. She who writes is told the name."""
    seat = seats.join(asked.uuid(), account, by=account, role="supervisor")
    return {"seat": seat.number}


@answers(when={**NOT_HERE, seats.AlreadyTaken: Refused(409, "taken_already")})
def come_back(account: Account, asked: Asked) -> Told:
    """Sit down again where she sat before."""
    return {"seat": seats.come_back(asked.uuid(), account).number}


@answers(when=NOT_HERE)
def step(account: Account, asked: Asked) -> Told:
    """Step away."""
    seats.step_away(asked.uuid(), account)
    return {}


@answers(when=NOT_HERE)
def flags(account: Account, asked: Asked) -> Told:
    """Set and clear its flags."""
    talk = seats.seat_of(asked.uuid(), account).conversation
    wanted = {name: asked.flag(name) for name in seats.FLAGS}
    for name, is_set in wanted.items():
        if getattr(talk, name) != is_set:
            seats.flag(talk.pk, account, name=name, is_set=is_set)
    return {}


@answers(
    when={
        **NOT_HERE,
        notes.NoteUnfit: Refused(409, "note_unfit"),
        NoTeamKey: Refused(409, "no_team_key"),
    }
)
def note(account: Account, asked: Asked) -> Told:
    """Keep a note, sealed to the team."""
    generation, box = asked.number("generation"), asked.sealed("box")
    notes.write(asked.uuid(), account, generation=generation, box=box)
    return {}


@answers(when=NOT_HERE)
def drop_note(account: Account, asked: Asked) -> Told:
    """Delete a note of a conversation in which she sits."""
    seat, number = seats.seat_of(asked.uuid(), account), asked.number("note", most=2**62)
    is_its_own = any(each.pk == number for each in notes.of(seat.conversation_id, account))
    if not (is_its_own and notes.delete(number, account)):
        raise Refused(404, "not_here")
    return {}


@answers(when=NOT_HERE)
def end(account: Account, asked: Asked) -> Told:
    """End it: what she does not keep is destroyed."""
    seat = seats.seat_of(asked.uuid(), account)
    is_slowed = asked.text("how") == ending.How.SLOWED
    ending.end(seat.conversation_id, ending.How.SLOWED if is_slowed else ending.How.STAFF)
    return {}


@answers(when={})
def counts(account: Account, asked: Asked) -> Told:
    """Count what a conversation was about and how it ended: codes of fixed lists, nothing else."""
    team = my_team(account, asked)
    outcome = [asked.text("outcome")]
    details = asked.chosen("about", words.ABOUTS)
    details += [code for code in words.OUTCOMES if code in outcome]
    for detail in details:
        tallies.count(team.pk, "outcome", detail)
    return {}


def _wraps(talk: Any, account: Account) -> list[Told]:
    readers = [(epochs.MEMBER, account.pk)]
    readers += [(epochs.TEAM, number) for number in stand.generations_of(talk, account)]
    return [
        {
            "epoch": wrap.epoch,
            "reader": reader,
            "reader_id": reader_id,
            "sealed": to_text(wrap.sealed),
        }
        for reader, reader_id in readers
        for wrap in epochs.wraps_for(talk.pk, reader, reader_id)
    ]


def _seats(talk: Any) -> list[Told]:
    here = standing.names_in(talk)
    return [
        {"number": number, "name": name, "is_here": name in here}
        for number, name in sorted(standing.names_by_seat(talk).items())
    ]


def _note(note: Any) -> Told:
    return {
        "id": note.pk,
        "generation": note.generation,
        "at": replaying.spell_minute(note.at),
        "box": to_text(bytes(note.box)),
    }
