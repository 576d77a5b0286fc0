"""A shelter tells its beds in one tap, and a visitor sees it; the first yes to a request wins."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.browsers import Browser, Tab
from tests.journeys.finding import SHELTER, ask, open_listing
from tests.journeys.live import LiveSite
from tests.journeys.staff import press, sign_in

PHONE = (360, 720)
TOLD = "main [role=status]"
RESULT = f"""[...document.querySelectorAll('.found > li')]
  .find(one => one.innerText.includes('{SHELTER}')).innerText"""
ANOTHER = "Rainward"  # of the demonstration: takes women, and has beds
ELSEWHERE = "Found elsewhere."
# The pages of beds have no script; one way each in the two browsers is all there is.
pytestmark = pytest.mark.parametrize(
    ("kind", "scripts"),
    [("chromium", True), ("firefox", False)],
    ids=["chromium-scripts", "firefox-no-scripts"],
)


@pytest.fixture
def new_tab(browser: Browser) -> Iterator[Callable[[], Tab]]:
    """Return what opens a tab the size of a phone, in front, with a life of its own."""
    tabs: list[Tab] = []

    def open_tab() -> Tab:
        tabs.append(browser.new_tab())
        tabs[-1].resize(*PHONE)
        return tabs[-1]

    yield open_tab
    for tab in tabs:
        tab.close()


@pytest.fixture
def desk(new_tab: Callable[[], Tab], site: LiveSite) -> Callable[[str], Tab]:
    """Return how a colleague comes in: a tab that is signed in as that account."""

    def come_in(name: str) -> Tab:
        tab = new_tab()
        sign_in(tab, site, name)
        return tab

    return come_in


def what_a_visitor_reads(site: LiveSite, tab: Tab) -> tuple[str, str]:
    """Return what is said of the shelter among the results, and on its page."""
    tab.go(f"{site.base}/en/services/")
    ask(tab, where="brooklyn", need="shelter", words=SHELTER.lower())
    among = str(tab.wait_for(RESULT))
    open_listing(tab, SHELTER)
    return among, tab.text("main")


def test_one_tap_of_a_shelter_is_what_a_visitor_reads(
    site: LiveSite, new_tab: Callable[[], Tab], desk: Callable[[str], Tab]
) -> None:
    shelter = desk("shelter")
    shelter.go(f"{site.base}/staff/beds/")

    for unit in ("family_room", "bed"):
        press(shelter, f"#{unit} [value=full]", TOLD)
    while_full = what_a_visitor_reads(site, new_tab())
    press(shelter, "#bed .pair [name=available]", TOLD)
    said = shelter.text(TOLD)
    with_room = what_a_visitor_reads(site, new_tab())

    assert "1 free" in said
    assert all("No free bed" in text for text in while_full)
    assert all("Had a free bed" in text for text in with_room)


def test_the_first_shelter_to_say_yes_wins_and_the_others_are_told(
    site: LiveSite, desk: Callable[[str], Tab]
) -> None:
    shelter, other, advocate = desk("shelter"), desk("partner"), desk("advocate")
    open_its_beds(other, site, ANOTHER)
    told_before = other.text("main").count(ELSEWHERE)

    advocate.go(f"{site.base}/staff/beds/requests/new/")
    advocate.click("[name=who][value=women]")
    advocate.wait_for("document.querySelector('[name=who][value=women]').checked")
    press(advocate, "main .button", TOLD)
    asked = advocate.text("main")
    open_its_beds(other, site, ANOTHER)
    waits = other.text("main")
    shelter.go(f"{site.base}/staff/beds/")
    press(shelter, ".asked [value=yes]", TOLD)
    thanked = shelter.text(TOLD)
    press(other, ".asked [value=yes]", TOLD)
    press(advocate, "main .row a.button", "section.asked")
    answered = advocate.text("main")

    assert SHELTER in asked
    assert ANOTHER in asked
    assert "The first yes wins." in waits
    assert "The advocate sees your yes" in thanked
    assert "Another shelter said yes a moment before you." in other.text(TOLD)
    assert other.text("main").count(ELSEWHERE) == told_before + 1
    assert advocate.text("h1") == "A shelter said yes"
    assert "718-555-0143" in answered


def open_its_beds(tab: Tab, site: LiveSite, name: str) -> None:
    """Open one of several shelters' page from the list."""
    tab.go(f"{site.base}/staff/beds/")
    names = "[...document.querySelectorAll('a.shelter')]"
    path = tab.wait_for(f"{names}.find(a => a.innerText.includes({name!r})).pathname")
    press(tab, f'a.shelter[href="{path}"]', ".units")
