"""The staff's screens: who may enter, what they answer, what they never tell."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group
from django.test import Client, RequestFactory
from django.urls import URLPattern, reverse
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import DjangoAssertNumQueries

from leeward.people import guard as guard_module
from leeward.people import services, urls
from leeward.people.models import Account, AuditEntry, Invitation
from leeward.people.tests import make
from leeward.safety.staff_middleware import StaffDoor

pytestmark = pytest.mark.django_db

SIGN_IN = "/staff/sign-in/"
NEW_PASSWORD = "seven paper boats at dawn"


@pytest.fixture(autouse=True)
def _fresh_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = guard_module.SignInGuard()
    monkeypatch.setattr(services.check_attempt, "__defaults__", (fresh,))


def sign_in(client: Client, person: Account, **changes: str) -> int:
    sent = {"username": person.username, "password": make.PASSWORD, "code": make.code_of(person)}
    return int(client.post(SIGN_IN, sent | changes).status_code)


def example_path(pattern: URLPattern) -> str:
    given = {"identity": 1, "token": "x"}
    names = pattern.pattern.converters
    return reverse(f"people:{pattern.name}", kwargs={name: given[name] for name in names})


def guarded() -> list[URLPattern]:
    return [
        pattern
        for pattern in urls.urlpatterns
        if getattr(pattern.callback, "who_may_enter", "") != "signing in"
    ]


def test_every_view_says_who_may_enter() -> None:
    assert all(hasattr(pattern.callback, "who_may_enter") for pattern in urls.urlpatterns)
    assert len(guarded()) > 10


@pytest.mark.parametrize("pattern", guarded(), ids=lambda pattern: str(pattern.name))
def test_a_stranger_is_sent_to_sign_in(client: Client, pattern: URLPattern) -> None:
    for method in (client.get, client.post):
        answer = method(example_path(pattern))

        assert (answer.status_code, answer.headers["Location"]) == (302, SIGN_IN)


@pytest.mark.parametrize("pattern", guarded(), ids=lambda pattern: str(pattern.name))
def test_a_password_alone_opens_no_page(client: Client, pattern: URLPattern) -> None:
    client.force_login(make.account("ana", "administrator"))

    answer = client.get(example_path(pattern))

    assert (answer.status_code, answer.headers["Location"]) == (302, SIGN_IN)


@pytest.mark.parametrize("path", ["/staff/cms/", "/staff/cms/pages/", "/staff/cms/jsi18n/"])
def test_a_password_alone_opens_no_page_of_the_editor(client: Client, path: str) -> None:
    client.force_login(make.account("ana", "editor"))

    answer = client.get(path)

    assert (answer.status_code, answer.headers["Location"]) == (302, SIGN_IN)


@pytest.mark.parametrize("path", ["/staff/accounts/", "/staff/accounts/invite/", "/staff/audit/"])
def test_only_administrators_look_after_accounts(path: str) -> None:
    assert make.signed_in(make.account("ana", "administrator")).get(path).status_code == 200
    for role in ("editor", "reviewer", "advocate", "coordinator"):
        assert make.signed_in(make.account(role, role)).get(path).status_code == 403


def test_signing_in_leads_to_the_first_page(client: Client) -> None:
    ana = make.account()

    assert sign_in(client, ana) == 302

    page = client.get("/staff/").content.decode()
    assert "Hello, Ana" in page
    assert AuditEntry.objects.get().event == "people.signed_in"


def test_the_sessions_key_is_another_after_signing_in(client: Client) -> None:
    ana = make.account()
    client.post(reverse("people:passkey_sign_in_begin"))  # opens a session for the challenge
    before = client.cookies[settings.SESSION_COOKIE_NAME].value

    sign_in(client, ana)

    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_every_wrong_sign_in_reads_the_same(client: Client) -> None:
    ana = make.account()
    said = set()

    for changes in (
        {"password": "wrong"},
        {"code": make.wrong_code_of(ana)},
        {"username": "nobody"},
    ):
        sent = {"username": "ana", "password": make.PASSWORD, "code": make.code_of(ana)}
        answer = client.post(SIGN_IN, sent | changes)
        page = answer.content.decode().replace("nobody", "ana")
        said.add((answer.status_code, re.sub(r'value="[\w]{64}"|token="\w{64}"', "", page)))

    assert len(said) == 1


@pytest.mark.parametrize("sent", [{}, {"username": "ana"}, {"username": "a\x00b"}])
def test_half_a_form_is_answered_calmly(client: Client, sent: dict[str, str]) -> None:
    answer = client.post(SIGN_IN, sent)

    assert answer.status_code == 422
    assert "Please fill in all three." in answer.content.decode()


def test_what_was_typed_as_password_or_code_is_not_shown_again(client: Client) -> None:
    page = client.post(
        SIGN_IN, {"username": "ana", "password": "typed-password", "code": "918273"}
    ).content.decode()

    assert "typed-password" not in page
    assert "918273" not in page


def test_many_wrong_tries_are_told_to_wait(client: Client) -> None:
    ana = make.account()
    for _ in range(7):
        sign_in(client, ana, password="wrong")

    assert sign_in(client, ana) == 429


def test_a_device_is_remembered_only_when_asked_for(client: Client) -> None:
    sign_in(client, make.account("ana"))
    assert services.DEVICE_COOKIE not in client.cookies

    other = Client()
    sign_in(other, make.account("bo"), is_own_device="on")

    cookie = other.cookies[services.DEVICE_COOKIE]
    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/staff/", "Strict", True)


def test_the_device_cookie_names_nobody(client: Client) -> None:
    sign_in(client, make.account("ana"), is_own_device="on")

    from django.core import signing

    from leeward.people.services.sign_in import _COOKIE_SALT

    held = signing.loads(client.cookies[services.DEVICE_COOKIE].value, salt=_COOKIE_SALT)
    assert "ana" not in str(held)


def test_signing_out_ends_the_session(client: Client) -> None:
    sign_in(client, make.account())

    client.post(reverse("people:sign_out"))

    assert client.get("/staff/").status_code == 302


def test_an_idle_session_ends_after_a_quarter_of_an_hour() -> None:
    with time_machine.travel(datetime(2026, 5, 1, 12, tzinfo=UTC), tick=False) as travel:
        client = make.signed_in(make.account())
        travel.shift(timedelta(minutes=14))
        assert client.get("/staff/").status_code == 200
        travel.shift(timedelta(minutes=14))
        assert client.get("/staff/").status_code == 200
        travel.shift(timedelta(minutes=15, seconds=1))

        assert client.get("/staff/").status_code == 302


def test_what_the_editor_sends_by_itself_keeps_no_session_open() -> None:
    ping = "/staff/cms/editing-sessions/ping/wagtailcore/page/1/1/"
    with time_machine.travel(datetime(2026, 5, 1, 12, tzinfo=UTC), tick=False) as travel:
        client = make.signed_in(make.account("ana", "editor"))
        for _ in range(4):
            travel.shift(timedelta(minutes=4))
            client.post(ping)

        assert client.get("/staff/").status_code == 302


def test_an_invited_person_comes_in_with_password_app_and_codes(client: Client) -> None:
    token = services.invite(None, username="bo", display_name="Bo", roles=["editor"])

    client.get(reverse("people:invitation", args=[token]))
    client.post(
        reverse("people:choose_password"), {"password": NEW_PASSWORD, "again": NEW_PASSWORD}
    )
    code = services.current_code(client.session["invitation_app_key"])
    page = client.post(reverse("people:set_up_app"), {"code": code}).content.decode()

    assert len(re.findall(r"<code>[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}</code>", page)) == 10
    assert client.get("/staff/").status_code == 200
    assert not Invitation.objects.exists()


def test_opening_a_link_uses_nothing_up_and_takes_it_out_of_the_address(client: Client) -> None:
    token = services.invite(None, username="bo", display_name="Bo", roles=["editor"])

    for _ in range(3):
        answer = Client().get(reverse("people:invitation", args=[token]))
        assert token not in answer.headers["Location"]

    assert Invitation.objects.exists()


def test_no_account_is_there_before_the_second_factor_is(client: Client) -> None:
    token = services.invite(None, username="bo", display_name="Bo", roles=["editor"])
    client.get(reverse("people:invitation", args=[token]))

    client.post(
        reverse("people:choose_password"), {"password": NEW_PASSWORD, "again": NEW_PASSWORD}
    )
    client.post(reverse("people:set_up_app"), {"code": "000000"})

    assert not Account.objects.filter(username="bo").exists()
    assert client.get("/staff/").status_code == 302


def test_the_second_step_needs_the_first(client: Client) -> None:
    token = services.invite(None, username="bo", display_name="Bo", roles=["editor"])
    client.get(reverse("people:invitation", args=[token]))

    answer = client.get(reverse("people:set_up_app"))

    assert answer.headers["Location"] == reverse("people:choose_password")


@pytest.mark.parametrize(
    ("password", "again"),
    [("short", "short"), ("password1234", "password1234"), (NEW_PASSWORD, "another long one")],
)
def test_a_weak_or_mistyped_password_is_not_taken(
    client: Client, password: str, again: str
) -> None:
    token = services.invite(None, username="bo", display_name="Bo", roles=["editor"])
    client.get(reverse("people:invitation", args=[token]))

    answer = client.post(reverse("people:choose_password"), {"password": password, "again": again})

    assert answer.status_code == 422
    assert "invitation_password" not in client.session


@pytest.mark.parametrize("path", ["/staff/welcome/password/", "/staff/welcome/app/"])
def test_without_an_invitation_there_is_nothing_to_join(client: Client, path: str) -> None:
    assert client.get(path).status_code == 410


def test_a_link_that_is_over_says_so(client: Client) -> None:
    answer = client.get("/staff/invitation/nonsense/")

    assert answer.status_code == 410
    assert "This link is over" in answer.content.decode()


def test_an_administrator_sees_the_link_once() -> None:
    client = make.signed_in(make.account("ana", "administrator"))

    page = client.post(
        reverse("people:invite"), {"display_name": "Bo", "username": "bo", "roles": ["editor"]}
    ).content.decode()

    token = re.search(r"/staff/invitation/([\w-]+)/", page)
    assert token is not None
    assert services.find_invitation(token[1]).username == "bo"
    assert token[1] not in client.get(reverse("people:accounts")).content.decode()


def test_a_taken_name_is_told_to_the_administrator() -> None:
    client = make.signed_in(make.account("ana", "administrator"))

    answer = client.post(
        reverse("people:invite"), {"display_name": "A", "username": "ana", "roles": ["editor"]}
    )

    assert answer.status_code == 422
    assert "taken" in answer.content.decode()


def test_an_administrator_changes_roles_resets_and_shuts() -> None:
    client = make.signed_in(make.account("ana", "administrator"))
    bo = make.account("bo", "editor")

    client.post(reverse("people:change_roles", args=[bo.pk]), {"roles": ["reviewer", "advocate"]})
    assert {group.name for group in bo.groups.all()} == {"reviewer", "advocate"}

    page = client.post(reverse("people:reset", args=[bo.pk])).content.decode()
    assert "/staff/invitation/" in page
    assert not TOTPDevice.objects.filter(user=bo).exists()

    client.post(reverse("people:deactivate", args=[bo.pk]))
    bo.refresh_from_db()
    assert not bo.is_active

    client.post(reverse("people:reactivate", args=[bo.pk]))
    bo.refresh_from_db()
    assert bo.is_active


def test_the_last_administrator_is_told_why_the_role_stays() -> None:
    ana = make.account("ana", "administrator")
    client = make.signed_in(ana)

    answer = client.post(
        reverse("people:change_roles", args=[ana.pk]), {"roles": ["editor"]}, follow=True
    )

    assert "Somebody must look after accounts." in answer.content.decode()


def test_roles_that_only_the_address_knows_are_not_given() -> None:
    Group.objects.create(name="everything")
    bo = make.account("bo", "editor")
    client = make.signed_in(make.account("ana", "administrator"))

    client.post(reverse("people:change_roles", args=[bo.pk]), {"roles": ["everything"]})

    assert {group.name for group in bo.groups.all()} == {"editor"}


def test_accounts_cost_a_fixed_number_of_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = make.signed_in(make.account("ana", "administrator"))
    for number in range(6):
        make.account(f"p{number}", "editor")
        services.invite(None, username=f"i{number}", display_name="I", roles=["editor"])

    with django_assert_max_num_queries(16):
        client.get(reverse("people:accounts"))


def test_the_audit_log_is_filtered_and_paged() -> None:
    ana, bo = make.account("ana", "administrator"), make.account("bo")
    client = make.signed_in(ana)
    for _ in range(150):
        services.record(bo, "people.signed_in", "account", bo.pk)
    services.record(ana, "people.invited", "invitation", 77)

    whole = client.get(reverse("people:audit")).content.decode()
    by_ana = client.get(reverse("people:audit"), {"actor": ana.pk}).content.decode()
    older = re.search(r'name="before" value="(\d+)"', whole)
    assert older is not None
    rest = client.get(reverse("people:audit"), {"before": older[1]}).content.decode()

    assert whole.count("<td>people.") == 100
    assert by_ana.count("<td>people.") == 1
    assert "invitation 77" in by_ana
    assert rest.count("<td>people.") == 51


@pytest.mark.parametrize(
    "query", [{"actor": "x"}, {"day": "soon"}, {"before": "-1"}, {"event": "z"}]
)
def test_a_strange_filter_shows_the_log_all_the_same(query: dict[str, str]) -> None:
    client = make.signed_in(make.account("ana", "administrator"))

    assert client.get(reverse("people:audit"), query).status_code == 200


def test_new_recovery_codes_need_the_password() -> None:
    ana = make.account()
    client = make.signed_in(ana)
    path = reverse("people:new_recovery_codes")

    client.post(path, {"present": "wrong"})
    assert services.recovery_codes_left(ana) == 0

    client.post(path, {"present": make.PASSWORD})
    assert services.recovery_codes_left(ana) == 10


def test_changing_the_password_signs_out() -> None:
    ana = make.account()
    client = make.signed_in(ana)

    answer = client.post(
        reverse("people:change_password"),
        {"present": make.PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD},
    )

    assert answer.headers["Location"] == SIGN_IN
    assert client.get("/staff/").status_code == 302
    assert sign_in(Client(), ana, password=NEW_PASSWORD) == 302


def test_few_recovery_codes_need_attention() -> None:
    ana = make.account()
    client = make.signed_in(ana)
    assert "0 recovery codes left" in client.get("/staff/").content.decode()

    services.make_recovery_codes(ana)

    assert "Nothing just now." in client.get("/staff/").content.decode()


def test_the_menu_shows_what_this_person_may_open() -> None:
    boss = make.signed_in(make.account("ana", "administrator")).get("/staff/").content.decode()
    advocate = make.signed_in(make.account("bo", "advocate")).get("/staff/").content.decode()

    assert "/staff/accounts/" in boss
    assert "/staff/accounts/" not in advocate
    assert "/staff/cms/" not in advocate


def test_an_error_looks_like_a_staff_page_to_staff_and_like_the_site_to_strangers() -> None:
    known = make.signed_in(make.account()).get("/staff/nowhere/")
    stranger = Client().get("/staff/nowhere/")

    assert known.status_code == stranger.status_code == 404
    assert 'id="leave"' not in known.content.decode()
    assert 'id="leave"' in stranger.content.decode()


@pytest.mark.parametrize("path", [SIGN_IN, "/staff/", "/staff/nowhere/"])
def test_staff_pages_allow_nothing_from_outside_and_nothing_inline(path: str) -> None:
    policy = make.signed_in(make.account()).get(path).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_what_the_editor_needs_is_allowed_there_alone() -> None:
    client = make.signed_in(make.account("ana", "editor"))

    assert "'unsafe-inline'" in client.get("/staff/cms/").headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["passkey_sign_in_begin", "passkey_sign_in_complete"])
@pytest.mark.parametrize("body", ["", "[]", "{}", '{"id":"x"}', "\x00", "[" * 40_000])
def test_a_nonsense_passkey_is_refused_calmly(client: Client, name: str, body: str) -> None:
    answer = client.post(reverse(f"people:{name}"), body, content_type="application/json")

    assert answer.status_code == (200 if name.endswith("begin") else 403)


def test_the_challenge_for_passkeys_names_no_account(client: Client) -> None:
    make.account()

    told = client.post(reverse("people:passkey_sign_in_begin")).json()

    assert not told.get("allowCredentials")
    assert told["userVerification"] == "required"


def test_a_new_passkey_needs_the_password() -> None:
    client = make.signed_in(make.account())
    path = reverse("people:passkey_begin")

    wrong = client.post(path, {"present": "wrong"}, content_type="application/json")
    right = client.post(path, {"present": make.PASSWORD}, content_type="application/json")

    assert wrong.status_code == 403
    assert right.json()["authenticatorSelection"]["userVerification"] == "required"


def test_a_forged_form_is_turned_away() -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post(SIGN_IN, {"username": "ana"}).status_code == 403


def test_no_staff_page_says_whether_an_account_exists(client: Client) -> None:
    ana = make.account()

    for path in (f"/staff/accounts/{ana.pk}/", "/staff/accounts/999999/"):
        assert client.get(path).headers["Location"] == SIGN_IN


def test_the_editors_own_pages_for_passwords_and_accounts_are_shut() -> None:
    client = make.signed_in(make.account("ana", "administrator"))

    for path in ("login/", "password_reset/", "account/", "users/", "groups/"):
        answer = client.get(f"/staff/cms/{path}")
        assert answer.status_code in {302, 404}, path
        assert answer.headers.get("Location", "/staff/") == "/staff/"


def test_every_address_below_staff_is_guarded_by_default() -> None:
    names = {pattern.name for pattern in urls.urlpatterns}
    free = names - {pattern.name for pattern in guarded()}

    assert free == {
        "sign_in",
        "sign_out",
        "passkey_sign_in_begin",
        "passkey_sign_in_complete",
        "invitation",
        "choose_password",
        "set_up_app",
    }


@pytest.mark.parametrize(("path", "is_stopped"), [("/staff/new/", True), ("/en/", False)])
def test_a_view_without_a_mark_is_shut_to_strangers_below_staff(
    path: str, *, is_stopped: bool
) -> None:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()

    def unmarked(_request: object) -> None: ...

    answer = StaffDoor(lambda _request: None).process_view(request, unmarked)

    assert (answer is not None) is is_stopped
