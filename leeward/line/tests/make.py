"""Builders for the support line's tests."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

from django.utils import timezone

from leeward.line.models import Conversation, Team


def team(**values: Any) -> Team:
    """Return a stored team that answers a line."""
    words = {
        f"{field}_{code}": field.replace("_", " ")
        for field in ("name", "who_answers", "must_report")
        for code in ("en", "es")
    }
    return Team.objects.create(**{"slug": f"team-{Team.objects.count()}"} | words | values)


def conversation(**values: Any) -> Conversation:
    """Return a stored chat that waits in a queue; its keys are random bytes."""
    now = timezone.now().replace(second=0, microsecond=0)
    usual = {
        "kind": Conversation.Kind.CHAT,
        "state": Conversation.State.WAITING,
        "language": "en",
        "has_scripts": True,
        "proof_hash": os.urandom(32),
        "public_key": os.urandom(32),
        "opened_at": now,
        "seen_at": now,
        "delete_on": now.date() + timedelta(days=1),
    }
    if "team" not in values:
        values["team"] = team()
    return Conversation.objects.create(**usual | values)
