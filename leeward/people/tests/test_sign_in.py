"""Signing in, and that nobody can be locked out or found out."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest
from django.contrib.auth import hashers
from django.contrib.auth.hashers import make_password
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from leeward.people import services
from leeward.people.guard import SignInGuard
from leeward.people.models import Account, AuditEntry
from leeward.people.services import Attempt, MustWait, NoMatch
from leeward.people.services.sign_in import known_device, nobodys_password
from leeward.people.tests import make

pytestmark = pytest.mark.django_db

HERE = "192.0.2.1"


@pytest.fixture
def clock() -> make.Clock:
    return make.Clock()


@pytest.fixture
def guard(clock: make.Clock) -> SignInGuard:
    return SignInGuard(clock)


def attempt(
    code: str,
    *,
    name: str = "ana",
    password: str = make.PASSWORD,
    address: str = HERE,
    device: str = "",
) -> Attempt:
    return Attempt(name, password, code, address, device)


def guess(guard: SignInGuard, *attempts: Attempt) -> None:
    for each in attempts:
        with pytest.raises((NoMatch, MustWait)):
            services.check_attempt(each, guard)


def test_name_password_and_code_let_in(guard: SignInGuard) -> None:
    ana = make.account()

    account, device = services.check_attempt(attempt(make.code_of(ana)), guard)

    assert account == ana
    assert isinstance(device, TOTPDevice)


def test_a_name_is_read_without_capitals_and_spaces_around(guard: SignInGuard) -> None:
    ana = make.account()

    account, _device = services.check_attempt(attempt(make.code_of(ana), name=" Ana "), guard)

    assert account == ana


def test_a_code_works_once(guard: SignInGuard) -> None:
    code = make.code_of(make.account())
    services.check_attempt(attempt(code), guard)

    with pytest.raises(NoMatch):
        services.check_attempt(attempt(code), guard)


def test_a_recovery_code_works_once_and_is_typed_as_people_type(guard: SignInGuard) -> None:
    ana = make.account()
    code = services.make_recovery_codes(ana)[0].upper().replace("-", " ")

    _account, device = services.check_attempt(attempt(code), guard)

    assert isinstance(device, StaticDevice)
    assert services.recovery_codes_left(ana) == 9
    with pytest.raises(NoMatch):
        services.check_attempt(attempt(code), guard)


def test_recovery_codes_are_stored_as_hashes() -> None:
    ana = make.account()

    codes = services.make_recovery_codes(ana)

    stored = {token.token for token in StaticDevice.objects.get(user=ana).token_set.all()}
    assert not stored & {code.replace("-", "") for code in codes}
    assert not stored & set(codes)


@pytest.mark.parametrize("wrong", ["password", "code", "nothing set up", "shut", "unknown"])
def test_whatever_is_wrong_the_answer_is_the_same(guard: SignInGuard, wrong: str) -> None:
    ana = make.account()
    code, password, name = make.code_of(ana), make.PASSWORD, "ana"
    if wrong == "password":
        password = "something else"
    elif wrong == "code":
        code = make.wrong_code_of(ana)
    elif wrong == "nothing set up":
        TOTPDevice.objects.all().delete()
    elif wrong == "shut":
        Account.objects.update(is_active=False)
    else:
        name = "nobody"

    with pytest.raises(NoMatch) as told:
        services.check_attempt(attempt(code, password=password, name=name), guard)

    assert told.value.args == ()


@pytest.mark.parametrize("name", ["ana", "nobody"])
@pytest.mark.parametrize("hasher", ["argon2", "md5"])
def test_known_and_unknown_names_cost_one_hash_each(
    guard: SignInGuard, monkeypatch: pytest.MonkeyPatch, settings: Settings, name: str, hasher: str
) -> None:
    if hasher == "argon2":
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    nobodys_password.cache_clear()
    nobodys_password()
    make.account()
    used: list[str] = []
    cls = type(hashers.get_hasher())
    real = cls.verify

    def verify(self: Any, password: str, encoded: str) -> bool:
        used.append(encoded)
        return real(self, password, encoded)

    monkeypatch.setattr(cls, "verify", verify)

    guess(guard, attempt("123456", name=name, password="wrong"))

    assert len(used) == 1


def test_a_thousand_wrong_tries_do_not_stop_the_real_person(guard: SignInGuard) -> None:
    ana = make.account()
    everywhere = islice(make.addresses(), 200)

    for address in everywhere:
        guess(guard, *[attempt("123456", password="guess", address=address)] * 5)

    account, _device = services.check_attempt(attempt(make.code_of(ana)), guard)
    assert account == ana


def test_a_thousand_wrong_tries_from_one_address_make_it_wait(guard: SignInGuard) -> None:
    ana = make.account()

    guess(guard, *[attempt("123456", password="guess")] * 1000)

    with pytest.raises(MustWait) as told:
        services.check_attempt(attempt(make.code_of(ana)), guard)
    assert 1 <= told.value.minutes <= 16


def test_an_unknown_name_must_wait_just_as_a_known_one(guard: SignInGuard) -> None:
    make.account()

    for name in ("ana", "nobody"):
        guess(guard, *[attempt("123456", name=name, password="guess")] * 6)
        with pytest.raises(MustWait) as told:
            services.check_attempt(attempt("123456", name=name, password="guess"), guard)
        assert told.value.minutes == 1


def test_a_known_device_comes_in_from_an_address_that_must_wait(guard: SignInGuard) -> None:
    ana = make.account()
    device = services.remember_device("", ana)

    guess(guard, *[attempt("123456", password="guess")] * 1000)

    account, _factor = services.check_attempt(attempt(make.code_of(ana), device=device), guard)
    assert account == ana


def test_a_recovery_code_comes_in_from_an_address_that_must_wait(guard: SignInGuard) -> None:
    ana = make.account()
    code = services.make_recovery_codes(ana)[0]

    guess(guard, *[attempt("123456", password="guess")] * 1000)

    assert services.check_attempt(attempt(code), guard)[0] == ana


def test_who_has_the_password_gets_ten_codes_an_hour_however_many_addresses(
    guard: SignInGuard,
) -> None:
    ana = make.account()
    wrong = make.wrong_code_of(ana)
    for address in islice(make.addresses(), 1000):
        guess(guard, attempt(wrong, address=address))

    with pytest.raises(NoMatch):
        services.check_attempt(attempt(make.code_of(ana), address="198.51.100.9"), guard)


def test_who_has_the_password_cannot_stop_a_known_device_nor_a_recovery_code(
    guard: SignInGuard,
) -> None:
    ana = make.account()
    code = services.make_recovery_codes(ana)[0]
    device = services.remember_device("", ana)
    wrong = make.wrong_code_of(ana)

    for address in islice(make.addresses(), 1000):
        guess(guard, attempt(wrong, address=address))

    assert services.check_attempt(attempt(make.code_of(ana), device=device), guard)[0] == ana
    assert services.check_attempt(attempt(code), guard)[0] == ana


def test_guessing_codes_is_written_down_for_administrators(guard: SignInGuard) -> None:
    ana = make.account()
    wrong = make.wrong_code_of(ana)

    for address in islice(make.addresses(), 30):
        guess(guard, attempt(wrong, address=address))

    entry = AuditEntry.objects.get(event="people.codes_guessed")
    assert (entry.actor, entry.kind, entry.object_id) == (None, "account", str(ana.pk))


def test_somebody_elses_device_opens_nothing(guard: SignInGuard) -> None:
    ana, bo = make.account("ana"), make.account("bo")
    device = services.remember_device("", bo)

    guess(guard, *[attempt("123456", password="guess", device=device)] * 9)

    with pytest.raises(MustWait):
        services.check_attempt(attempt(make.code_of(ana), device=device), guard)


def test_a_device_can_be_known_to_two_people(guard: SignInGuard) -> None:
    ana, bo = make.account("ana"), make.account("bo")

    device = services.remember_device(services.remember_device("", ana), bo)

    for person in (ana, bo):
        assert known_device(device, person)


def test_a_new_password_makes_known_devices_unknown() -> None:
    ana = make.account()
    device = services.remember_device("", ana)

    services.change_password(
        ana, present=make.PASSWORD, password_hash=make_password("a new long password")
    )

    assert not known_device(device, ana)


@pytest.mark.parametrize("cookie", ["", "nonsense", "a:b:c", "x" * 5000])
def test_a_forged_device_cookie_is_no_device(cookie: str) -> None:
    assert not known_device(cookie, make.account())
