"""Promises about the code itself: cards, sizes, who may enter, rows that go when they must."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import AppConfig, apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from leeward import jobs
from leeward.directory.models import BedRequest, Report, Unit
from leeward.directory.tests import make as make_directory
from leeward.line.models import Conversation
from leeward.line.tests import make as make_line
from leeward.people.models import Account, AuditEntry, Invitation
from leeward.safety import errors

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "leeward"
OWN_APPS = [app for app in apps.get_app_configs() if app.name.startswith("leeward.")]
CARD_HEADINGS = ("For", "Who may use it", "What it keeps", "When that is deleted")
MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 40


def sources(*folders: Path, kinds: tuple[str, ...] = (".py",)) -> list[Path]:
    """Return our own source files, without what Django writes and without tests."""
    return [
        file
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.suffix in kinds and not {"migrations", "tests"} & set(file.parts)
    ]


# -- cards --


@pytest.mark.parametrize("app", OWN_APPS, ids=lambda app: app.label)
def test_every_app_has_a_card_with_its_four_headings(app: AppConfig) -> None:
    card = Path(app.path) / "README.md"

    text = card.read_text() if card.exists() else ""

    assert [heading for heading in CARD_HEADINGS if heading not in text] == []


@pytest.mark.parametrize("app", OWN_APPS, ids=lambda app: app.label)
def test_every_stored_field_is_named_on_its_apps_card(app: AppConfig) -> None:
    card = Path(app.path) / "README.md"
    text = card.read_text() if card.exists() else ""

    unnamed = [
        f"{model.__name__}.{name}"
        for model in app.get_models()
        for name in stored_fields(model)
        if f"`{name}`" not in text
    ]

    assert unnamed == []


def stored_fields(model: type[models.Model]) -> list[str]:
    """Return the names of what a model stores itself, without row numbers."""
    meta = model._meta
    fields = [*meta.local_fields, *meta.local_many_to_many]
    return [f.name for f in fields if not isinstance(f, models.AutoField) and not _is_link(f)]


def _is_link(field: models.Field[Any, Any]) -> bool:
    """Return whether the field only ties a page to its base row."""
    return field.name.endswith("_ptr")


# -- sizes --


def test_a_file_holds_one_idea_in_under_three_hundred_lines() -> None:
    kinds = (".py", ".js", ".css", ".html")

    long = [
        f"{file.relative_to(ROOT)}: {lines}"
        for file in sources(PACKAGE, ROOT / "bench", ROOT / "scripts", kinds=kinds)
        if (lines := len(file.read_text().splitlines())) >= MOST_LINES_OF_A_FILE
    ]

    assert long == []


def test_a_function_has_at_most_forty_lines() -> None:
    long = [
        f"{file.relative_to(ROOT)}:{function.lineno} {function.name}: {lines}"
        for file in sources(PACKAGE, ROOT / "bench", ROOT / "scripts")
        for function in functions_of(file)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > MOST_LINES_OF_A_FUNCTION
    ]

    assert long == []


def functions_of(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return every function of a file, methods and inner ones too."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_test_is_switched_off_and_nothing_is_left_for_later() -> None:
    # Put together here, so that this file does not find itself.
    marks = ["pytest." + "skip", "mark." + "skip", "mark." + "xfail", "import" + "orskip"]
    marks += ["NotImplemented" + "Error", "TO" + "DO", "FIX" + "ME", "pragma: " + "no cover"]
    folders = [PACKAGE, ROOT / "tests", ROOT / "bench", ROOT / "scripts"]
    files = [file for folder in folders for file in folder.rglob("*.py")]

    found = [
        f"{file.relative_to(ROOT)}: {mark}"
        for file in files
        for mark in marks
        if mark in file.read_text()
    ]

    assert found == []


# -- who may enter --

SAMPLES = {
    "int": "1",
    "str": "x",
    "slug": "x",
    "path": "x",
    "uuid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12,
}


@dataclass(frozen=True)
class Address:
    """One address of the site: a path that leads there, and its view."""

    path: str
    view: Callable[..., Any]

    @property
    def who(self) -> str | None:
        """Return who may enter, as the view says."""
        return getattr(self.view, "who_may_enter", None)


def addresses() -> list[Address]:
    """Return every address of the site, with sample values in its places; the first view wins."""
    by_path: dict[str, Address] = {}
    for address in _walk(get_resolver(), ""):
        by_path.setdefault(address.path, address)
    return list(by_path.values())


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        path = prefix + sample_path(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, path)
        elif isinstance(entry, URLPattern):
            yield Address(path, entry.callback)


def sample_path(pattern: Any) -> str:
    """Return a path that the pattern matches; a regular expression stands for itself."""
    if not isinstance(pattern, RoutePattern):
        return str(pattern)
    return re.sub(r"<(?:(\w+):)?\w+>", lambda place: SAMPLES[place[1] or "str"], str(pattern))


def test_the_walk_over_the_addresses_sees_visitors_and_staff() -> None:
    paths = {address.path for address in addresses()}

    assert "healthz" in paths
    assert "staff/sign-in/" in paths
    assert any(path.startswith("staff/cms/pages/") for path in paths)
    assert any(path.startswith("en/") for path in paths)


def test_every_view_names_who_may_enter() -> None:
    silent = [address.path for address in addresses() if address.who is None]

    assert silent == []


def test_a_view_open_to_all_never_stands_among_the_staffs() -> None:
    open_ones = [
        address.path
        for address in addresses()
        if address.path.startswith("staff/") and address.who == "all"
        if address.view is not errors.not_found  # says the same to everybody: nothing is here
    ]

    assert open_ones == []


def test_a_view_for_staff_never_stands_among_the_visitors() -> None:
    staff_ones = [
        address.path
        for address in addresses()
        if not address.path.startswith("staff/") and address.who != "all"
    ]

    assert staff_ones == []


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_staff_view_turns_others_away(client: Client, method: str) -> None:
    inside = [a for a in addresses() if a.who not in {None, "all", "signing in"}]

    let_in = [a.path for a in inside if not is_turned_away(client, method, f"/{a.path}")]

    assert inside != []
    assert let_in == []


def is_turned_away(client: Client, method: str, path: str) -> bool:
    """Return whether somebody who is not signed in gets nothing but the way to sign in."""
    response = getattr(client, method)(path)
    if response.status_code in {301, 302}:
        return bool(response["Location"].partition("?")[0] == settings.LOGIN_URL)
    return response.status_code in {403, 404}


# -- rows that go when they must --

END_FIELDS = {"delete_after", "delete_on", "expires_at", "expires_on"}
TODAY = datetime(2031, 5, 6, 12, tzinfo=UTC)


def invitation_until_today() -> Invitation:
    """Return a stored invitation whose time ends today."""
    return Invitation.objects.create(
        token_hash="0" * 64, username="ana", display_name="Ana", expires_at=TODAY
    )


def audit_entry_two_years_old() -> AuditEntry:
    """Return a stored audit entry that is kept until today and no longer."""
    entry = AuditEntry(event="people.signed_in", kind="account", hour=TODAY - timedelta(days=730))
    entry.save()
    return entry


def bed_request_until_today() -> BedRequest:
    """Return a stored bed request that is kept until today and no longer."""
    return BedRequest.objects.create(
        made_by=Account.objects.create_user("avi"),
        made_at=TODAY - timedelta(days=7),
        unit=Unit.objects.create(name="Bed"),
        for_on=TODAY.date(),
        reply_by=TODAY - timedelta(days=7),
        delete_after=TODAY.date(),
    )


def report_decided_90_days_ago() -> Report:
    """Return a stored report that is kept until today and no longer."""
    return Report.objects.create(
        service_at_location=make_directory.service_at_location(),
        kind=Report.Kind.HOURS,
        on=TODAY.date() - timedelta(days=90),
        delete_after=TODAY.date(),
    )


def conversation_kept_until_today() -> Conversation:
    """Return a stored conversation that is kept until today and no longer."""
    return make_line.conversation(delete_on=TODAY.date())


ROWS_THAT_END: dict[type[models.Model], Callable[[], models.Model]] = {
    Invitation: invitation_until_today,
    AuditEntry: audit_entry_two_years_old,
    Report: report_decided_90_days_ago,
    BedRequest: bed_request_until_today,
    Conversation: conversation_kept_until_today,
}


def test_every_model_with_an_end_date_is_tried_here() -> None:
    with_end = {
        model
        for app in OWN_APPS
        for model in app.get_models()
        if END_FIELDS & {field.name for field in model._meta.get_fields()}
    }

    assert with_end - set(ROWS_THAT_END) == set()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", ROWS_THAT_END, ids=lambda model: model.__name__)
def test_a_row_with_an_end_date_is_gone_the_day_after(model: type[models.Model]) -> None:
    row = ROWS_THAT_END[model]()

    with time_machine.travel(TODAY - timedelta(days=1), tick=False):
        jobs.run_all(jobs.jobs_named("every_day"))
    stood_the_day_before = model._default_manager.filter(pk=row.pk).exists()
    with time_machine.travel(TODAY + timedelta(days=2), tick=False):
        jobs.run_all(jobs.jobs_named("every_day"))

    assert stood_the_day_before
    assert not model._default_manager.filter(pk=row.pk).exists()
