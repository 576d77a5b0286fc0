"""Staff's screens: who may enter, checking off, proposing, a second person's word."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from leeward.helplines import facts, services, staff
from leeward.helplines.models import Check, EmergencyCheck, Line, Proposal
from leeward.helplines.rules import Standing
from leeward.helplines.services import proposing
from leeward.helplines.services.showing import emergency_of, freshness_of
from leeward.helplines.tests.make import client_of, make_line, make_staff
from leeward.people.models import AuditEntry

pytestmark = pytest.mark.django_db

SCREENS = ("", "queue/", "history/", "new/", "emergency/", "emergency/AM/")


@pytest.fixture
def ana():
    return make_staff("ana")


@pytest.fixture
def ben():
    return make_staff("ben")


def form_of(line: Line, **changed: str) -> dict[str, str]:
    values = {name: value for name, value in proposing.values_of(line).items() if value}
    values["languages"] = ", ".join(line.languages)
    return values | {"reason": "Their own page", "channel": "read"} | changed


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_opens_to_staff_with_the_right_alone(screen, ana):
    path = f"/staff/lines/{screen}"

    assert client_of(ana).get(path).status_code == 200
    assert client_of(make_staff("eve", may=())).get(path).status_code == 403
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize("role", ["editor", "reviewer", "coordinator"])
def test_these_roles_may_look_after_the_lines(role):
    account = make_staff("ana", may=())
    account.groups.add(Group.objects.get(name=role))

    for right in ("check_line", "propose_line", "confirm_line"):
        assert account.has_perm(f"helplines.{right}")


def test_an_advocate_may_not_change_lines():
    account = make_staff("ana", may=())
    account.groups.add(Group.objects.get(name="advocate"))

    assert not account.has_perm("helplines.check_line")


def test_a_line_is_checked_off_on_its_screen(ana):
    line = make_line()

    response = client_of(ana).post(
        f"/staff/lines/{line.pk}/", {"channel": "called", "finding": "good"}, follow=True
    )

    check = Check.objects.get()
    assert (check.by, check.channel, check.is_good) == (ana, "called", True)
    assert "Your check is written down" in response.content.decode()
    assert AuditEntry.objects.filter(actor=ana, event="helplines.line_checked").exists()


def test_a_finding_without_a_way_of_checking_is_refused(ana):
    line = make_line()

    response = client_of(ana).post(f"/staff/lines/{line.pk}/", {"finding": "good"})

    assert response.status_code == 422
    assert not Check.objects.exists()


def test_a_change_goes_from_proposal_over_a_second_person_to_the_page(ana, ben):
    line = make_line()
    browser = client_of(ana)
    change = form_of(line, phone="561 1206", dial="+3545611206", note_en="Ask for the house.")

    browser.post(f"/staff/lines/{line.pk}/change/", change)
    made = Proposal.objects.get()
    path = f"/staff/lines/proposals/{made.pk}/"
    browser.post(path, {"decision": "confirm", "channel": "read"})
    after_own_try = Line.objects.get(pk=line.pk).phone
    client_of(ben).post(path, {"decision": "confirm", "channel": "called"})

    assert after_own_try == "561 1205"
    assert Line.objects.get(pk=line.pk).phone == "561 1206"
    page = Client().get("/en/lines/is/").content.decode()
    assert "561 1206" in page
    assert "Ask for the house." in page


def test_the_proposer_is_offered_no_way_to_confirm(ana, ben):
    made = services.propose("retire", by=ana, channel="read", reason="Closed", line=make_line())
    path = f"/staff/lines/proposals/{made.pk}/"

    assert 'value="confirm"' not in client_of(ana).get(path).content.decode()
    assert 'value="confirm"' in client_of(ben).get(path).content.decode()


def test_a_new_line_needs_a_number_that_can_be_dialled_there(ana):
    browser = client_of(ana)
    line = make_line()

    wrong = browser.post("/staff/lines/new/", form_of(line, phone="12", dial="+999"))
    right = browser.post("/staff/lines/new/", form_of(line, name="Another", dial=""))

    assert wrong.status_code == 422
    assert right.status_code == 302
    assert Proposal.objects.get().values["dial"] == "+3545611205"


def test_a_grade_b_row_is_raised_by_two_people(ana, ben):
    line = make_line(grade="B")

    client_of(ana).post(
        f"/staff/lines/{line.pk}/propose/raise/", {"reason": "Their page", "channel": "read"}
    )
    path = f"/staff/lines/proposals/{Proposal.objects.get().pk}/"
    client_of(ben).post(path, {"decision": "confirm", "channel": "called"})

    assert freshness_of(Line.objects.get(pk=line.pk)).standing is Standing.CHECKED


def test_a_proposal_without_a_reason_is_refused(ana):
    line = make_line()

    client_of(ana).post(f"/staff/lines/{line.pk}/propose/retire/", {"channel": "read"})

    assert not Proposal.objects.exists()


def test_the_queue_holds_grade_b_rows_and_leads(ana):
    services.sync_shipped()

    page = client_of(ana).get("/staff/lines/queue/").content.decode()

    assert "The Network/La Red" in page
    for lead in facts.leads():
        assert lead["country"] in page


def test_an_emergency_number_shows_when_two_people_found_the_same(ana, ben):
    found = {"police": "102", "ambulance": "103", "channel": "read"}

    client_of(ana).post("/staff/lines/emergency/AM/", found)
    after_one = emergency_of("AM")
    client_of(ben).post("/staff/lines/emergency/AM/", found)

    assert not after_one.is_known
    assert emergency_of("AM").police == "102"
    assert EmergencyCheck.objects.count() == 2
    assert 'href="tel:102"' in Client().get("/en/lines/am/").content.decode()


def test_an_empty_finding_about_an_emergency_number_is_refused(ana):
    response = client_of(ana).post("/staff/lines/emergency/AM/", {"channel": "read"})

    assert response.status_code == 422


def test_the_history_names_who_did_what(ana):
    line = make_line()
    services.check_line(line, by=ana, channel="called", is_good=False)
    services.propose("retire", by=ana, channel="called", reason="Closed", line=line)

    page = client_of(ana).get("/staff/lines/history/").content.decode()

    assert "Test line" in page
    assert "Take a line off for good" in page


def test_others_proposals_ask_for_attention_and_ones_own_do_not(ana, ben):
    services.propose("retire", by=ana, channel="read", reason="Closed", line=make_line())

    assert not list(staff.attention(ana))
    assert [item.text for item in staff.attention(ben)] == ["Proposals that wait for you: 1"]
