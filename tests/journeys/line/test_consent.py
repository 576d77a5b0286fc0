"""Nothing leaves a talk without her written yes, and not after she has taken it back."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import psycopg
import pytest

from tests.journeys.line.desks import Desk
from tests.journeys.line.disk import everything_on_disk
from tests.journeys.line.test_pairings import unlike_any
from tests.journeys.line.visitors import Visitor
from tests.journeys.live import LiveSite

YEAR_BACK = "UPDATE line_consent SET given_at = {}, ends_at = {} WHERE state = 'given'"
OVER_AT_THE_DESK = "The time of a consent is over."
LOG = "document.querySelector('.pane [data-log]').innerText"
JOB_WITHIN_S = 240.0  # it comes each minute
EXPORT = ".pane [data-tool=consent] .notes button"
PAIRINGS = ("kind", "scripts", "desk_kind")


def let_time_be_over(site: LiveSite) -> None:
    """Put what stands in the record of each consent back by a year, so that its time is over."""
    if site.database_url:
        with psycopg.connect(site.database_url) as server:
            server.execute(
                YEAR_BACK.format("given_at - interval '1 year'", "ends_at - interval '1 year'")
            )
        return
    with closing(sqlite3.connect(site.data / "leeward.sqlite3", timeout=60)) as rows, rows:
        rows.execute(
            YEAR_BACK.format("datetime(given_at, '-1 year')", "datetime(ends_at, '-1 year')")
        )


@pytest.mark.parametrize(PAIRINGS, [("chromium", True, "firefox"), ("firefox", False, "chromium")])
def test_an_export_needs_her_yes_and_ends_when_she_takes_it_back(
    staffed_site: LiveSite, visitor: Visitor, desk: Desk
) -> None:
    hers, to, why = unlike_any("my story"), unlike_any("the court"), unlike_any("the hearing")
    visitor.opens_a_chat()
    visitor.writes(hers)
    desk.takes()
    desk.reads(hers)

    desk.asks_consent("export", to=to, why=why)
    before = desk.consents()
    visitor.answers("given")
    desk.reads("She allows it.")
    allowed = desk.consents()
    desk.tab.click(".pane [data-tool=consent] .notes button")
    saved = desk.saved_file()
    visitor.answers("revoked")
    desk.reads("She took it back.")
    desk.tab.click(".pane [data-tool=consent] .notes button")
    desk.tab.wait_for("document.querySelector('.pane [data-trouble]').innerText")
    on_disk = everything_on_disk(staffed_site, [hers, to, why])
    revoked = desk.consents()

    assert "asked" in before
    assert "she allows it until" in allowed
    assert "Save as a file" in allowed
    assert hers in saved
    assert "Her consent ends on" in saved
    assert "she took it back" in revoked
    assert "Save as a file" not in revoked
    assert desk.files() == []
    assert on_disk == {}


@pytest.mark.parametrize(PAIRINGS, [("firefox", True, "chromium"), ("chromium", False, "firefox")])
def test_a_no_is_recorded_and_lets_nothing_out(visitor: Visitor, desk: Desk) -> None:
    visitor.opens_a_chat()
    visitor.writes("hello")
    desk.takes()
    desk.asks_consent("print", to="the court", why="the hearing")

    visitor.answers("refused")

    desk.reads("She does not allow it.")
    assert "she said no" in desk.consents()
    assert (
        desk.tab.evaluate("document.querySelector('.pane [data-tool=consent] .notes button')")
        is None
    )


@pytest.mark.parametrize(PAIRINGS, [("firefox", True, "chromium"), ("chromium", False, "firefox")])
def test_a_yes_ends_by_itself_when_its_time_is_over(
    staffed_site: LiveSite, visitor: Visitor, desk: Desk
) -> None:
    visitor.opens_a_chat()
    visitor.writes("hello")
    desk.takes()
    desk.asks_consent("export", to="the court", why="the hearing")
    visitor.answers("given")
    desk.reads("She allows it.")
    while_it_holds = desk.consents()

    let_time_be_over(staffed_site)
    desk.tab.evaluate(f"(document.querySelector('{EXPORT}')?.click(), true)")
    visitor.is_told_of_a_consents_end()
    desk.tab.wait_for(f"({LOG}).includes({json.dumps(OVER_AT_THE_DESK)})", within_s=JOB_WITHIN_S)
    desk.tab.wait_for(f"!document.querySelector('{EXPORT}')")

    assert "she allows it until" in while_it_holds
    assert "Save as a file" in while_it_holds
    assert desk.files() == []
