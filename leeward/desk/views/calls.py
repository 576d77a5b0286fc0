"""Requests for a call: take one, say that nobody was there, say that it is done."""

from __future__ import annotations

from leeward.desk.views.asked import Asked, Refused, Told, answers
from leeward.line.services.calls import calls
from leeward.line.services.proving import NoSuchTalk
from leeward.people.models import Account

NOT_HERE = {
    NoSuchTalk: Refused(404, "not_here"),
    calls.CallTaken: Refused(409, "taken_already"),
}


@answers(when=NOT_HERE)
def take(account: Account, asked: Asked) -> Told:
    """Take a request."""
    calls.take(asked.uuid(), account)
    return {}


@answers(when=NOT_HERE)
def tried(account: Account, asked: Asked) -> Told:
    """Say that nobody was there; it goes back to whoever calls next, three times at most."""
    return {"left": calls.tried(asked.uuid(), account)}


@answers(when=NOT_HERE)
def back(account: Account, asked: Asked) -> Told:
    """Leave it to colleagues, without having called."""
    calls.give_back(asked.uuid(), account)
    return {}


@answers(when=NOT_HERE)
def done(account: Account, asked: Asked) -> Told:
    """Say that it is done: the request is destroyed."""
    calls.done(asked.uuid(), account)
    return {}
