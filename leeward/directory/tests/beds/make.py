"""Builders for the tests of beds: shelters, their people, browsers signed in as them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client
from django.utils import timezone

from leeward.directory.models import BedRequest, Membership, Service
from leeward.directory.rules.bed_requests import Need
from leeward.directory.services import bed_requests
from leeward.directory.tests import make
from leeward.people.models import Account
from leeward.people.tests.make import account as account_with_app
from leeward.people.tests.make import signed_in

NEED = Need(unit="bed", units=1, people=frozenset({"women"}))


def shelter(name: str = "Harbour", *, age: int = 17, **values: Any) -> Service:
    """Return a member shelter, approved, that takes women and boys up to `age`."""
    house = make.organization(f"{name} House")
    found = make.service(name, organization=house, is_member_shelter=True, **values)
    make.may_come(found, yes=("women", "boys"), boys_to_age=age)
    make.need(found, "shelter")
    return found


def person(name: str, role: str, *of: Service) -> Account:
    """Return an account with a role, a member of these services' organisations."""
    found = account_with_app(name, role)
    for service in of:
        Membership.objects.create(account=found, organization=service.organization)
    return found


def browser(account: Account) -> Client:
    """Return a browser in which `account` is signed in, second factor checked."""
    return signed_in(account)


def ask(by: Account, need: Need = NEED, *, minutes: int = 30, **values: Any) -> BedRequest:
    """Return a request for tonight, asked now."""
    now = timezone.now()
    given: dict[str, Any] = {"for_on": date(2026, 11, 24), "area_code": "", **values}
    return bed_requests.ask(need, minutes=minutes, by=by, now=now, **given)
