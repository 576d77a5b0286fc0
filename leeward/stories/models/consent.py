"""The consent behind a story: dates that the jobs need, and a sealed part about the person."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from leeward.stories.rules import WARN_DAYS, ConsentState, consent_holds, consent_state


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Named queries."""

    def ended(self, on: date) -> ConsentQuerySet:
        """Return consents whose last day is before `on`."""
        return self.filter(until__lt=on)

    def ending(self, on: date) -> ConsentQuerySet:
        """Return consents that still hold `on` that day and end within the warning days."""
        return self.filter(until__gte=on, until__lte=date.fromordinal(on.toordinal() + WARN_DAYS))


class Consent(models.Model):
    """What one person agreed to for one story, in all its languages.

    `story_key` is the translation key that the story's language versions share. Who it was, what
    exactly was agreed and how to reach them stand sealed in `sealed`.
    """

    story_key = models.UUIDField(unique=True)
    agreed_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    is_demonstration = models.BooleanField(default=False)
    sealed = models.BinaryField()

    objects = ConsentQuerySet.as_manager()

    class Meta:
        permissions = [
            ("record_consent", "Can record a consent"),
            ("read_consent", "Can open the sealed part of a consent"),
            ("withdraw_story", "Can take a story away when its consent is withdrawn"),
            ("publish_without_review", "Can publish without two reviews"),
        ]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("agreed_on")),
                name="consent_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.pk}"

    def state(self, on: date) -> ConsentState:
        """Return where this consent stands `on` a day."""
        return consent_state(self.agreed_on, self.until, on=on)

    def holds(self, on: date) -> bool:
        """Return whether the story may stand on the site `on` a day."""
        return consent_holds(self.state(on))
