"""What is stored: lines, who checked them and when, and what staff proposed to change."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leeward.helplines import rules


class LineQuerySet(models.QuerySet["Line"]):
    """Named queries on lines."""

    def of_country(self, country: str) -> LineQuerySet:
        """Return the lines of a country (two letters) that may be shown when fresh."""
        return self.filter(country=country, grade="A", is_retired=False)

    def with_checks(self) -> LineQuerySet:
        """Return the lines with their checks fetched in one further query."""
        return self.prefetch_related("checks")


class Line(models.Model):
    """One national line. Facts as shipped, or as two staff members agreed."""

    class Grade(models.TextChoices):
        """How well shipped sources support the row."""

        A = "A", _("A: official or widely agreed")
        B = "B", _("B: only compilations")

    key = models.CharField(max_length=20, unique=True, null=True, blank=True)
    country = models.CharField(max_length=2)
    topic = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True, help_text="as people write it")
    dial = models.CharField(max_length=16, blank=True, help_text="+ and digits, or a short code")
    is_video_phone = models.BooleanField(default=False)
    sms_number = models.CharField(max_length=20, blank=True)
    sms_word = models.CharField(max_length=20, blank=True, help_text="the word to send")
    other_ways = models.CharField(max_length=80, blank=True, help_text="such as WhatsApp")
    url = models.URLField(blank=True)
    hours_en = models.CharField(max_length=80, blank=True)
    hours_es = models.CharField(max_length=80, blank=True)
    languages = models.JSONField(default=list, blank=True, help_text="codes: en, es, ase")
    more_languages = models.CharField(max_length=10, blank=True, help_text="by interpreter: 200+")
    relay = models.CharField(max_length=10, blank=True, help_text="relay service's short code")
    video_phone = models.CharField(max_length=30, blank=True)
    scope_en = models.CharField(max_length=60, blank=True, help_text="empty for the whole country")
    scope_es = models.CharField(max_length=60, blank=True)
    grade = models.CharField(max_length=1, choices=Grade)
    is_police_run = models.BooleanField(default=False)
    operator_changed = models.CharField(max_length=10, blank=True, help_text="such as 2025-09")
    sources = models.JSONField(default=list, blank=True)
    source_on = models.CharField(max_length=10, blank=True, help_text="the latest source's date")
    note_en = models.CharField(max_length=240, blank=True, help_text="plain words for visitors")
    note_es = models.CharField(max_length=240, blank=True)
    editor_note = models.TextField(blank=True)
    is_retired = models.BooleanField(default=False)
    is_changed_by_staff = models.BooleanField(default=False, help_text="upgrades leave it alone")

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ("country", "name", "id")
        indexes = (models.Index(fields=["country", "grade"], name="line_country_grade"),)
        constraints = (
            models.CheckConstraint(condition=Q(grade__in=("A", "B")), name="line_grade_is_a_or_b"),
            models.CheckConstraint(
                condition=~Q(dial="") | Q(phone=""), name="line_phone_can_be_dialled"
            ),
        )
        permissions = (
            ("check_line", "May check lines off"),
            ("propose_line", "May propose changes to lines"),
            ("confirm_line", "May confirm what another person proposed"),
        )

    def __str__(self) -> str:
        return f"{self.country} {self.name}"

    @property
    def number(self) -> str:
        """Return all ways to reach the line as one mark: a check counts for exactly these."""
        website = "" if self.dial else self.url
        ways = (self.dial, self.sms_number, self.other_ways, self.relay, self.video_phone, website)
        return "|".join(ways)

    def fact(self) -> rules.LineFact:
        """Return what decides whether the line is shown."""
        return rules.LineFact(self.grade, self.number, self.source_on, self.is_retired)


class AppendOnly(models.QuerySet[Any]):
    """Rows that are added and never changed."""

    def update(self, **_values: Any) -> int:
        """Refuse."""
        raise NotChangeable

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise NotChangeable


class NotChangeable(Exception):
    """A check is a record of what somebody did; it is added and never changed or removed."""


class CheckRecord(models.Model):
    """What every kind of check has: who, on which day, how, and what they found."""

    class Channel(models.TextChoices):
        """How a person checked."""

        CALLED = "called", _("I called or texted it")
        READ = "read", _("I read the operator's own page")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(help_text="UTC")
    channel = models.CharField(max_length=6, choices=Channel)
    is_good = models.BooleanField()
    number = models.CharField(max_length=400, help_text="what was checked")
    is_demo = models.BooleanField(default=False)

    objects = AppendOnly.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new check. Raises NotChangeable for one that is stored already."""
        if self.pk is not None:
            raise NotChangeable
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise NotChangeable

    def fact(self) -> rules.CheckFact:
        """Return the check as the rules read it."""
        return rules.CheckFact(
            by=self.by_id,
            on=self.on,
            is_good=self.is_good,
            number=self.number,
            is_demo=self.is_demo,
        )


class Check(CheckRecord):
    """One person's check of one line. Never changed."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="checks")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("line", "by", "on", "is_good", "number"), name="check_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"line {self.line_id} on {self.on}"


class EmergencyCheck(CheckRecord):
    """One person's check of a region's emergency numbers. Never changed."""

    country = models.CharField(max_length=2, db_index=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("country", "by", "on", "is_good", "number"),
                name="emergency_check_once_a_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.country} on {self.on}"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Named queries on proposals."""

    def waiting(self) -> ProposalQuerySet:
        """Return the proposals that wait for a second person, with line and proposer."""
        return self.filter(state="open").select_related("line", "proposed_by")


class Proposal(models.Model):
    """A change that one person proposes and another confirms."""

    class Kind(models.TextChoices):
        """What is proposed."""

        CHANGE = "change", _("Change a line")
        ADD = "add", _("Add a line")
        RAISE = "raise", _("Move a line from grade B to A")
        RETIRE = "retire", _("Take a line off for good")

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("Waits for a second person")
        CONFIRMED = "confirmed", _("Confirmed")
        DECLINED = "declined", _("Declined")

    line = models.ForeignKey(Line, on_delete=models.PROTECT, null=True, related_name="proposals")
    kind = models.CharField(max_length=7, choices=Kind)
    values = models.JSONField(default=dict, help_text="the line's fields as they would be")
    reason = models.CharField(max_length=300, help_text="where this was read, or who was called")
    channel = models.CharField(max_length=6, choices=CheckRecord.Channel)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_on = models.DateField(help_text="UTC")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_on = models.DateField(null=True, help_text="UTC")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="confirmed") | ~Q(decided_by=F("proposed_by")),
                name="proposal_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by__isnull=True, decided_on__isnull=True)
                | Q(
                    state__in=("confirmed", "declined"),
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                ),
                name="proposal_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind="add", line__isnull=True)
                | Q(kind="add", state="confirmed")
                | (~Q(kind="add") & Q(line__isnull=False)),
                name="proposal_is_about_a_line",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def title(self) -> str:
        """Return what the proposal is about: the line, or the new line's name."""
        return str(self.line) if self.line else str(self.values.get("name", ""))
