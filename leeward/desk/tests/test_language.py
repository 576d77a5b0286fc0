"""The desk and coordination in Spanish: nothing stands there in English."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup, NavigableString
from django.test import Client
from django.utils import timezone

from leeward.desk import words
from leeward.desk.tests.coordination import make
from leeward.line.tests import make as make_line
from leeward.people import services
from leeward.people.tests.make import signed_in

pytestmark = pytest.mark.django_db(databases=["default", "wraps"])

SAID_IN = ("aria-label", "placeholder", "title")
# What both languages write the same way, and what is written in both on purpose.
SAME = {
    "Leeward", "Cora", "Avi", "Sam", "Chat", "Chats", "English", "Español", "Alt", "Enter",
    "Shift", "Esc", "No", "no", "{n} min", "min", "en",
}  # fmt: skip
# A coordinator's own words of the line, and names of countries.
NOT_OURS = "textarea, [name=country]"
DAY = re.compile(r"\d{1,2} [A-Za-z]{3} ")


@pytest.fixture
def coordinator() -> Client:
    """Return the browser of a coordinator who answers two lines, with one shift of today."""
    cora = make.coordinator()
    team = make_line.team(slug="main", name_en="By day", name_es="De día")
    make.member(team, cora, "Cora")
    make.member(team, make.advocate())
    make_line.team(slug="other", name_en="By night", name_es="De noche")
    now = timezone.now()
    make.shift(team, cora, now - timedelta(hours=1), 3)
    for week in range(1, 9):
        make.tally(team, now - timedelta(weeks=week), "chat", 7)
    return signed_in(cora)


def in_language(browser: Client, path: str, language: str) -> BeautifulSoup:
    """Return a page as it stands for somebody who chose `language`."""
    browser.post("/staff/me/language/", {"language": language})
    answer = browser.get(path)
    assert answer.status_code == 200, path
    # What stands in a template is read, too: scripts put it on the page.
    return BeautifulSoup(answer.content.decode().replace("<template", "<div"), "html.parser")


def said(page: BeautifulSoup) -> set[str]:
    """Return all that a page says: texts, labels, and the words it hands to its scripts."""
    handed = page.select_one("#desk-words")
    found = list(json.loads(handed.text).values()) if handed else []
    for part in page.select(f"{NOT_OURS}, script, style"):
        part.decompose()
    found += [text for text in page.find_all(string=True) if type(text) is NavigableString]
    found += [tag[name] for name in SAID_IN for tag in page.select(f"[{name}]")]
    found += [
        value
        for tag in page.select("[data-tool=consent]")
        for name, value in tag.attrs.items()
        if name.startswith("data-") and name != "data-tool"
    ]
    plain = (" ".join(text.split()) for text in found)
    return {text for text in plain if re.search(r"[A-Za-z]{2}", text) and not DAY.match(text)}


@pytest.mark.parametrize(
    "path", ["", "roster/", "roster/?week=2026-01-05", "figures/", "team/", "team/new/"]
)
def test_a_page_in_spanish_says_nothing_in_english(coordinator: Client, path: str) -> None:
    english, spanish = (
        said(in_language(coordinator, f"/staff/desk/{path}", language)) for language in ("en", "es")
    )

    assert len(english) > 15
    assert english & spanish <= SAME


def test_every_word_handed_to_the_desks_scripts_is_there_in_spanish(coordinator: Client) -> None:
    english = json.loads(
        in_language(coordinator, "/staff/desk/", "en").select_one("#desk-words").text
    )
    spanish = json.loads(
        in_language(coordinator, "/staff/desk/", "es").select_one("#desk-words").text
    )

    same = {word for key, word in english.items() if spanish[key] == word}

    assert english == words.for_scripts()
    assert english.keys() == spanish.keys()
    assert same <= SAME


def test_a_line_has_its_name_in_the_language_of_who_looks(coordinator: Client) -> None:
    english, spanish = (
        in_language(coordinator, "/staff/desk/roster/", language).select_one("#line").text
        for language in ("en", "es")
    )

    assert "By night" in english
    assert "De noche" in spanish


def test_a_refusal_of_a_form_is_told_in_spanish(coordinator: Client) -> None:
    coordinator.post("/staff/me/language/", {"language": "es"})

    answer = coordinator.post("/staff/desk/roster/plan/", {"week": "2026-01-05"})

    assert answer.status_code == 422
    assert "Este campo es necesario." in answer.content.decode()


def test_the_desk_follows_the_choice_and_not_the_browser() -> None:
    team, avi = make.team(), make.advocate()
    make.member(team, avi)
    services.choose_language(avi, "es")

    page = signed_in(avi).get("/staff/desk/", headers={"Accept-Language": "en-US,en"})

    assert '<html lang="es"' in page.content.decode()
    assert ">Bloquear<" in page.content.decode()
