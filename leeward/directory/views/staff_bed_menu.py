"""What beds add to the staff's menu and start page."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeward.directory.services import bed_requests, beds
from leeward.people.models import Account
from leeward.people.staff_menu import Attention, StaffEntry

BEDS_ORDER = 31
REQUESTS_ORDER = 32
TELLS = "directory.update_own_beds"
ASKS = "directory.request_bed"


def entries() -> Iterable[StaffEntry]:
    """Return the menu's entries."""
    about_beds = _("Say in one tap what is free. Answer advocates who ask for a place.")
    about_requests = _("Ask every member shelter that fits at once. The first yes wins.")
    return [
        StaffEntry(_("Beds"), reverse("beds:board"), BEDS_ORDER, TELLS, about_beds),
        StaffEntry(
            _("Bed requests"), reverse("beds:requests"), REQUESTS_ORDER, ASKS, about_requests
        ),
    ]


def attention(account: Account) -> Iterable[Attention]:
    """Return requests that wait for the account's shelters, beds told too long ago, answers."""
    if account.has_perm(TELLS):
        yield from _of_a_shelter(account)
    if account.has_perm(ASKS):
        found = bed_requests.taken_for(account)
        if found:
            text = ngettext(
                "A shelter said yes: %d request", "Shelters said yes: %d requests", found
            )
            yield Attention(text % found, reverse("beds:requests"))


def _of_a_shelter(account: Account) -> Iterable[Attention]:
    now, path = timezone.now(), reverse("beds:board")
    waiting = bed_requests.waiting_for(account, now).count()
    if waiting:
        text = ngettext(
            "An advocate asks for a place: %d request",
            "Advocates ask for places: %d requests",
            waiting,
        )
        yield Attention(text % waiting, path)
    run_out = 0 if account.has_perm(beds.ALL_SHELTERS) else beds.run_out(account, now)
    if run_out:
        yield Attention(_("Your beds were told too long ago. Is it still the same?"), path)
