"""Writes our vocabulary's taxonomies, terms and units into the records."""

from __future__ import annotations

import uuid

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from leeward.directory import vocabulary
from leeward.directory.models import Taxonomy, TaxonomyTerm, Unit

UNITS = {"bed": _("Bed"), "family_room": _("Family room"), "hotel_night": _("Hotel night")}
SCHEME = "leeward"


def sync_vocabulary() -> None:
    """Bring the stored taxonomies, terms and units up to what this version ships."""
    for group in vocabulary.GROUPS:
        taxonomy, _made = Taxonomy.objects.update_or_create(
            pk=vocabulary.taxonomy_id(group),
            defaults={
                "name": vocabulary.taxonomy_name(group),
                "description": f"Leeward's own open vocabulary: {group}",
            },
        )
        for term in vocabulary.terms(group).values():
            TaxonomyTerm.objects.update_or_create(
                pk=term.id,
                defaults={
                    "code": term.code,
                    "name": term.names["en"],
                    "description": term.names["en"],
                    "taxonomy": taxonomy.name,
                    "taxonomy_detail": taxonomy,
                    "language": "en",
                },
            )
    with translation.override("en"):  # as the terms are
        for code, name in UNITS.items():
            told = {"name": str(name), "scheme": SCHEME, "identifier": code}
            Unit.objects.update_or_create(pk=unit_id(code), defaults=told)


def unit_id(code: str) -> uuid.UUID:
    """Return the id of one of UNITS, the same on every site."""
    return uuid.uuid5(vocabulary.NAMESPACE, f"units/{code}")
