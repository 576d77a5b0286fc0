"""The word lists find what hurts or over-promises, however it is written, and leave the rest."""

import pytest

from leeward.stories.jargon import find_jargon
from leeward.stories.phrasing import find_harmful
from leeward.stories.wordlists import phrases_of

FOUND_IN_ENGLISH = (
    "Why didn't she leave him?",
    "Why did she just stay? Why does she stay?",
    "The alleged victims spoke.",
    "It was a domestic dispute.",
    "a child prostitute",
    "She admitted it.",
    "This chat is anonymous.",
    "You are 100% safe.",
    "It is proven to work.",
    "We guarantee it.",
    "Calls are untraceable.",
    "It is completely confidential.",
    "Nobody can find you.",
)
FOUND_IN_SPANISH = (
    "¿Por qué no se fue?",
    "Fue un crimen pasional.",
    "La presunta víctima habló.",
    "una disputa de pareja",
    "Ella admitió que salió.",
    "la trata de blancas",
    "El chat es anónimo.",
    "Es 100 % seguro.",
    "Está garantizado.",
    "Es totalmente confidencial.",
    "No deja rastro.",
)


@pytest.mark.parametrize("text", FOUND_IN_ENGLISH)
def test_an_english_phrase_that_hurts_or_over_promises_is_found(text):
    found = find_harmful(text, "en")

    assert found
    assert all(each.why and each.instead for each in found)


@pytest.mark.parametrize("text", FOUND_IN_SPANISH)
def test_a_spanish_phrase_that_hurts_or_over_promises_is_found(text):
    found = find_harmful(text, "es")

    assert found
    assert all(each.why and each.instead for each in found)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("She said that he hit her. She planned how to leave.", "en"),
        ("Provence has a monsteraplant; she admittedly likes it.", "en"),
        ("Él la golpeó. Ella contó lo que pasó y buscó ayuda.", "es"),
        ("El riesgo baja si alguien sabe tu plan.", "es"),
    ],
)
def test_plain_words_are_left_alone(text, language):
    assert find_harmful(text, language) == []


@pytest.mark.parametrize(
    "text",
    ["WHY DIDN’T SHE LEAVE", "why  didn't\nshe leave", "why didn't she just leave"],
)
def test_case_curly_marks_and_spacing_do_not_hide_a_phrase(text):
    assert len(find_harmful(text, "en")) == 1


@pytest.mark.parametrize(
    "text", ["victima secundaria", "VÍCTIMA SECUNDARIA", "vi\u0301ctima secundaria"]
)
def test_accents_written_or_not_do_not_hide_a_phrase(text):
    assert len(find_jargon(text, "es")) == 1


def test_the_phrase_is_given_back_as_the_editor_wrote_it():
    found = find_harmful("Ya sé: ¿Por qué NO se fue? Y es ANÓNIMO.", "es")

    assert [each.phrase for each in found] == ["Por qué NO se fue", "ANÓNIMO"]


def test_of_two_phrases_that_overlap_the_longer_one_counts():
    found = find_harmful("It is completely confidential.", "en")

    assert [each.phrase for each in found] == ["completely confidential"]


def test_words_of_the_trade_are_found_in_both_languages():
    english = find_jargon("IPV: the perpetrator and trauma-informed care.", "en")
    spanish = find_jargon("La ONG evita la revictimización.", "es")

    assert [each.phrase for each in english] == [
        "IPV",
        "perpetrator",
        "trauma-informed",
    ]
    assert [each.phrase for each in spanish] == ["ONG", "revictimización"]


def test_a_language_without_a_list_finds_nothing():
    assert find_harmful("anonymous", "ar") == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_list_holds_forty_phrases_or_more_and_finds_each_of_them(language):
    plain = [phrase for phrase in phrases_of("harmful", language) if not set(phrase) & set("()|*?")]

    assert len(phrases_of("harmful", language)) >= 40
    assert [phrase for phrase in plain if not find_harmful(phrase, language)] == []
