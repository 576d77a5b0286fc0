"""Where records came from: sources, runs of an import, ids that were merged, pairs to merge."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leeward.directory.models.base import Vetted


class Source(Vetted):
    """A file or service that records are imported from. Its rows show once it is approved."""

    key = models.SlugField(max_length=60, unique=True, help_text="such as nyc-victim-services")
    name = models.CharField(max_length=200)
    url = models.CharField(max_length=500, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    as_of = models.CharField(max_length=40, blank=True, help_text="the data's own date, as told")
    note_en = models.CharField(max_length=300, blank=True, help_text="plain words for visitors")
    note_es = models.CharField(max_length=300, blank=True)

    class Meta(Vetted.Meta):
        ordering = ("key",)

    def __str__(self) -> str:
        return self.name


class ImportRun(models.Model):
    """One run of an import: what it found. Never what a row said."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="runs")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    on = models.DateField(help_text="UTC")
    counts = models.JSONField(default=dict, help_text="of rows: new, changed, same, refused")
    problems = models.JSONField(default=list, help_text="the first ones: line, column, reason")

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"import {self.pk} of {self.source_id}"


class Missing(models.Model):
    """A service that the newest file of its source no longer names; staff find out why.

    Gone when a later file names it again, and with the service.
    """

    service = models.OneToOneField(
        "directory.Service", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    since = models.DateField(help_text="UTC; the day of the import that left it out")
    is_decided = models.BooleanField(
        default=False, db_index=True, help_text="staff say that it runs all the same"
    )

    class Meta:
        ordering = ("since", "service")

    def __str__(self) -> str:
        return f"{self.service_id} missing since {self.since}"


class Alias(models.Model):
    """A record's id that was merged into another record's: a later import finds the survivor."""

    entity = models.CharField(max_length=30, help_text="HSDS table, such as organization")
    old_id = models.UUIDField()
    record_id = models.UUIDField(help_text="the record that stayed")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("entity", "old_id"), name="alias_names_one_record"),
        )

    def __str__(self) -> str:
        return f"{self.entity} {self.old_id}"


class DuplicatePair(models.Model):
    """Two records that look like the same thing; a person decides."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("Waits for a person")
        MERGED = "merged", _("Merged")
        DIFFERENT = "different", _("Two different things")

    entity = models.CharField(max_length=30)
    first_id = models.UUIDField()
    second_id = models.UUIDField()
    reason = models.CharField(max_length=200, help_text="such as: same number, same street")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN, db_index=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("entity", "first_id", "second_id"), name="pair_proposed_once"
            ),
        )

    def __str__(self) -> str:
        return f"pair {self.pk}"
