"""The way out: by mouse, finger and keyboard, and what is left when somebody has gone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator

import pytest

from tests.browsers import Tab
from tests.journeys.live import LiveSite

AT_NEUTRAL = "document.readyState === 'complete' && document.title === 'Weather'"
# Without scripts the cover is drawn by the X itself, over everything.
COVER = """(() => {
  const cover = getComputedStyle(document.getElementById('leave'), '::after');
  return cover.content === '""' && cover.position === 'fixed' &&
    parseFloat(cover.width) >= innerWidth && parseFloat(cover.height) >= innerHeight;
})()"""
# The page itself says when it is empty: a driver's questions may wait for the next page.
TELLS_WHEN_EMPTY = """(new MutationObserver(() => {
  if (document.querySelector('h1') || document.body.innerText.trim()) return;
  const words = window.kept ? window.kept.value : '';
  window.console.log(JSON.stringify(['emptied', location.pathname, document.title, words]));
}).observe(document.documentElement, {childList: true, subtree: true}) || 1)"""
SLOW_S = 4
only_with_scripts = pytest.mark.parametrize("scripts", [True], ids=["scripts"])
only_without_scripts = pytest.mark.parametrize("scripts", [False], ids=["no-scripts"])


@pytest.fixture
def reader(site: LiveSite, tab: Tab) -> Tab:
    """Return a tab that came from another site and reads its second page here."""
    site.neutral.referrers.clear()
    tab.go(f"{site.neutral.origin}/before")
    tab.go(f"{site.base}/")
    tab.move_to("/en/leaving/")
    return tab


@pytest.fixture
def slow_neutral(site: LiveSite) -> Iterator[None]:
    """Let the neutral site take its time."""
    site.neutral.delay_s, site.neutral.answered = SLOW_S, 0
    yield
    site.neutral.delay_s = 0


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait until a condition outside the page holds."""
    end = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@only_with_scripts
def test_pressing_the_x_leaves_before_the_button_is_released(reader: Tab) -> None:
    reader.press("#leave")

    reader.wait_for(AT_NEUTRAL)


@only_without_scripts
def test_pressing_the_x_covers_the_page_without_scripts(reader: Tab) -> None:
    is_covered_before = reader.evaluate(COVER)

    reader.press("#leave")

    reader.wait_for(COVER)
    assert not is_covered_before


def test_a_click_on_the_x_leaves(reader: Tab) -> None:
    reader.click("#leave")

    reader.wait_for(AT_NEUTRAL)


def test_a_finger_on_the_x_leaves(reader: Tab) -> None:
    reader.tap("#leave")

    reader.wait_for(AT_NEUTRAL)


def test_the_x_is_first_for_the_keyboard_and_enter_leaves(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/en/leaving/")

    tab.key("Tab")
    first = tab.wait_for("document.activeElement.id")
    tab.key("Enter")

    assert first == "leave"
    tab.wait_for(AT_NEUTRAL)


@only_with_scripts
def test_shift_three_times_leaves(reader: Tab) -> None:
    reader.key("Shift", "Shift", "Shift")

    reader.wait_for(AT_NEUTRAL)


@only_with_scripts
def test_escape_and_capital_letters_do_not_leave(site: LiveSite, reader: Tab) -> None:
    reader.key("Escape", "Escape", "Escape")
    capitals = [("down", "Shift"), ("down", "A"), ("up", "A"), ("up", "Shift")]
    reader.keys(*capitals, *capitals, *capitals, *capitals)

    reader.move_to("/en/traces/")
    assert site.neutral.referrers == []


def test_the_neutral_site_is_not_told_where_the_visitor_was(site: LiveSite, reader: Tab) -> None:
    reader.click("#leave")

    reader.wait_for(AT_NEUTRAL)
    assert site.neutral.referrers == [None]
    assert reader.evaluate("document.referrer") == ""


def test_back_after_leaving_does_not_show_what_was_read(site: LiveSite, reader: Tab) -> None:
    reader.click("#leave")
    reader.wait_for(AT_NEUTRAL)

    shown = []
    while reader.evaluate("location.pathname") != "/before":
        page = reader.evaluate("location.href + performance.timeOrigin")
        reader.back()
        reader.wait_for(f"location.href + performance.timeOrigin !== {page!r}")
        reader.wait_for("document.readyState === 'complete'")
        shown.append(reader.here())

    # Without scripts the entry that the visit came by stays; it shows the first page anew.
    assert [path for path in shown if path] == ([] if reader.scripts else ["/en/"])


@only_with_scripts
def test_the_page_is_emptied_at_once_however_slow_the_neutral_site(
    site: LiveSite, reader: Tab, slow_neutral: None
) -> None:
    reader.evaluate(TELLS_WHEN_EMPTY)

    reader.press("#leave")
    wait_until(lambda: any("emptied" in text for text in reader.said()))

    assert site.neutral.answered == 0
    assert json.loads(reader.said()[-1]) == ["emptied", "/", "", ""]


@only_with_scripts
def test_what_was_typed_is_dropped(reader: Tab, slow_neutral: None) -> None:
    reader.write("#practice", "he knows")
    reader.evaluate("!!(window.kept = document.getElementById('practice'))")
    reader.evaluate(TELLS_WHEN_EMPTY)

    reader.press("#leave")
    wait_until(lambda: any("emptied" in text for text in reader.said()))

    assert json.loads(reader.said()[-1])[-1] == ""


@only_with_scripts
def test_the_x_hides_the_page_when_the_network_is_lost(reader: Tab) -> None:
    heading = reader.text("h1")
    reader.lose_network()

    reader.press("#leave")

    reader.wait_for(f"!document.documentElement.innerText.includes({heading!r})")


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("path", ["/en/leaving/", "/ar/leaving/"])
def test_the_x_is_large_uncovered_and_in_the_upper_right_corner(
    site: LiveSite, tab: Tab, path: str, width: int
) -> None:
    tab.resize(width, 700)
    tab.go(f"{site.base}{path}")
    tab.evaluate("scrollTo(0, 400) || 1")

    x = tab.wait_for("document.getElementById('leave').getBoundingClientRect().toJSON()")
    on_top = tab.evaluate(f"""[[3, 3], [3, -3], [-3, 3], [-3, -3]].every(([dx, dy]) => {{
      const x = dx < 0 ? {x["right"]} + dx : {x["left"]} + dx;
      const y = dy < 0 ? {x["bottom"]} + dy : {x["top"]} + dy;
      return document.elementFromPoint(x, y).closest('#leave');
    }})""")

    assert min(x["width"], x["height"]) >= 44
    assert 0 <= x["top"] <= 16
    assert width - 32 <= x["right"] <= width
    assert on_top


def test_the_x_has_its_name_in_the_language_of_the_page(site: LiveSite, tab: Tab) -> None:
    tab.go(f"{site.base}/en/leaving/")
    name = "document.getElementById('leave').getAttribute('aria-label')"
    in_english = tab.evaluate(name)

    tab.move_to("/es/leaving/")

    assert in_english == "Leave now"
    assert tab.evaluate(name) == "Salir ahora"
