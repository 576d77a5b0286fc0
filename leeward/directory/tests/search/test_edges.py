"""What lies at the edges: of the globe, of the page, of what people type."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from random import Random

import pytest

from leeward.directory.search.geometry import boxes_around, distance_km
from leeward.directory.search.index import SqliteIndex, build
from leeward.directory.search.morton import id_ranges, number_of, placed_id, unplaced_id
from leeward.directory.search.types import MOST_RESULTS, Document, Point
from leeward.directory.tests.search.make import BROOKLYN, NOW, TODAY, document, is_open, query

NORTH = Point(40.7382, -73.9898)  # 5 km north of BROOKLYN


@pytest.fixture
def index_of(tmp_path):
    """Return a function that makes an index of documents."""

    def made(*documents: Document) -> SqliteIndex:
        build(tmp_path / "index", documents, 0)
        return SqliteIndex(tmp_path / "index", is_open)

    return made


def numbers(index: SqliteIndex, **asked) -> list[int]:
    return [hit.number for hit in index.search(query(**asked)).hits]


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (Point(0.0, 179.99), Point(0.0, -179.99)),
        (Point(-16.5, -180.0), Point(-16.5, 180.0)),
        (Point(90.0, 0.0), Point(89.9, 120.0)),
        (Point(-89.95, 10.0), Point(-89.95, -170.0)),
        (Point(89.0, -100.0), Point(89.5, 80.0)),
        (Point(70.0, 25.0), Point(70.3, 24.0)),
    ],
)
def test_poles_and_the_date_line_are_no_walls(index_of, here, there):
    index = index_of(document(1, there))

    found = index.search(query(here, radius_km=200.0)).hits

    assert [hit.distance_km for hit in found] == [distance_km(here, there)]
    assert found[0].distance_km < 200


def test_a_box_and_its_ranges_hold_everything_within_the_radius():
    chance = Random(5)

    for _each in range(3000):
        here = Point(chance.uniform(-90, 90), chance.uniform(-180, 180))
        there = Point(
            max(-90, min(90, here.latitude + chance.gauss(0, 2))),
            (here.longitude + chance.gauss(0, 3) + 180) % 360 - 180,
        )
        radius = distance_km(here, there)
        rowid = placed_id(there.latitude, there.longitude, 7)
        boxes = boxes_around(here, radius)
        assert any(
            box.south <= there.latitude <= box.north and box.west <= there.longitude <= box.east
            for box in boxes
        )
        ranges = [one for box in boxes for one in id_ranges(box)]
        assert any(first <= rowid <= last for first, last in ranges)


def test_a_rowid_gives_its_number_back():
    for number in (0, 1, 2**24 - 1):
        assert number_of(placed_id(-90.0, -180.0, number)) == number
        assert number_of(placed_id(90.0, 180.0, number)) == number
        assert number_of(unplaced_id(number)) == number
    assert placed_id(90.0, 180.0, 2**24 - 1) < 2**63


def test_an_empty_index_finds_nothing(index_of):
    index = index_of()

    results = index.search(query(words="refugio", areas=("US",)))

    assert (results.hits, results.has_more) == ((), False)


def test_pages_follow_each_other_without_gap_or_repeat(index_of):
    index = index_of(*(document(number, areas=("US",)) for number in range(45)))

    pages = [index.search(query(offset=offset)) for offset in (0, 20, 40)]

    assert [hit.number for page in pages for hit in page.hits] == list(range(45))
    assert [page.has_more for page in pages] == [True, True, False]


def test_no_page_goes_deeper_than_the_most_results(index_of):
    index = index_of(*(document(number) for number in range(MOST_RESULTS + 30)))

    last = index.search(query(offset=MOST_RESULTS - 20))
    beyond = index.search(query(offset=MOST_RESULTS))
    all_at_once = index.search(query(limit=10_000))

    assert (len(last.hits), last.has_more) == (20, False)
    assert (beyond.hits, beyond.has_more) == ((), False)
    assert len(all_at_once.hits) == MOST_RESULTS


def test_what_is_stale_sinks_below_what_is_farther_and_fresh(index_of):
    index = index_of(
        document(1, BROOKLYN, due_on=TODAY.toordinal() - 1),
        document(2, Point(40.7, -73.9898), due_on=TODAY.toordinal()),
        document(3, NORTH, due_on=0),
    )

    hits = index.search(query()).hits

    assert [(hit.number, hit.is_stale) for hit in hits] == [(2, False), (1, True), (3, True)]


def test_by_fit_what_is_known_comes_before_what_is_nearer_and_unknown(index_of):
    index = index_of(document(1), document(2, NORTH, yes=frozenset({"pets", "women"})))

    by_distance = numbers(index, people=frozenset({"pets", "women"}))
    by_fit = numbers(index, people=frozenset({"pets", "women"}), by_fit=True)
    far_wishes = frozenset({"pets", "women", "men", "trans", "older"})
    by_fit_of_many = index.search(query(people=far_wishes, by_fit=True)).hits

    assert by_distance == by_fit == [1, 2]
    assert [hit.number for hit in by_fit_of_many] == [1, 2]
    assert by_fit_of_many[1].unknown == {"men", "trans", "older"}


def test_a_no_never_fits_and_not_known_only_when_wanted(index_of):
    index = index_of(
        document(1, no=frozenset({"pets"})),
        document(2),
        document(3, yes=frozenset({"pets"})),
    )

    assert numbers(index, people=frozenset({"pets"})) == [2, 3]
    assert numbers(index, people=frozenset({"pets"}), include_unknown=False) == [3]


def test_a_boy_fits_up_to_the_oldest_age_that_is_taken(index_of):
    index = index_of(
        document(1, boys_to_age=12),
        document(2, boys_to_age=13),
        document(3),
        document(4, no=frozenset({"boys"})),
        document(5, boys_to_age=0),
    )

    assert numbers(index, oldest_boy_age=13) == [2, 3]
    assert numbers(index, oldest_boy_age=13, include_unknown=False) == [2]
    assert numbers(index, oldest_boy_age=0) == [1, 2, 3, 5]
    assert numbers(index, oldest_boy_age=10**30) == [3]


def test_open_is_asked_in_the_moment_of_the_question(index_of):
    index = index_of(*(document(n, hours=h) for n, h in enumerate((b"day", b"night", b"?", b""))))

    at_night = numbers(index, open_at=NOW)
    elsewhere = NOW.astimezone(timezone(timedelta(hours=-5)))
    by_day = numbers(index, open_at=NOW.replace(hour=9))

    assert at_night == numbers(index, open_at=elsewhere) == [1, 2, 3]
    assert by_day == [0, 2, 3]
    assert numbers(index, open_at=NOW, include_unknown=False) == [1]


def test_a_free_bed_is_free_until_its_minute(index_of):
    minute = int(NOW.timestamp() // 60)
    index = index_of(
        document(1, beds_until=minute), document(2, beds_until=minute + 1), document(3)
    )

    assert numbers(index, beds_at=NOW) == [2]
    assert numbers(index, beds_at=datetime.fromtimestamp(0, NOW.tzinfo)) == [1, 2]


def test_help_for_an_area_is_found_there_without_a_distance(index_of):
    index = index_of(
        document(1, None, areas=("US-NY",)),
        document(2, None, areas=("US", "US/11201")),
        document(3, None, areas=("US-CA",)),
        document(4, NORTH),
    )

    hits = index.search(query(areas=("US/11201", "US-NY", "US"), radius_km=8.0)).hits

    assert [hit.number for hit in hits] == [2, 4, 1]
    assert (hits[0].key, hits[2].key) == (5.0, 60.0)
    assert [hit.distance_km is None for hit in hits] == [True, False, True]


def test_without_a_place_areas_come_first_then_the_order_of_the_index(index_of):
    index = index_of(document(1, NORTH), document(2, BROOKLYN), document(3, None, areas=("world",)))

    hits = index.search(query(None, areas=("world",))).hits

    assert [hit.number for hit in hits] == [3, 2, 1]
    assert {hit.distance_km for hit in hits} == {None}


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf"), -5.0, 1e300])
def test_any_radius_and_any_point_is_answered(index_of, number):
    index = index_of(document(1), document(2, Point(number, number), areas=("US",)))

    assert index.search(query(radius_km=number)).hits is not None
    assert index.search(query(Point(number, number))).hits is not None
    assert numbers(index, areas=("US",), radius_km=0.0)[0] == 1


def test_more_codes_than_a_column_has_bits_are_still_told_apart(index_of):
    many = [f"code{number}" for number in range(200)]
    index = index_of(
        *(
            document(at, languages=frozenset({code}), no=frozenset({code}), needs=frozenset({code}))
            for at, code in enumerate(many)
        ),
        document(500),
    )

    for at in (3, 61, 62, 63, 199):
        only = frozenset({many[at]})
        assert numbers(index, languages=only) == [at, 500]
        assert numbers(index, needs=only) == [at]
        assert at not in numbers(index, people=only, limit=200)
        assert len(numbers(index, people=only, limit=200)) == 200


def test_a_code_nobody_has_is_simply_not_known(index_of):
    index = index_of(document(1))

    assert numbers(index, people=frozenset({"martians"})) == [1]
    assert numbers(index, needs=frozenset({"martians"})) == []


def test_a_number_past_24_bits_is_refused(tmp_path):
    with pytest.raises(ValueError, match="number"):
        build(tmp_path / "index", [document(2**24)], 0)


def test_two_documents_of_one_number_are_refused(tmp_path):
    with pytest.raises(ValueError, match="same number"):
        build(tmp_path / "index", [document(1), document(1)], 0)


def test_what_moves_is_found_at_its_new_place_alone(index_of):
    index = index_of(document(1, name="Harbour"), document(2, NORTH))

    index.apply([document(1, Point(34.0, -118.0), name="Harbour")], [], sequence=1)

    assert numbers(index) == [2]
    assert numbers(index, point=Point(34.0, -118.0)) == [1]
    assert numbers(index, words="harbour") == []
    index.apply([document(1, None, areas=("US",), name="Harbour")], [], sequence=2)
    assert numbers(index, words="harbour", areas=("US",)) == [1]


def test_a_later_sequence_is_never_undone(index_of):
    index = index_of()
    index.apply([document(1)], [], sequence=8)

    index.apply([], [1], sequence=7)

    assert (numbers(index), index.sequence()) == ([1], 8)


@pytest.mark.parametrize(("by_fit", "better"), [(True, [903, 901]), (False, [902])])
def test_a_crowd_at_hand_does_not_hide_what_is_better_farther_out(index_of, by_fit, better):
    """Two hundred stale offers next door fill the page; the last ring still looks beyond them."""
    half_known = frozenset({"pets"})
    index = index_of(
        *(document(number, due_on=0) for number in range(200)),
        document(
            901, Point(BROOKLYN.latitude + 0.009, BROOKLYN.longitude), due_on=0, yes=half_known
        ),
        document(902, Point(BROOKLYN.latitude + 0.026, BROOKLYN.longitude)),
        document(903, Point(BROOKLYN.latitude - 0.035, BROOKLYN.longitude), yes=half_known),
        document(904, Point(BROOKLYN.latitude + 0.2, BROOKLYN.longitude), yes=half_known),
    )

    found = numbers(index, people=frozenset({"pets", "women"}), by_fit=by_fit)

    assert [number for number in found if number > 200] == better
