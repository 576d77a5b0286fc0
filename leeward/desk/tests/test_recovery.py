"""Two of three supervisors: making the shares, asking, handing over, putting the key together."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leeward.desk.tests.make import Desk, desk_of, ready_desk
from leeward.line import jobs
from leeward.line.models import Team
from leeward.line.services.members import teams
from leeward.line.wraps.models import HandedShare, RecoveryRequest, ShareWrap, TeamKeyWrap
from leeward.people.models import AuditEntry
from leeward.sealing.contexts import handed_context, share_context, team_context
from leeward.sealing.encoding import from_text, to_text
from leeward.sealing.envelopes import open_envelope, seal_envelope
from leeward.sealing.keys import new_private_key, public_key
from leeward.sealing.shares import join_shares, read_share, split_key, write_share

pytestmark = pytest.mark.django_db(databases=["default", "wraps"])

NAMES = ("ana", "bea", "cleo")


@pytest.fixture
def maker() -> Desk:
    """Return the desk of a supervisor who holds the team's key."""
    return ready_desk()


@pytest.fixture
def three(maker: Desk) -> list[Desk]:
    """Return the desks of three supervisors with keys of their own; none was admitted."""
    desks = [desk_of(name, "coordinator", team=Team.objects.get()) for name in NAMES]
    for desk in desks:
        desk.make_key()
    return desks


def shares_for(maker: Desk, three: list[Desk]) -> dict[str, Any]:
    """Return what the maker's browser sends."""
    team, sealed = Team.objects.get().pk, {}
    for wrap in maker.state()["team"]["wraps"]:
        number = wrap["generation"]
        parts = split_key(maker.opened_team_key(wrap))
        sealed[number] = {
            desk.account.pk: to_text(
                seal_envelope(
                    write_share(part),
                    to=public_key(desk.private),
                    context=share_context(team, number, desk.account.pk),
                )
            )
            for desk, part in zip(three, parts, strict=True)
        }
    publics = {desk.account.pk: to_text(public_key(desk.private)) for desk in three}
    return {"publics": publics, "shares": sealed}


def own_share(desk: Desk, number: int = 1) -> bytes:
    """Return a supervisor's share, opened with her own key."""
    told = desk.ask("recovery/mine/")["shares"][str(number)]
    context = share_context(Team.objects.get().pk, number, desk.account.pk)
    return open_envelope(from_text(told), private=desk.private, context=context)


def handing(desk: Desk, asker: Desk) -> dict[str, Any]:
    """Return what her browser sends when she hands her share over."""
    [asked] = [
        each for each in desk.state()["recovery"]["asked"] if each["account"] == asker.account.pk
    ]
    context = handed_context(Team.objects.get().pk, 1, desk.account.pk, asker.account.pk)
    sealed = seal_envelope(own_share(desk), to=from_text(asked["public_key"]), context=context)
    return {
        "to": asker.account.pk,
        "public_key": asked["public_key"],
        "shares": {"1": to_text(sealed)},
    }


def joined(desk: Desk) -> bytes:
    """Return the team's private key, joined of her own share and one that was handed to her."""
    recovery = desk.state()["recovery"]
    [asked] = recovery["asked"]
    [handed] = asked["handed"]
    context = handed_context(Team.objects.get().pk, 1, handed["account"], desk.account.pk)
    other = open_envelope(from_text(handed["sealed"]), private=desk.private, context=context)
    return join_shares(
        read_share(own_share(desk)),
        read_share(other),
        public=from_text(recovery["publics"]["1"]),
    )


def wrapped(desk: Desk, private: bytes) -> dict[str, Any]:
    """Return the team's key, sealed to her own."""
    context = team_context(Team.objects.get().pk, 1, desk.account.pk)
    sealed = seal_envelope(private, to=public_key(desk.private), context=context)
    return {"wraps": {"1": to_text(sealed)}}


def shared_out(maker: Desk, three: list[Desk]) -> None:
    maker.ask("recovery/make/", **shares_for(maker, three))


# -- making --


def what_visitors_read() -> list[bool]:
    """Return, for English and Spanish, whether the page says it before anybody writes."""
    says = {"en": "two of three heads of our team", "es": "dos de tres jefas del equipo"}
    return [text in Client().get(f"/{code}/talk/").content.decode() for code, text in says.items()]


def test_shares_are_off_until_a_supervisor_makes_them_and_then_visitors_are_told(maker, three):
    before, read_before = maker.state()["recovery"], what_visitors_read()

    shared_out(maker, three)

    after = maker.state()["recovery"]
    assert (read_before, what_visitors_read()) == ([False, False], [True, True])
    assert (before["is_on"], before["holders"]) == (False, [])
    assert (after["is_on"], len(after["holders"])) == (True, 3)
    assert Team.objects.get().has_shares
    assert AuditEntry.objects.filter(event="line.shares_made").count() == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda sent, _three: sent["publics"].popitem(),
        lambda sent, _three: sent["shares"].clear(),
        lambda sent, _three: sent["shares"][1].popitem(),
        lambda sent, _three: sent["shares"].update({2: sent["shares"][1]}),
        lambda sent, three: sent["publics"].update(
            {three[0].account.pk: to_text(public_key(new_private_key()))}
        ),
    ],
    ids=["for two", "of no key", "one missing", "of a key to come", "another key than compared"],
)
def test_shares_that_are_not_for_three_known_keys_are_refused(maker, three, spoil):
    sent = shares_for(maker, three)
    spoil(sent, three)

    answer = maker.post("recovery/make/", **sent)

    assert (answer.status_code, answer.json()) == (409, {"code": "key_changed"})
    assert not ShareWrap.objects.exists()
    assert not Team.objects.get().has_shares


def test_whoever_is_no_supervisor_or_does_not_hold_the_key_makes_no_shares(maker, three):
    sent = shares_for(maker, three)
    advocate = desk_of("sam", team=Team.objects.get())
    advocate.make_key()
    assert maker.admit(advocate).status_code == 200

    for desk in (advocate, three[0]):
        assert desk.post("recovery/make/", **sent).status_code == 409
    assert not ShareWrap.objects.exists()


def test_an_advocate_is_told_nothing_of_shares(maker, three):
    shared_out(maker, three)
    advocate = desk_of("sam", team=Team.objects.get())

    assert advocate.state()["recovery"] is None
    assert advocate.post("recovery/mine/").status_code == 404
    assert advocate.post("recovery/ask/").status_code == 404


def test_each_share_opens_for_its_own_supervisor_and_reading_it_is_written_down(maker, three):
    shared_out(maker, three)
    ana, bea, _cleo = three

    assert own_share(ana) != own_share(bea)
    assert AuditEntry.objects.filter(event="line.share_read").count() == 2
    assert maker.post("recovery/mine/").status_code == 404


# -- putting together --


def test_two_supervisors_together_open_the_teams_key_and_one_admits_others_again(maker, three):
    shared_out(maker, three)
    ana, bea, _cleo = three
    ana.ask("recovery/ask/")

    bea.ask("recovery/hand/", **handing(bea, ana))
    ana.ask("recovery/restore/", **wrapped(ana, joined(ana)))

    [wrap] = ana.state()["team"]["wraps"]
    assert ana.opened_team_key(wrap) == maker.team_private
    assert bea.state()["team"]["wraps"] == []
    assert not RecoveryRequest.objects.exists()
    assert not HandedShare.objects.exists()
    assert ana.admit(bea).status_code == 200
    steps = AuditEntry.objects.filter(event__startswith="line.").values_list("event", flat=True)
    assert {"line.share_asked", "line.share_handed", "line.team_key_restored"} <= set(steps)


def test_what_was_handed_is_told_to_the_one_who_asked_alone(maker, three):
    shared_out(maker, three)
    ana, bea, cleo = three
    ana.ask("recovery/ask/")

    bea.ask("recovery/hand/", **handing(bea, ana))

    [seen] = cleo.state()["recovery"]["asked"]
    assert (seen["handed"], seen["handed_by"]) == ([], [bea.account.pk])
    sealed = json.dumps(ana.state()["recovery"])
    assert to_text(own_share(bea)) not in sealed


def test_a_share_is_handed_to_the_key_that_was_compared_alone(maker, three):
    shared_out(maker, three)
    ana, bea, _cleo = three
    ana.ask("recovery/ask/")
    sent = handing(bea, ana) | {"public_key": to_text(public_key(new_private_key()))}

    answer = bea.post("recovery/hand/", **sent)

    assert (answer.status_code, answer.json()) == (409, {"code": "request_gone"})
    assert not HandedShare.objects.exists()


def test_nobody_hands_a_share_to_herself_nor_to_who_did_not_ask(maker, three):
    shared_out(maker, three)
    ana, bea, cleo = three
    ana.ask("recovery/ask/")
    sent = handing(bea, ana)

    to_herself = ana.post("recovery/hand/", **handing(ana, ana))
    to_another = bea.post("recovery/hand/", **(sent | {"to": cleo.account.pk}))

    assert to_herself.status_code == to_another.status_code == 409
    assert not HandedShare.objects.exists()


def test_a_request_is_over_after_a_day_with_all_that_was_handed(maker, three):
    shared_out(maker, three)
    ana, bea, _cleo = three
    ana.ask("recovery/ask/")
    bea.ask("recovery/hand/", **handing(bea, ana))
    left = RecoveryRequest.objects.get().until - timezone.now()
    RecoveryRequest.objects.update(until=timezone.now())

    assert timedelta(hours=23, minutes=58) < left <= timedelta(hours=24)
    assert ana.state()["recovery"]["asked"] == []
    assert ana.post("recovery/restore/", **wrapped(ana, new_private_key())).status_code == 409
    jobs.every_minute()

    assert not RecoveryRequest.objects.exists()
    assert not HandedShare.objects.exists()
    assert not TeamKeyWrap.objects.filter(account_id=ana.account.pk).exists()


def test_nothing_is_restored_before_a_share_was_handed(maker, three):
    shared_out(maker, three)
    ana = three[0]
    ana.ask("recovery/ask/")

    answer = ana.post("recovery/restore/", **wrapped(ana, new_private_key()))

    assert answer.status_code == 409
    assert not TeamKeyWrap.objects.filter(account_id=ana.account.pk).exists()


def test_any_of_the_three_calls_a_request_off_and_others_do_not(maker, three):
    shared_out(maker, three)
    ana, bea, _cleo = three
    ana.ask("recovery/ask/")

    outside = maker.post("recovery/off/", asker=ana.account.pk)
    bea.ask("recovery/off/", asker=ana.account.pk)

    assert outside.status_code == 404
    assert ana.state()["recovery"]["asked"] == []
    assert AuditEntry.objects.filter(event="line.share_request_called_off").count() == 1


# -- what ends them --


def test_switching_off_destroys_shares_and_requests(maker, three):
    shared_out(maker, three)
    three[0].ask("recovery/ask/")

    maker.browser.post("/staff/desk/team/shares/")

    assert not Team.objects.get().has_shares
    assert not ShareWrap.objects.exists()
    assert not RecoveryRequest.objects.exists()


@pytest.mark.parametrize("how", ["leaves", "loses her key"])
def test_a_supervisor_takes_her_share_and_what_she_handed_along(maker, three, how):
    shared_out(maker, three)
    ana, bea, _cleo = three
    ana.ask("recovery/ask/")
    bea.ask("recovery/hand/", **handing(bea, ana))

    if how == "leaves":
        teams.take_out(Team.objects.get(), bea.account, by=maker.account)
    else:
        bea.ask("keys/drop/")

    assert not ShareWrap.objects.filter(account_id=bea.account.pk).exists()
    assert not HandedShare.objects.exists()
    assert len(maker.state()["recovery"]["holders"]) == 2


def test_the_teams_next_key_needs_new_shares_and_they_hold_the_old_one_too(maker, three):
    shared_out(maker, three)
    leaver = desk_of("sam", team=Team.objects.get())
    leaver.make_key()
    assert maker.admit(leaver).status_code == 200
    teams.take_out(Team.objects.get(), leaver.account, by=maker.account)
    first = maker.team_private
    assert next_key(maker).status_code == 200

    due = maker.state()["recovery"]["holders"]
    shared_out(maker, three)

    assert due == []
    assert len(maker.state()["recovery"]["holders"]) == 3
    generations = ShareWrap.objects.filter(account_id=three[0].account.pk)
    assert sorted(generations.values_list("generation", flat=True)) == [1, 2]
    assert maker.team_private != first


def next_key(maker: Desk) -> Any:
    """Return the answer to the team's next key, sealed to those who held the last."""
    state, private = maker.state(), new_private_key()
    context = team_context(Team.objects.get().pk, 2, maker.account.pk)
    sealed = to_text(seal_envelope(private, to=public_key(maker.private), context=context))
    answer = maker.post(
        "team/next/",
        public_key=to_text(public_key(private)),
        wraps={state["me"]["account"]: sealed},
    )
    maker.team_private = private
    return answer
