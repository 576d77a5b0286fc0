"""Confidential sites: where they are stands sealed, apart from every other record.

Hiding a location moves its address, coordinates and directions into the sealed table and takes
every trace of them out of the open ones. It is the safe direction: an import may do it, too.
Only `see_confidential` opens a site, and each look is written in the audit log.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from leeward.directory.models import Address, ConfidentialSite, Location, SiteMark
from leeward.directory.rules import street
from leeward.directory.services import changes, serving_area, site_key, traces
from leeward.people.models import Account
from leeward.people.services import record
from leeward.safety.generation import drop_kept_pages
from leeward.sealing.box import KEY_BYTES, Box

MARK_PURPOSE = "directory.site.mark"
RIGHT = "directory.see_confidential"
ADDRESS_FIELDS = (
    "attention", "address_1", "address_2", "city", "region", "state_province", "postal_code",
    "country", "address_type",
)  # fmt: skip
# What a location says of its place. Empty on a confidential one; the database checks most of it.
# An import must leave these alone when `is_confidential` stands.
TELLING_TEXTS = (
    "name", "alternate_name", "description", "transportation", "url", "external_identifier",
    "external_identifier_type",
)  # fmt: skip


class NotConfidential(Exception):
    """The location is not a confidential one."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where a confidential location is.

    addresses: values by ADDRESS_FIELDS. texts: values by TELLING_TEXTS. Degrees are WGS 84.
    """

    addresses: tuple[dict[str, str], ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    texts: dict[str, str] = field(default_factory=dict)

    def lines(self) -> tuple[str, ...]:
        """Return the lines in which streets may stand, of all addresses and texts."""
        lines = [value for a in self.addresses for value in (a["address_1"], a["address_2"])]
        return tuple(filter(None, [*lines, self.texts.get("name", "")]))

    def where(self) -> serving_area.Where:
        """Return what of it tells which county it is in."""
        return serving_area.Where(self.latitude, self.longitude, self.addresses)


@transaction.atomic
def hide(location: Location, by: Account | None, *, area: str = "") -> None:
    """Make `location` confidential, and every other location at the same address.

    by: None when an import does it. area: one of `areas_to_name`, "" for the narrowest.
    Safe to repeat: what came in openly since is moved as well.
    """
    same_place = others_at_the_same_address(location)
    for place in [location, *same_place]:
        _hide_one(place, by, area=area)
    changes.forget()
    drop_kept_pages()
    transaction.on_commit(traces.empty_write_ahead_log)


def areas_to_name(location: Location) -> list[tuple[str, str]]:
    """Return (code, name) of the areas under which an open location may be found once hidden."""
    return serving_area.choices(_open_part(location).where())


def _hide_one(location: Location, by: Account | None, *, area: str = "") -> None:
    location = Location.objects.select_for_update().get(pk=location.pk)
    open_part = _open_part(location)
    sealed_before = ConfidentialSite.objects.filter(location=location).first()
    site = _joined(_unsealed(sealed_before), open_part) if sealed_before else open_part
    serving_area.name_one(location, site.where(), chosen=area)
    traces.remove(location, site.lines(), site.latitude, site.longitude)
    _seal(location, site)
    _empty(location)
    changes.touch_location(location.pk)
    record(by, "directory.site_hidden", "location", location.pk)


@transaction.atomic
def seal_brought(location: Location, brought: Site) -> None:
    """Seal what an import brought of a confidential location; what was sealed first stays.

    Other locations at an address that is new here are hidden, too: hidden wins.
    """
    sealed_before = ConfidentialSite.objects.filter(location=location).first()
    known = set(sealed_before.marks.values_list("mark", flat=True)) if sealed_before else set()
    marks = {mark for address in brought.addresses for mark in marks_of_address(address)}
    serving_area.name_one(location, brought.where())
    traces.remove(location, brought.lines(), brought.latitude, brought.longitude)
    if sealed_before is None or marks - known:
        before = _unsealed(sealed_before) if sealed_before else Site()
        _seal(location, _joined(before, brought))
        record(None, "directory.site_hidden", "location", location.pk)
        for place in _open_at(brought.addresses):
            _hide_one(place, None)


def site(location: Location, account: Account) -> Site:
    """Return where a confidential location is; the look is written down.

    Raises PermissionDenied, NotConfidential, SealBroken.
    """
    if not account.has_perm(RIGHT):
        raise PermissionDenied
    found = ConfidentialSite.objects.filter(location=location).first()
    if found is None:
        raise NotConfidential
    record(account, "directory.site_seen", "location", location.pk)
    return _unsealed(found)


@transaction.atomic
def write_site(location: Location, site: Site, by: Account) -> None:
    """Store where a location is, sealed; the location becomes confidential if it was not.

    Raises PermissionDenied.
    """
    if not by.has_perm(RIGHT):
        raise PermissionDenied
    if not location.is_confidential:
        hide(location, by)
    _seal(location, site)
    serving_area.name_one(location, site.where())
    changes.touch_location(location.pk)
    record(by, "directory.site_written", "location", location.pk)


@transaction.atomic
def join_sites(kept: Location, gone: Location) -> None:
    """Make `kept` confidential with what either told of where it is; `gone` is about to go."""
    for place in (kept, gone):
        _hide_one(place, None)
    both = [_unsealed(ConfidentialSite.objects.get(location_id=place.pk)) for place in (kept, gone)]
    _seal(kept, _joined(*both))


@transaction.atomic
def show(location: Location, by: Account) -> None:
    """Make a confidential location an open one again, with all that was sealed.

    Raises PermissionDenied, NotConfidential, SealBroken.
    """
    opened = site(location, by)
    location = Location.objects.select_for_update().get(pk=location.pk)
    location.is_confidential = False
    location.latitude, location.longitude = opened.latitude, opened.longitude
    for name, value in opened.texts.items():
        setattr(location, name, value)
    location.save()
    for values in opened.addresses:
        Address.objects.create(location=location, **values)
    ConfidentialSite.objects.filter(location=location).delete()
    changes.touch_location(location.pk)
    drop_kept_pages()
    record(by, "directory.site_opened_to_all", "location", location.pk)


def recognises(address_lines: Iterable[str], postal_code: str, city: str = "") -> bool:
    """Return whether an address is a confidential one's, however it is written.

    Compared by house and street with the postal code, or with the city; units don't count.
    """
    found = marks_of(address_lines, postal_code, city)
    return bool(found) and SiteMark.objects.filter(mark__in=found).exists()


def marks_of(address_lines: Iterable[str], postal_code: str, city: str = "") -> set[str]:
    """Return the keyed hashes (HMAC-SHA256, hex) of an address; none without a street."""
    line = street.street(address_lines)
    if not line:
        return set()
    within = [("zip", street.postal(postal_code)), ("city", " ".join(street.words_of(city)))]
    return {_mark(f"{line}|{kind}|{place}") for kind, place in within if place}


def others_at_the_same_address(location: Location) -> list[Location]:
    """Return the other open locations whose address is the same, however it is written."""
    addresses = [_address_values(address) for address in location.addresses.all()]
    return [place for place in _open_at(addresses) if place.pk != location.pk]


def _open_at(addresses: Iterable[dict[str, str]]) -> list[Location]:
    """Return the open locations at one of these addresses."""
    found: dict[Any, Location] = {}
    for each in addresses:
        wanted, code = marks_of_address(each), street.postal(each["postal_code"])
        near = Q(postal_code__startswith=code) if code else Q(city__iexact=each["city"])
        rows = Address.objects.filter(near) if wanted else Address.objects.none()
        for address in rows.select_related("location"):
            if wanted & marks_of_address(_address_values(address)):
                found[address.location_id] = address.location
    return list(found.values())


def marks_of_address(values: dict[str, str]) -> set[str]:
    """Return `marks_of` an address told by ADDRESS_FIELDS."""
    lines = (values["address_1"], values["address_2"])
    return marks_of(lines, values["postal_code"], values["city"])


def _address_values(address: Address) -> dict[str, str]:
    return {name: getattr(address, name) for name in ADDRESS_FIELDS}


def _open_part(location: Location) -> Site:
    return Site(
        addresses=tuple(_address_values(address) for address in location.addresses.all()),
        latitude=location.latitude,
        longitude=location.longitude,
        texts={name: getattr(location, name) for name in TELLING_TEXTS if getattr(location, name)},
    )


def _joined(old: Site, new: Site) -> Site:
    """Return both together; what was sealed first stays."""
    more = tuple(address for address in new.addresses if address not in old.addresses)
    has_point = old.latitude is not None
    return Site(
        addresses=old.addresses + more,
        latitude=old.latitude if has_point else new.latitude,
        longitude=old.longitude if has_point else new.longitude,
        texts=new.texts | old.texts,
    )


def _empty(location: Location) -> None:
    location.addresses.all().delete()
    for name in TELLING_TEXTS:
        setattr(location, name, "")
    location.latitude = location.longitude = None
    location.is_confidential = True
    location.save()


def _seal(location: Location, site: Site) -> None:
    text = json.dumps(asdict(site), ensure_ascii=False)
    stored, _is_new = ConfidentialSite.objects.update_or_create(
        location=location, defaults={"sealed": _box().seal(text, owner=str(location.pk))}
    )
    stored.marks.all().delete()
    marks = {mark for address in site.addresses for mark in marks_of_address(address)}
    SiteMark.objects.bulk_create(SiteMark(site=stored, mark=mark) for mark in sorted(marks))


def _unsealed(found: ConfidentialSite) -> Site:
    values = json.loads(_box().open(bytes(found.sealed), owner=str(found.location_id)))
    return Site(**values | {"addresses": tuple(values["addresses"])})


def _mark(text: str) -> str:
    return hmac.new(_mark_key(site_key.key()), text.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=4)
def _mark_key(key: bytes) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=MARK_PURPOSE.encode())
    return derive.derive(key)


def _box() -> Box:
    return Box(site_key.key(), purpose=site_key.PURPOSE)
