"""Where a place is: the pin; hiding it; and, for those who may, where a confidential site is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leeward import gazetteer
from leeward.directory.forms.staff_places import (
    STEPS,
    HideForm,
    PinForm,
    ShowForm,
    SiteForm,
    middle_of,
    step,
)
from leeward.directory.models import Location
from leeward.directory.services import confidential, editing, hiding, serving_area
from leeward.directory.views.staff_common import editors, page, person, record_for, see_anew
from leeward.directory.views.staff_showing import address_words, part_words
from leeward.gazetteer.sketch import sketch
from leeward.safety.access import staff_with

SKETCH_KM = 12.0
get_or_post = require_http_methods(["GET", "POST"])


@editors
@get_or_post
def pin(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take where a place is: typed, from a town or ZIP, or moved in steps; then saved."""
    place = record_for(request, Location, key)
    if place.is_confidential:
        raise Http404
    form = PinForm(request.POST or None, initial=_initial(place))
    if request.method == "POST" and form.is_valid():
        moved = _moved(request, form)
        if moved is not None:
            form = PinForm(initial=_initial(place) | moved)
        elif not form.errors and _save_pin(request, place, form):
            return redirect("directory_staff:location", key)
    return page(request, "pin", {"record": place, "form": form, **_around(form)})


def _initial(place: Location) -> dict[str, Any]:
    seen = editing.version_of(place)
    return {"latitude": place.latitude, "longitude": place.longitude, "seen": seen}


def _moved(request: HttpRequest, form: PinForm) -> dict[str, Any] | None:
    """Return the fields after a button that moves the pin; None when it is to be saved."""
    if request.POST.get("find"):
        found = middle_of(form.cleaned_data["place"])
        if found is None:
            form.add_error("place", _("We do not know this place. Try the ZIP."))
            return None
        point = (found.latitude, found.longitude)
    else:
        name, here = request.POST.get("step", ""), form.point()
        if name not in STEPS or here is None:
            return None
        point = step(here, name)
    said = {"place": form.cleaned_data["place"], "seen": form.cleaned_data["seen"]}
    return said | {"latitude": point[0], "longitude": point[1]}


def _save_pin(request: HttpRequest, place: Location, form: PinForm) -> bool:
    if not request.POST.get("save"):
        return False
    point = form.point() or (None, None)
    try:
        editing.change(
            place,
            {"latitude": point[0], "longitude": point[1]},
            by=person(request),
            seen=form.cleaned_data["seen"],
        )
    except editing.ChangedMeanwhile:
        form.add_error(None, _("Somebody else changed this place just now. Look again, then save."))
        place.refresh_from_db()
        see_anew(form, place)
        return False
    messages.success(request, _("Saved."))
    return True


def _around(form: PinForm) -> dict[str, Any]:
    """Return the drawing around the pin, and the town it lies by; nothing without a pin."""
    latitude, longitude = form["latitude"].value(), form["longitude"].value()
    try:
        point = (float(latitude), float(longitude))
    except (TypeError, ValueError):
        return {}
    if not (abs(point[0]) <= 90 and abs(point[1]) <= 180):  # noqa: PLR2004
        return {}
    town = _town(point)
    drawing = sketch(
        point,
        [("", *point)],
        towns=[town] if town else [],
        radius_km=SKETCH_KM,
        title=_("The place, among towns"),
    )
    return {"town": town, "drawing": mark_safe(drawing)}  # noqa: S308  -- drawn by our own code


def _town(point: tuple[float, float]) -> gazetteer.Place | None:
    try:
        return gazetteer.nearest(*point)
    except gazetteer.GazetteerUnfit:  # being made anew: the pin can be set all the same
        return None


@editors
@get_or_post
def hide(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask once, then make a place confidential: its address is sealed, its traces removed."""
    place = record_for(request, Location, key)
    is_nameless = serving_area.without_area().filter(location=place).exists()
    areas = confidential.areas_to_name(place) if is_nameless else []
    parts = [(str(part.pk), part_words(part)) for part in hiding.keepable(place)]
    form = HideForm(request.POST or None, areas=areas, parts=parts)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        keep, area = said.get("keep", ()), said.get("area", "")
        hiding.hide(place, person(request), keep=keep, area=area)
        messages.success(request, _("Hidden. The address stands nowhere in the open any more."))
        return redirect("directory_staff:location", key)
    context = {
        "record": place,
        "form": form,
        "others": confidential.others_at_the_same_address(place),
        "has_no_area": is_nameless and not areas,
    }
    return page(request, "hide", context)


@staff_with(confidential.RIGHT)
@require_POST
def site(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show where a confidential place is. Each look is written in the audit log."""
    place = _confidential(key)
    opened = confidential.site(place, person(request))
    context = {
        "record": place,
        "site": opened,
        "addresses": [address_words(address) for address in opened.addresses],
        "form": SiteForm.of(opened),
        "show_form": ShowForm(),
    }
    return page(request, "site", context)


@staff_with(confidential.RIGHT)
@require_POST
def write_site(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a change of where a confidential place is."""
    place = _confidential(key)
    before = confidential.site(place, person(request))
    form = SiteForm(request.POST)
    if not form.is_valid():
        context = {"record": place, "site": before, "form": form, "show_form": ShowForm()}
        return page(request, "site", context)
    confidential.write_site(place, form.site(before), person(request))
    messages.success(request, _("Sealed anew."))
    return redirect("directory_staff:location", key)


@staff_with(confidential.RIGHT)
@require_POST
def show(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make a confidential place open again, after two confirmations."""
    place = _confidential(key)
    form = ShowForm(request.POST)
    if not form.is_valid():
        return page(request, "show", {"record": place, "form": form})
    confidential.show(place, person(request))
    messages.success(request, _("This place is open to all again."))
    return redirect("directory_staff:location", key)


def _confidential(key: UUID) -> Location:
    return get_object_or_404(Location, pk=key, is_confidential=True)
