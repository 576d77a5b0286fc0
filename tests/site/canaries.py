"""Plants secrets in a running site's records, and hides them: `python -m tests.site.canaries`.

Runs as a program of its own beside the server, as an advocate's work or an import would. Every
secret is a word that stands nowhere else, so that a search for it proves something.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

# Streets, names and directions of confidential sites: nowhere in the open, in no bytes.
SITES = {
    "from the start": ["quillonshire", "gatterwick house"],
    "after having been public": ["brambleverge", "larkhollow house", "finchmarrow"],
    "imported openly afterwards": ["tansyhollow", "widdershins hall"],
}
COORDINATES = {"after having been public": (41.2345671, -73.7654321)}
# What stands in the records for staff or partners, and is shown to no visitor.
INNER = {
    "hidden phone": "718-555-0177",
    "staff's contact": "zephyrine quackenbush",
    "partners' service": "ombrellino circle",
    "unapproved organisation": "perriwigg trust",
}
OPEN = "Openmoor"  # this one is public: finding it proves that the search finds things
HIDDEN_SERVICE = "Night shelter"
PARTNER, EDITOR = "canary-partner", "canary-editor"


def plant() -> dict[str, Any]:
    """Store the records, most of them open as yet; return cookies, and the offer to be hidden."""
    from leeward.directory.models import Membership
    from leeward.directory.tests import make
    from leeward.people.tests.make import account

    owner = make.organization("Canary House")
    make.source("another-list", name="Another list")
    editor, partner = account(EDITOR, "editor"), account(PARTNER, "partner")
    Membership.objects.create(account=partner, organization=owner)
    _plant_inner(owner)
    _plant_sealed(owner, account("canary-coordinator", "coordinator"))
    offer = _plant_public(owner, editor)
    again = make.location(name="Widdershins Hall", organization=owner)
    make.address(again, address_1="88 Tansyhollow Avenue", postal_code="11203")
    _offer("Hidden, then imported", owner, again)
    return {"editor": _session(editor), "partner": _session(partner), "public_once": str(offer.pk)}


def _plant_inner(owner: Any) -> None:
    """Store a public service, and beside it what no visitor may see."""
    from leeward.directory.models import Contact
    from leeward.directory.tests import make

    shown = make.location(name=f"{OPEN} office", organization=owner)
    make.address(shown, address_1=f"7 {OPEN} Street")
    service = make.service("Open help", organization=owner)
    make.service_at_location(service, shown)
    make.need(service, "shelter")
    make.phone(service, "718-555-0100")
    make.phone(service, INNER["hidden phone"], visibility="staff")
    Contact.objects.create(service=service, name="Zephyrine Quackenbush")
    inner = make.service("Ombrellino circle", organization=owner, visibility="partner")
    make.service_at_location(inner, shown)
    unlisted = make.organization("Perriwigg Trust", is_approved=False)
    make.service_at_location(make.service("Perriwigg trust help", organization=unlisted), shown)


def _plant_sealed(owner: Any, coordinator: Any) -> None:
    """Store a site that is confidential from the start."""
    from leeward.directory.services import confidential
    from leeward.directory.tests import make

    place = make.location(name="", organization=owner, latitude=None, longitude=None)
    _offer(HIDDEN_SERVICE, owner, place)
    values = dict.fromkeys(confidential.ADDRESS_FIELDS, "") | {
        "address_1": "3 Quillonshire Road", "city": "Brooklyn", "postal_code": "11202",
        "country": "US", "address_type": "physical",
    }  # fmt: skip
    site = confidential.Site(addresses=(values,), texts={"name": "Gatterwick House"})
    confidential.write_site(place, site, coordinator)


def _plant_public(owner: Any, editor: Any) -> Any:
    """Store a public site whose street stands in many texts; return its offer."""
    from leeward.directory.services import editing, reports
    from leeward.directory.tests import make

    latitude, longitude = COORDINATES["after having been public"]
    place = make.location(
        name="Larkhollow House", organization=owner, description="blue door",
        transportation="Bus to Finchmarrow", latitude=latitude, longitude=longitude,
    )  # fmt: skip
    address = make.address(place, address_1="12 Brambleverge Lane", postal_code="10598")
    offer = _offer("Public once", owner, place)
    offer.service.description = "Ring at 12 BRAMBLEVERGE LN. and wait."
    offer.service.save()
    make.phone(place, "718-555-0101", description="12 Brambleverge Lane, the porter")
    editing.change(address, {"address_2": "Floor 2"}, by=editor)
    editing.change(place, {"description": "green door in Brambleverge Lane"}, by=editor)
    editing.change(offer.service, {"alert": "Not at 12 Brambleverge Lane on Monday"}, by=editor)
    reports.send(offer.pk, kind="change", text="I was at 12 brambleverge lane and nobody came")
    return offer


def hide(data: Path) -> dict[str, Any]:
    """Hide what was public, then import one of the addresses openly from another source."""
    from leeward.directory.exchange.importing import Wanted, import_file
    from leeward.directory.models import Location, ServiceAtLocation
    from leeward.directory.services import confidential
    from leeward.people.models import Account

    editor = Account.objects.get(username=EDITOR)
    for name in ("Larkhollow House", "Widdershins Hall"):
        confidential.hide(Location.objects.get(name=name), editor)
    file = data.parent / "brought.json"
    file.write_text(json.dumps([_brought()]))
    report = import_file(file, Wanted(source="another-list"))
    file.unlink()
    return {
        "confidential": report.confidential,
        "offers": [str(key) for key in ServiceAtLocation.objects.values_list("pk", flat=True)],
        "places": [str(key) for key in Location.objects.values_list("pk", flat=True)],
    }


def _brought() -> dict[str, Any]:
    """Return a service as a list of others has it: with the address that staff hid."""
    key = "0b5e1d5e-2c0a-4d0e-9e8f-0f6d1c6a000"
    place = {
        "id": f"{key}3", "location_type": "physical", "name": "Widdershins Hall",
        "latitude": 40.7123456, "longitude": -73.9,
        "addresses": [{
            "id": f"{key}4", "address_1": "88 TANSYHOLLOW AVE., Suite 9", "city": "Brooklyn",
            "state_province": "NY", "postal_code": "11203-1234", "country": "US",
            "address_type": "physical",
        }],
    }  # fmt: skip
    return {
        "id": f"{key}1",
        "name": "Brought by a list",
        "description": "Come to 88 Tansyhollow Avenue.",
        "status": "active",
        "organization": {"id": f"{key}2", "name": "A list's house", "description": "x"},
        "service_at_locations": [{"id": f"{key}5", "location": place}],
    }


def _offer(name: str, owner: Any, place: Any) -> Any:
    from leeward.directory.tests import make

    service = make.service(name, organization=owner)
    make.need(service, "shelter")
    make.serves(service, "US-NY", "New York")
    return make.service_at_location(service, place)


def _session(account: Any) -> str:
    """Return the cookie of somebody who is signed in, second factor and all."""
    from leeward.people.tests.make import signed_in

    return str(signed_in(account).cookies["staff"].value)


def main() -> None:
    """Run one of the two parts and print what came of it, as JSON."""
    import django

    django.setup(set_prefix=False)
    part, data = sys.argv[1], Path(sys.argv[2])
    print(json.dumps(plant() if part == "plant" else hide(data)))  # noqa: T201


if __name__ == "__main__":
    main()
