"""What things are about: taxonomies, terms, attributes; and HSDS's own metadata tables."""

from __future__ import annotations

from django.db import models

from leeward.directory.models.base import NAME, Record


class Taxonomy(Record):
    """A list of terms (HSDS taxonomy). Ours are made from `data/vocabulary.yaml`."""

    name = models.CharField(max_length=NAME)
    description = models.TextField(blank=True)
    uri = models.CharField(max_length=500, blank=True)
    version = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name


class TaxonomyTerm(Record):
    """One term (HSDS taxonomy_term)."""

    code = models.CharField(max_length=200, blank=True, db_index=True)
    name = models.CharField(max_length=NAME)
    description = models.TextField(blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="children"
    )
    taxonomy = models.CharField(max_length=NAME, blank=True, help_text="its name, as HSDS has it")
    taxonomy_detail = models.ForeignKey(
        Taxonomy, on_delete=models.CASCADE, null=True, blank=True, related_name="terms"
    )
    language = models.CharField(max_length=12, blank=True)
    term_uri = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.name


class Attribute(Record):
    """A term tied to a record (HSDS attribute).

    Needs and who may come are attributes of a service with terms of our own vocabulary; `value`
    is then "yes" or "no" (an age for boys_to_age). No row means: not known.
    """

    link_id = models.UUIDField()
    link_entity = models.CharField(max_length=30, help_text="HSDS table, such as service")
    link_type = models.CharField(max_length=100, blank=True)
    taxonomy_term = models.ForeignKey(
        TaxonomyTerm, on_delete=models.CASCADE, null=True, blank=True, related_name="attributes"
    )
    value = models.TextField(blank=True)
    label = models.CharField(max_length=NAME, blank=True)

    class Meta:
        indexes = (models.Index(fields=["link_id"], name="attribute_link"),)

    def __str__(self) -> str:
        return f"{self.taxonomy_term_id} of {self.link_id}"


class Metadata(Record):
    """A change that a source reported of its own data (HSDS metadata). Ours are Revisions."""

    resource_id = models.UUIDField(db_index=True)
    resource_type = models.CharField(max_length=60)
    last_action_date = models.CharField(max_length=40)
    last_action_type = models.CharField(max_length=40)
    field_name = models.CharField(max_length=100)
    previous_value = models.TextField(blank=True)
    replacement_value = models.TextField(blank=True)
    updated_by = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.resource_type} {self.field_name}"


class MetaTableDescription(Record):
    """What a source said of its file (HSDS meta_table_description)."""

    name = models.CharField(max_length=NAME, blank=True)
    language = models.CharField(max_length=60, blank=True)
    character_set = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name
