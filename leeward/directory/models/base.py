"""What every record of the directory has: an id, who may see it, where it came from."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

NAME = 300


class Visibility(models.TextChoices):
    """Who may see a record. Two imports that disagree: the more hidden one wins."""

    PUBLIC = "public", _("Everybody")
    PARTNER = "partner", _("Partner organisations and staff")
    STAFF = "staff", _("Staff only")


class RecordQuerySet(models.QuerySet[Any]):
    """Named queries that every kind of record has."""

    def public(self) -> RecordQuerySet:
        """Return the records that everybody may see."""
        return self.filter(visibility=Visibility.PUBLIC)


class Record(models.Model):
    """One HSDS record. `source` and `outside_id` say which import it came with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visibility = models.CharField(
        max_length=7, choices=Visibility, default=Visibility.PUBLIC, db_index=False
    )

    objects: ClassVar[Any] = RecordQuerySet.as_manager()

    class Meta:
        abstract = True


class TrustedRecord(Record):
    """A record that somebody vouches for: when, how, and when it wants looking at again."""

    class How(models.TextChoices):
        """How a person verified a record with its provider."""

        CALLED = "called", _("By phone")
        WROTE = "wrote", _("In writing")
        VISITED = "visited", _("On a visit")
        OWN = "own", _("The provider did it here")

    source = models.ForeignKey(
        "directory.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outside_id = models.CharField(max_length=200, blank=True, help_text="its id at the source")
    verified_on = models.DateField(null=True, blank=True, help_text="UTC")
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verified_how = models.CharField(max_length=7, choices=How, blank=True)
    due_on = models.DateField(null=True, blank=True, help_text="when to verify it again")
    modified_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Vetted(models.Model):
    """Something that visitors see only after two different people approved it, for a time."""

    first_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    second_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_until = models.DateField(null=True, blank=True, help_text="UTC; the last good day")
    renewal_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the first of two people to approve it for another year",
    )

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(approved_until__isnull=True)
                | (
                    Q(first_approved_by__isnull=False)
                    & Q(second_approved_by__isnull=False)
                    & ~Q(first_approved_by=F("second_approved_by"))
                ),
                name="%(class)s_approved_by_two",
            ),
        )


def belongs_to(name: str, related_name: str) -> models.ForeignKey[Any, Any]:
    """Return an optional link to an HSDS record, which takes its own parts along when it goes."""
    return models.ForeignKey(
        f"directory.{name}",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name=related_name,
    )
