"""The list of results as a document: text stays text, words are the reader's."""

from __future__ import annotations

import pytest

from leeward.directory.tests import make
from leeward.directory.tests.finding.test_results import HERE, shelter

pytestmark = pytest.mark.django_db
MARKUP = """<b onclick="x">Hope & 'Home'</b>"""


def test_markup_that_somebody_wrote_is_shown_as_text(visitor):
    offer = shelter(MARKUP)
    make.phone(offer.service, "718-555-0134", safe_to_call=MARKUP)

    answer = visitor.asks(**HERE)

    assert "<b onclick" not in answer.page
    assert answer.words.count(MARKUP) == 3  # name, organization, what to know before a call


def test_each_reader_reads_her_own_language_whoever_asked_before(visitor):
    shelter()

    english, spanish, again = (visitor.asks(tongue, **HERE) for tongue in ("en", "es", "en"))

    assert "No phone number is known." in english.words
    assert "No phone number is known." not in spanish.words
    assert 'value="/es/services/' in spanish.main
    assert again.main == english.main
