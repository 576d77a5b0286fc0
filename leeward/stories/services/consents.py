"""The consent behind each story: recorded sealed, opened by few, ended on its day."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from leeward.people.services import record
from leeward.safety import log
from leeward.sealing.box import Box, read_or_make_key
from leeward.stories.models import Consent, StoryPage

KEY_FILE = "consent.key"


class ConsentWrong(Exception):
    """The dates don't fit together; the text says how."""


@dataclass(frozen=True, slots=True)
class About:
    """What is sealed: who agreed, to what, and how to reach that person safely."""

    who: str
    what: str
    reach: str


@transaction.atomic
def record_consent(
    story: StoryPage, about: About, *, agreed_on: date, until: date | None, by: Any
) -> Consent:
    """Record what somebody agreed to for `story`; it takes the place of an earlier consent.

    until: the last day it holds, or None for no end. Raises ConsentWrong, PermissionDenied.
    """
    if not by.has_perm("stories.record_consent"):
        raise PermissionDenied
    if until is not None and until < agreed_on:
        raise ConsentWrong("it would end before it begins")
    text = json.dumps(asdict(about), ensure_ascii=False)
    consent, _is_new = Consent.objects.update_or_create(
        story_key=story.translation_key,
        defaults={
            "agreed_on": agreed_on,
            "until": until,
            "is_demonstration": False,
            "sealed": _box().seal(text, owner=str(story.translation_key)),
        },
    )
    record(by, "stories.consent_recorded", "story", story.pk)
    return consent


def open_consent(story: StoryPage, *, by: Any) -> About | None:
    """Return the sealed part for somebody who may read it; None for a demonstration.

    Each opening is logged. Raises PermissionDenied, Consent.DoesNotExist, SealBroken.
    """
    if not by.has_perm("stories.read_consent"):
        raise PermissionDenied
    consent = Consent.objects.get(story_key=story.translation_key)
    record(by, "stories.consent_opened", "story", story.pk)
    if not consent.sealed:
        return None
    text = _box().open(bytes(consent.sealed), owner=str(consent.story_key))
    return About(**json.loads(text))


def consents_ending(on: date) -> list[tuple[StoryPage, date]]:
    """Return each story whose consent ends within the warning days, with its last day."""
    last_days: dict[UUID, date] = dict(
        Consent.objects.ending(on).values_list("story_key", "until")  # type: ignore[arg-type]
    )
    stories = StoryPage.objects.filter(translation_key__in=last_days).order_by("title")
    return [(story, last_days[story.translation_key]) for story in stories]


def end_expired_consents(on: date) -> int:
    """Take stories off the site whose consent ended before `on`; return how many.

    Also those that lost their consent in any other way, and whatever of them is scheduled.
    """
    count = 0
    for story in StoryPage.objects.select_related("locale"):
        consent = story.consent
        if consent is not None and consent.holds(on):
            continue
        with transaction.atomic():
            story.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
            if story.live:
                story.unpublish(log_action="wagtail.unpublish.scheduled")
                log.info("stories.consent_ended", story=story.pk)
                count += 1
    return count


def _box() -> Box:
    return Box(read_or_make_key(Path(settings.DATA) / KEY_FILE), purpose="stories.consent")
