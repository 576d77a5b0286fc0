"""What happens by itself: conversations whose time is over are destroyed."""

from __future__ import annotations

from django.utils import timezone

from leeward.line.services import destroying
from leeward.safety import log


def every_day() -> None:
    """Destroy the conversations whose last day is over."""
    gone = destroying.destroy_overdue(timezone.now().date())
    if gone:
        log.info("line.destroyed", count=gone)
