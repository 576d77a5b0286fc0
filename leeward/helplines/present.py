"""A line as it reads on a page, in the active language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leeward.helplines import rules, words
from leeward.helplines.models import Line
from leeward.helplines.services.showing import ShownLine


@dataclass(frozen=True, slots=True)
class LineWords:
    """Everything the template writes about one line; "" is left out."""

    name: str
    phone: str
    phone_link: str
    is_video_phone: bool
    sms: str
    sms_link: str
    sms_word: str
    other_ways: str
    website: str
    hours: str
    languages: str
    relay: str
    video_phone: str
    scope: str
    is_police_run: bool
    new_operator: str
    note: str
    is_checked: bool
    is_demo: bool
    date: str


def present_groups(groups: list[tuple[str, list[ShownLine]]]) -> list[tuple[str, list[LineWords]]]:
    """Return (heading, lines in words) for each group, in the active language."""
    return [
        (str(words.TOPICS[topic]), [present(shown) for shown in lines]) for topic, lines in groups
    ]


def present(shown: ShownLine) -> LineWords:
    """Return a line in words of the active language."""
    line, fresh = shown.line, shown.fresh
    return LineWords(
        name=line.name,
        phone=line.phone,
        phone_link=rules.phone_link(line.dial) if line.dial else "",
        is_video_phone=line.is_video_phone,
        sms=line.sms_number,
        sms_link=rules.sms_link(line.sms_number) if line.sms_number else "",
        sms_word=line.sms_word,
        other_ways=line.other_ways,
        website=_bare(line.url),
        hours=_hours(line),
        languages=_languages(line),
        relay=line.relay,
        video_phone=line.video_phone,
        scope=_own_words(line, "scope"),
        is_police_run=line.is_police_run,
        new_operator=words.written_date(line.operator_changed),
        note=_own_words(line, "note"),
        is_checked=shown.is_checked,
        is_demo=fresh.is_demo,
        date=words.written_day(fresh.on) if fresh.on else words.written_date(line.source_on),
    )


def _own_words(line: Line, name: str) -> str:
    """Return a text kept in both languages: the reader's, or English where that is missing."""
    language = (get_language() or "en").partition("-")[0]
    text: str = getattr(line, f"{name}_{language}", "") or getattr(line, f"{name}_en")
    return text


def _hours(line: Line) -> str:
    if line.hours_en == "24/7":
        return _("Day and night, every day")
    return _own_words(line, "hours")


def _languages(line: Line) -> str:
    named = words.language_names(line.languages)
    if not line.more_languages:
        return named
    count = line.more_languages if line.more_languages[0].isdigit() else ""
    more = _("%(count)s by interpreter") % {"count": count} if count else _("more by interpreter")
    return "; ".join(part for part in (named, more) if part)


def _bare(url: str) -> str:
    """Return an address as people read it out: without scheme, www and end slash."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/")
