"""What staff see of what was done: proposals field by field, checks, emergency rows."""

from __future__ import annotations

from typing import Any

from leeward.helplines import facts, rules
from leeward.helplines.models import Check, EmergencyCheck, Proposal
from leeward.helplines.services.proposing import PROPOSABLE
from leeward.helplines.services.showing import emergency_of, those_that_count, today
from leeward.helplines.words import country_name


def changes(proposal: Proposal) -> list[tuple[str, Any, Any]]:
    """Return (field, now, proposed) for each field that a proposal would change."""
    now = {name: getattr(proposal.line, name, "") for name in PROPOSABLE}
    return [
        (name, now[name], proposal.values[name])
        for name in PROPOSABLE
        if name in proposal.values and proposal.values[name] != now[name]
    ]


def latest(most: int) -> dict[str, Any]:
    """Return the latest checks and proposals, at most `most` of each."""
    return {
        "checks": Check.objects.select_related("line", "by").order_by("-id")[:most],
        "emergency_checks": EmergencyCheck.objects.select_related("by").order_by("-id")[:most],
        "proposals": Proposal.objects.select_related("line", "proposed_by", "decided_by")[:most],
    }


def emergency_rows() -> list[dict[str, Any]]:
    """Return every country's shipped row and what visitors see, unsure ones first."""
    checks: dict[str, list[rules.CheckFact]] = {}
    for check in EmergencyCheck.objects.all():
        checks.setdefault(check.country, []).append(check.fact())
    rows = []
    for country, fact in facts.emergency_facts().items():
        said = those_that_count(checks.get(country, []))
        shown = rules.emergency(fact, said, today=today())
        name = country_name(country, "en")
        rows.append({"country": country, "name": name, "fact": fact, "shown": shown})
    return sorted(rows, key=lambda row: (row["shown"].is_known, row["name"]))


def emergency_record(country: str) -> dict[str, Any]:
    """Return one country's shipped row, what visitors see, and who checked it."""
    row = next(row for row in facts.emergency_rows() if row["iso"] == country)
    return {
        "name": country_name(country, "en"),
        "row": row,
        "shown": emergency_of(country),
        "checks": EmergencyCheck.objects.filter(country=country).select_related("by"),
    }
