"""When a consent holds."""

from __future__ import annotations

from datetime import date

import pytest

from leeward.stories.rules import ConsentState, consent_holds, consent_state

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("agreed_on", "until", "state"),
    [
        (None, None, ConsentState.MISSING),
        (date(2026, 11, 24), None, ConsentState.AHEAD),
        (TODAY, None, ConsentState.VALID),
        (TODAY, date(2026, 12, 24), ConsentState.VALID),
        (TODAY, date(2026, 12, 23), ConsentState.ENDING),
        (TODAY, TODAY, ConsentState.ENDING),
        (date(2026, 1, 1), date(2026, 11, 22), ConsentState.ENDED),
    ],
)
def test_a_consent_stands_where_its_days_say(
    agreed_on: date | None, until: date | None, state: ConsentState
) -> None:
    assert consent_state(agreed_on, until, on=TODAY) == state


def test_only_a_valid_or_ending_consent_lets_a_story_stand() -> None:
    assert [state for state in ConsentState if consent_holds(state)] == [
        ConsentState.VALID,
        ConsentState.ENDING,
    ]
