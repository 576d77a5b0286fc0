"""Demonstration accounts, commands, the deploy checks, the editor's log."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.checks import run_checks
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings
from wagtail.log_actions import log
from wagtail.models import Page

from leeward.people import commands, demo, services
from leeward.people.checks import DEMO_ACCOUNTS, NO_ADMINISTRATOR, ONE_ADMINISTRATOR
from leeward.people.models import Account, AuditEntry
from leeward.people.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def live(settings: Settings) -> None:
    settings.CONFIG = django_settings.CONFIG.model_copy(update={"live": True})


def warnings() -> set[str]:
    found = run_checks(include_deployment_checks=True)
    return {item.id for item in found if item.id and item.id.startswith("people.")}


def test_the_demonstration_editor_signs_in_as_the_hint_says(data: Path) -> None:
    hint = " ".join(demo.load())

    sign_in = demo.read_sign_ins()["editor"]
    attempt = services.Attempt(
        "editor", sign_in["password"], commands.demo_code("editor"), "192.0.2.1"
    )
    account, _device = services.check_attempt(attempt)
    assert sign_in["password"] in hint
    assert account.has_perm("wagtailadmin.access_admin")


def test_the_demonstration_sign_ins_stand_in_a_file_for_its_owner_alone(data: Path) -> None:
    demo.load()

    assert (data / "demo-sign-in.txt").stat().st_mode & 0o777 == 0o600


def test_a_second_start_leaves_the_demonstration_accounts_alone(data: Path) -> None:
    demo.load()
    before = (data / "demo-sign-in.txt").read_text()
    accounts = set(Account.objects.values_list("pk", flat=True))

    demo.load()

    assert (data / "demo-sign-in.txt").read_text() == before
    assert set(Account.objects.values_list("pk", flat=True)) == accounts != set()


def test_a_site_with_people_gets_no_demonstration_accounts(data: Path) -> None:
    make.account()

    assert demo.load() == []
    assert Account.objects.count() == 1


def test_a_live_site_gets_no_demonstration_accounts(data: Path, live: None) -> None:
    with pytest.raises(demo.NotOnALiveSite):
        demo.load()

    assert not Account.objects.exists()
    assert demo.sign_in_hint() == []


def test_a_live_site_prints_nobodys_code(data: Path, live: None) -> None:
    with pytest.raises(commands.CommandRefused):
        commands.demo_code("editor")


def test_the_code_of_a_real_account_is_never_printed(data: Path) -> None:
    demo.load()
    make.account("ana")

    with pytest.raises(commands.CommandRefused):
        commands.demo_code("ana")


def test_the_command_invites_an_administrator() -> None:
    said = commands.invite("Ana López", roles=["administrator"])

    token = said.splitlines()[-1].split("/")[-2]
    invitation = services.find_invitation(token)
    assert (invitation.username, invitation.display_name) == ("ana-lopez", "Ana López")
    assert [group.name for group in invitation.roles.all()] == ["administrator"]


@pytest.mark.parametrize(("name", "roles"), [("Ana", []), ("Ana", ["queen"]), ("李", ["editor"])])
def test_the_command_names_what_to_change(name: str, roles: list[str]) -> None:
    with pytest.raises(commands.CommandRefused):
        commands.invite(name, roles=roles)


def test_a_name_that_is_taken_is_told_on_the_server() -> None:
    commands.invite("Ana", roles=["editor"])

    with pytest.raises(commands.CommandRefused, match="another name"):
        commands.invite("Ana", roles=["editor"])


def test_a_site_that_nobody_looks_after_is_unsafe(data: Path) -> None:
    make.account("ana", "editor")
    bo = make.account("bo", "administrator")
    TOTPDevice.objects.filter(user=bo).delete()

    assert warnings() == {NO_ADMINISTRATOR}


def test_one_administrator_is_a_warning_and_two_are_fine(data: Path) -> None:
    make.account("ana", "administrator")
    assert warnings() == {ONE_ADMINISTRATOR}

    make.account("bo", "administrator")

    assert warnings() == set()


def test_demonstration_accounts_are_unsafe(data: Path) -> None:
    demo.load()

    assert DEMO_ACCOUNTS in warnings()


def test_what_the_editor_logs_reaches_the_audit_log_without_its_title() -> None:
    ana = make.account("ana", "editor")
    page = Page.objects.filter(depth=2).first()
    assert page is not None

    log(instance=page, action="wagtail.publish", user=ana)
    log(instance=page, action="wagtail.edit", user=ana)
    log(instance=page, action="wagtail.publish", user=None)

    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.event, entry.kind) == (ana, "cms.publish", "page")
    assert entry.object_id == str(page.pk)
