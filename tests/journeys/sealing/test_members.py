"""An advocate's keys in real browsers: made, wrapped three ways, opened, shared out, compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from leeward.sealing import members, passphrases, recovery, shares, wordlist
from leeward.sealing.contexts import MemberLock
from leeward.sealing.encoding import from_text
from leeward.sealing.fingerprint import fingerprint
from leeward.sealing.keys import new_private_key, public_key
from tests.browsers import Chromium
from tests.browsers.chromium import ChromiumTab
from tests.journeys.sealing.page import SealingPage, secure_origin

ACCOUNT = 4294967303


@pytest.fixture
def page(page: SealingPage) -> SealingPage:
    """Return a staff page, which loads Sealing as files."""
    return page.open("/staff")


# -- shared vectors --


def test_a_browser_stretches_passphrases_to_the_same_keys(
    page: SealingPage, vectors: dict[str, Any]
) -> None:
    calls = [
        ("members.keyFrom.passphrase", vector["passphrase"], from_text(vector["salt"]))
        for vector in vectors["passphrases"]
    ]

    assert page.call_all(calls) == [from_text(vector["key"]) for vector in vectors["passphrases"]]


def test_a_browser_reads_recovery_codes_the_same(
    page: SealingPage, vectors: dict[str, Any]
) -> None:
    vector = vectors["recovery"]
    typed = [vector["printed"], *vector["typed"]]

    read = page.call_all([("members.codeBytes", text) for text in typed])

    assert read == [from_text(vector["code"])] * len(typed)
    assert page.call("members.codeText", read[0]) == vector["printed"]
    assert page.call("members.keyFrom.recovery", typed[-1]) == from_text(vector["key"])


def test_a_browser_makes_the_same_key_of_what_a_passkey_says(
    page: SealingPage, vectors: dict[str, Any]
) -> None:
    key = page.call("members.keyFrom.passkey", from_text(vectors["passkey"]["output"]))

    assert key == from_text(vectors["passkey"]["key"])


def test_a_browser_opens_the_members_keys(page: SealingPage, vectors: dict[str, Any]) -> None:
    calls = [
        (
            "members.unwrap",
            from_text(vector["key"]),
            from_text(vector["sealed"]),
            vector["account"],
            vector["lock"],
        )
        for vector in vectors["members"]
    ]

    opened = page.call_all(calls)

    assert opened == [from_text(vector["private"]) for vector in vectors["members"]]


def test_a_browser_joins_the_same_shares(page: SealingPage, vectors: dict[str, Any]) -> None:
    vector = vectors["shares"]
    one, two, three = map(json.loads, vector["shares"])
    public = from_text(vector["public"])

    joined = page.call_all(
        [("shares.join", *pair, public) for pair in ((one, two), (three, one), (two, three))]
    )

    assert joined == [from_text(vector["private"])] * 3


def test_a_browser_says_the_same_fingerprints(page: SealingPage, vectors: dict[str, Any]) -> None:
    listed = wordlist.all_words()

    said = page.call_all(
        [("fingerprint", from_text(vector["public"]), listed) for vector in vectors["fingerprints"]]
    )

    assert said == [vector["words"] for vector in vectors["fingerprints"]]
    assert said == [fingerprint(from_text(vector["public"])) for vector in vectors["fingerprints"]]


# -- both directions --


def test_python_opens_a_key_that_a_browser_made_and_wrapped(page: SealingPage) -> None:
    made = page.call("members.make")
    salt = page.call("members.newSalt")
    key = page.call("members.keyFrom.passphrase", "four horses by the river", salt)

    wrapped = page.call("members.wrap", key, made["secret"], ACCOUNT, "passphrase")

    same = passphrases.passphrase_key("four horses by the river", salt=salt)
    private = members.open_member_key(
        wrapped, key=same, account=ACCOUNT, lock=MemberLock.PASSPHRASE
    )
    assert private == made["secret"]
    assert public_key(private) == made["pair"]["publicBytes"]


def test_a_wrap_opens_for_its_own_account_and_lock_only(page: SealingPage) -> None:
    private, key = new_private_key(), new_private_key()
    wrapped = members.seal_member_key(private, key=key, account=ACCOUNT, lock=MemberLock.RECOVERY)

    errors = page.errors_of(
        [
            ("members.unwrap", key, wrapped, ACCOUNT, "recovery"),
            ("members.unwrap", key, wrapped, ACCOUNT, "passphrase"),
            ("members.unwrap", key, wrapped, ACCOUNT + 1, "recovery"),
            ("members.unwrap", new_private_key(), wrapped, ACCOUNT, "recovery"),
        ]
    )

    assert errors == ["", "SealBroken", "SealBroken", "SealBroken"]


def test_a_code_that_a_browser_prints_is_read_by_python(page: SealingPage) -> None:
    printed = page.call("members.newCode")

    code = recovery.read_code(printed)

    assert recovery.print_code(code) == printed
    assert page.call("members.codeBytes", printed) == code


def test_letters_that_are_no_code_are_refused(page: SealingPage) -> None:
    printed = page.call("members.newCode")

    errors = page.errors_of(
        [
            ("members.codeBytes", text)
            for text in ("", printed[:-1], printed + "0", "U" + printed[1:], "é" + printed[1:])
        ]
    )

    assert errors == ["CodeUnreadable"] * 5


def test_python_joins_the_shares_that_a_browser_made(page: SealingPage) -> None:
    private = new_private_key()

    made = page.call("shares.split", private)

    one, two, three = (shares.read_share(json.dumps(share).encode()) for share in made)
    for pair in ((one, two), (one, three), (two, three)):
        assert shares.join_shares(*pair, public=public_key(private)) == private
    assert private not in {half for share in (one, two, three) for half in share.halves.values()}


def test_shares_that_do_not_belong_together_are_refused(page: SealingPage) -> None:
    private, other = new_private_key(), new_private_key()
    one, two, _three = page.call("shares.split", private)
    _one, strange, _three = page.call("shares.split", other)
    public = public_key(private)
    cut = {pair: half[:-4] for pair, half in two.items()}

    errors = page.errors_of(
        [
            ("shares.join", one, one, public),
            ("shares.join", one, strange, public),
            ("shares.join", one, two, public_key(other)),
            ("shares.join", one, cut, public),
            ("shares.join", {}, two, public),
        ]
    )

    assert errors == [*["SharesMismatched"] * 3, "SealBroken", "SharesMismatched"]


# -- passkeys --


def test_a_passkey_says_the_same_secret_each_time(port: int, tmp_path: Path) -> None:
    # Chromium alone has an authenticator to try with; a locked phone stands for the real one.
    browser = Chromium(tmp_path, scripts=True)
    tab = browser.new_tab()
    assert isinstance(tab, ChromiumTab)
    page = SealingPage(tab, secure_origin(port)).open("/staff")
    _give_authenticator(tab)

    passkey = page.call("passkeys.make", "Desk", [])
    first = page.call("passkeys.ask", [passkey])
    second = page.call("passkeys.ask", [passkey])
    browser.close()

    assert first == second
    assert first["id"] == passkey
    assert len(first["secret"]) == 32


def test_without_a_passkey_nothing_is_said(port: int, tmp_path: Path) -> None:
    browser = Chromium(tmp_path, scripts=True)
    tab = browser.new_tab()
    assert isinstance(tab, ChromiumTab)
    page = SealingPage(tab, secure_origin(port)).open("/staff")
    _give_authenticator(tab)

    errors = page.errors_of([("passkeys.ask", [bytes(16)])])
    browser.close()

    assert errors == ["Cancelled"]


def _give_authenticator(tab: ChromiumTab) -> None:
    tab._ask("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "ctap2Version": "ctap2_1",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "hasPrf": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tab._ask("WebAuthn.addVirtualAuthenticator", {"options": options})
