"""Needs, who may come, access and languages of a service: read and written as one small table.

Keys are such as "needs/shelter", "people/pets", "language/es"; a value is "yes", "no" or an age.
No entry means: not known.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from leeward.directory import vocabulary
from leeward.directory.models import Attribute, Language, Revision, Service, TaxonomyTerm
from leeward.directory.services import changes, revisions
from leeward.people.models import Account

LANGUAGE = "language"
YES = "yes"
ENTITY = "service"


def terms_of(service: Service) -> dict[str, str]:
    """Return what is known of a service, by key."""
    names = {vocabulary.taxonomy_name(group): group for group in vocabulary.GROUPS}
    rows = Attribute.objects.filter(link_id=service.pk, taxonomy_term__taxonomy__in=names)
    found = {
        f"{names[taxonomy]}/{code}": value
        for taxonomy, code, value in rows.values_list(
            "taxonomy_term__taxonomy", "taxonomy_term__code", "value"
        )
    }
    codes = Language.objects.filter(service=service).exclude(code="")
    return found | {f"{LANGUAGE}/{code}": YES for code in codes.values_list("code", flat=True)}


@transaction.atomic
def set_terms(service: Service, wanted: Mapping[str, str], *, by: Account, seen: str = "") -> bool:
    """Write what is known of a service; return whether anything was different.

    wanted: by key; what is missing or "" becomes not known. Raises PermissionDenied,
    ChangedMeanwhile.
    """
    revisions.check(by, service, seen)
    return write(service, wanted, Revision(), by=by, event="changed")


def write(
    service: Service, wanted: Mapping[str, str], revision: Revision, *, by: Account, event: str
) -> bool:
    """Write terms under a revision; return whether anything was different. Checks nothing."""
    before = terms_of(service)
    keys = sorted(before.keys() | wanted.keys())
    changed = [key for key in keys if before.get(key, "") != (wanted.get(key) or "")]
    for key in changed:
        _write_one(service, key, wanted.get(key) or "")
    if not changed:
        return False
    revision.before = {key: before.get(key, "") for key in changed}
    revision.after = {key: wanted.get(key) or "" for key in changed}
    changes.touch_service(service.pk)
    revisions.store(revision, revisions.TERMS, service.pk, service, by=by, event=event)
    return True


def _write_one(service: Service, key: str, value: str) -> None:
    group, _slash, code = key.partition("/")
    if group == LANGUAGE:
        Language.objects.filter(service=service, code=code).delete()
        if value:
            Language.objects.create(service=service, code=code)
        return
    term = TaxonomyTerm.objects.get(pk=vocabulary.terms(group)[code].id)
    rows = Attribute.objects.filter(link_id=service.pk, taxonomy_term=term)
    rows.delete()
    if value:
        Attribute.objects.create(
            link_id=service.pk, link_entity=ENTITY, taxonomy_term=term, value=value
        )
