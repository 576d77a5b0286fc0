"""Staff's work on records: revisions that can be undone, and reports that visitors send."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """What a staff member changed in one record: the fields before and after.

    Never holds where a confidential site is; becoming confidential removes older ones.
    """

    entity = models.CharField(max_length=30, help_text="HSDS table, such as service")
    record_id = models.UUIDField(db_index=True)
    part_of = models.UUIDField(
        null=True, db_index=True, help_text="organisation, service or location that it belongs to"
    )
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(help_text="UTC, to the minute")
    undoes = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="undone_by"
    )
    is_to_look_at = models.BooleanField(
        default=False, db_index=True, help_text="a partner did it; staff have not looked yet"
    )

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"revision {self.pk} of {self.entity}"


class Report(models.Model):
    """Somebody says that a record is wrong, or asks for a change. Staff decide.

    Nothing says who sent it. Deleted 90 days after the decision, undecided ones after a year.
    """

    class Kind(models.TextChoices):
        """What is wrong."""

        NUMBER = "number", _("The phone number is wrong")
        CLOSED = "closed", _("It is closed or gone")
        HOURS = "hours", _("The hours are wrong")
        ADDRESS = "address", _("The address is wrong")
        WHO = "who", _("Who may come is wrong")
        UNSAFE = "unsafe", _("It did not feel safe")
        CHANGE = "change", _("Something should be changed or added")

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("Waits for a person")
        ACCEPTED = "accepted", _("Put right")
        DECLINED = "declined", _("Not changed")

    service_at_location = models.ForeignKey(
        "directory.ServiceAtLocation", on_delete=models.CASCADE, related_name="reports"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.CharField(max_length=500, blank=True)
    on = models.DateField(help_text="UTC")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN, db_index=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)
    delete_after = models.DateField(db_index=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"report {self.pk}"
