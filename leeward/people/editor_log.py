"""Copies what the editor (Wagtail) logs into the audit log: the act and the id, no title."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import ModelLogEntry, PageLogEntry

from leeward.people.models import Account
from leeward.people.services import record

# Each keystroke that is saved by itself would bury what matters.
LEFT_OUT = frozenset({"wagtail.edit", "wagtail.create.preview"})


@receiver(post_save, sender=PageLogEntry)
@receiver(post_save, sender=ModelLogEntry)
def copy_entry(instance: PageLogEntry | ModelLogEntry, *, created: bool, **_options: Any) -> None:
    """Record the editor's entry in the audit log, when a person did it."""
    if not created or instance.action in LEFT_OUT or not isinstance(instance.user, Account):
        return
    if isinstance(instance, PageLogEntry):
        kind, identity = "page", str(instance.page_id)
    else:
        model = instance.content_type
        kind = f"{model.app_label}.{model.model}" if model else "thing"
        identity = instance.object_id
    event = "cms." + instance.action.removeprefix("wagtail.").replace(".", "_")
    record(instance.user, event, kind, identity)
