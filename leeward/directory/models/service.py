"""Services and what is told about them: costs, papers, areas, and where they are offered."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leeward.directory.models.base import NAME, Record, RecordQuerySet, TrustedRecord, belongs_to

MOST_NUMBER = (1 << 24) - 1  # the index keeps 24 bits of each row's key for it


class Service(TrustedRecord):
    """Help that an organisation offers (HSDS service)."""

    class Status(models.TextChoices):
        """HSDS 3.1's words."""

        ACTIVE = "active", _("Active")
        INACTIVE = "inactive", _("Inactive")
        DEFUNCT = "defunct", _("Defunct")
        CLOSED = "temporarily closed", _("Temporarily closed")

    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="services"
    )
    program = models.ForeignKey(
        "directory.Program",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="services",
    )
    name = models.CharField(max_length=NAME)
    alternate_name = models.CharField(max_length=NAME, blank=True)
    description = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=254, blank=True)
    status = models.CharField(max_length=18, choices=Status, default=Status.ACTIVE)
    interpretation_services = models.TextField(blank=True)
    application_process = models.TextField(blank=True)
    fees_description = models.TextField(blank=True)
    wait_time = models.TextField(blank=True)
    accreditations = models.TextField(blank=True)
    eligibility_description = models.TextField(blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    assured_date = models.DateField(null=True, blank=True)
    assurer_email = models.CharField(max_length=254, blank=True)
    licenses = models.TextField(blank=True)
    alert = models.TextField(blank=True)
    last_modified = models.CharField(max_length=40, blank=True, help_text="as the source told it")
    before_you_go = models.TextField(blank=True, help_text="what to know before going there")
    is_member_shelter = models.BooleanField(default=False, help_text="takes part in bed requests")

    class Meta:
        ordering = ("name", "id")
        indexes = (
            models.Index(fields=["name", "id"], name="service_by_name"),
            models.Index(fields=["due_on", "id"], name="service_by_due_day"),
        )

    def __str__(self) -> str:
        return self.name


class ServiceAtLocationQuerySet(RecordQuerySet):
    """Named queries on services at locations."""

    def numbered(self, numbers: Any) -> ServiceAtLocationQuerySet:
        """Return those with the given short numbers."""
        return self.filter(number__in=numbers)


class ServiceAtLocation(TrustedRecord):
    """A service at one location: the unit of search (HSDS service_at_location).

    `number` is its short key in the search index, given by `services.changes`, never given twice.
    Help that has no place (a phone line, a service for a whole area) has a virtual location.
    """

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="service_at_locations"
    )
    location = models.ForeignKey(
        "directory.Location", on_delete=models.CASCADE, related_name="service_at_locations"
    )
    number = models.PositiveIntegerField(unique=True)
    description = models.TextField(blank=True)

    objects: ClassVar[Any] = ServiceAtLocationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(number__lte=MOST_NUMBER), name="service_at_location_number_fits"
            ),
        )

    def __str__(self) -> str:
        return f"{self.service_id} at {self.location_id}"


class ServiceArea(Record):
    """Where people may live to use a service (HSDS service_area).

    `area_code` is the gazetteer's code (`leeward.gazetteer.areas`), such as US-NY; a confidential
    site is found by it alone.
    """

    service = belongs_to("Service", "service_areas")
    service_at_location = belongs_to("ServiceAtLocation", "service_areas")
    name = models.CharField(max_length=NAME, blank=True)
    description = models.TextField(blank=True)
    extent = models.TextField(blank=True)
    extent_type = models.CharField(max_length=60, blank=True)
    uri = models.CharField(max_length=500, blank=True)
    area_code = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.name


class CostOption(Record):
    """What it costs (HSDS cost_option)."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="cost_options")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    option = models.CharField(max_length=NAME, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    amount_description = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.option


class RequiredDocument(Record):
    """A paper that somebody must bring (HSDS required_document)."""

    service = belongs_to("Service", "required_documents")
    document = models.TextField(blank=True)
    uri = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.document
