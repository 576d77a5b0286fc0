"""Which shelters a request fits, and how long it may be answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leeward.directory.rules import bed_requests as rules
from leeward.directory.rules.bed_requests import Fit, Need, Shelter, UnitFact

NOW = datetime(2026, 11, 24, 2, 40, tzinfo=UTC)
PLACE = ("US-NY/kings-county/brooklyn", "US-NY/kings-county", "US-NY", "US", "world")
NEED = Need(
    unit="family_room",
    units=1,
    people=frozenset({"women", "pets"}),
    oldest_boy_age=13,
    languages=frozenset({"es"}),
    areas=PLACE,
)
SURE = Shelter(
    yes=frozenset({"women", "boys", "pets"}),
    boys_to_age=17,
    languages=frozenset({"en", "es"}),
    areas=frozenset({"US-NY"}),
    units={"family_room": UnitFact(available=1, restricted=0, told_at=NOW)},
)

codes = st.frozensets(st.sampled_from(["women", "men", "pets", "trans", "boys"]))
ages = st.none() | st.integers(0, 17)
spoken = st.frozensets(st.sampled_from(["en", "es", "ar"]))
served = st.frozensets(st.sampled_from([*PLACE, "US-NJ", "US-NY/kings-county/x"]))
units = st.dictionaries(
    st.sampled_from(["bed", "family_room"]),
    st.builds(
        UnitFact,
        available=st.integers(0, 3),
        restricted=st.integers(0, 3),
        told_at=st.none() | st.sampled_from([NOW, NOW - timedelta(hours=13)]),
    ),
)
needs = st.builds(
    Need,
    unit=st.sampled_from(["bed", "family_room"]),
    units=st.integers(1, 4),
    people=codes,
    oldest_boy_age=ages,
    languages=spoken,
    areas=st.sampled_from([(), PLACE, PLACE[2:]]),
)
shelters = st.builds(
    Shelter,
    yes=codes,
    no=codes,
    boys_to_age=ages,
    languages=spoken,
    has_interpreter=st.booleans(),
    areas=served,
    units=units,
)


def fit(shelter: Shelter, need: Need = NEED) -> Fit | None:
    return rules.fit(need, shelter, now=NOW)


def told(available: int, *, restricted: int = 0, hours_ago: int = 0) -> dict[str, UnitFact]:
    at = NOW - timedelta(hours=hours_ago)
    return {"family_room": UnitFact(available, restricted, at)}


def test_a_shelter_that_is_known_to_fit_in_everything_leaves_nothing_open():
    assert fit(SURE) == Fit(0, ())


@pytest.mark.parametrize(
    "against",
    [
        {"no": frozenset({"pets"})},
        {"no": frozenset({"boys"})},
        {"no": frozenset({"children"})},
        {"boys_to_age": 12},
        {"languages": frozenset({"en"})},
        {"areas": frozenset({"US-NJ", "US-NY/queens-county"})},
        {"units": told(0)},
    ],
    ids=lambda against: next(iter(against)),
)
def test_one_known_no_is_enough_not_to_be_asked(against):
    assert fit(replace(SURE, **against)) is None


@pytest.mark.parametrize(
    ("gap", "unknown"),
    [
        ({"yes": frozenset({"women", "boys"})}, "pets"),
        ({"boys_to_age": None}, "boys_to_age"),
        ({"languages": frozenset()}, "language"),
        ({"languages": frozenset({"en"}), "has_interpreter": True}, "language"),
        ({"areas": frozenset()}, "area"),
        ({"units": {}}, "beds"),
        ({"units": told(0, hours_ago=12)}, "beds"),
        ({"units": told(0, restricted=1)}, "beds"),
    ],
)
def test_what_is_not_known_is_asked_and_named(gap, unknown):
    assert fit(replace(SURE, **gap)) == Fit(1, (unknown,))


@pytest.mark.parametrize("area", ["US-NY", "US", "world", "US-NY/kings-county/brooklyn/x"])
def test_a_shelter_serves_what_lies_in_its_area_and_is_found_by_a_wider_question(area):
    assert fit(replace(SURE, areas=frozenset({area}))) == Fit(0, ())


def test_two_rooms_are_not_asked_of_a_shelter_that_just_told_one():
    two = replace(NEED, units=2)

    assert fit(replace(SURE, units=told(1)), two) is None
    assert fit(replace(SURE, units=told(2)), two) == Fit(0, ())


def test_a_boy_of_just_the_oldest_age_may_come():
    assert fit(replace(SURE, boys_to_age=13)) == Fit(0, ())
    assert fit(replace(SURE, boys_to_age=12)) is None


def test_a_request_without_boys_takes_no_notice_of_their_age():
    need = replace(NEED, oldest_boy_age=None)

    assert fit(replace(SURE, boys_to_age=4), need) == Fit(0, ())


@given(need=needs, shelter=shelters)
def test_whoever_is_asked_has_said_no_to_nobody_who_comes(need, shelter):
    found = fit(shelter, need)

    if found is not None:
        assert not need.people & shelter.no
        assert set(found.unknown) >= need.people - shelter.yes
        assert found.unknown_count == len(set(found.unknown))


@given(need=needs, shelter=shelters, code=st.sampled_from(["women", "men", "pets", "trans"]))
def test_learning_a_yes_never_makes_a_fit_worse(need, shelter, code):
    before = fit(shelter, need)
    after = fit(replace(shelter, yes=shelter.yes | {code}), need)

    assert (before is None) == (after is None)
    if before is not None and after is not None:
        assert after.unknown_count <= before.unknown_count


@given(need=needs, shelter=shelters, age=st.integers(0, 17))
def test_a_younger_boy_is_never_harder_to_place(need, shelter, age):
    older = fit(shelter, replace(need, oldest_boy_age=age + 1))
    younger = fit(shelter, replace(need, oldest_boy_age=age))

    assert older is None or younger is not None


@given(st.lists(st.tuples(st.integers(0, 5), st.uuids().map(str)), max_size=50))
def test_the_surest_are_asked_first_and_never_more_than_the_most(given_fits):
    fits = [(Fit(count, ()), name) for count, name in given_fits]

    ordered = rules.in_order(fits)

    assert len(ordered) == min(len(fits), rules.MOST_ASKED)
    counts = [found.unknown_count for found, _name in ordered]
    assert counts == sorted(counts)
    assert counts == sorted(found.unknown_count for found, _name in fits)[: len(counts)]


@pytest.mark.parametrize("minutes", rules.TIMERS_MINUTES)
@given(second=st.integers(0, 59))
def test_the_timer_gives_at_least_what_was_promised_and_less_than_a_minute_more(minutes, second):
    made = NOW.replace(second=second)

    over = rules.reply_by(made, minutes=minutes)

    assert timedelta(0) <= over - made - timedelta(minutes=minutes) < timedelta(minutes=1)
    assert rules.state_at(rules.OPEN, over, over - timedelta(seconds=1)) == rules.OPEN
    assert rules.state_at(rules.OPEN, over, over) == rules.EXPIRED


@pytest.mark.parametrize("state", [rules.TAKEN, rules.CLOSED, rules.EXPIRED])
def test_what_has_ended_stays_as_it_ended(state):
    assert rules.state_at(state, NOW, NOW + timedelta(days=1)) == state


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(-5, 0), (0, 0), (1, 1), (60, 1), (119, 1), (120, 2), (900, 15)]
)
def test_minutes_left_are_never_more_than_there_are_and_one_until_the_end(seconds, minutes):
    assert rules.minutes_left(NOW + timedelta(seconds=seconds), NOW) == minutes


def test_a_request_is_kept_seven_days():
    assert rules.delete_after(date(2026, 11, 24)) == date(2026, 12, 1)
