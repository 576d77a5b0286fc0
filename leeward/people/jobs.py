"""What people's accounts need done each day."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.utils import timezone

from leeward.people import services
from leeward.safety import log


def every_day() -> None:
    """Delete what is over: sessions, invitations, audit entries older than two years."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    invitations = services.forget_expired_invitations()
    entries = services.forget_old_entries(timezone.now().date())
    log.info("people.daily_done", invitations=invitations, audit_entries=entries)
