"""Who answers: a team (one line of the organisation), its members, and their public keys."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

KEY_BYTES = 32


class Team(models.Model):
    """The people who answer one line. What visitors are told about them is written here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(unique=True)
    name_en = models.CharField(max_length=80)
    name_es = models.CharField(max_length=80)
    who_answers_en = models.TextField(max_length=600, help_text="paid or volunteer, trained how")
    who_answers_es = models.TextField(max_length=600)
    must_report_en = models.TextField(max_length=900, help_text="who must report what, to whom")
    must_report_es = models.TextField(max_length=900)
    caller_id_en = models.CharField(max_length=200, blank=True, help_text="what her phone shows")
    caller_id_es = models.CharField(max_length=200, blank=True)
    most_waiting = models.PositiveSmallIntegerField(default=20, help_text="the queue's cap")
    minutes_a_chat = models.PositiveSmallIntegerField(default=35, help_text="to tell the wait by")
    has_shares = models.BooleanField(default=False, help_text="two of three supervisors can open")
    is_open = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.slug


class Member(models.Model):
    """Somebody who answers for a team, under a working name that visitors see."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="line_teams"
    )
    working_name = models.CharField(max_length=40)
    languages = models.CharField(max_length=60, default="en", help_text="codes, spaced")
    is_supervisor = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("team", "account"), name="member_of_a_team_once"),
        )

    def __str__(self) -> str:
        return f"member {self.pk}"


class TeamKey(models.Model):
    """The public half of a team's key pair. The next generation follows when a member leaves."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="keys")
    generation = models.PositiveIntegerField()
    public_key = models.BinaryField(max_length=KEY_BYTES)
    made_on = models.DateField()
    retired_on = models.DateField(null=True, blank=True)
    is_due_to_follow = models.BooleanField(
        default=False, help_text="somebody who held it has left: the next generation is due"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("team", "generation"), name="one_key_a_generation"),
            models.UniqueConstraint(
                fields=("team",),
                condition=models.Q(retired_on__isnull=True),
                name="one_key_of_a_team_in_use",
            ),
        )

    def __str__(self) -> str:
        return f"team key {self.pk}"


class MemberKey(models.Model):
    """An advocate's public key; the private half was made in her browser and is stored wrapped."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="line_key"
    )
    public_key = models.BinaryField(max_length=KEY_BYTES)
    made_on = models.DateField()

    def __str__(self) -> str:
        return f"member key {self.pk}"
