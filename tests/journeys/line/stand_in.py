"""Stands in for an advocate: asked by lines of JSON on stdin, answers likewise, on the same data.

It uses the line's services and seals as her browser does. `["take"]`, `["say", {…}]`, `["read"]`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leeward.settings.base")

import django

django.setup(set_prefix=False)

from leeward.line.models import Conversation, Team, TeamKey  # noqa: E402
from leeward.line.services import destroying  # noqa: E402
from leeward.line.tests.visitor import make  # noqa: E402


class StandIn:
    """Sam, who is on, and takes one visitor at a time."""

    def __init__(self) -> None:
        TeamKey.objects.all().delete()
        Team.objects.all().delete()
        self._line = make.line()

    def clear(self) -> None:
        """Destroy what earlier journeys left, and be there."""
        destroying.destroy(list(Conversation.objects.values_list("pk", flat=True)))
        self._line.goes_on()

    def take(self) -> None:
        """Take whoever waits."""
        self._line.takes()

    def say(self, data: dict[str, Any]) -> None:
        """Write into the one talk that is live."""
        self._line.says(Conversation.objects.get(state="live").pk, **data)

    def read(self) -> list[dict[str, Any]]:
        """Return what was said in the one talk that is there, opened."""
        return self._line.reads(Conversation.objects.get().pk)

    def states(self) -> list[str]:
        """Return the state of each talk that is there."""
        return list(Conversation.objects.values_list("state", flat=True))


def main() -> None:
    """Answer one line after the other."""
    stand_in = StandIn()
    for line in sys.stdin:
        name, *given = json.loads(line)
        act: Callable[..., Any] = getattr(stand_in, name)
        sys.stdout.write(json.dumps(act(*given)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
