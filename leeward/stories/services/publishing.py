"""Publishing what is due: each page by itself, so that one that can't does not hold the rest."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from leeward.safety import log


def publish_what_is_due() -> int:
    """Take down pages whose time is over, publish those whose time has come; return how many."""
    now = timezone.now()
    count = 0
    for page in Page.objects.filter(live=True, expire_at__lt=now).specific():
        with transaction.atomic():
            page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        count += 1
    due = Revision.page_revisions.filter(approved_go_live_at__lt=now)
    for revision in due.order_by("approved_go_live_at"):
        count += _publish(revision)
    return count


def _publish(revision: Revision) -> int:
    """Publish one version, whole or not at all; one that may not go live is taken off the list."""
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError:
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        log.warning("stories.not_published_on_time", page=int(revision.object_id))
        return 0
    return 1
