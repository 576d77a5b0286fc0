"""Who sits where: a note taken back, stepping away and coming back, a supervisor, two lines."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.journeys.desk.colleagues import invite, run_inside
from tests.journeys.desk.people import (
    admit,
    at_desk,
    her_words,
    make_key,
    make_team_key,
    take,
    visitor,
)
from tests.journeys.live import LiveSite

NIGHT = """
from leeward.line.models import Team
from leeward.line.services.members import teams
main = Team.objects.get(slug="main")
Team.objects.create(slug="night", **(teams.values_of(main) | {"name_en": "Night line"}))
"""


def test_a_colleague_helps_and_a_supervisor_joins_and_she_reads_both_names(
    own_site: LiveSite, chromium: Browser
) -> None:
    cora, avi = (at_desk(chromium, own_site, name) for name in ("coordinator", "advocate"))
    make_key(cora)
    make_team_key(cora)
    make_key(avi)
    admit(cora, "Sam", her_words(avi))
    avi.click("[data-presence=on]")
    her = visitor(chromium, own_site)
    take(avi)

    cora.click("nav [data-show=waiting]")
    cora.click("[data-colleagues-fold] summary")
    cora.click("[data-colleagues] button")
    cora.wait_for_selector(".pane .hers")
    her.click("[data-line=refresh]")
    her.get_by_text("Robin").first.wait_for()
    avi.click("[data-open=people]")
    avi.click("[data-tool=people] [data-do=step]")
    avi.wait_for_selector(".pane", state="detached")
    avi.click("nav [data-show=waiting]")
    avi.click("[data-left] button")

    avi.wait_for_selector(".pane .hers")
    avi.keyboard.type("I am back")
    avi.keyboard.press("Enter")
    cora.wait_for_selector(".pane .theirs:has-text('I am back')")


def test_a_note_is_kept_and_taken_back_at_the_second_press(
    own_site: LiveSite, chromium: Browser
) -> None:
    cora = at_desk(chromium, own_site, "coordinator")
    make_key(cora)
    make_team_key(cora)
    cora.click("[data-presence=on]")
    visitor(chromium, own_site)
    take(cora)

    cora.click("[data-open=notes]")
    cora.fill("[name=note]", "speaks softly")
    cora.click("[data-tool=notes] form button")
    cora.wait_for_selector(".notes li:has-text('speaks softly')")
    cora.click(".notes li button")
    cora.wait_for_selector(".notes li:has-text('Sure?')")
    cora.click(".notes li button")

    cora.wait_for_selector(".notes li", state="detached")


def test_somebody_of_two_lines_looks_at_one_at_a_time_and_loses_no_draft(
    own_site: LiveSite, chromium: Browser
) -> None:
    run_inside(own_site, NIGHT)
    invite(own_site, "ana", teams=("main", "night"))
    ana = at_desk(chromium, own_site, "ana")
    make_key(ana)
    make_team_key(ana)
    ana.click("[data-presence=on]")
    visitor(chromium, own_site)
    take(ana)

    ana.fill(".pane textarea", "half a sentence")
    ana.select_option("[data-lines] select", label="Night line")
    ana.wait_for_selector("text=Send or clear what you are writing first")
    ana.fill(".pane textarea", "")
    ana.select_option("[data-lines] select", label="Night line")
    ana.wait_for_selector("[data-first-key]:not([hidden])")
    ana.wait_for_selector(".pane", state="detached")
    ana.select_option("[data-lines] select", index=0)

    ana.wait_for_selector(".pane .hers")
