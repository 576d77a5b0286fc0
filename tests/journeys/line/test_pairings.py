"""Two browsers talk to each other: every visitor with every desk, from hello to nothing left."""

from __future__ import annotations

import secrets

from tests.journeys.line.desks import PASSPHRASE, Desk
from tests.journeys.line.disk import everything_on_disk
from tests.journeys.line.visitors import Visitor
from tests.journeys.live import LiveSite

# Stands in the database in the clear: the search would find such a thing.
PUBLIC = "All of them had 40 hours of training"


def unlike_any(word: str) -> str:
    """Return a text of small letters and figures that stands nowhere else."""
    return f"{word} {secrets.token_hex(6)}"


def test_she_chats_keeps_leaves_comes_back_deletes_and_nothing_is_left(
    staffed_site: LiveSite, visitor: Visitor, desk: Desk
) -> None:
    hers, mine, answer = (unlike_any(word) for word in ("he comes", "i am here", "a place is free"))

    visitor.opens_a_chat()
    visitor.writes(hers)
    desk.takes()
    desk.reads(hers)
    desk.writes(mine)
    visitor.is_told(mine)
    words = visitor.keeps_it()
    visitor.leaves()
    told_at_the_exit = desk.is_told_of_the_end()
    desk.closes()
    desk.takes_kept()
    desk.writes(answer)
    visitor.goes_back_with(words)
    visitor.is_told(answer)
    read_again = visitor.said()
    address = visitor.tab.evaluate("location.href")
    typed = [hers, mine, answer, PASSPHRASE, *(mark.join(words) for mark in (" ", "-", "", "\n"))]
    while_kept = everything_on_disk(staffed_site, [*typed, PUBLIC])
    told_of_deleting = visitor.deletes_everything()
    told_meanwhile = [said for said in visitor.tab.said() if "You keep it" in said]
    told_at_the_desk = desk.is_told_of_the_end()

    assert "She keeps it and can come back" in told_at_the_exit
    assert hers in read_again
    assert mine in read_again
    assert address == f"{visitor.base}/"
    assert list(while_kept) == [PUBLIC]
    assert "Everything is deleted" in told_of_deleting
    assert "3" in told_of_deleting
    assert told_meanwhile == []
    assert told_at_the_desk == "She deleted everything. The conversation is destroyed."
    assert list(everything_on_disk(staffed_site, [*typed, PUBLIC])) == [PUBLIC]
