"""Links in texts: to our own pages by moves, to other sites with a word of warning."""

from __future__ import annotations

import pytest

from leeward.stories.prose import as_prose
from leeward.stories.tests import make

pytestmark = pytest.mark.django_db


def test_a_link_to_our_own_page_is_a_move_on_the_one_address() -> None:
    guide = make.guide(slug="rest")

    html = as_prose(f'<p>Read <a linktype="page" id="{guide.pk}">how to <b>rest</b></a>.</p>')

    assert 'data-to="/en/guides/rest/"' in html
    assert "how to <b>rest</b></button>" in html
    assert "<a" not in html


def test_a_link_to_a_page_that_is_not_on_the_site_is_plain_text() -> None:
    draft = make.draft_story()

    html = as_prose(f'<p><a linktype="page" id="{draft.pk}">her story</a></p>')

    assert html == "<p>her story</p>"


def test_a_link_to_another_site_tells_it_nothing_and_says_so() -> None:
    html = as_prose('<p><a href="https://example.org/a?b=1&amp;c=2">a guide</a></p>')

    assert html == (
        '<p><a href="https://example.org/a?b=1&amp;c=2" rel="noreferrer noopener">'
        "a guide (other site)</a></p>"
    )


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "mailto:a@example.org", "#part"]
)
def test_any_other_kind_of_link_is_plain_text(address: str) -> None:
    assert as_prose(f'<p><a href="{address}">here</a></p>') == "<p>here</p>"


def test_a_phone_link_stays_a_phone_link() -> None:
    assert as_prose('<p><a href="tel:+1 800 555">call</a></p>') == (
        '<p><a href="tel:+1800555">call</a></p>'
    )
