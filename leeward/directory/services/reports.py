"""Reports and change requests: sent by anybody, decided by staff, deleted on their day."""

from __future__ import annotations

import unicodedata
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from leeward.directory.models import Report, ServiceAtLocation
from leeward.directory.rules import trust
from leeward.people.models import Account
from leeward.people.services import record
from leeward.safety import log

MOST_TEXT = 500
MOST_OPEN = 50  # about one listing; more would only bury the first ones


class AlreadyDecided(Exception):
    """Somebody else decided the report before."""


def send(service_at_location_id: UUID, *, kind: str, text: str = "") -> bool:
    """Store what somebody says about a listing; return whether it was kept.

    kind: one of Report.Kind. text: cut at MOST_TEXT letters; control characters go. Nothing about
    who sent it is stored. False when MOST_OPEN about this listing wait already.
    Raises ServiceAtLocation.DoesNotExist, ValueError for an unknown kind.
    """
    about = ServiceAtLocation.objects.only("pk").get(pk=service_at_location_id)
    if (
        Report.objects.filter(service_at_location=about, state=Report.State.OPEN).count()
        >= MOST_OPEN
    ):
        return False
    today = timezone.now().date()
    Report.objects.create(
        service_at_location=about,
        kind=Report.Kind(kind),
        text=_clean(text),
        on=today,
        delete_after=trust.keep_report_until(today, is_decided=False),
    )
    log.info("directory.report_sent", kind=str(kind))
    return True


def _clean(text: str) -> str:
    kept = (sign for sign in text if sign in "\n\t" or unicodedata.category(sign)[0] != "C")
    return "".join(kept).strip()[:MOST_TEXT]


@transaction.atomic
def decide(report_id: int, *, by: Account, is_accepted: bool) -> Report:
    """Write down what `by` decided; it is deleted 90 days on. Raises AlreadyDecided."""
    report = Report.objects.select_for_update().get(pk=report_id)
    if report.state != Report.State.OPEN:
        raise AlreadyDecided
    today = timezone.now().date()
    report.state = Report.State.ACCEPTED if is_accepted else Report.State.DECLINED
    report.decided_by, report.decided_on = by, today
    report.delete_after = trust.keep_report_until(today, is_decided=True)
    report.save()
    record(by, f"directory.report_{report.state}", "report", report.pk)
    return report


def forget_old_reports(today: date) -> int:
    """Delete the reports whose day has passed; return how many."""
    count, _kinds = Report.objects.filter(delete_after__lt=today).delete()
    return count
