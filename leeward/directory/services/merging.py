"""Two records that are one thing: a person merges them, or says that they are different."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from leeward.directory.models import (
    Alias,
    Attribute,
    ConfidentialSite,
    DuplicatePair,
    Location,
    Membership,
    Organization,
    Report,
    Revision,
    Service,
    ServiceAtLocation,
    Visibility,
)
from leeward.directory.rules.visibility import hidden_wins
from leeward.directory.services import changes, confidential, owning
from leeward.directory.services.public import today
from leeward.people.models import Account
from leeward.people.services import record
from leeward.safety.generation import drop_kept_pages

RIGHT = "directory.decide_report"
KEPT_OF_ITS_OWN = {"id", "source_id", "outside_id", "visibility", "is_confidential", "modified_at"}
# What both records tell about the same thing: the kept one's stand, unless it has none.
EITHER_OR = {"addresses", "schedules", "languages", "accessibility", "service_areas"}
BY_HAND = (ServiceAtLocation, Membership, ConfidentialSite)


class AlreadyDecided(Exception):
    """Somebody decided this pair before, or one of the two is gone."""


def records_of(pair: DuplicatePair) -> tuple[Any, Any] | None:
    """Return the two records of a pair; None when one of them is gone."""
    model = owning.PAGES.get(pair.entity)
    if model is None:
        return None
    first = model.objects.filter(pk=pair.first_id).first()
    second = model.objects.filter(pk=pair.second_id).first()
    return (first, second) if first is not None and second is not None else None


@transaction.atomic
def say_different(pair_id: int, *, by: Account) -> None:
    """Write down that two records are two things. Raises PermissionDenied, AlreadyDecided."""
    _decide(_open_pair(pair_id, by), DuplicatePair.State.DIFFERENT, by)


@transaction.atomic
def merge(pair_id: int, *, keeps_first: bool, by: Account) -> Any:
    """Merge a pair into one record; return it.

    What the other tells and this one does not is taken over; the more hidden one's visibility
    stands. A later import finds the survivor. Raises PermissionDenied, AlreadyDecided.
    """
    pair = _open_pair(pair_id, by)
    found = records_of(pair)
    if found is None:
        raise AlreadyDecided
    kept, gone = found if keeps_first else found[::-1]
    if not (owning.may_edit(by, kept) and owning.may_edit(by, gone)):
        raise PermissionDenied
    changes.touch(_numbers(gone) | _numbers(kept))
    _join(kept, gone)
    Revision.objects.filter(part_of=gone.pk).update(part_of=kept.pk)
    _remember(pair.entity, gone, kept)
    gone.delete()
    changes.touch(_numbers(kept))
    _decide(pair, DuplicatePair.State.MERGED, by)
    drop_kept_pages()
    return kept


def _join(kept: Any, gone: Any) -> None:
    _fill(kept, gone)
    is_secret = isinstance(kept, Location) and (kept.is_confidential or gone.is_confidential)
    for relation in kept._meta.related_objects:
        if relation.related_model not in BY_HAND:
            _move(relation, kept, gone)
    if isinstance(kept, Organization):
        there = kept.memberships.values_list("account_id", flat=True)
        gone.memberships.exclude(account_id__in=list(there)).update(organization=kept)
    else:
        _join_offers(kept, gone)
    _join_terms(kept, gone)
    if is_secret:
        confidential.join_sites(kept, gone)


def _join_terms(kept: Any, gone: Any) -> None:
    """Take over what is known of the other one alone; where they disagree the kept one stands."""
    terms = Attribute.objects.filter(link_id=kept.pk).values_list("taxonomy_term_id", flat=True)
    fresh = Attribute.objects.filter(link_id=gone.pk).exclude(taxonomy_term_id__in=list(terms))
    fresh.update(link_id=kept.pk)
    Attribute.objects.filter(link_id=gone.pk).delete()


def _fill(kept: Any, gone: Any) -> None:
    """Take over what the kept record does not tell; the more hidden visibility stands."""
    is_secret = isinstance(kept, Location) and (kept.is_confidential or gone.is_confidential)
    for field in kept._meta.concrete_fields:
        is_empty = getattr(kept, field.attname) in (None, "")
        if is_empty and field.attname not in KEPT_OF_ITS_OWN and not is_secret:
            setattr(kept, field.attname, getattr(gone, field.attname))
    kept.visibility = hidden_wins(Visibility(kept.visibility), Visibility(gone.visibility))
    kept.save()


def _move(relation: Any, kept: Any, gone: Any) -> None:
    model, name = relation.related_model, relation.field.name
    rows = model._default_manager.filter(**{name: gone})
    has_own = model._default_manager.filter(**{name: kept}).exists()
    if relation.get_accessor_name() in EITHER_OR and has_own:
        rows.delete()
    else:
        rows.update(**{name: kept})


def _join_offers(kept: Any, gone: Any) -> None:
    """Move services at locations; where both have the same one, its twin goes."""
    own, other = (
        ("service", "location_id")
        if isinstance(kept, Service)
        else (
            "location",
            "service_id",
        )
    )
    there = {getattr(offer, other): offer for offer in kept.service_at_locations.all()}
    for offer in gone.service_at_locations.all():
        twin = there.get(getattr(offer, other))
        if twin is None:
            ServiceAtLocation.objects.filter(pk=offer.pk).update(**{own: kept})
            continue
        Report.objects.filter(service_at_location=offer).update(service_at_location=twin)
        _remember("service_at_location", offer, twin)
        offer.delete()


def _remember(entity: str, gone: Any, kept: Any) -> None:
    Alias.objects.filter(entity=entity, record_id=gone.pk).update(record_id=kept.pk)
    Alias.objects.update_or_create(entity=entity, old_id=gone.pk, defaults={"record_id": kept.pk})


def _numbers(page: Any) -> set[int]:
    which = {
        Organization: "service__organization",
        Service: "service",
        Location: "location",
    }[type(page)]
    return set(ServiceAtLocation.objects.filter(**{which: page}).values_list("number", flat=True))


def _open_pair(pair_id: int, by: Account) -> DuplicatePair:
    if not by.has_perm(RIGHT):
        raise PermissionDenied
    pair = DuplicatePair.objects.select_for_update().get(pk=pair_id)
    if pair.state != DuplicatePair.State.OPEN:
        raise AlreadyDecided
    return pair


def _decide(pair: DuplicatePair, state: DuplicatePair.State, by: Account) -> None:
    pair.state, pair.decided_by, pair.decided_on = state, by, today()
    pair.save()
    record(by, f"directory.pair_{state}", pair.entity, pair.first_id)
