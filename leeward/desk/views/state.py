"""What the whole desk stands at: her keys, her team, the queue, her conversations, the calls."""

from __future__ import annotations

from django.utils import timezone

from leeward.desk.services import stand
from leeward.desk.views.asked import Asked, Refused, Told, answers
from leeward.line.services.shifts import roster
from leeward.people.models import Account

PRESENCES = ("on", "away", "off")


@answers(when={})
def state(account: Account, asked: Asked) -> Told:
    """Tell everything but texts; what is sealed stays sealed."""
    return stand.of_desk(account, now=timezone.now(), wish=asked.wish())


@answers(when={})
def here(account: Account, asked: Asked) -> Told:
    """Tell nothing: that the page asks keeps her signed in while she sits there."""
    return {}


@answers(when={roster.NotAMember: Refused(404, "not_here")})
def presence(account: Account, asked: Asked) -> Told:
    """Go on, away or off."""
    wish, team = asked.text("state"), stand.team_of(account, asked.wish())
    if wish == "off":
        roster.go_off(account)
    elif team is not None and wish in PRESENCES:
        most = asked.number("most_chats", least=1, most=roster.CHATS_MAX)
        roster.go_on(team, account, now=timezone.now(), most_chats=most)
        if wish == "away":
            roster.go_away(account, is_away=True)
    else:
        raise Refused(404, "not_here")
    return {}
