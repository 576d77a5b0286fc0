"""A chat that her own browser seals: written, kept, left by the X, come back to, deleted."""

from __future__ import annotations

import json
import secrets
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.browsers import Tab
from tests.browsers.remains import read_remains, traces_of
from tests.browsers.screen import Screen
from tests.journeys.conftest import new_browser
from tests.journeys.line.cable import Cable
from tests.journeys.line.conftest import Advocate
from tests.journeys.live import LiveSite
from tests.site.test_log import everything_on_disk

pytestmark = pytest.mark.parametrize("scripts", [True], ids=["scripts"])

AT_NEUTRAL = "document.readyState === 'complete' && document.title === 'Weather'"
SIX = "Array.from(document.querySelectorAll('.six li'), word => word.textContent)"
IS_OPEN = "document.querySelector('[data-line=state] b')"
# A driver's questions are no script of the page, but its policy holds for them: no eval.
PICK = """(() => {
  const words = %s;
  document.querySelectorAll('[data-line=picks] input').forEach(radio => {
    if (words[Number(radio.name.slice(4)) - 1] === radio.value) radio.click();
  });
  return true;
})()"""


def said(tab: Tab) -> str:
    return str(tab.evaluate("(document.querySelector('[data-line=log]') || {}).innerText || ''"))


def wait_until_said(tab: Tab, text: str) -> None:
    tab.wait_for(
        "((document.querySelector('[data-line=log]') || {}).innerText || '')"
        f".includes({json.dumps(text)})"
    )


def open_chat(tab: Tab, base: str) -> None:
    tab.go(f"{base}/en/talk/")
    tab.click("[data-line=chat] button.button")
    tab.wait_for(IS_OPEN)


def write(tab: Tab, text: str) -> None:
    tab.click("#text")
    tab.type(text)
    tab.click("[data-line=write] button.button")


def keep(tab: Tab) -> list[str]:
    """Keep the chat; return the six words, once they were picked out."""
    tab.click("[data-line=keep]")
    tab.wait_for("document.querySelectorAll('.six li').length === 6")
    words: list[str] = tab.evaluate(SIX)
    tab.click("[data-line=try]")
    tab.wait_for("document.querySelector('[data-line=picks]')")
    tab.evaluate(PICK % json.dumps(words))
    tab.click("[data-line=picks] button.button")
    tab.wait_for("document.querySelector('[data-line=days]')")
    return words


def come_back(tab: Tab, base: str, words: list[str]) -> None:
    tab.go(f"{base}/en/talk/")
    tab.click('[data-to="/en/talk/back/"]')
    tab.wait_for("document.querySelector('[data-line=come-back]')")
    tab.click("#words")
    tab.type(" ".join(words))
    tab.click("[data-line=come-back] button.button")
    tab.wait_for("document.querySelector('[data-line=days]')")


def test_she_writes_keeps_leaves_comes_back_reads_and_deletes(
    line_site: LiveSite, advocate: Advocate, tab: Tab
) -> None:
    text = f"zq{secrets.token_hex(8)}"
    answer = f"yz{secrets.token_hex(8)}"
    open_chat(tab, line_site.base)

    write(tab, text)
    wait_until_said(tab, "sent")
    advocate.does("take")
    advocate.does("say", {"kind": "text", "text": f"{answer} <b>"})
    wait_until_said(tab, f"{answer} <b>")
    words = keep(tab)
    tab.click("#leave")
    tab.wait_for(AT_NEUTRAL)
    on_disk = everything_on_disk(line_site.data.parent)
    state_after_leaving = advocate.does("states")
    come_back(tab, line_site.base, words)
    wait_until_said(tab, answer)
    shown = said(tab)
    address = tab.evaluate("location.href")
    tab.click("[data-line=delete]")
    tab.click("[data-line=yes]")
    tab.wait_for("document.querySelector('[data-line=over]')")

    assert text in shown
    assert address == f"{line_site.base}/"
    assert state_after_leaving == ["resting"]
    for secret in (text, answer, " ".join(words)):
        assert [file for file, data in on_disk.items() if secret.encode() in data] == []
    assert advocate.does("states") == []


def test_the_x_ends_a_chat_that_is_not_kept_at_once(
    line_site: LiveSite, advocate: Advocate, tab: Tab
) -> None:
    open_chat(tab, line_site.base)
    write(tab, "hello")
    wait_until_said(tab, "sent")
    before = advocate.does("states")

    tab.click("#leave")
    tab.wait_for(AT_NEUTRAL)

    assert before == ["waiting"]
    assert wait_for_states(advocate, []) == []


def test_what_is_written_without_a_signal_goes_once_when_it_is_back(
    site_by_wire: LiveSite, wire: Cable, advocate: Advocate, tab: Tab
) -> None:
    open_chat(tab, site_by_wire.base)
    write(tab, "one")
    wait_until_said(tab, "sent")
    advocate.does("take")

    wire.pull_out()
    tab.wait_for("!document.querySelector('[data-line=signal]').hidden")
    write(tab, "two")
    wait_until_said(tab, "sending")
    advocate.does("say", {"kind": "text", "text": "three"})
    wire.put_back()
    wait_until_said(tab, "three")
    tab.wait_for("document.querySelector('[data-line=signal]').hidden")
    tab.wait_for("!document.querySelector('[data-line=log]').innerText.includes('sending')")

    texts = [data["text"] for data in advocate.does("read")]
    assert sorted(texts) == ["one", "three", "two"]
    assert [said(tab).count(word) for word in ("one", "two", "three")] == [1, 1, 1]


def test_other_pages_keep_the_chat_open_and_lead_back_to_it(
    line_site: LiveSite, advocate: Advocate, tab: Tab
) -> None:
    open_chat(tab, line_site.base)
    write(tab, "hello")
    wait_until_said(tab, "sent")

    tab.move_to("/en/traces/")
    tab.wait_for("document.querySelector('[data-line=aside]')")
    advocate.does("take")
    advocate.does("say", {"kind": "text", "text": "here"})
    tab.wait_for("document.querySelector('[data-line=aside]').innerText.includes('New message')")
    tab.click("[data-line=aside] button")

    wait_until_said(tab, "here")
    assert advocate.does("states") == ["live"]


@pytest.mark.slow
def test_a_chat_leaves_one_address_and_no_word_in_the_profile(
    line_site: LiveSite, advocate: Advocate, kind: str, scripts: bool, tmp_path: Path
) -> None:
    typed = f"zq{secrets.token_hex(8)}"
    answer = f"yz{secrets.token_hex(8)}"
    with Screen() as screen:
        browser = new_browser(kind, tmp_path / "used", scripts=scripts, display=screen.display)
        with closing(browser):
            tab = browser.first_tab()
            tab.go(f"{line_site.neutral.origin}/before")
            tab.go(f"{line_site.base}/")
            tab.move_to("/en/talk/")
            tab.click("[data-line=chat] button.button")
            tab.wait_for(IS_OPEN)
            write(tab, typed)
            wait_until_said(tab, "sent")
            advocate.does("take")
            advocate.does("say", {"kind": "text", "text": answer})
            wait_until_said(tab, answer)
            words = keep(tab)
            tab.click("#leave")
            tab.wait_for(AT_NEUTRAL)
            cookies = tab.cookies()

    profile = tmp_path / "used" / "profile"
    remains = read_remains(profile, line_site.base)
    assert remains.addresses == [f"{line_site.base}/"]
    assert (cookies, remains.cookies, remains.cached_files, remains.stored) == ([], 0, 0, [])
    assert traces_of(profile, [typed, answer, " ".join(words)]) == {}


def wait_for_states(advocate: Advocate, states: list[str]) -> list[str]:
    """Return the states of all talks, once they are so or three seconds have passed."""
    end = time.monotonic() + 3
    while (found := advocate.does("states")) != states and time.monotonic() < end:
        time.sleep(0.05)
    return list(found)
