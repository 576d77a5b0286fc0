"""Two of three supervisors: making the shares, asking, handing over, putting the key together.

Everything that passes here was sealed in a supervisor's browser, to another's key or her own.
"""

from __future__ import annotations

from leeward.desk.views.asked import Asked, Refused, Told, answers
from leeward.desk.views.keys import CHANGED, my_team
from leeward.line.services.members import recovering, shares
from leeward.line.services.spelling import to_text
from leeward.people.models import Account

STEPS = {
    **CHANGED,
    recovering.NoShare: Refused(404, "not_here"),
    recovering.NoRequest: Refused(409, "request_gone"),
}


@answers(when=STEPS)
def make(account: Account, asked: Asked) -> Told:
    """Store three shares of each key, and switch recovery on."""
    publics = asked.sealed_by_number("publics")
    sealed = asked.sealed_by_two_numbers("shares")
    shares.share_out(my_team(account, asked), sealed, publics=publics, by=account)
    return {}


@answers(when=STEPS)
def ask(account: Account, asked: Asked) -> Told:
    """Ask the other supervisors for a share."""
    recovering.ask(my_team(account, asked), account)
    return {}


@answers(when=STEPS)
def mine(account: Account, asked: Asked) -> Told:
    """Tell her own shares, sealed to her."""
    found = shares.shares_of(my_team(account, asked), account)
    if not found:
        raise Refused(404, "not_here")
    return {"shares": {number: to_text(sealed) for number, sealed in found.items()}}


@answers(when=STEPS)
def hand(account: Account, asked: Asked) -> Told:
    """Hand her shares to the one who asks, sealed to the key whose words were compared."""
    recovering.hand(
        my_team(account, asked),
        account,
        to=asked.number("to"),
        public_key=asked.sealed("public_key"),
        sealed=asked.sealed_by_number("shares"),
    )
    return {}


@answers(when=STEPS)
def call_off(account: Account, asked: Asked) -> Told:
    """Destroy a request and what was handed for it."""
    recovering.call_off(my_team(account, asked), account, asker=asked.number("asker"))
    return {}


@answers(when=STEPS)
def restore(account: Account, asked: Asked) -> Told:
    """Store the team's keys, joined in her browser and sealed to her."""
    recovering.restore(my_team(account, asked), account, asked.sealed_by_number("wraps"))
    return {}
