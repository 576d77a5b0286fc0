"""How a journey fills in the search form, and opens what it found."""

from __future__ import annotations

import json

import httpx

from tests.browsers import Tab
from tests.journeys.live import LiveSite

SHELTER = "Tideway"  # of the demonstration: takes boys up to 17 and pets, speaks Spanish


def ask(
    tab: Tab,
    *,
    where: str,
    need: str = "",
    words: str = "",
    who: tuple[str, ...] = (),
    boy: str = "",
    lang: str = "",
    bed: bool = False,
) -> None:
    """Fill in the form as a person does, send it and wait for the answer's heading."""
    _write(tab, "#where", where)
    _choose(tab, "need", need)
    _write(tab, "#words", words)
    if who or boy:
        tab.click("details:has(#boy) summary")
        for code in who:
            tab.click(f'[name=who][value="{code}"]')
        _write(tab, "#boy", boy)
    if lang or bed:
        tab.click("details:has(#lang) summary")
        _choose(tab, "lang", lang)
        if bed:
            tab.click("[name=bed]")
    tab.click(".ask .button")
    tab.wait_for("document.readyState === 'complete' && document.getElementById('again')")


def open_listing(tab: Tab, name: str) -> None:
    """Open the first result whose name holds `name`, and wait for its page."""
    wanted = json.dumps(name)
    names = "[...document.querySelectorAll('.found h2 button')]"
    path = tab.wait_for(f"({names}.find(b => b.innerText.includes({wanted})) || {{}}).value")
    tab.click(f'button[value="{path}"]')
    tab.wait_until_on(path)


def path_of_listing(site: LiveSite, language: str) -> str:
    """Return the canonical path of the demonstration's shelter."""
    start = f"/{language}/services/"
    with httpx.Client(base_url=site.base, timeout=30) as visitor:
        found = visitor.post("/", data={"to": start, "where": "Brooklyn", "words": SHELTER})
    before = found.text[: found.text.index(SHELTER, found.text.index('class="found"'))]
    return start + before.rpartition(f'value="{start}')[2].partition('"')[0]


def _write(tab: Tab, field: str, text: str) -> None:
    if text:
        tab.write(field, text)


def _choose(tab: Tab, field: str, value: str) -> None:
    """Choose from a list; a list that drops down is drawn by the system, beyond the driver."""
    if value:
        tab.evaluate(f"(document.getElementById({field!r}).value = {value!r})")
