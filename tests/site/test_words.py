"""Every text that ships for visitors: plain, kind, true, and there in Spanish.

Every figure names a fact that may be published.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from leeward.stories.blocks import PLACES
from leeward.stories.jargon import find_jargon
from leeward.stories.phrasing import find_harmful
from leeward.stories.reading import grade
from tests.site import words

FEW_WORDS = 40
LANGUAGES = ("en", "es")
PAGES = [
    pytest.param(page, language, id=f"{page['key']}-{language}")
    for page in words.pages()
    for language in LANGUAGES
    if language in page
]
SHARE = re.compile(r"\d ?%|\b(?:of|de cada) 100\b")
MAY_BE_QUOTED = ("ok", "use beside")


def text_of(page: dict[str, Any], language: str) -> str:
    return "\n".join(words.words_in(page[language]))


def shipped_texts(language: str) -> dict[str, str]:
    """Return what each template or module says; those of few words stand together by app."""
    spanish = words.in_spanish()
    texts: dict[str, str] = {}
    short: dict[str, list[str]] = defaultdict(list)
    for source in words.visitors_sources():
        said = dict.fromkeys(words.messages(source))
        lines = [words.plain(spanish.get(one, "") if language == "es" else one) for one in said]
        name = str(source.relative_to(words.PACKAGE))
        if sum(len(line.split()) for line in lines) < FEW_WORDS:
            short[source.relative_to(words.PACKAGE).parts[0]] += lines
        else:
            texts[name] = "\n".join(lines)
    return texts | {f"{app}, short texts": "\n".join(lines) for app, lines in short.items()}


# -- pages --


@pytest.mark.parametrize(("page", "language"), PAGES)
def test_a_page_is_easy_to_read(page: dict[str, Any], language: str) -> None:
    figure = grade(text_of(page, language), language)

    assert figure is not None
    assert figure.is_met, f"{figure.name} is {figure.value}, target {figure.target}"


@pytest.mark.parametrize(("page", "language"), PAGES)
def test_a_page_neither_hurts_nor_over_promises(page: dict[str, Any], language: str) -> None:
    text = text_of(page, language)

    assert find_harmful(text, language) == []
    assert find_jargon(text, language) == []


@pytest.mark.parametrize("page", words.pages(), ids=lambda page: page["key"])
def test_a_page_leads_only_to_pages_that_are_there(page: dict[str, Any]) -> None:
    keys = {page["key"] for page in words.pages()} | set(PLACES)

    leads = [
        key
        for language in ("en", "es", "ar")
        for block in page.get(language, {}).get("body", [])
        for key in block.get("related", [])
    ]

    assert set(leads) <= keys
    assert page["parent"] is None or page["parent"] in keys


@pytest.mark.parametrize("page", words.pages(), ids=lambda page: page["key"])
def test_a_page_says_the_same_in_both_languages(page: dict[str, Any]) -> None:
    shapes = {
        language: [next(iter(block)) for block in page[language]["body"]]
        for language in LANGUAGES
        if language in page
    }

    assert shapes.get("en") == shapes.get("es")


def test_a_story_shows_what_it_is_about_and_that_it_is_made_up() -> None:
    stories = [page for page in words.pages() if page["kind"] == "story"]

    assert len(stories) == 2
    for story in stories:
        for language in LANGUAGES:
            assert story[language]["content_note"]
            assert re.search("demonstra|demostra", str(story[language]["body"][0]))


# -- figures --


def figures_with_sources(page: dict[str, Any], language: str) -> list[tuple[str, dict[str, Any]]]:
    """Return each paragraph that gives shares, with the block that stands right after it."""
    blocks = [*page[language]["body"], {}]
    return [
        (block["paragraph"], following.get("source", {}))
        for block, following in pairwise(blocks)
        if SHARE.search(block.get("paragraph", ""))
    ]


@pytest.mark.parametrize(("page", "language"), PAGES)
def test_shares_stand_only_in_paragraphs_beside_a_source(
    page: dict[str, Any], language: str
) -> None:
    paragraphs = {text for text, _source in figures_with_sources(page, language)}

    loose = [
        text
        for text in words.words_in(page[language])
        if SHARE.search(text) and text not in {one.replace("**", "") for one in paragraphs}
    ]

    assert loose == []


@pytest.mark.parametrize(("page", "language"), PAGES)
def test_a_figure_is_the_one_of_the_fact_it_names(page: dict[str, Any], language: str) -> None:
    facts = words.facts()

    for paragraph, source in figures_with_sources(page, language):
        fact = facts[source["fact"]]
        known = re.findall(r"\d+", f"{fact['figure']} {fact['population']} {fact['year']}")

        said = set(re.findall(r"\d+", paragraph)) - {"100"}

        assert said <= set(known), f"{fact['id']} has no {said - set(known)}"


@pytest.mark.parametrize(("page", "language"), PAGES)
def test_a_fact_may_be_published_and_carries_its_limits(
    page: dict[str, Any], language: str
) -> None:
    facts = words.facts()
    quoted = {
        block["source"]["fact"]: block["source"]
        for block in page[language]["body"]
        if "source" in block
    }

    for fact_id, source in quoted.items():
        fact = facts[fact_id]
        assert fact["basis"] == "seen"
        assert fact["use"].startswith(MAY_BE_QUOTED)
        assert source.get("caveat") or not fact["caveat"]
    if "fact-006" in quoted or "fact-001" in quoted:
        assert {"fact-001", "fact-006"} <= set(quoted)


# -- templates and modules --


def test_every_word_for_visitors_is_there_in_spanish() -> None:
    missing = _without_spanish(words.visitors_sources())

    assert not missing, "\n".join(missing)


def test_fixed_pages_that_editors_can_lead_to_are_named_in_spanish() -> None:
    spanish = words.in_spanish()

    named = [str(word) for _view, *said in PLACES.values() for word in said]

    assert [word for word in named if not spanish.get(word)] == []


def test_a_translation_fills_in_what_the_english_does() -> None:
    fields = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")

    wrong = [
        english
        for english, spanish in words.in_spanish().items()
        if spanish and sorted(fields.findall(english)) != sorted(fields.findall(spanish))
    ]

    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_templates_say_is_easy_to_read(language: str) -> None:
    hard = {
        name: figure.value
        for name, text in shipped_texts(language).items()
        if (figure := grade(text, language)) and not figure.is_met
    }

    assert hard == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_templates_say_neither_hurts_nor_over_promises(language: str) -> None:
    found = {
        name: [each.phrase for each in hits]
        for name, text in shipped_texts(language).items()
        if (hits := find_harmful(text, language) + find_jargon(text, language))
    }

    assert found == {}


# -- staff's words --


def test_every_word_for_staff_is_there_in_spanish() -> None:
    missing = _without_spanish(words.staff_sources())

    assert not missing, "\n".join(missing)


def test_each_folder_with_words_for_staff_is_looked_at() -> None:
    said = Counter(
        source.relative_to(words.PACKAGE).parts[0]
        for source in words.staff_sources()
        for _message in words.messages(source)
    )

    assert all(
        said[app] > FEW_WORDS for app in ("desk", "people", "directory", "helplines", "stories")
    ), said


def test_one_english_word_has_one_spanish_word() -> None:
    said = defaultdict(set)

    for english, spanish in words.each_translation():
        said[english].add(spanish)

    assert {english: both for english, both in said.items() if len(both) > 1} == {}


def _without_spanish(sources: Iterable[Path]) -> list[str]:
    """Return, with its file, each message of these that has no Spanish."""
    spanish = words.in_spanish()
    return [
        f"{source.relative_to(words.PACKAGE)}: {message!r}"
        for source in sources
        for message in dict.fromkeys(words.messages(source))
        if not spanish.get(message)
    ]
