"""When a service is open (HSDS schedule)."""

from __future__ import annotations

from django.db import models

from leeward.directory.models.base import Record, belongs_to


class Schedule(Record):
    """One rule of opening hours. `rules.hours` compiles them."""

    service = belongs_to("Service", "schedules")
    location = belongs_to("Location", "schedules")
    service_at_location = belongs_to("ServiceAtLocation", "schedules")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    dtstart = models.DateField(null=True, blank=True)
    timezone = models.FloatField(null=True, blank=True, help_text="UTC offset in hours, as told")
    until = models.DateField(null=True, blank=True)
    count = models.PositiveIntegerField(null=True, blank=True)
    wkst = models.CharField(max_length=2, blank=True)
    freq = models.CharField(max_length=8, blank=True, help_text="WEEKLY or MONTHLY")
    interval = models.PositiveIntegerField(null=True, blank=True)
    byday = models.CharField(max_length=200, blank=True)
    byweekno = models.CharField(max_length=200, blank=True)
    bymonthday = models.CharField(max_length=200, blank=True)
    byyearday = models.CharField(max_length=400, blank=True)
    description = models.TextField(blank=True)
    opens_at = models.CharField(max_length=20, blank=True, help_text="HH:MM, as HSDS has it")
    closes_at = models.CharField(max_length=20, blank=True)
    schedule_link = models.CharField(max_length=500, blank=True)
    attending_type = models.TextField(blank=True)
    notes = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.byday} {self.opens_at}-{self.closes_at}"
