"""A frame without scripts opens what is announced from memory, and only what it surely can."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leeward.line.services.talks import replaying
from leeward.line.services.visitors import server_side
from leeward.line.services.visitors.reading import Reading
from leeward.line.tests.live.test_growing import open_for_ticket

pytestmark = pytest.mark.django_db(databases=["default", "wraps"])


def announced(ticket, text, number):
    """Return a message of hers as the hub tells of it."""
    stored = server_side.seal_and_store(ticket, {"kind": "text", "text": text}, number=number)
    return replaying.from_event(ticket.conversation, stored.message.event())


def test_the_next_message_is_opened_without_a_query(django_assert_num_queries):
    ticket = open_for_ticket().ticket
    reading = Reading(ticket)
    announced(ticket, "first", 1)
    reading.since(0, 20)
    second = announced(ticket, "second", 2)

    with django_assert_num_queries(0):
        plain = reading.opened(second)

    assert (plain.place, plain.data["text"]) == (2, "second")


def test_before_the_first_reading_a_new_day_or_a_new_seat_the_database_is_asked():
    ticket = open_for_ticket().ticket
    reading = Reading(ticket)
    first = announced(ticket, "first", 1)
    unread = reading.opened(first)

    reading.since(0, 20)

    assert unread is None
    assert reading.opened(replace(first, epoch=2)) is None
    assert reading.opened(replace(first, seat=1)) is None


def test_a_message_at_another_place_in_the_talk_is_not_opened():
    ticket = open_for_ticket().ticket
    reading = Reading(ticket)
    first = announced(ticket, "first", 1)
    reading.since(0, 20)

    plain = reading.opened(replace(first, number=7))

    assert plain.data is None
