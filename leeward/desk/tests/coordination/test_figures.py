"""Figures: finished blocks alone, small counts hidden on the page and in what it is made of."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as some

from leeward.desk.rules.drawing import HEIGHT, WIDTH, bar_chart
from leeward.desk.tests.coordination import make
from leeward.line import demo_figures
from leeward.line.models import Presence, Tally
from leeward.line.rules.blocks import Block, block_of, last_finished
from leeward.line.services.shifts import loads, staffing
from leeward.people.tests.make import signed_in

NOW = datetime.fromisoformat("2026-11-25T12:00:00+00:00")
BLOCK = last_finished(NOW.date())
DAY = BLOCK.start + timedelta(days=3)


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def team():
    return make.team()


@pytest.mark.django_db
def test_only_blocks_that_are_over_are_told(team):
    make.tally(team, make.at(DAY, 9), "chat_opened", 6)
    make.tally(team, make.at(NOW.date(), 9), "chat_opened", 6)

    assert loads.blocks(team, NOW.date()) == [BLOCK]
    with pytest.raises(ValueError, match=str(BLOCK.number + 1)):
        loads.loads(team, Block(BLOCK.number + 1), NOW.date())


@pytest.mark.django_db
def test_a_small_count_is_hidden_and_takes_another_with_it(team):
    for hour, count in ((8, 2), (9, 6), (20, 30)):
        make.tally(team, make.at(DAY, hour), "chat_opened", count)

    found = loads.loads(team, BLOCK, NOW.date())

    assert (found.opened.cells[8], found.opened.cells[9]) == (None, None)
    assert (found.opened.cells[20], found.opened.total) == (30, 38)


@pytest.mark.django_db
def test_an_average_wait_of_fewer_than_five_is_hidden(team):
    make.tally(team, make.at(DAY, 8), "chat_taken", 4, minutes=40)
    make.tally(team, make.at(DAY, 9), "chat_taken", 5, minutes=40)

    found = loads.loads(team, BLOCK, NOW.date())

    assert (found.wait_minutes[8], found.wait_minutes[9]) == (None, 8)


@pytest.mark.django_db
def test_planned_people_are_an_average_over_the_block(team):
    sam = make.advocate()
    for day in range(14):
        make.shift(team, sam, make.at(BLOCK.start + timedelta(days=day), 8), 1.5)

    found = loads.loads(team, BLOCK, NOW.date())

    assert found.people_tenths is not None
    assert (found.people_tenths[8], found.people_tenths[9], found.people_tenths[10]) == (5, 2, 0)


@pytest.mark.django_db
def test_each_chart_has_a_table_that_says_the_same(team):
    make.tally(team, make.at(DAY, 20), "chat_opened", 37)
    make.tally(team, make.at(DAY, 21), "chat_missed", 3)

    page = signed_in(make.coordinator()).get("/staff/desk/figures/").content.decode()

    assert page.count('<svg class="chart"') == page.count('figure-table"') == 5
    assert '<th scope="row">20:00</th><td>37</td>' in page
    assert not re.search(r"<td>3</td>", page)


@pytest.mark.django_db
@pytest.mark.parametrize("weeks", ["x", "0", "99999", "-1"])
def test_weeks_that_are_not_told_are_not_there(team, weeks):
    make.tally(team, make.at(DAY, 20), "chat_opened", 37)

    answer = signed_in(make.coordinator()).get(f"/staff/desk/figures/?weeks={weeks}")

    assert answer.status_code == 404


@pytest.mark.django_db
def test_before_the_first_block_is_over_the_page_says_when(team):
    page = signed_in(make.coordinator()).get("/staff/desk/figures/").content.decode()

    assert "The first figures stand here on" in page


@given(some.dates(date(2024, 1, 1), date(2060, 1, 1)))
def test_every_day_lies_in_one_block_and_one_of_its_four_weeks(day):
    block = block_of(day)

    assert block.start <= day <= block.last_day
    assert block.start.weekday() == 0
    assert 0 <= block.week_of(day) < 4


@given(some.lists(some.none() | some.floats(0, 10_000), min_size=1, max_size=40))
def test_no_bar_leaves_the_chart_and_hidden_ones_are_all_alike(values):
    chart = bar_chart(values, [str(place) for place in range(len(values))])

    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH for bar in chart.bars)
    assert all(bar.y >= 0 and bar.y + bar.height <= HEIGHT for bar in chart.bars)
    assert len({bar.height for bar in chart.bars if bar.is_hidden}) <= 1


@pytest.mark.django_db
def test_the_weeks_that_are_shown_are_marked_among_those_that_can_be(team):
    make.tally(team, make.at(DAY, 20), "chat_opened", 37)
    make.tally(team, make.at(DAY - timedelta(days=28), 20), "chat_opened", 37)

    page = signed_in(make.coordinator()).get("/staff/desk/figures/").content.decode()

    assert page.count(f'?weeks={BLOCK.number}" aria-current="page"') == 1
    assert page.count('" aria-current="page">') >= 2


@pytest.mark.django_db
def test_a_minute_is_counted_once_however_many_machines_count(team):
    for name, is_away in (("sam", False), ("kim", False), ("lou", True)):
        account = make.advocate(name)
        Presence.objects.create(team=team, account=account, is_away=is_away, seen_at=NOW)

    for _machine in range(2):
        staffing.count_minute(NOW)

    row = Tally.objects.get()
    assert (row.event, row.count, row.minutes) == ("staffed", 1, 2)


@pytest.mark.django_db
def test_the_page_draws_people_there_beside_people_planned(team):
    make.tally(team, make.at(DAY, 9), "chat_opened", 6)
    make.tally(team, make.at(DAY, 9), "staffed", 60, minutes=3360)

    page = signed_in(make.coordinator()).get("/staff/desk/figures/").content.decode()

    assert "People there" in page
    assert "<td>2</td>" in page


@pytest.mark.django_db
def test_the_demonstration_has_people_in_its_open_hours_and_no_empty_counts(team):
    demo_figures.load(team, BLOCK)

    there = loads.loads(team, BLOCK, NOW.date()).there_tenths

    assert [hour for hour, tenths in enumerate(there) if tenths] == list(demo_figures.OPEN)
    assert there[19] > there[12] == 10 > there[8]
    assert not Tally.objects.filter(team=team, count=0).exists()
