"""Who is on: planned shifts, and who is there now."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from leeward.line.models.team import Team


class Shift(models.Model):
    """One planned stretch of time in which somebody answers."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="shifts")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shifts"
    )
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="shift_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return f"shift {self.pk}"


class Presence(models.Model):
    """Somebody who said "I am on" and whose desk is open. Removed when she goes."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="present")
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="presence"
    )
    is_away = models.BooleanField(default=False, help_text="takes no new chat for now")
    most_chats = models.PositiveSmallIntegerField(default=2)
    seen_at = models.DateTimeField(help_text="to the minute: her desk's last sign of life")

    def __str__(self) -> str:
        return f"presence {self.pk}"
