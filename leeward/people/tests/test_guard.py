"""Counting wrong tries, without a clock of its own."""

from __future__ import annotations

from leeward.people.guard import DAY_S, SignInGuard
from leeward.people.tests.make import Clock


def try_wrongly(guard: SignInGuard, name: str, source: str, times: int) -> None:
    for _ in range(times):
        guard.note_wrong(name, source)


def test_wrong_tries_from_one_address_make_that_address_wait() -> None:
    guard = SignInGuard(Clock())

    try_wrongly(guard, "ana", "address 1", 5)

    assert guard.wait_left_s("ana", "address 1") == 5


def test_wrong_tries_from_one_address_leave_every_other_address_alone() -> None:
    guard = SignInGuard(Clock())

    try_wrongly(guard, "ana", "address 1", 1000)

    assert guard.wait_left_s("ana", "address 2") == 0
    assert guard.wait_left_s("bo", "address 1") == 0


def test_a_wait_runs_out() -> None:
    clock = Clock()
    guard = SignInGuard(clock)
    try_wrongly(guard, "ana", "address 1", 1000)

    clock.now += 901

    assert guard.wait_left_s("ana", "address 1") == 0


def test_signing_in_forgets_the_wrong_tries() -> None:
    guard = SignInGuard(Clock())
    try_wrongly(guard, "ana", "address 1", 8)

    guard.note_right("ana", "address 1")

    assert guard.wait_left_s("ana", "address 1") == 0


def test_what_was_counted_is_forgotten_the_next_day() -> None:
    clock = Clock(now=DAY_S * 100 + DAY_S - 5)
    guard = SignInGuard(clock)
    try_wrongly(guard, "ana", "address 1", 1000)

    clock.now += 10

    assert guard.wait_left_s("ana", "address 1") == 0


def test_neither_names_nor_addresses_can_be_read_from_memory() -> None:
    guard = SignInGuard(Clock())

    guard.note_wrong("ana", "address 192.0.2.7")

    held = repr(vars(guard))
    assert "ana" not in held
    assert "192.0.2.7" not in held


def test_one_pair_is_not_mistaken_for_another() -> None:
    guard = SignInGuard(Clock())

    try_wrongly(guard, "an", "aaddress", 9)

    assert guard.wait_left_s("ana", "address") == 0


def test_memory_stays_bounded() -> None:
    from leeward.people import guard as module

    guard = SignInGuard(Clock())
    for number in range(module.MOST_PAIRS + 10):
        guard.note_wrong("ana", str(number))

    assert len(guard._wrong) == module.MOST_PAIRS


def test_ten_wrong_codes_spend_an_accounts_budget_for_an_hour() -> None:
    clock = Clock()
    guard = SignInGuard(clock)

    spent = [guard.note_wrong_code(7) for _ in range(10)]

    assert spent == [False] * 9 + [True]
    assert not guard.may_guess_code(7)
    assert guard.may_guess_code(8)
    clock.now += 3601
    assert guard.may_guess_code(7)
