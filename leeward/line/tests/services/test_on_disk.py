"""What she types is on no disk: not while she talks, not when she keeps it, not afterwards."""

from __future__ import annotations

import pytest

from leeward.line import jobs
from leeward.line.models import Message
from leeward.line.services.endings import ending, keeping, overwriting
from leeward.line.services.talks import epochs, queue, replaying
from leeward.line.services.visitors import server_side
from leeward.line.tests import people
from leeward.line.tests.on_disk import (
    everything_on_disk,
    let_deletions_be_counted,
    let_older_work_end,
    somebody_reading,
    somebody_writing_elsewhere,
    write_all_anew,
)
from leeward.line.wraps.models import EpochWrap
from leeward.sealing.encoding import to_text
from leeward.sealing.visits import visit_private_key, visit_proof, write_ticket

pytestmark = pytest.mark.django_db(transaction=True)

TYPED = ("Is tonight possible at quillonsgate?", "718-555-0143", "zephyrwort 4471")


@pytest.fixture(autouse=True)
def _a_database_that_nobody_has_written_anew():
    overwriting._gone_before.clear()


@pytest.fixture
def line():
    return people.line()


def test_nothing_typed_no_words_and_no_ticket_lie_anywhere(line, tmp_path):
    sam = people.member(line.team)
    ticket = people.visitor(line.team)
    words = server_side.draw_words()
    for text in TYPED:
        people.says(ticket, text)
    seat = queue.take(ticket.conversation, sam)
    people.answers(line, ticket.conversation, seat.number, 1, "yes, brackenholm")
    server_side.keep_under(ticket, words)
    again = server_side.come_back(words.upper().replace(" ", ", "))

    lying = everything_on_disk(backups=tmp_path)

    assert [plain.data["text"] for plain in server_side.read(again)] == [
        *TYPED,
        "yes, brackenholm",
    ]
    secret = ticket.secret
    proof = visit_proof(secret)
    for bare in (*TYPED, "quillonsgate", "555-0143", "zephyrwort", "brackenholm", words):
        assert bare.encode() not in lying
        assert bare.encode("utf-16-le") not in lying
    for key in (secret, proof, visit_private_key(secret), *_epoch_keys(line, ticket)):
        assert key not in lying
        assert key.hex().encode() not in lying
        assert to_text(key).encode() not in lying
    assert write_ticket(ticket).encode() not in lying
    assert sam.display_name.encode() in lying, "the search finds what is there"


def test_an_older_copy_opens_with_no_key_that_remains(line, tmp_path):
    people.member(line.team)
    ticket = people.visitor(line.team)
    people.says(ticket, TYPED[0])
    words = server_side.draw_words()
    server_side.keep_under(ticket, words)
    copies = replaying.since(ticket.conversation, 0)
    wraps = [bytes(row.sealed) for row in EpochWrap.objects.all()]

    gone = keeping.delete_everything(server_side.conversation_of(ticket))
    let_deletions_be_counted()
    let_older_work_end()
    jobs.every_minute()

    lying = everything_on_disk(backups=tmp_path)
    assert (gone.messages, gone.keys, gone.had_words) == (1, 2, True)
    assert copies
    assert not any(wrap in lying for wrap in wraps), "no wrap is left, so no key opens the copy"
    assert line.epoch_keys(ticket.conversation) == {}
    assert epochs.wraps_for(ticket.conversation, epochs.VISITOR) == []
    with pytest.raises(server_side.NoSuchTalk):
        server_side.come_back(words)


@pytest.mark.parametrize("somebody_at_work", [somebody_reading, somebody_writing_elsewhere])
def test_somebody_at_work_meanwhile_keeps_no_key_on_the_disk(line, tmp_path, somebody_at_work):
    people.member(line.team)
    ticket = people.visitor(line.team)
    wraps = [bytes(row.sealed) for row in EpochWrap.objects.all()]

    with somebody_at_work():
        ending.end(ticket.conversation, "exit")
        let_deletions_be_counted()
        jobs.every_minute()
    let_older_work_end()
    jobs.every_minute()

    lying = everything_on_disk(backups=tmp_path)
    assert wraps
    assert not any(wrap in lying for wrap in wraps)


def test_after_the_x_not_even_what_was_sealed_is_left(line, tmp_path):
    people.member(line.team)
    ticket = people.visitor(line.team)
    people.says(ticket, TYPED[0])
    boxes = [bytes(row.box) for row in Message.objects.all()]

    ending.end(ticket.conversation, "exit")
    jobs.every_minute()
    let_older_work_end()
    write_all_anew()

    lying = everything_on_disk(backups=tmp_path)
    assert not any(box in lying for box in boxes)
    assert ticket.conversation.bytes not in lying
    assert ticket.conversation.hex.encode() not in lying
    assert str(ticket.conversation).encode() not in lying


def _epoch_keys(line: people.Line, ticket: server_side.Ticket) -> list[bytes]:
    return list(line.epoch_keys(ticket.conversation).values())
