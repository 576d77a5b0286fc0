"""Importing a file: sent, tried without writing anything, then confirmed. The file goes after."""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leeward.directory.exchange.importing import Wanted, import_file
from leeward.directory.exchange.package import FileUnfit
from leeward.directory.forms.staff_import import ENDINGS, ImportForm
from leeward.directory.views.staff_common import page, person
from leeward.people.services import record
from leeward.safety.access import staff_with

RIGHT = "directory.import_directory"
IN_SESSION = "directory_import"
FOLDER = "uploads"
KEPT_S = 60 * 60  # one that nobody confirmed


@staff_with(RIGHT)
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Take a file and show what importing it would do; nothing is written yet."""
    _forget(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return page(request, "import", {"form": form})
    said = form.cleaned_data
    asked = {
        "file": _keep(said["file"]),
        "mapping": _keep(said["mapping"]) if said["mapping"] else "",
        "kind": said["kind"],
        "source": form.source_key(),
        "about": {"name": said["name"], "licence": said["licence"]} if said["name"] else {},
    }
    request.session[IN_SESSION] = asked
    try:
        report = import_file(_folder() / asked["file"], _wanted(request, asked, is_dry=True))
    except FileUnfit as unfit:
        _forget(request)
        form.add_error("file", str(unfit))
        return page(request, "import", {"form": form})
    return page(request, "import_tried", {"report": report, "source": asked["source"]})


@staff_with(RIGHT)
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Import the file that was tried, or drop it; either way it is deleted."""
    asked: dict[str, Any] = request.session.get(IN_SESSION) or {}
    if not asked or not (_folder() / asked["file"]).exists():
        messages.error(request, _("The file is gone. Please send it again."))
        return redirect("directory_staff:import")
    if request.POST.get("decision") != "import":
        _forget(request)
        messages.success(request, _("Nothing was imported. The file is deleted."))
        return redirect("directory_staff:import")
    try:
        report = import_file(_folder() / asked["file"], _wanted(request, asked, is_dry=False))
    finally:
        _forget(request)
    record(person(request), "directory.imported", "source", asked["source"][:40])
    return page(request, "import_done", {"report": report})


def _wanted(request: HttpRequest, asked: dict[str, Any], *, is_dry: bool) -> Wanted:
    mapping = _folder() / asked["mapping"] if asked["mapping"] else None
    return Wanted(
        source=asked["source"],
        kind=asked["kind"],
        mapping=mapping,
        dry_run=is_dry,
        by=person(request),
        about=asked["about"],
    )


def _keep(sent: UploadedFile[bytes]) -> str:
    """Store a sent file under a random name, readable by this program alone; return the name."""
    name = str(sent.name).lower()
    ending = next((each for each in ENDINGS if name.endswith(each)), Path(name).suffix[:6])
    kept = f"{secrets.token_hex(16)}{ending}"
    with (_folder() / kept).open("wb") as out:
        for chunk in sent.chunks():
            out.write(chunk)
    return kept


def _forget(request: HttpRequest) -> None:
    """Delete what this session sent before, and what nobody confirmed within the hour."""
    asked = request.session.pop(IN_SESSION, None) or {}
    for name in (asked.get("file"), asked.get("mapping")):
        if name:
            (_folder() / name).unlink(missing_ok=True)
    for file in _folder().iterdir():
        if file.stat().st_mtime < time.time() - KEPT_S:
            file.unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(settings.DATA) / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
