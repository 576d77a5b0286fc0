"""Federal lists of health facilities: SAMHSA's mental health and substance use, HRSA's centres."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from leeward.directory import vocabulary
from leeward.directory.exchange.files import Named
from leeward.directory.exchange.package import Package, Problems
from leeward.directory.exchange.separated import read_rows

AT_ONCE = 1_500
ZIP_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Shape:
    """One list's columns. line_2: the second name, which names the branch."""

    names: tuple[str, ...]
    streets: tuple[str, ...]
    city: str
    state: str
    latitude: str
    longitude: str
    zip: str = ""
    county: str = ""
    website: str = ""
    phone: str = ""
    intake: tuple[str, ...] = ()
    need: str = ""
    about: str = ""
    fees: str = ""


# FQHCs charge by income: 42 U.S.C. 254b(k)(3)(G).
_FEES = "What you pay goes by what you earn. Nobody is turned away for lack of money."
_SAMHSA = {
    "names": ("name1", "name2"),
    "streets": ("street1", "street2"),
    "city": "city",
    "state": "state",
    "zip": "zip",
    "county": "county",
    "latitude": "latitude",
    "longitude": "longitude",
}
SHAPES = {
    "samhsa-mh": Shape(
        **_SAMHSA,  # type: ignore[arg-type]
        website="website",
        phone="phone",
        intake=("intake1", "intake2"),
        need="mental_health",
        about="Treatment for mental health.",
    ),
    "samhsa-su": Shape(
        **_SAMHSA,  # type: ignore[arg-type]
        need="substance_use",
        about="Treatment for alcohol or drug use.",
    ),
    "hrsa": Shape(
        names=("name",),
        streets=("address",),
        city="city",
        state="st_abbr",
        latitude="lat",
        longitude="lon",
        phone="phone",
        need="health",
        about="A community health center: doctors, and often dental and mental health care.",
        fees=_FEES,
    ),
}


def read(kind: str, files: list[Named], problems: Problems) -> Iterator[Package]:
    """Yield packages of at most AT_ONCE facilities. kind: a key of SHAPES."""
    shape = SHAPES[kind]
    package, count = Package(), 0
    for file in files:
        for line, told in read_rows(file, problems):
            _facility(shape, told, _adder(package, file.name, line))
            count += 1
            if count % AT_ONCE == 0:
                yield package
                package = Package()
    yield package


Add = Callable[..., None]


def _adder(package: Package, file: str, line: int) -> Add:
    def add(table: str, **values: object) -> None:
        package.add(table, values, file=file, line=line)

    return add


def _facility(shape: Shape, told: dict[str, str], add: Add) -> None:
    names = [" ".join(told.get(name, "").split()) for name in shape.names]
    owner, branch = names[0], names[1] if len(names) > 1 else ""
    state = told.get(shape.state, "").strip()
    organization = mark(owner.casefold(), state)
    place = [told.get(name, "").strip() for name in (*shape.streets, shape.city, shape.state)]
    own = mark(*names, *place)
    add("organization", id=organization, name=owner)
    add(
        "service", id=own, organization_id=organization, name=branch or owner, status="active",
        description=shape.about, fees_description=shape.fees,
        url=_website(told.get(shape.website, "")),
    )  # fmt: skip
    add(
        "location", id=own, name=branch or owner, location_type="physical",
        latitude=told.get(shape.latitude, ""), longitude=told.get(shape.longitude, ""),
    )  # fmt: skip
    add("service_at_location", id=own, service_id=own, location_id=own)
    _address(shape, told, own, add)
    _phones(shape, told, own, add)
    term = vocabulary.terms(vocabulary.NEEDS)[shape.need]
    add(
        "attribute", id=f"{own} {shape.need}", link_id=own, link_entity="service",
        taxonomy_term_id=str(term.id), value="yes",
    )  # fmt: skip


def _address(shape: Shape, told: dict[str, str], own: str, add: Add) -> None:
    lines = [told.get(name, "") for name in shape.streets]
    county = told.get(shape.county, "").strip()
    code = told.get(shape.zip, "").strip()
    add(
        "address", id=own, location_id=own, address_1=lines[0],
        address_2=lines[1] if len(lines) > 1 else "", city=told.get(shape.city, ""),
        region=f"{county} County" if county else "", state_province=told.get(shape.state, ""),
        # A spreadsheet took the zeros at the front of New England's ZIPs.
        postal_code=code.zfill(ZIP_DIGITS) if code.isdigit() else code,
        country="US", address_type="physical",
    )  # fmt: skip


def _phones(shape: Shape, told: dict[str, str], own: str, add: Add) -> None:
    number = told.get(shape.phone, "").strip()
    if number:
        add("phone", id=own, service_id=own, number=number, type="voice")
    for at, name in enumerate(shape.intake, start=1):
        intake = told.get(name, "").strip()
        if intake and intake != number:
            add(
                "phone", id=f"{own} intake {at}", service_id=own, number=intake, type="voice",
                description="To make a first appointment",
            )  # fmt: skip


def _website(told: str) -> str:
    """Return an address; the lists have many that are no more than http://."""
    return told if told.rstrip("/: ").lower() not in {"http", "https"} else ""


def mark(*parts: str) -> str:
    """Return an id of what names a facility: the lists have none of their own that lasts."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]
