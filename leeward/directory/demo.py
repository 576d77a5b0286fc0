"""The demonstration directory: New York's victim services and the federal health facilities.

Nobody verified them with their providers; each source says so, and pages show it. Loaded once, in
a process of its own, so that the server does not keep the memory that it took.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import click
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from leeward.directory.exchange.apart import run_apart
from leeward.directory.models import ImportRun, Source
from leeward.directory.rules import trust
from leeward.directory.services import changes, demo_shelters, indexing
from leeward.people.models import Account

DATA = Path(__file__).parent / "data"
APPROVERS = ("demo-approver-one", "demo-approver-two")
RENEW_DAYS = 30
NOTE_EN = "Not verified with the provider. Call before you go."
NOTE_ES = "No se ha comprobado con quien lo ofrece. Llama antes de ir."
_FEDERAL = "https://github.com/GeoDaCenter/opioid-policy-scan"
# kind of reader, file, and what is told of the source (data/README.md says more).
SOURCES: dict[str, dict[str, str]] = {
    "nyc-victim-services": {
        "kind": "nyc", "file": "nyc_victim_services_2022.csv.gz",
        "name": "City of New York, services for victims of crime",
        "url": "https://github.com/OpenGovDataMirror/D_cityofnewyork_victim-services",
        "licence": "City of New York open data", "as_of": "2022",
    },
    "samhsa-mental-health": {
        "kind": "samhsa-mh", "file": "samhsa_mental_health.csv.gz",
        "name": "SAMHSA, mental health facilities", "url": _FEDERAL,
        "licence": "US federal government, public domain", "as_of": "2020-2021",
    },
    "samhsa-substance-use": {
        "kind": "samhsa-su", "file": "samhsa_substance_use.csv.gz",
        "name": "SAMHSA, substance use treatment facilities", "url": _FEDERAL,
        "licence": "US federal government, public domain", "as_of": "2020-2021",
    },
    "hrsa-health-centers": {
        "kind": "hrsa", "file": "hrsa_health_centers.csv.gz",
        "name": "HRSA, health centers", "url": _FEDERAL,
        "licence": "US federal government, public domain", "as_of": "2020-2021",
    },
}  # fmt: skip


class NotOnALiveSite(Exception):
    """A live site never shows rows that nobody verified as if they had been approved."""


def load() -> None:
    """Load the demonstration rows unless they are there. Raises NotOnALiveSite."""
    if settings.CONFIG.live:
        raise NotOnALiveSite
    missing = _missing()
    if missing:
        click.echo("Loading the demonstration directory, once: about a minute.")
        run_apart(__name__, "load_all", str(settings.DATA), missing)
    else:
        _renew()


def load_source(key: str, *, path: Path | None = None) -> None:
    """Import one of SOURCES and say how many services there are.

    path: another file of the same shape, for tests.
    """
    from leeward.directory.exchange.importing import Wanted, import_file

    about = dict(SOURCES[key])
    kind, file = about.pop("kind"), about.pop("file")
    about |= {"note_en": NOTE_EN, "note_es": NOTE_ES}
    # The federal lists have one building three times over, for three services: no duplicates.
    finds = kind == "nyc"
    wanted = Wanted(source=key, kind=kind, about=about, finds_duplicates=finds, streams=True)
    rows = path or _first_rows(DATA / file)
    try:
        report = import_file(rows, wanted)
    finally:
        if rows not in {path, DATA / file}:
            rows.unlink()
    services = report.counts["service"]
    click.echo(f"  {about['name']}: {services['new'] + services['same']:,} services")


def _first_rows(file: Path) -> Path:
    """Return the list to load: the whole, or the first rows when the settings ask for few."""
    few = settings.CONFIG.demo_rows
    if not few:
        return file
    shorter = Path(settings.DATA) / f"first-{file.name.removesuffix('.gz')}"
    with gzip.open(file, "rt", encoding="utf-8", newline="") as rows, shorter.open("w") as out:
        csv.writer(out).writerows(islice(csv.reader(rows), few + 1))
    return shorter


@transaction.atomic
def approve_sources(on: date | None = None) -> None:
    """Have two accounts that nobody can sign in to approve the demonstration's sources."""
    today = on or timezone.now().date()
    soon = today + timedelta(days=RENEW_DAYS)
    for source in Source.objects.filter(key__in=SOURCES):
        if source.approved_until is None or source.approved_until < soon:
            source.first_approved_by, source.second_approved_by = map(_approver, APPROVERS)
            source.approved_until = trust.approved_until(today)
            source.save()
            changes.touch_source(source.pk)


def _renew() -> None:
    approve_sources()
    demo_shelters.load()


def _missing() -> list[str]:
    there = set(ImportRun.objects.values_list("source__key", flat=True))
    return [key for key in SOURCES if key not in there]


def load_all(keys: list[str]) -> None:
    """Load sources, approve them, add the invented shelters, and make the index, once, at the end.

    For a process of its own: its index follows nothing meanwhile, or it would be made anew after
    each source, beside the loading. Killed half-way, the next start makes it.
    """
    indexing.replica().work_apart = _later
    for key in keys:
        load_source(key)
    _renew()
    click.echo("  The search index")
    indexing.rebuild()


def _later(_work: Callable[[], None]) -> None:
    """Leave what would be done beside the loading: the end makes the whole index."""


def _approver(username: str) -> Account:
    found = Account.objects.filter(username=username).first()
    return found or Account.objects.create_user(
        username=username, display_name="Demonstration check", is_active=False
    )
