"""Limits on floods, and what they remember of an address: nothing."""

from __future__ import annotations

from leeward.safety.limits import DAY_S, MOST_VISITORS, FloodLimit, Rate


class Clock:
    """A clock that stands still until it is moved."""

    now = 10 * DAY_S + 5.0

    def __call__(self) -> float:
        """Return the seconds it shows."""
        return self.now


def test_a_burst_is_allowed_and_no_more() -> None:
    limit = FloodLimit(Rate(burst=3, per_minute=60), Clock())

    assert [limit.allows("203.0.113.9") for _ in range(5)] == [True, True, True, False, False]


def test_what_was_used_comes_back_with_time() -> None:
    clock = Clock()
    limit = FloodLimit(Rate(burst=1, per_minute=60), clock)
    limit.allows("203.0.113.9")

    clock.now += 1.0

    assert limit.allows("203.0.113.9")


def test_a_clock_that_was_put_back_locks_nobody_out() -> None:
    clock = Clock()
    limit = FloodLimit(Rate(burst=2, per_minute=60), clock)
    limit.allows("203.0.113.9")

    clock.now -= 3.0

    assert limit.allows("203.0.113.9")


def test_one_flood_does_not_slow_another_person() -> None:
    limit = FloodLimit(Rate(burst=1, per_minute=1), Clock())
    limit.allows("203.0.113.9")

    assert limit.allows("198.51.100.7")


def test_nothing_that_is_remembered_holds_the_address() -> None:
    limit = FloodLimit(Rate(burst=1, per_minute=1), Clock())

    limit.allows("203.0.113.9")

    assert "203.0.113.9" not in repr(vars(limit))


def test_the_key_is_thrown_away_each_day() -> None:
    clock = Clock()
    limit = FloodLimit(Rate(burst=1, per_minute=0.001), clock)
    limit.allows("203.0.113.9")
    yesterday = set(limit._left)

    clock.now += DAY_S
    limit.allows("203.0.113.9")

    assert yesterday.isdisjoint(limit._left)


def test_memory_stays_bounded() -> None:
    limit = FloodLimit(Rate(burst=1, per_minute=1), Clock())

    for number in range(MOST_VISITORS + 10):
        limit.allows(str(number))

    assert len(limit._left) == MOST_VISITORS
