"""How beds and requests read on staff's pages: short sentences, and nothing that anybody typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeward.directory.models import BedReply, BedRequest, CapacityEvent
from leeward.directory.rules import bed_requests as rules
from leeward.directory.rules.bed_requests import Fit
from leeward.directory.services import bed_matching
from leeward.directory.services.beds import Count, UnitNow
from leeward.directory.views import wording
from leeward.gazetteer.areas import name_of


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """One unit on its page. less, more, room: what the buttons tell; None for no such button."""

    now: UnitNow
    told_ago: str
    less: int | None
    more: int | None
    room: int
    less_restricted: int | None
    more_restricted: int | None

    @property
    def is_told(self) -> bool:
        """Return whether anything was told, ever."""
        return self.now.told_at is not None

    @property
    def is_full(self) -> bool:
        """Return whether it was told that nothing is free."""
        return self.is_told and not (self.now.count.available or self.now.count.restricted)

    @property
    def has_room(self) -> bool:
        """Return whether it was told that something is free."""
        return self.is_told and self.now.count.available > 0


@dataclass(frozen=True, slots=True)
class AskedOf:
    """A request as one of the asked shelters sees it."""

    reply: BedReply
    needs: tuple[str, ...]
    minutes_left: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One of the asked shelters as the advocate sees it: its answer, and what is not known."""

    reply: BedReply
    unknown: str


def shown(unit: UnitNow, now: datetime) -> ShownUnit:
    """Return a unit with what its buttons tell."""
    available, restricted = unit.count.available, unit.count.restricted
    is_room_left = unit.maximum is None or available + restricted < unit.maximum
    told_ago = ""
    if unit.told_at is not None:
        told_ago = wording.told_ago(int(unit.told_at.timestamp()) // 60, now)
    return ShownUnit(
        now=unit,
        told_ago=told_ago,
        less=available - 1 if available else None,
        more=available + 1 if is_room_left else None,
        room=max(1, available),
        less_restricted=restricted - 1 if restricted else None,
        more_restricted=restricted + 1 if is_room_left else None,
    )


def free(count: Count) -> str:
    """Return how many are free, such as "3 free, 1 under conditions"."""
    if not (count.available or count.restricted):
        return _("full")
    said = _("%d free") % count.available
    if count.restricted:
        said = _("%(free)s, %(count)d under conditions") % {
            "free": said,
            "count": count.restricted,
        }
    return said


def in_between(event: CapacityEvent) -> str:
    """Return that a colleague told something else while the page was open."""
    return _("%(name)s had told %(free)s in between. Your word is newer and counts.") % {
        "name": event.by or _("Somebody"),
        "free": free(Count(event.available, event.restricted_available)),
    }


def asked(reply: BedReply, now: datetime) -> AskedOf:
    """Return a request as an asked shelter sees it."""
    request = reply.request
    state = rules.state_at(request.state, request.reply_by, now)
    return AskedOf(
        reply=reply,
        needs=tuple(needs(request)),
        minutes_left=rules.minutes_left(request.reply_by, now),
        is_over=state == rules.CLOSED,
    )


def needs(request: BedRequest) -> list[str]:
    """Return what a request asks for, a few words each."""
    said = [how_many(request), _("from %s") % date_format(request.for_on, "l j F")]
    said += [name for code, name in wording.people_choices() if code in request.people]
    if request.oldest_boy_age is not None:
        said.append(_("oldest boy: %d") % request.oldest_boy_age)
    if request.languages:
        names = [wording.language_name(code) for code in request.languages]
        said.append(_("speaks %s") % _(" or ").join(names))
    if request.area_code:
        said.append(_("near %s") % name_of(request.area_code, wording.reader()))
    return said


def how_many(request: BedRequest) -> str:
    """Return the unit and how many of it, such as "3 beds"."""
    count = request.units_wanted
    words = {
        "bed": ngettext("%d bed", "%d beds", count),
        "family_room": ngettext("%d family room", "%d family rooms", count),
        "hotel_night": ngettext("%d hotel night", "%d hotel nights", count),
    }
    return words[request.unit.identifier] % count


def unknown(fit: Fit | None) -> str:
    """Return what is not known of a shelter, in a few words; "" when all is known."""
    own = {
        "boys_to_age": _("to what age boys may come"),
        "language": _("the language"),
        "area": _("the area it serves"),
        "beds": _("whether a place is free"),
    }
    codes = fit.unknown if fit else ()
    return ", ".join(own.get(code) or wording.term_name(code) for code in codes)


def who_was_asked(request: BedRequest, now: datetime) -> list[Asked]:
    """Return the asked shelters, the surest first, each with what is not known of it."""
    replies = list(request.replies.select_related("service__organization"))
    ids = [reply.service_id for reply in replies]
    fits = bed_matching.fits(bed_matching.need_of(request), now=now, among=ids)
    least = len(ids) + 99
    counts = {pk: fit.unknown_count for pk, fit in fits.items()}
    replies.sort(key=lambda reply: (counts.get(reply.service_id, least), reply.service.name))
    return [Asked(reply, unknown(fits.get(reply.service_id))) for reply in replies]
