"""Consent to let something out of a conversation: asked, given, ended."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from leeward.line.models.conversation import Conversation


class Consent(models.Model):
    """What a visitor allowed, in writing and for a time (34 USC 12291(b)(2); 28 CFR 94.115).

    The words (what, to whom, why) stand sealed in the conversation, at `place`.
    """

    class What(models.TextChoices):
        PRINT = "print"
        EXPORT = "export"
        REFERRAL = "referral"

    class State(models.TextChoices):
        ASKED = "asked"
        GIVEN = "given"
        REFUSED = "refused"
        REVOKED = "revoked"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="consents"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    what = models.CharField(max_length=8, choices=What)
    place = models.PositiveIntegerField(help_text="of the message that asked")
    state = models.CharField(max_length=7, choices=State, default=State.ASKED)
    given_at = models.DateTimeField(null=True, blank=True, help_text="to the hour")
    ends_at = models.DateTimeField(help_text="the consent and what it allowed end by themselves")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="given") | Q(given_at__isnull=False, given_at__lt=F("ends_at")),
                name="consent_is_given_before_it_ends",
            ),
        )

    def __str__(self) -> str:
        return f"consent {self.pk}"
