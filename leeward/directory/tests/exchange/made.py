"""What the import's tests begin with: small packages, written to disk, and imports of them."""

from __future__ import annotations

import csv
import uuid
from pathlib import Path
from typing import Any

from leeward.directory.exchange.importing import Wanted, import_file
from leeward.directory.exchange.reporting import Report

FILES = Path(__file__).parent / "files"
DATA = Path(__file__).parents[2] / "data"
EXAMPLES = Path(__file__).parent.parent / "hsds" / "examples"
ORGANIZATION = "11111111-0000-4000-8000-000000000001"
SERVICE = "22222222-0000-4000-8000-000000000001"
LOCATION = "33333333-0000-4000-8000-000000000001"
OFFER = "44444444-0000-4000-8000-000000000001"
ADDRESS = "55555555-0000-4000-8000-000000000001"
PHONE = "66666666-0000-4000-8000-000000000001"


def tables(**changes: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return a package of one service at one location; `changes` replace or add tables."""
    return {
        "organization": [{"id": ORGANIZATION, "name": "Harbour House", "description": "We help."}],
        "service": [
            {"id": SERVICE, "organization_id": ORGANIZATION, "name": "Shelter", "status": "active"}
        ],
        "location": [
            {"id": LOCATION, "name": "Office", "latitude": "40.69", "longitude": "-73.98"}
        ],
        "service_at_location": [{"id": OFFER, "service_id": SERVICE, "location_id": LOCATION}],
        "address": [
            {
                "id": ADDRESS, "location_id": LOCATION, "address_1": "12 Main Street",
                "city": "Brooklyn", "state_province": "NY", "postal_code": "11201",
                "country": "US", "address_type": "physical",
            }
        ],
        "phone": [{"id": PHONE, "service_id": SERVICE, "number": "718-555-0134"}],
        **changes,
    }  # fmt: skip


def written(folder: Path, rows: dict[str, list[dict[str, Any]]] | None = None) -> Path:
    """Write a tabular package into a new folder below `folder` and return it."""
    path = folder / f"package-{uuid.uuid4().hex[:8]}"
    path.mkdir()
    for name, found in (tables() if rows is None else rows).items():
        columns = list(dict.fromkeys(column for row in found for column in row))
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns)
            writer.writeheader()
            writer.writerows(found)
    return path


def bring(path: Path, source: str = "county", **wanted: Any) -> Report:
    """Import what lies at `path`."""
    return import_file(path, Wanted(source=source, **wanted))


def reasons(report: Report) -> list[tuple[str, int, str, str]]:
    """Return (file, line, column, reason) of a report's problems."""
    return [(each.file, each.line, each.column, each.reason) for each in report.problems]
