"""Inviting, joining, roles, shutting, resetting; and what the audit log keeps of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django_otp import user_has_device

from leeward.people import jobs, services
from leeward.people.models import Account, AuditEntry, AuditIsKept, Invitation
from leeward.people.tests import make

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "seven paper boats at dawn"


def invite(name: str = "bo", *roles: str) -> str:
    return services.invite(None, username=name, display_name="Bo", roles=roles or ("editor",))


def join(token: str) -> services.Joined:
    return services.join(
        services.find_invitation(token),
        password_hash=make_password(NEW_PASSWORD),
        app_key=services.new_key(),
    )


def events() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("event", flat=True))


@pytest.mark.parametrize("role", ["editor", "reviewer", "advocate", "coordinator", "administrator"])
def test_every_role_is_there_from_the_start(role: str) -> None:
    assert Group.objects.filter(name=role).exists()


@pytest.mark.parametrize(
    ("role", "right", "has"),
    [
        ("editor", "wagtailadmin.access_admin", True),
        ("reviewer", "wagtailadmin.access_admin", True),
        ("advocate", "wagtailadmin.access_admin", False),
        ("coordinator", "people.manage_accounts", False),
        ("administrator", "people.manage_accounts", True),
        ("administrator", "people.read_audit", True),
        ("reviewer", "people.read_audit", False),
    ],
)
def test_a_role_may_do_what_it_is_for(role: str, right: str, has: bool) -> None:
    assert make.account("ana", role).has_perm(right) is has


def test_an_invitation_stores_a_hash_of_its_secret_only() -> None:
    token = invite()

    stored = Invitation.objects.get()

    assert token not in str(vars(stored))
    assert services.find_invitation(token) == stored


def test_joining_makes_the_account_with_its_roles_and_second_factor() -> None:
    joined = join(invite("bo", "editor", "coordinator"))

    account = Account.objects.get(username="bo")
    assert joined.account == account
    assert {group.name for group in account.groups.all()} == {"editor", "coordinator"}
    assert check_password(NEW_PASSWORD, account.password)
    assert user_has_device(account)
    assert len(set(joined.recovery_codes)) == 10


def test_an_invitation_works_once() -> None:
    token = invite()
    invitation = services.find_invitation(token)
    join(token)

    with pytest.raises(services.InvitationOver):
        services.find_invitation(token)
    with pytest.raises(services.InvitationOver):
        services.join(invitation, password_hash="x", app_key=services.new_key())


def test_an_invitation_lasts_three_days() -> None:
    with time_machine.travel(datetime(2026, 5, 1, 12, tzinfo=UTC), tick=False) as travel:
        token = invite()
        travel.shift(timedelta(days=3) - timedelta(seconds=1))
        services.find_invitation(token)
        travel.shift(timedelta(seconds=1))
        with pytest.raises(services.InvitationOver):
            services.find_invitation(token)


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 500])
def test_a_guessed_link_opens_nothing(token: str) -> None:
    invite()

    with pytest.raises(services.InvitationOver):
        services.find_invitation(token)


def test_a_name_is_invited_once() -> None:
    make.account("ana")
    invite("bo")

    for taken in ("ana", "bo"):
        with pytest.raises(services.NameTaken):
            invite(taken)


def test_an_expired_invitation_frees_its_name() -> None:
    invite("bo")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    invite("bo")

    assert Invitation.objects.count() == 1


def test_a_renewed_invitation_ends_the_old_link() -> None:
    old = invite()

    new = services.renew_invitation(make.account(), Invitation.objects.get())

    assert services.find_invitation(new)
    with pytest.raises(services.InvitationOver):
        services.find_invitation(old)


def test_a_withdrawn_invitation_is_gone() -> None:
    token = invite()

    services.withdraw_invitation(make.account(), services.find_invitation(token))

    assert not Invitation.objects.exists()


def test_an_unknown_role_is_not_given() -> None:
    Group.objects.create(name="everything")

    joined = join(invite("bo", "editor", "everything"))

    assert {group.name for group in joined.account.groups.all()} == {"editor"}


def test_changing_roles_ends_sessions() -> None:
    boss, bo = make.account("ana", "administrator"), make.account("bo", "editor")
    client = make.signed_in(bo)
    assert client.get("/staff/").status_code == 200

    services.change_roles(boss, bo, ["reviewer"])

    assert client.get("/staff/").status_code == 302
    assert {group.name for group in bo.groups.all()} == {"reviewer"}


def test_shutting_an_account_ends_its_sessions_and_its_way_in() -> None:
    boss, bo = make.account("ana", "administrator"), make.account("bo", "editor")
    client = make.signed_in(bo)

    services.deactivate(boss, bo)

    assert client.get("/staff/").status_code == 302
    with pytest.raises(services.NoMatch):
        services.check_attempt(services.Attempt("bo", make.PASSWORD, make.code_of(bo), "192.0.2.1"))


def test_a_shut_account_opens_again_with_the_sign_in_it_had() -> None:
    boss, bo = make.account("ana", "administrator"), make.account("bo")
    services.deactivate(boss, bo)

    services.reactivate(boss, bo)

    attempt = services.Attempt("bo", make.PASSWORD, make.code_of(bo), "192.0.2.1")
    assert services.check_attempt(attempt)[0] == bo


def test_the_last_administrator_keeps_the_role() -> None:
    boss = make.account("ana", "administrator")

    with pytest.raises(services.LastAdministrator):
        services.change_roles(boss, boss, ["editor"])

    assert boss.has_perm("people.manage_accounts")


def test_nobody_shuts_or_resets_their_own_account() -> None:
    boss = make.account("ana", "administrator")

    with pytest.raises(services.OwnAccount):
        services.deactivate(boss, boss)
    with pytest.raises(services.OwnAccount):
        services.reset_sign_in(boss, boss)


def test_a_reset_takes_everything_one_signs_in_with_and_gives_a_new_way_in() -> None:
    boss, bo = make.account("ana", "administrator"), make.account("bo", "editor")
    client = make.signed_in(bo)

    token = services.reset_sign_in(boss, bo)

    assert not user_has_device(bo)
    assert client.get("/staff/").status_code == 302
    assert not bo.has_usable_password()
    joined = join(token)
    assert joined.account == bo
    assert {group.name for group in bo.groups.all()} == {"editor"}


def test_a_second_reset_ends_the_link_of_the_first() -> None:
    boss, bo = make.account("ana", "administrator"), make.account("bo")
    first = services.reset_sign_in(boss, bo)

    services.reset_sign_in(boss, bo)

    with pytest.raises(services.InvitationOver):
        services.find_invitation(first)


def test_changing_the_password_ends_every_session() -> None:
    ana = make.account()
    client = make.signed_in(ana)

    services.change_password(ana, present=make.PASSWORD, password_hash=make_password(NEW_PASSWORD))

    assert client.get("/staff/").status_code == 302


def test_the_password_changes_only_with_the_present_one() -> None:
    ana = make.account()

    with pytest.raises(services.WrongPassword):
        services.change_password(ana, present="wrong", password_hash=make_password("x"))

    ana.refresh_from_db()
    assert check_password(make.PASSWORD, ana.password)


def test_what_is_done_to_accounts_is_written_down() -> None:
    boss = make.account("ana", "administrator")
    bo = join(invite()).account

    services.change_roles(boss, bo, ["reviewer"])
    services.reset_sign_in(boss, bo)
    services.deactivate(boss, bo)
    services.reactivate(boss, bo)

    assert events() == [
        "people.invited",
        "people.joined",
        "people.roles_changed",
        "people.sign_in_reset",
        "people.deactivated",
        "people.reactivated",
    ]


def test_an_entry_holds_the_hour_and_no_more() -> None:
    with time_machine.travel(datetime(2026, 5, 1, 12, 34, 56, tzinfo=UTC), tick=False):
        services.record(None, "people.invited", "invitation", 3)

    assert AuditEntry.objects.get().hour == datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("event", "kind", "identity"),
    [
        ("Ana called her", "account", 1),
        ("people.invited", "the account", 1),
        ("people.invited", "account", "she lives in Oslo"),
    ],
)
def test_a_sentence_never_enters_the_audit_log(event: str, kind: str, identity: object) -> None:
    with pytest.raises(services.UnsafeAuditEntry):
        services.record(None, event, kind, identity)

    assert not AuditEntry.objects.exists()


def test_an_entry_of_the_audit_log_cannot_be_changed_or_taken_back() -> None:
    services.record(None, "people.invited", "invitation", 3)
    entry = AuditEntry.objects.get()
    entry.event = "people.joined"

    for change in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(event="people.joined"),
        lambda: AuditEntry.objects.bulk_update([entry], ["event"]),
    ):
        with pytest.raises(AuditIsKept), transaction.atomic():
            change()

    assert events() == ["people.invited"]


def test_an_account_with_entries_cannot_be_deleted() -> None:
    from django.db.models import ProtectedError

    ana = make.account()
    services.record(ana, "people.signed_in", "account", ana.pk)

    with pytest.raises(ProtectedError):
        ana.delete()


def test_entries_go_after_two_years_and_not_before() -> None:
    services.record(None, "people.invited", "invitation", 1)
    made = AuditEntry.objects.get().hour.date()

    assert services.forget_old_entries(made + timedelta(days=730)) == 0
    assert services.forget_old_entries(made + timedelta(days=731)) == 1


def test_the_daily_job_deletes_what_is_over() -> None:
    from django.contrib.sessions.models import Session

    now = timezone.now()
    invite()
    Invitation.objects.update(expires_at=now)
    services.record(None, "people.invited", "invitation", 1)
    with time_machine.travel(now + timedelta(days=800)):
        Session.objects.create(
            session_key="a" * 32, session_data="", expire_date=now + timedelta(minutes=15)
        )

        jobs.every_day()

        assert not Invitation.objects.exists()
        assert not AuditEntry.objects.exists()
        assert not Session.objects.exists()
