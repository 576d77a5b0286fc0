"""The page of the desk, its files, its phrases; presence, cards and calls."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

import leeward.desk
from leeward.desk import phrases, words
from leeward.desk.tests.make import BASE, Desk, colleague, desk_of, ready_desk
from leeward.desk.views import console
from leeward.helplines.services import sync_shipped
from leeward.line.models import CallRequest, Presence, Team
from leeward.line.services.calls import calls
from leeward.line.tests import make as make_line
from leeward.people.tests.make import account, signed_in
from leeward.sealing import in_browser
from leeward.sealing.contexts import call_context
from leeward.sealing.encoding import from_text
from leeward.sealing.envelopes import open_envelope
from leeward.sealing.padding import unpad

pytestmark = pytest.mark.django_db(databases=["default", "wraps"])

SCRIPTS = Path(leeward.desk.__file__).parent / "static" / "desk"
NEVER = re.compile(r"(?i)anonym|guarantee|100 ?%|untraceable|completely|calm down|why did you")


def ask_for_a_call(desk: Desk) -> CallRequest:
    """Return a stored request for a call to a number."""
    team, call_id, now = Team.objects.get(), uuid4(), timezone.now()
    generation, box = calls.seal(team.pk, call_id, b'{"number":"555 0100"}')
    return calls.ask(
        calls.Asking(
            id=call_id,
            team_id=team.pk,
            generation=generation,
            language="en",
            not_before=now,
            not_after=now + timedelta(hours=5),
            proof_hash=b"p" * 32,
            box=box,
        )
    )


# -- the page --


def test_the_desk_opens_to_those_who_answer():
    assert desk_of("sam").browser.get(BASE).status_code == 200
    assert signed_in(account("eda", "editor")).get(BASE).status_code == 403


def test_argon2_may_run_on_the_desk_and_on_no_other_staff_page():
    browser = desk_of("sam").browser

    at_desk = browser.get(BASE)["Content-Security-Policy"]
    elsewhere = browser.get("/staff/me/")["Content-Security-Policy"]

    assert "'wasm-unsafe-eval'" in at_desk
    assert "worker-src blob:" in at_desk
    assert "wasm-unsafe-eval" not in elsewhere
    assert "blob:" not in elsewhere


def test_every_script_of_the_desk_is_loaded_and_every_loaded_one_is_there():
    own = {f"desk/{file.name}" for file in SCRIPTS.glob("*.js")}
    loaded = set(console.SCRIPTS)
    sealing = {
        f"sealing/{file.relative_to(in_browser.FOLDER)}" for file in in_browser.FOLDER.rglob("*.js")
    }

    assert {name for name in loaded if name.startswith("desk/")} == own
    assert loaded - own <= sealing


def test_the_scripts_ask_for_no_word_that_the_page_does_not_bring():
    said = words.for_scripts()
    asked = {
        key
        for file in SCRIPTS.glob("*.js")
        for key in re.findall(r"Desk\.say\('([a-z_]+)'[,)]", file.read_text(encoding="utf-8"))
    }

    assert len(asked) > 15
    assert asked - set(said) == set()


@pytest.mark.parametrize("phrase", [*phrases.replies(), *phrases.steps()])
def test_a_phrase_stands_in_both_languages_and_promises_nothing(phrase):
    assert set(phrase) == {"en", "es"}
    assert not any(NEVER.search(text) for text in phrase.values())
    assert all(len(text) <= 160 for text in phrase.values())


# -- presence --


def test_on_away_and_off_are_told_to_the_team():
    desk = ready_desk()

    states = []
    for wish in ("on", "away", "off"):
        desk.ask("on/", state=wish, most_chats=2)
        states.append(desk.state()["me"]["presence"])

    assert states == ["on", "away", "off"]
    assert not Presence.objects.exists()


def test_asking_what_is_new_keeps_nobody_signed_in_and_moving_the_mouse_does():
    desk = ready_desk()

    by_itself = desk.post("state/")
    by_hand = desk.post("here/")

    assert "staff" not in by_itself.cookies
    assert "staff" in by_hand.cookies


# -- calls --


def test_a_call_opens_for_whoever_took_it_alone():
    desk = ready_desk()
    other = colleague(desk)
    call = ask_for_a_call(desk)

    desk.ask("call/take/", id=str(call.pk))

    [mine], [theirs] = desk.state()["calls"], other.state()["calls"]
    opened = open_envelope(
        from_text(mine["box"]), private=desk.team_private, context=call_context(call.pk)
    )
    assert unpad(opened) == b'{"number":"555 0100"}'
    assert theirs["box"] == ""
    assert other.post("call/take/", id=str(call.pk)).status_code == 409


def test_a_call_that_nobody_picked_up_goes_back_and_a_done_one_is_destroyed():
    desk = ready_desk()
    call = str(ask_for_a_call(desk).pk)
    desk.ask("call/take/", id=call)

    desk.ask("call/tried/", id=call)
    [row] = desk.state()["calls"]
    desk.ask("call/take/", id=call)
    desk.ask("call/back/", id=call)
    desk.ask("call/done/", id=call)

    assert (row["tries"], row["is_taken"]) == (1, False)
    assert not CallRequest.objects.exists()


def test_a_call_of_another_team_is_not_there():
    ask_for_a_call(ready_desk())
    stranger = desk_of("olga", team=make_line.team(slug="other"))
    call = str(CallRequest.objects.get().pk)

    for path in ("call/take/", "call/tried/", "call/back/", "call/done/"):
        assert stranger.post(path, id=call).content == stranger.post(path, id=str(uuid4())).content
    assert CallRequest.objects.filter(tries=0, taken_by=None).exists()


# -- cards --


def test_a_countrys_lines_are_cards_of_public_facts():
    sync_shipped()
    desk = ready_desk()

    cards = desk.ask("cards/", kind="lines", country="US", language="en")["cards"]

    assert len(cards) > 1
    assert all(card["name"] and all(card.values()) for card in cards)
    assert any(card.get("phones") for card in cards)


def test_no_country_and_no_question_are_no_search():
    desk = ready_desk()

    assert desk.post("cards/", kind="lines", country="ZZ").status_code == 422
    empty = desk.ask("cards/", kind="services", where="", words="", has_bed=False, language="en")
    assert empty == {"cards": [], "is_place_unknown": False}
