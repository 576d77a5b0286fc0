"""Requests for a call: what she asks for is sealed to the team."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from leeward.line.models.team import Team


class CallRequest(models.Model):
    """One request for a call. Number, time, voicemail and code word stand in `box`, sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="calls")
    generation = models.PositiveIntegerField(help_text="of the team's key it is sealed to")
    language = models.CharField(max_length=5)
    asked_hour = models.DateTimeField(help_text="UTC, to the hour")
    not_before = models.DateTimeField(help_text="UTC, to the quarter hour: when to call at all")
    not_after = models.DateTimeField(db_index=True, help_text="after this it is destroyed")
    proof_hash = models.BinaryField(max_length=32, help_text="with it she can take it back")
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    tries = models.PositiveSmallIntegerField(default=0)
    box = models.BinaryField()

    def __str__(self) -> str:
        return f"call {self.pk}"
