"""What happens by itself: indexes catch up, timers run out, old rows go."""

from __future__ import annotations

from leeward.directory.services import changes, indexing

from django.utils import timezone

from leeward.directory.services import bed_requests
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
    bed_requests.delete_old(timezone.now().date())
