"""Places: locations, addresses, access; and, sealed and apart, where confidential sites are."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leeward.directory.models.base import NAME, Record, TrustedRecord, belongs_to


class Location(TrustedRecord):
    """A place where services are offered (HSDS location).

    A confidential one holds no coordinates, no address and no directions here; they stand, sealed,
    in ConfidentialSite. The database refuses coordinates on it.
    """

    class Kind(models.TextChoices):
        """HSDS 3.1's words."""

        PHYSICAL = "physical", _("Physical")
        POSTAL = "postal", _("Postal")
        VIRTUAL = "virtual", _("Virtual")

    organization = belongs_to("Organization", "locations")
    location_type = models.CharField(max_length=8, choices=Kind, default=Kind.PHYSICAL)
    is_confidential = models.BooleanField(default=False)
    url = models.CharField(max_length=500, blank=True)
    name = models.CharField(max_length=NAME, blank=True)
    alternate_name = models.CharField(max_length=NAME, blank=True)
    description = models.TextField(blank=True)
    transportation = models.TextField(blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    external_identifier = models.CharField(max_length=200, blank=True)
    external_identifier_type = models.CharField(max_length=100, blank=True)
    time_zone = models.CharField(max_length=60, blank=True, help_text="such as America/New_York")

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_confidential=False)
                | Q(
                    latitude__isnull=True,
                    longitude__isnull=True,
                    transportation="",
                    description="",
                    alternate_name="",
                    external_identifier="",
                    url="",
                ),
                name="location_confidential_tells_no_place",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="location_is_on_earth",
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.pk)


class ConfidentialSite(models.Model):
    """Where a confidential location is, sealed. Read only with `see_confidential`.

    It can't be read without the key file, which is not in backups of the database.
    """

    location = models.OneToOneField(
        Location, on_delete=models.CASCADE, primary_key=True, related_name="confidential_site"
    )
    sealed = models.BinaryField(help_text="address lines and coordinates, AES-256-GCM")

    def __str__(self) -> str:
        return f"site of {self.location_id}"


class SiteMark(models.Model):
    """A keyed hash of a confidential address, written one way of several.

    An import that brings the same address openly is recognised by it, and hidden.
    """

    site = models.ForeignKey(ConfidentialSite, on_delete=models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("site", "mark"), name="site_marked_once"),)

    def __str__(self) -> str:
        return f"mark of {self.site_id}"


class Address(Record):
    """An address (HSDS address)."""

    class Kind(models.TextChoices):
        """HSDS 3.1's words."""

        PHYSICAL = "physical", _("Physical")
        POSTAL = "postal", _("Postal")
        VIRTUAL = "virtual", _("Virtual")

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="addresses")
    attention = models.CharField(max_length=200, blank=True)
    address_1 = models.CharField(max_length=NAME, blank=True)
    address_2 = models.CharField(max_length=NAME, blank=True)
    city = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=200, blank=True, help_text="county, in the United States")
    state_province = models.CharField(max_length=100, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, blank=True)
    address_type = models.CharField(max_length=8, choices=Kind, default=Kind.PHYSICAL)

    def __str__(self) -> str:
        return f"{self.city} {self.postal_code}"


class Accessibility(Record):
    """How accessible a place is (HSDS accessibility)."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="accessibility")
    description = models.TextField(blank=True)
    details = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.description
