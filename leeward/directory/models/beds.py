"""Free beds: units, the present state (HSDS service_capacity), its log, and bed requests."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leeward.directory.models.base import NAME, Record


class NotChangeable(Exception):
    """What was told about beds is a record; it is added and never changed or removed."""


class Unit(Record):
    """What is counted (HSDS unit): bed, family room, hotel night."""

    name = models.CharField(max_length=NAME)
    scheme = models.CharField(max_length=100, blank=True)
    identifier = models.CharField(max_length=100, blank=True)
    uri = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.name


class ServiceCapacity(Record):
    """How many units a service has free, as last told (HSDS service_capacity).

    `available` are free for everybody whom the service takes; `restricted_available` only under
    the conditions of `restriction`, such as "referral by the city". Follows the last event.
    """

    service = models.ForeignKey(
        "directory.Service", on_delete=models.CASCADE, related_name="capacities"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="capacities")
    available = models.PositiveIntegerField(default=0)
    restricted_available = models.PositiveIntegerField(default=0)
    restriction = models.CharField(max_length=200, blank=True)
    maximum = models.PositiveIntegerField(null=True, blank=True)
    description = models.TextField(blank=True)
    updated = models.DateTimeField(null=True, blank=True, help_text="when it was last told")

    class Meta:
        verbose_name_plural = "service capacities"
        constraints = (
            models.CheckConstraint(
                condition=Q(maximum__isnull=True)
                | Q(maximum__gte=F("available") + F("restricted_available")),
                name="capacity_within_maximum",
            ),
        )

    def __str__(self) -> str:
        return f"capacity {self.pk}"


class AppendOnly(models.QuerySet[Any]):
    """Rows that are added and never changed."""

    def update(self, **_values: Any) -> int:
        """Refuse."""
        raise NotChangeable

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise NotChangeable


class CapacityEvent(models.Model):
    """What somebody told about free units, once. Added, never changed."""

    capacity = models.ForeignKey(ServiceCapacity, on_delete=models.CASCADE, related_name="events")
    available = models.PositiveIntegerField()
    restricted_available = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(help_text="UTC")

    objects = AppendOnly.as_manager()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"event {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new event. Raises NotChangeable for one that is stored already."""
        if not self._state.adding:
            raise NotChangeable
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise NotChangeable


class BedRequest(models.Model):
    """An advocate asks member shelters for a place. Holds needs, and no name, age or story."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("Waits for an answer")
        TAKEN = "taken", _("A shelter said yes")
        EXPIRED = "expired", _("Nobody said yes in time")
        CLOSED = "closed", _("The advocate ended it")

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(help_text="UTC, to the minute")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    units_wanted = models.PositiveSmallIntegerField(default=1)
    for_on = models.DateField(help_text="the first night")
    area_code = models.CharField(max_length=120, blank=True)
    people = models.JSONField(default=list, help_text="codes of who would come: women, boys, pets")
    oldest_boy_age = models.PositiveSmallIntegerField(null=True, blank=True)
    languages = models.JSONField(default=list, help_text="codes")
    reply_by = models.DateTimeField(help_text="UTC; the timer")
    state = models.CharField(max_length=7, choices=State, default=State.OPEN, db_index=True)
    taken_by = models.ForeignKey(
        "directory.Service", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    delete_after = models.DateField(db_index=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"bed request {self.pk}"


class BedReply(models.Model):
    """One shelter's part in a bed request."""

    class Answer(models.TextChoices):
        """What it said, or was told."""

        ASKED = "asked", _("Asked")
        YES = "yes", _("Yes")
        NO = "no", _("No")
        TOLD = "told", _("Told that the place was found")

    request = models.ForeignKey(BedRequest, on_delete=models.CASCADE, related_name="replies")
    service = models.ForeignKey(
        "directory.Service", on_delete=models.CASCADE, related_name="bed_replies"
    )
    answer = models.CharField(max_length=5, choices=Answer, default=Answer.ASKED)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True, help_text="UTC, to the minute")

    class Meta:
        verbose_name_plural = "bed replies"
        constraints = (
            models.UniqueConstraint(fields=("request", "service"), name="asked_once"),
            models.UniqueConstraint(
                fields=("request",), condition=Q(answer="yes"), name="first_answer_wins"
            ),
        )

    def __str__(self) -> str:
        return f"reply {self.pk}"
