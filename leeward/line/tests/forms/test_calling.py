"""What a person may write when she asks for a call, however odd, is one safe line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.http import QueryDict

from leeward.line.forms.calling import LENGTHS, WishUnfit, read_wish

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FIELDS = tuple(LENGTHS)


def asked(**texts: str) -> QueryDict:
    sent = QueryDict(mutable=True)
    sent.update({"phone": "718 555 0143", "day": "1", "part": "evening"} | texts)
    return sent


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("555\u202e0143\u200b\u2066", "5550143"),
        ("555\0 01\x1b43\x07", "555 0143"),
        ("555\r\n\t0143", "555 0143"),
        ("  555  0143  ", "555 0143"),
        ("555 👩🏽‍👧 מחר", "555 👩🏽‍👧 מחר"),
        ("555<b onclick=x>", "555<b onclick=x>"),
        ('=555+HYPERLINK("x")', '=555+HYPERLINK("x")'),
        ("+1 555 \U0001d7d8", "+1 555 \U0001d7d8"),
    ],
    ids=["turned", "unseen", "lines", "spaces", "emoji", "markup", "formula", "four bytes"],
)
def test_an_odd_text_is_kept_as_one_line_without_what_can_not_be_seen(
    name: str, typed: str, kept: str
) -> None:
    wish = read_wish(asked(**{name: typed}), now=NOW)

    assert wish.data[name] == kept


@pytest.mark.parametrize("name", FIELDS)
def test_a_huge_text_is_cut_to_its_field(name: str) -> None:
    wish = read_wish(asked(**{name: "5" * 1_000_000}), now=NOW)

    assert wish.data[name] == "5" * LENGTHS[name]


@pytest.mark.parametrize("phone", ["", "\u200b\u202e", "call me", "<script>", "\0\0\0"])
def test_a_number_without_figures_is_asked_for_again(phone: str) -> None:
    with pytest.raises(WishUnfit):
        read_wish(asked(phone=phone), now=NOW)


@pytest.mark.parametrize("name", ["day", "part", "who", "voicemail"])
@pytest.mark.parametrize("typed", ["\0", "99999999999999999999", "-1", "\ud800", "٣", "=1"])
def test_a_choice_that_is_none_becomes_the_usual_one(name: str, typed: str) -> None:
    wish = read_wish(asked(**{name: typed}), now=NOW)

    assert NOW <= wish.not_before < wish.not_after
    assert (wish.data["who"], wish.data["voicemail"]) == ("me", "no")
