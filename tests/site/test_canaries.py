"""Secret addresses, planted in a running site: searched for everywhere, found nowhere.

Each is first found where it is still public, so that not finding it later says something.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from tests.journeys.databases import new_database
from tests.journeys.live import LEEWARD, LiveSite, NeutralSite, environment_of, live_site
from tests.site import canaries

SECRETS = [word for words in canaries.SITES.values() for word in words]
SEALED_TABLES = {"directory_confidentialsite"}
FOLLOWS_WITHIN_S = 90
# A place to about a kilometre; 13:05:41.23 is a time of day.
PLACE = re.compile(r"(?<![:\d])(?:41\.23|73\.76)")


@dataclass
class Planted:
    """A running site with secrets in it. everything: all that it answered, by what was asked."""

    site: LiveSite
    database_url: str
    cookies: dict[str, str]
    offers: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    confidential: int = 0

    def run(self, part: str) -> dict[str, Any]:
        """Run a part of `canaries` beside the server."""
        command = [sys.executable, "-m", "tests.site.canaries", part, str(self.site.data)]
        environment = environment_of(self.database_url) | {
            "LEEWARD_DATA": str(self.site.data),
            "DJANGO_SETTINGS_MODULE": "leeward.settings.base",
        }
        done = subprocess.run(
            command, env=environment, check=False, capture_output=True, timeout=300
        )
        assert done.returncode == 0, done.stderr.decode()[-3000:]
        found: dict[str, Any] = json.loads(done.stdout.decode().splitlines()[-1])
        return found

    def export(self, name: str, *options: str) -> Path:
        """Return what `leeward directory export` writes."""
        path = self.site.data.parent / name
        command = [LEEWARD, "directory", "export", str(path), "--data", str(self.site.data)]
        environment = environment_of(self.database_url)
        subprocess.run([*command, *options], env=environment, check=True, timeout=300)
        return path


@pytest.fixture(scope="module")
def planted(neutral: NeutralSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    """Return a site where secrets were public, were found, and were then hidden."""
    data = tmp_path_factory.mktemp("canaries") / "data"
    url = new_database(f"leeward_canaries_{os.getpid()}")
    with live_site(data, neutral, database_url=url, has_demo=False) as site:
        planted = Planted(site, url, {})
        planted.cookies = planted.run("plant")
        _wait_until_the_index_followed(planted, is_found=True)
        _assert_found_while_public(planted)
        hidden = planted.run("hide")
        planted.offers, planted.places = hidden["offers"], hidden["places"]
        planted.confidential = hidden["confidential"]
        _wait_until_the_index_followed(planted, is_found=False)
        yield planted


def look(planted: Planted, **asked: str) -> str:
    """Return the page that answers a visitor's question."""
    fields = {"to": "/en/services/", "asked": "1", "unknown": "1", "from": "0"} | asked
    return httpx.post(f"{planted.site.base}/", data=fields, timeout=60).text


def _wait_until_the_index_followed(planted: Planted, *, is_found: bool) -> None:
    """Wait until a search for the street finds the service, or finds it no longer."""
    end = time.monotonic() + FOLLOWS_WITHIN_S
    while time.monotonic() < end:
        page = look(planted, where="10598", words="brambleverge")
        if ("Public once" in page) is is_found:
            return
        time.sleep(0.5)
    raise AssertionError(f"the index did not follow: {page[:2000]}")


def _assert_found_while_public(planted: Planted) -> None:
    base = planted.site.base
    listing = f"/en/services/{planted.cookies['public_once']}/"
    assert "Brambleverge" in httpx.post(f"{base}/", data={"to": listing}, timeout=60).text
    everything = httpx.get(f"{base}/api/hsds/services?per_page=100&full=true", timeout=60).text
    assert "brambleverge" in everything.lower()
    assert any("brambleverge" in told.lower() for told in every_row(planted).values())
    held = bytes_of(planted.site.data / "index")
    assert any(b"brambleverge" in content.lower() for content in held.values())


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, by path."""
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def every_row(planted: Planted) -> dict[str, str]:
    """Return every row of the database as text, by table: a dump."""
    if planted.database_url:
        return _rows_of_postgresql(planted.database_url)
    with closing(sqlite3.connect(planted.site.data / "leeward.sqlite3")) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: repr(database.execute(f'SELECT * FROM "{name}"').fetchall()) for (name,) in names
        }


def _rows_of_postgresql(url: str) -> dict[str, str]:
    listed = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    with psycopg.connect(url) as connection:
        names = [name for (name,) in connection.execute(listed).fetchall()]
        rows = {
            name: repr(connection.execute(f'SELECT t::text FROM "{name}" t').fetchall())
            for name in names
        }
        rows["samples of the planner"] = repr(
            connection.execute("SELECT s::text FROM pg_stats s").fetchall()
        )
    return rows | {"backup": _backup_of_postgresql(url)}


def _backup_of_postgresql(url: str) -> str:
    """Return what `pg_dump` writes: the backup that operators make."""
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))[-1:]
    program = str(newest[0]) if newest else "pg_dump"
    done = subprocess.run([program, url], check=True, capture_output=True, timeout=300)
    return done.stdout.decode()


def holding(texts: dict[str, str], secrets: list[str]) -> list[tuple[str, str]]:
    """Return where which of the secrets stands."""
    return [
        (where, secret)
        for where, text in texts.items()
        for secret in secrets
        if secret in text.lower()
    ]


def every_secret() -> list[str]:
    """Return what no visitor may find."""
    return [*SECRETS, *canaries.INNER.values(), "41.23", "73.76"]


# -- what visitors and machines get --


def test_no_page_of_the_sitemap_and_no_listing_tells(planted: Planted) -> None:
    paths = [*planted.site.paths(), *(f"/en/services/{key}/" for key in planted.offers)]
    with httpx.Client(base_url=planted.site.base, timeout=60) as visitor:
        pages = {path: visitor.post("/", data={"to": path}).text for path in paths}
        pages["sitemap"] = visitor.get("/sitemap.xml").text
        pages["robots"] = visitor.get("/robots.txt").text

    assert holding(pages, every_secret()) == []
    assert any(canaries.OPEN in page for page in pages.values())


def test_no_search_finds_a_secret_or_tells_one_beside_what_it_finds(planted: Planted) -> None:
    pages = {}
    for words in [*every_secret(), canaries.HIDDEN_SERVICE, "Public once", "list", ""]:
        for where in ("10598", "11201", "11203", "New York"):
            pages[f"{words} in {where}"] = look(planted, where=where, words=words, within="100")
    # What was typed stands in the field again; it says nothing that she did not know.
    typed = {key: text.lower().replace(key.partition(" in ")[0].lower(), "") if key.partition(
        " in ")[0].lower() in every_secret() else text for key, text in pages.items()}  # fmt: skip

    assert holding(typed, every_secret()) == []
    shown = look(planted, where="11201", words=canaries.HIDDEN_SERVICE)
    assert canaries.HIDDEN_SERVICE in shown
    assert "Serves this area" in shown


def test_the_interface_for_machines_tells_none(planted: Planted) -> None:
    answers = {}
    with httpx.Client(base_url=f"{planted.site.base}/api/hsds/", timeout=60) as machine:
        for name in ("services", "service_at_locations", "organizations"):
            listed = machine.get(name, params={"per_page": 100, "full": "true"})
            answers[name] = listed.text
            for row in listed.json()["contents"]:
                answers[f"{name}/{row['id']}"] = machine.get(f"{name}/{row['id']}").text
        for key in planted.offers:
            answers[f"offer {key}"] = machine.get(f"service_at_locations/{key}").text

    assert holding(answers, every_secret()) == []
    assert any(canaries.OPEN in text for text in answers.values())


@pytest.mark.parametrize("options", [(), ("--all",)], ids=["public", "all"])
def test_no_export_tells_where_a_confidential_site_is(
    planted: Planted, options: tuple[str, ...]
) -> None:
    name = "all" if options else "public"
    whole = planted.export(f"{name}.json", *options).read_text()
    tables = planted.export(f"{name}.zip", "--as", "csv", *options)
    with zipfile.ZipFile(tables) as package:
        told = {each: package.read(each).decode() for each in package.namelist()}
    told["json"] = whole

    secrets = [*SECRETS, "41.23", "73.76"] if options else every_secret()
    assert holding(told, secrets) == []
    assert canaries.OPEN in whole


# -- what staff without the right see --


@pytest.mark.parametrize("who", ["editor", "partner"])
def test_staff_without_the_right_see_no_confidential_address(planted: Planted, who: str) -> None:
    area = "/staff/directory/"
    paths = ["", "due/", "organizations/", "review/", "sources/"]
    paths += [f"places/{key}/" for key in planted.places]
    paths += [f"records/location/{key}/history/" for key in planted.places]
    paths += [f"records/location/{key}/edit/" for key in planted.places]
    cookies = {"staff": planted.cookies[who]}
    with httpx.Client(base_url=planted.site.base, cookies=cookies, timeout=60) as browser:
        pages = {path: browser.get(area + path).text for path in paths}
        pages["start"] = browser.get("/staff/").text
        refused = {
            path: browser.get(f"{area}places/{planted.places[0]}/{path}/").status_code
            for path in ("site", "show")
        }

    assert holding(pages, SECRETS) == []
    assert "Confidential site" in "".join(pages.values())
    assert set(refused.values()) <= {403, 404, 405}


# -- what lies on the disk --


def test_a_dump_of_the_database_tells_none(planted: Planted) -> None:
    rows = every_row(planted)

    assert holding(rows, SECRETS) == []
    assert canaries.OPEN in rows["directory_address"]
    assert canaries.OPEN in rows.get("backup", canaries.OPEN)
    assert PLACE.search("".join(rows.values())) is None


def test_the_sealed_table_holds_no_plain_text(planted: Planted) -> None:
    sealed = {name: text for name, text in every_row(planted).items() if name in SEALED_TABLES}

    assert set(sealed) == SEALED_TABLES
    assert len(sealed["directory_confidentialsite"]) > 100
    assert holding(sealed, SECRETS) == []


def test_no_byte_of_the_data_folder_tells_index_database_and_log_included(
    planted: Planted,
) -> None:
    files = bytes_of(planted.site.data) | bytes_of(planted.site.data.parent)
    latitude, longitude = canaries.COORDINATES["after having been public"]
    told = [secret.encode() for secret in SECRETS]
    numbers = [struct.pack(f"{order}d", each) for order in "<>" for each in (latitude, longitude)]

    found = [
        (path, secret)
        for path, content in files.items()
        for secret in [*told, *numbers]
        if secret in content.lower() or secret in content
    ]

    assert [path for path in files if path.endswith("leeward.log")] != []
    assert found == []


def test_the_import_saw_that_it_brought_a_hidden_address(planted: Planted) -> None:
    assert planted.confidential == 1
    assert "Brought by a list" in look(planted, where="11203", words="Brought by a list")
