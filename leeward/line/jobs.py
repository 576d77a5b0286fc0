"""What happens by itself: what is over is ended, destroyed, or cut to the hour."""

from __future__ import annotations

from django.utils import timezone

from leeward.line.services.abuse import abuse, challenges
from leeward.line.services.calls import calls
from leeward.line.services.consent import consents
from leeward.line.services.endings import blurring, destroying, ending, overwriting
from leeward.line.services.members import recovering, team_members
from leeward.line.services.shifts import roster, staffing
from leeward.safety import log


def every_minute() -> None:
    """End chats whose visitor is gone, destroy calls, consents and marks whose time is over."""
    now = timezone.now()
    away = ending.end_away(now)
    expired = calls.destroy_overdue(now)
    consents.forget_over(now)
    roster.forget_gone(now)
    recovering.forget_over(now)
    staffing.count_minute(now)
    team_members.forget_shut()
    blurring.cut_to_the_hour(now)
    abuse.forget_yesterday(now)
    challenges.forget_old(now)
    destroying.empty_logs()
    overwriting.rewrite_wraps()
    if away or expired:
        log.info("line.over", chats=away, calls=expired)


def every_day() -> None:
    """Destroy the conversations whose last day is over, and wraps that nothing needs."""
    now = timezone.now()
    gone = destroying.destroy_overdue(now.date())
    lost = destroying.destroy_orphans()
    roster.forget_old_shifts(now)
    destroying.empty_logs()
    overwriting.rewrite_wraps(however_large=True)
    if gone or lost:
        log.info("line.destroyed", count=gone, lost=lost)
