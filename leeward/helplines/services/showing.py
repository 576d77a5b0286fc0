"""What a visitor is shown: the one place that decides which numbers leave the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.conf import settings

from leeward.helplines import facts, rules
from leeward.helplines.models import EmergencyCheck, Line
from leeward.helplines.rules import Emergency, Freshness, Standing
from leeward.helplines.words import TOPICS


def today() -> date:
    """Return the day by which freshness is counted, everywhere the same: UTC."""
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line that may be shown, and how it stands."""

    line: Line
    fresh: Freshness

    @property
    def is_checked(self) -> bool:
        """Return whether two people checked it; else a source alone gives it."""
        return self.fresh.standing is Standing.CHECKED


@dataclass(frozen=True, slots=True)
class OwnLine:
    """The organisation's own line, from the operator's settings."""

    number: str
    dial: str
    hours: str


@dataclass(frozen=True, slots=True)
class CountryPage:
    """All that the page of one country shows. `groups` are (topic, lines), in order."""

    country: str
    own: OwnLine | None
    emergency: Emergency
    groups: list[tuple[str, list[ShownLine]]] = field(default_factory=list)

    @property
    def has_lines(self) -> bool:
        """Return whether any line may be shown."""
        return bool(self.groups)


def country_page(country: str) -> CountryPage:
    """Return what visitors may see for a country (two letters). Costs three queries."""
    shown = shown_lines(country)
    groups = []
    for topic in TOPICS:
        lines = [each for each in shown if each.line.topic == topic]
        if lines:
            groups.append((topic, sorted(lines, key=lambda each: not each.is_checked)))
    return CountryPage(country, own_line(), emergency_of(country), groups)


def shown_lines(country: str) -> list[ShownLine]:
    """Return the lines of a country that may be shown today, in the shipped order."""
    lines = Line.objects.of_country(country).with_checks().order_by("id")
    found = [ShownLine(line, freshness_of(line)) for line in lines]
    return [each for each in found if each.fresh.standing is not Standing.HIDDEN]


def freshness_of(line: Line) -> Freshness:
    """Return how a line stands today; demonstration checks count on a demonstration site alone."""
    checks = [check.fact() for check in line.checks.all()]
    return rules.freshness(line.fact(), those_that_count(checks), today=today())


def emergency_of(country: str) -> Emergency:
    """Return the emergency numbers to show for a country (two letters)."""
    checks = [check.fact() for check in EmergencyCheck.objects.filter(country=country)]
    return rules.emergency(fact_of(country), those_that_count(checks), today=today())


def fact_of(country: str) -> rules.EmergencyFact:
    """Return a country's shipped emergency row; one that knows nothing for unknown countries."""
    unknown = rules.EmergencyFact((), "", "", is_sure=False)
    return facts.emergency_facts().get(country, unknown)


def national_line(country: str) -> Line | None:
    """Return the national line about abuse at home to name in the safety notice, if any."""
    lines = [each for each in shown_lines(country) if _is_for_the_notice(each.line)]
    lines.sort(key=lambda each: not each.is_checked)
    return lines[0].line if lines else None


def _is_for_the_notice(line: Line) -> bool:
    if line.is_police_run or line.is_video_phone or line.scope_en:
        return False
    return bool(line.dial) and line.topic in {"dv", "both"}


def own_line() -> OwnLine | None:
    """Return the organisation's own line, or None when the operator named none."""
    config = settings.CONFIG
    dial = rules.dial_of(config.own_line, config.country)
    return OwnLine(config.own_line, dial, config.own_line_hours) if dial else None


def those_that_count(checks: list[rules.CheckFact]) -> list[rules.CheckFact]:
    """Return the checks without those made for demonstration, where people really use the site."""
    return [check for check in checks if not (check.is_demo and settings.CONFIG.live)]
