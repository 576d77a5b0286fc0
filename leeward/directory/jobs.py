"""What happens by itself: indexes catch up, timers run out, old rows go."""

from __future__ import annotations

from django.utils import timezone

from leeward.directory.services import approval, bed_requests, changes, indexing, reports, traces
from leeward.safety import log


def every_minute() -> None:
    """Let the index catch up with the change log, and end bed requests whose time is over."""
    indexing.follow()
    ended = bed_requests.end_overdue(timezone.now())
    if ended:
        log.info("directory.bed_requests_ended", count=ended)


def every_day() -> None:
    """Trim the change log and delete what is over its date."""
    changes.trim()
    indexing.check()
    today = timezone.now().date()
    bed_requests.delete_old(today)
    reports.forget_old_reports(today)
    approval.end_old_approvals(today)
    traces.empty_write_ahead_log()
