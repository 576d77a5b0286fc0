"""Organisations, their programs, identifiers and funding (HSDS 3.1 tables of the same names)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from leeward.directory.models.base import NAME, Record, TrustedRecord, Vetted, belongs_to


class Organization(TrustedRecord, Vetted):
    """Who runs services. Shown once it, or the source it came from, was approved by two people."""

    name = models.CharField(max_length=NAME)
    alternate_name = models.CharField(max_length=NAME, blank=True)
    description = models.TextField(blank=True)
    email = models.CharField(max_length=254, blank=True)
    website = models.CharField(max_length=500, blank=True)
    tax_status = models.CharField(max_length=200, blank=True)
    tax_id = models.CharField(max_length=100, blank=True)
    year_incorporated = models.PositiveSmallIntegerField(null=True, blank=True)
    legal_status = models.CharField(max_length=200, blank=True)
    logo = models.CharField(max_length=500, blank=True)
    uri = models.CharField(max_length=500, blank=True)
    parent_organization = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="branches"
    )

    class Meta(Vetted.Meta):
        abstract = False
        ordering = ("name", "id")
        permissions = (
            ("edit_directory", "May edit every record of the directory"),
            ("edit_own_records", "May edit the records of the own organisation"),
            ("update_own_beds", "May update the own organisation's free beds"),
            ("request_bed", "May ask member shelters for a bed"),
            ("approve_listing", "May approve organisations and sources, with a second person"),
            ("decide_report", "May decide reports, change requests and duplicates"),
            ("import_directory", "May import files of services"),
            ("see_confidential", "May see and set where a confidential site is"),
        )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A staff account that works for an organisation of the directory: a partner or a shelter."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="memberships"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("account", "organization"), name="member_once"),
        )

    def __str__(self) -> str:
        return f"{self.account_id} of {self.organization_id}"


class Program(Record):
    """A named group of services (HSDS program)."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="programs"
    )
    name = models.CharField(max_length=NAME)
    alternate_name = models.CharField(max_length=NAME, blank=True)
    description = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class OrganizationIdentifier(Record):
    """A number that somebody else gave the organisation (HSDS organization_identifier)."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="organization_identifiers"
    )
    identifier_scheme = models.CharField(max_length=100, blank=True)
    identifier_type = models.CharField(max_length=200)
    identifier = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.identifier_type} {self.identifier}"


class Funding(Record):
    """Who pays (HSDS funding)."""

    organization = belongs_to("Organization", "funding")
    service = belongs_to("Service", "funding")
    funding_source = models.TextField(blank=True, help_text="HSDS: source")

    def __str__(self) -> str:
        return f"funding {self.pk}"


class Url(Record):
    """A further web address (HSDS url)."""

    label = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=500)
    organization = belongs_to("Organization", "additional_websites")
    service = belongs_to("Service", "additional_urls")

    def __str__(self) -> str:
        return self.url
