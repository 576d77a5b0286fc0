"""Ways to reach people: phones, contacts, and the languages spoken."""

from __future__ import annotations

from django.db import models

from leeward.directory.models.base import NAME, Record, Visibility, belongs_to


class Contact(Record):
    """A named person or desk (HSDS contact). Staff only, unless somebody says otherwise."""

    visibility = models.CharField(max_length=7, choices=Visibility, default=Visibility.STAFF)
    organization = belongs_to("Organization", "contacts")
    service = belongs_to("Service", "contacts")
    service_at_location = belongs_to("ServiceAtLocation", "contacts")
    location = belongs_to("Location", "contacts")
    name = models.CharField(max_length=NAME, blank=True)
    title = models.CharField(max_length=NAME, blank=True)
    department = models.CharField(max_length=NAME, blank=True)
    email = models.CharField(max_length=254, blank=True)

    def __str__(self) -> str:
        return f"contact {self.pk}"


class Phone(Record):
    """A number (HSDS phone)."""

    organization = belongs_to("Organization", "phones")
    service = belongs_to("Service", "phones")
    service_at_location = belongs_to("ServiceAtLocation", "phones")
    location = belongs_to("Location", "phones")
    contact = belongs_to("Contact", "phones")
    number = models.CharField(max_length=60)
    extension = models.PositiveIntegerField(null=True, blank=True)
    type = models.CharField(max_length=40, blank=True, help_text="HSDS: voice, fax, text, cell …")
    description = models.TextField(blank=True)
    safe_to_call = models.TextField(
        blank=True, help_text="how they answer, whether they call back, what shows on a phone"
    )

    def __str__(self) -> str:
        return f"phone {self.pk}"


class Language(Record):
    """A language that is spoken (HSDS language). `code` is ISO 639-1, or -3 for sign languages."""

    service = belongs_to("Service", "languages")
    location = belongs_to("Location", "languages")
    phone = belongs_to("Phone", "languages")
    name = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=12, blank=True)
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.code or self.name
