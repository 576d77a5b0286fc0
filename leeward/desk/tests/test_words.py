"""The desk has a word for all that a visitor asks for."""

from __future__ import annotations

from datetime import timedelta

from django.http import QueryDict
from django.utils import timezone

from leeward.desk import words
from leeward.line.forms.calling import read_wish


def test_everything_in_a_request_for_a_call_has_a_word_at_the_desk():
    said = words.for_scripts()
    now = timezone.now()
    wishes = [
        read_wish(QueryDict(f"phone=718-555-0134&day=1&who={who}&voicemail={may}"), now=now)
        for who, may in (("me", "no"), ("others", "yes"))
    ]

    assert all(wish.not_after - now > timedelta(0) for wish in wishes)
    for wish in wishes:
        assert [name for name in wish.data if f"call_{name}" not in said] == []
        for choice in ("who", "voicemail"):
            assert f"call_{choice}_{wish.data[choice]}" in said
