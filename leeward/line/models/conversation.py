"""Conversations, the days of their keys, who sits in them, and their sealed messages."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from leeward.line.models.team import KEY_BYTES, Team

HASH_BYTES = 32
VISITOR_SEAT = 0


class Conversation(models.Model):
    """One conversation between a visitor and advocates. Holds no name and no address.

    Times stand to the minute while it is live; a job cuts them to the hour after.
    """

    class Kind(models.TextChoices):
        CHAT = "chat"
        MESSAGE = "message"

    class State(models.TextChoices):
        WAITING = "waiting", "in the queue"
        LIVE = "live", "an advocate is there"
        RESTING = "resting", "kept: nobody is there now"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="conversations")
    kind = models.CharField(max_length=7, choices=Kind)
    state = models.CharField(max_length=7, choices=State, db_index=True)
    language = models.CharField(max_length=5)
    has_scripts = models.BooleanField(help_text="sealed in her browser; else by the server")
    proof_hash = models.BinaryField(max_length=HASH_BYTES, help_text="SHA-256 of her proof")
    public_key = models.BinaryField(max_length=KEY_BYTES)
    opened_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(db_index=True, help_text="her last sign of life")
    grace_minutes = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    is_kept = models.BooleanField(default=False)
    keep_days = models.PositiveSmallIntegerField(
        default=30, validators=[MinValueValidator(7), MaxValueValidator(90)]
    )
    delete_on = models.DateField(db_index=True, help_text="the day it goes, kept or forgotten")
    last_place = models.PositiveIntegerField(default=0, help_text="of its messages")
    visitor_seen = models.PositiveIntegerField(default=0, help_text="place she has seen")
    staff_seen = models.PositiveIntegerField(default=0)
    is_emergency = models.BooleanField(default=False)
    has_child = models.BooleanField(default=False)
    wants_interpreter = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(keep_days__gte=7, keep_days__lte=90), name="kept_for_7_to_90_days"
            ),
            models.CheckConstraint(
                condition=Q(grace_minutes__gte=1, grace_minutes__lte=60),
                name="grace_of_1_to_60_minutes",
            ),
            models.CheckConstraint(
                condition=~Q(state="resting") | Q(is_kept=True), name="only_what_is_kept_rests"
            ),
        )
        permissions = (
            ("answer_line", "May answer the support line"),
            ("coordinate_line", "May see loads and waits, set the roster, and manage the team"),
        )

    def __str__(self) -> str:
        return f"conversation {self.pk}"


class Epoch(models.Model):
    """One day of a conversation, with a key of its own. The key stands in the wraps alone."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="epochs")
    number = models.PositiveIntegerField()
    day = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("conversation", "number"), name="epoch_numbered_once"),
            models.UniqueConstraint(fields=("conversation", "day"), name="one_epoch_a_day"),
        )

    def __str__(self) -> str:
        return f"epoch {self.pk}"


class Seat(models.Model):
    """An advocate's seat in a conversation; its number stands in the seal of what she writes."""

    class Role(models.TextChoices):
        LEAD = "lead"
        SECOND = "second"
        SUPERVISOR = "supervisor"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seats"
    )
    role = models.CharField(max_length=10, choices=Role)
    is_here = models.BooleanField(default=True, help_text="false after stepping away")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("conversation", "number"), name="seat_numbered_once"),
            models.UniqueConstraint(fields=("conversation", "account"), name="one_seat_a_person"),
            models.CheckConstraint(condition=Q(number__gte=1), name="seat_0_is_the_visitors"),
        )

    def __str__(self) -> str:
        return f"seat {self.pk}"


class Message(models.Model):
    """One sealed message. `place` orders all of a conversation; `number` those of one seat."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    place = models.PositiveIntegerField()
    seat = models.PositiveSmallIntegerField(help_text="0: the visitor")
    number = models.PositiveIntegerField()
    epoch = models.PositiveIntegerField()
    at = models.DateTimeField(help_text="UTC, to the minute; to the hour when it is over")
    box = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("conversation", "place"), name="one_message_a_place"),
            models.UniqueConstraint(
                fields=("conversation", "seat", "number"), name="no_message_twice"
            ),
        )

    def __str__(self) -> str:
        return f"message {self.pk}"


class Note(models.Model):
    """Staff's own note, sealed to the team: the visitor's key does not open it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="notes")
    generation = models.PositiveIntegerField(help_text="of the team's key")
    at = models.DateTimeField(help_text="UTC, to the hour")
    box = models.BinaryField()

    def __str__(self) -> str:
        return f"note {self.pk}"
