"""Counts, for coordinators and funders: all that stays of a conversation."""

from __future__ import annotations

from django.db import models

from leeward.line.models.team import Team


class Tally(models.Model):
    """How often something happened in one hour. Shown in charts only from five up."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="tallies")
    hour = models.DateTimeField(db_index=True, help_text="UTC, to the hour")
    event = models.CharField(max_length=40, help_text="chat_opened, chat_taken, chat_missed, …")
    detail = models.CharField(max_length=40, blank=True, help_text="from a fixed list, never typed")
    count = models.PositiveIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0, help_text="summed: waits, lengths")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("team", "hour", "event", "detail"), name="one_count_an_hour"
            ),
        )

    def __str__(self) -> str:
        return f"tally {self.pk}"
