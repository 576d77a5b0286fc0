"""Single fields of the visitors' forms. What can't be meant falls back to the usual."""

from __future__ import annotations

from django.http import HttpRequest, QueryDict

from leeward.line.services.visitors.server_side import Ticket, read_ticket

WORD_MAX = 20
WORDS = 6
KEEP_DAYS = (7, 14, 30, 60, 90)
GRACE_MINUTES = (1, 5, 15, 60)
USUAL_GRACE = 15  # without scripts a page that only lies open gives no sign of life


def ticket_of(request: HttpRequest) -> Ticket:
    """Return the ticket that the form carried. Raises TicketUnreadable."""
    return read_ticket(request.POST.get("ticket", ""))


def number_of(sent: QueryDict, name: str) -> int | None:
    """Return a whole number from 0 to 999,999; None for anything else."""
    text = sent.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else None  # noqa: PLR2004


def one_of(sent: QueryDict, name: str, choices: tuple[int, ...]) -> int | None:
    """Return the chosen number, None when it is not among the choices."""
    found = number_of(sent, name)
    return found if found in choices else None


def lines_of(sent: QueryDict) -> list[str]:
    """Return the lines of a page that she hands over; empty ones are left out."""
    return [line for line in sent.getlist("line") if line.strip()]


def picks_of(sent: QueryDict) -> dict[int, str]:
    """Return the words picked out again, by position."""
    named = {position: sent.get(f"word{position}", "") for position in range(1, WORDS + 1)}
    return {position: word[:WORD_MAX] for position, word in named.items() if word}


def address_of(request: HttpRequest) -> str:
    """Return where the request came from: for a limit in memory, never to be stored."""
    return str(request.META.get("REMOTE_ADDR", ""))
