"""Approval by two people for a year; risk-06: what is not approved is never listed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from leeward.directory import jobs
from leeward.directory.models import Change, Organization
from leeward.directory.search.types import Query
from leeward.directory.services import approval, indexing, public
from leeward.directory.tests import make
from leeward.people.tests.make import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return account("ana", "coordinator")


@pytest.fixture
def ben():
    return account("ben", "reviewer")


@pytest.fixture
def listing():
    """Return an offer of an organisation that nobody approved."""
    owner = make.organization("New", is_approved=False)
    return make.service_at_location(make.service("Help", organization=owner))


def is_listed(offer) -> bool:
    return public.listed_services_at_locations().filter(pk=offer.pk).exists()


def found() -> list[int]:
    query = Query(today=public.today(), areas=("US", "world"), limit=200)
    return [hit.number for hit in indexing.engine().search(query).hits]


def test_one_person_is_not_enough(listing, ana):
    assert approval.approve(listing.service.organization, by=ana) is False

    assert not is_listed(listing)
    assert found() == []


def test_the_same_person_can_not_be_the_second(listing, ana):
    owner = listing.service.organization
    approval.approve(owner, by=ana)

    with pytest.raises(approval.SamePerson):
        approval.approve(owner, by=ana)

    assert not is_listed(listing)


def test_two_different_people_list_it_for_a_year(listing, ana, ben):
    owner = listing.service.organization
    approval.approve(owner, by=ana)

    assert approval.approve(owner, by=ben) is True

    owner.refresh_from_db()
    assert {owner.first_approved_by, owner.second_approved_by} == {ana, ben}
    assert owner.approved_until == public.today() + timedelta(days=365)
    assert is_listed(listing)
    assert found() == [listing.number]


def test_an_approved_source_lists_what_came_from_it(ana, ben):
    source = make.source(is_approved=False)
    owner = make.organization(is_approved=False, source=source)
    offer = make.service_at_location(make.service(organization=owner))
    unlisted_before = is_listed(offer)

    approval.approve(source, by=ana)
    approval.approve(source, by=ben)

    assert not unlisted_before
    assert is_listed(offer)
    assert found() == [offer.number]


def test_the_database_refuses_an_approval_by_one():
    person = make.account()

    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.create(
            name="X",
            first_approved_by=person,
            second_approved_by=person,
            approved_until=public.today(),
        )


def test_an_expired_organisation_is_not_listed_even_before_the_night(listing):
    owner = listing.service.organization
    yesterday = public.today() - timedelta(days=1)
    Organization.objects.filter(pk=owner.pk).update(
        **make.approval() | {"approved_until": yesterday}
    )

    assert not is_listed(listing)


def test_the_daily_job_takes_expired_ones_out_of_the_index(ana, ben):
    offer = make.service_at_location()
    in_the_index_before = found()
    owner = offer.service.organization
    yesterday = public.today() - timedelta(days=1)
    Organization.objects.filter(pk=owner.pk).update(approved_until=yesterday)

    jobs.every_day()

    assert in_the_index_before == [offer.number]
    assert found() == []
    owner.refresh_from_db()
    assert owner.approved_until is None
    assert approval.end_old_approvals(public.today()) == 0


def test_renewing_takes_two_people_again_and_it_stays_listed_meanwhile(ana, ben):
    offer = make.service_at_location()
    owner = offer.service.organization
    soon = public.today() + timedelta(days=3)
    Organization.objects.filter(pk=owner.pk).update(approved_until=soon)
    owner.refresh_from_db()

    approval.approve(owner, by=ana)
    listed_between = is_listed(offer)
    with pytest.raises(approval.SamePerson):
        approval.approve(owner, by=ana)
    approval.approve(owner, by=ben)

    owner.refresh_from_db()
    assert listed_between
    assert owner.approved_until == public.today() + timedelta(days=365)
    assert {owner.first_approved_by, owner.second_approved_by} == {ana, ben}


def test_one_person_is_enough_to_take_it_off(ana):
    offer = make.service_at_location()
    before = Change.objects.count()

    approval.withdraw(offer.service.organization, by=ana)

    assert not is_listed(offer)
    assert Change.objects.count() > before


def test_who_has_not_the_right_approves_and_withdraws_nothing(listing):
    partner = account("pia", "partner")

    for act in (approval.approve, approval.withdraw):
        with pytest.raises(PermissionDenied):
            act(listing.service.organization, by=partner)


def test_what_waits_for_me_is_what_another_one_began(listing, ana, ben):
    approval.approve(listing.service.organization, by=ana)

    assert approval.waiting_for(ana, public.today()) == 0
    assert approval.waiting_for(ben, public.today()) == 1
