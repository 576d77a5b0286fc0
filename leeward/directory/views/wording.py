"""How what was found reads: distances, times, languages and who may come, in the reader's language.

Each function answers in the active language.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter

from babel import Locale, UnknownLocaleError
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy, ngettext

from leeward.design import remembered
from leeward.design.remembered import gettext as _
from leeward.directory.forms.finding import LANGUAGES, people_to_tick
from leeward.directory.rules import beds, hours
from leeward.directory.search.card import Card
from leeward.directory.services.finding import MILES
from leeward.directory.services.question import RADII_KM, Question
from leeward.directory.vocabulary import ACCESS, NEEDS, PEOPLE, terms
from leeward.gazetteer import Place

KM_IN_A_MILE = 1.609344  # exactly, by the international yard and pound agreement of 1959
NEAR = 10  # below it a distance has one decimal
OWN_NAMES = {"ht": "Kreyòl ayisyen", "hmn": "Hmoob", "tl": "Tagalog", "pa": "ਪੰਜਾਬੀ"}
NO_CLDR_NAME = {"ase": gettext_lazy("American Sign Language")}
A_MONDAY = date(2024, 1, 1)


def reader() -> str:
    """Return the reader's language, two letters."""
    return (remembered.language() or "en").partition("-")[0]


# -- distances --


def distance(km: float, country: str) -> str:
    """Return a distance in the unit of a country's roads, such as "2.3 miles"."""
    if country not in MILES:
        return _("%(count)s km") % {"count": _figure(km)}
    miles = km / KM_IN_A_MILE
    if miles < 1:
        return _("less than 1 mile")
    return _("%(count)s miles") % {"count": _figure(miles)}


def radius(km: int) -> str:
    """Return how far she can go, in both units: "25 miles (40 km)"."""
    return _("%(miles)s miles (%(km)s km)") % {"miles": RADII_KM[km], "km": km}


def radii() -> list[tuple[int, str]]:
    """Return the distances to choose from: kilometres, and how they read."""
    return [(km, radius(km)) for km in RADII_KM]


def _figure(number: float) -> str:
    text = f"{number:.1f}" if number < NEAR else f"{number:.0f}"
    return text.replace(".", ",") if reader() == "es" and "." in text else text


# -- languages and terms --


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


@cache
def _language_names(language: str) -> dict[str, str]:
    return dict(_locale(language).languages)


def language_name(code: str) -> str:
    """Return a language's name, such as "Spanish"; the code itself when it has none."""
    own = NO_CLDR_NAME.get(code)
    name = str(own) if own else _language_names(reader()).get(code, code)
    return name[:1].upper() + name[1:]


def language_choices() -> list[tuple[str, str]]:
    """Return the languages to choose from, by name, each with the name that its speakers use."""
    named = [(code, _with_own_name(code)) for code in LANGUAGES]
    first, others = named[:2], named[2:-1]
    return [*first, *sorted(others, key=lambda pair: pair[1]), named[-1]]


def _with_own_name(code: str) -> str:
    name, own = language_name(code), _own_name(code)
    return name if own.casefold() in {"", name.casefold()} else f"{name} · {own}"


@cache
def _own_name(code: str) -> str:
    if code in OWN_NAMES:
        return OWN_NAMES[code]
    try:
        return str(Locale.parse(code).get_language_name() or "")
    except (UnknownLocaleError, ValueError):
        return ""


def need_choices() -> list[tuple[str, str]]:
    """Return the needs to choose from: code and name."""
    return [(code, term.name(reader())) for code, term in terms(NEEDS).items()]


def people_choices() -> list[tuple[str, str]]:
    """Return who may come along: code and name."""
    return [(code, term_name(code)) for code in people_to_tick()]


def term_name(code: str) -> str:
    """Return the name of a term of people, access or needs; the code when there is none."""
    return _term_names(reader()).get(code, code)


@cache
def _term_names(language: str) -> dict[str, str]:
    """Return names by code; where groups share a code, people's name comes before all."""
    groups = (terms(group) for group in (NEEDS, ACCESS, PEOPLE))
    return {code: term.name(language) for group in groups for code, term in group.items()}


def boys_to(age: int) -> str:
    """Return that boys up to an age, in years, may come."""
    return _("Boys up to %(age)s") % {"age": age}


# -- times --


def told_ago(minute: int, now: datetime) -> str:
    """Return how long ago something was told. minute: since 1970."""
    age = beds.age(datetime.fromtimestamp(minute * 60, UTC), now)
    if age.scale == "day":
        said = ngettext("told %(count)s day ago", "told %(count)s days ago", age.count)
    elif age.scale == "hour":
        said = ngettext("told %(count)s hour ago", "told %(count)s hours ago", age.count)
    elif age.scale == "minute":
        said = ngettext("told %(count)s minute ago", "told %(count)s minutes ago", age.count)
    else:
        return _("told just now")
    return said % {"count": age.count}


def opening(compiled: bytes, now: datetime) -> str:
    """Return whether it is open now, and until when. compiled: as `rules.hours` made it."""
    is_open = hours.is_open(compiled, now)
    if is_open is None:
        return _("Hours not known: ask")
    moment = hours.changes_at(compiled, now)
    if is_open:
        if moment is None:
            return _("Open day and night")
        return _("Open now, until %(time)s") % {"time": _clock(moment, now)}
    if moment is None:
        return _("Closed now")
    return _("Closed now. Opens: %(time)s") % {"time": _clock(moment, now)}


def _clock(moment: datetime, now: datetime) -> str:
    """Return a moment as the clock at that place says it, with the day when it is not today."""
    clock = _written_time(reader(), moment.time())
    days = moment.date() - now.astimezone(moment.tzinfo).date()
    if not days:
        return clock
    if days < timedelta(days=7):
        return f"{_day_name(reader(), moment.weekday())} {clock}"
    return f"{written_day(moment.date())} {clock}"


def week(compiled: bytes) -> list[tuple[str, str]]:
    """Return (days, hours) of the whole week, days alike put together; [] when not known."""
    told = [
        (weekday, ", ".join(_span(start, end) for start, end in spans) or _("closed"))
        for weekday, spans in hours.week(compiled)
    ]
    rows = []
    for said, days in groupby(told, key=itemgetter(1)):
        weekdays = [_day_name(reader(), weekday) for weekday, _said in days]
        rows.append((" – ".join(dict.fromkeys([weekdays[0], weekdays[-1]])), said))
    return rows


@cache
def _day_name(_language: str, weekday: int) -> str:
    """Return the name of a day of the week in the active language; 0 is Monday."""
    return date_format(A_MONDAY + timedelta(days=weekday), "l")


def _span(start: int, end: int) -> str:
    if (start, end) == (0, 1440):
        return _("day and night")
    return f"{_minute(start)} – {_minute(end)}"


def _minute(minute: int) -> str:
    hour, rest = divmod(minute, 60)
    return _written_time(reader(), time(hour % 24, rest))


def written_day(day: date) -> str:
    """Return a day written out."""
    return _written_day(reader(), day)


# Remembered: many rows have the same, and Django takes 35 to 80 µs to write one.


@lru_cache(maxsize=2048)
def _written_time(_language: str, clock: time) -> str:
    return time_format(clock, "TIME_FORMAT")


@lru_cache(maxsize=2048)
def _written_day(_language: str, day: date) -> str:
    return date_format(day, "DATE_FORMAT", use_l10n=True)


def trust(card: Card, *, is_stale: bool) -> str:
    """Return who stands for a listing, and how old that is."""
    if not card.verified_on:
        return _("Not checked with the people there. Ask when you call.")
    day = written_day(date.fromisoformat(card.verified_on))
    if is_stale:
        said = _("Last checked with them on %(date)s. This may be out of date. Ask when you call.")
    else:
        said = _("Checked with them on %(date)s.")
    return said % {"date": day}


def asked(question: Question) -> str:
    """Return what was asked besides the place, in one line: need, words, distance, wishes."""
    parts = [term_name(code) for code in question.needs]
    parts += [f"“{question.words}”"] if question.words else []
    parts += [radius(question.within_km)] if question.where else []
    parts += [term_name(code) for code in question.who]
    if question.boy is not None:
        parts.append(_("A boy of %(age)s") % {"age": question.boy})
    parts += [language_name(code) for code in question.languages]
    parts += [_("Open now")] if question.is_open_now else []
    parts += [_("Free bed tonight")] if question.has_bed else []
    return " · ".join(parts)


def other_places(place: Place | None, others: Sequence[Place]) -> list[str]:
    """Return what else was perhaps meant: those of the very same name, if there are any."""
    namesakes = [other for other in others if place and other.name == place.name]
    return [other.label for other in namesakes or others]


def sketch_title(place: Place | None) -> str:
    """Return what a screen reader says of the drawing."""
    name = place.label if place else ""
    return _("A sketch of where these places lie around %(place)s") % {"place": name}


def tips() -> list[str]:
    """Return what is wise before any call or visit."""
    return [
        _("A phone that nobody checks is safer for this call."),
        _("You do not have to give your name to ask a question."),
        _("Ask: “Who will know that I came?”"),
        _("Ask if they can take you before you set out."),
    ]


def source_note(card: Card) -> str:
    """Return what the source wants said of its data, in the reader's language or in English."""
    own: str = getattr(card, f"source_note_{reader()}", "")
    return own or card.source_note_en
