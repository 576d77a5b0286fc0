"""What `leeward check` says: Django's checks and our own, each with its fix, in plain words."""

from __future__ import annotations

from dataclasses import dataclass

import django
from django.core import checks


@dataclass(frozen=True, slots=True)
class Report:
    """What was found. `is_safe` is false when something grave was."""

    text: str
    is_safe: bool


def look(*, deploy: bool) -> Report:
    """Return what is wrong with this site.

    deploy: also say what is unsafe for a server that people really use.
    """
    django.setup(set_prefix=False)
    found = checks.run_checks(include_deployment_checks=deploy, databases=["default"])
    told = sorted(
        (message for message in found if not message.is_silenced()),
        key=lambda message: -message.level,
    )
    is_safe = not any(message.is_serious() for message in told)
    if not told:
        return Report("Nothing unsafe was found.", is_safe)
    return Report("\n".join(_lines(message) for message in told), is_safe)


def _lines(message: checks.CheckMessage) -> str:
    first = "Unsafe" if message.is_serious() else "Better"
    fix = f"\n  Fix: {message.hint}" if message.hint else ""
    return f"{first}: {message.msg} ({message.id}){fix}"
