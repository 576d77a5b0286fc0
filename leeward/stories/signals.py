"""Whatever changes what visitors see makes every process forget its kept pages."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale, Page, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from leeward.safety.generation import drop_kept_pages
from leeward.stories.models import Consent, Picture

_PAGE_SIGNALS = (page_published, page_slug_changed, page_unpublished, post_page_move)


def connect() -> None:
    """Connect, once."""
    for signal in _PAGE_SIGNALS:
        signal.connect(_drop, dispatch_uid="stories.drop")
    for model in (Consent, Picture, Site, Locale):
        post_save.connect(_drop, sender=model, dispatch_uid=f"stories.drop.{model.__name__}")
        post_delete.connect(_drop, sender=model, dispatch_uid=f"stories.drop.{model.__name__}")
    post_delete.connect(_drop_for_page, dispatch_uid="stories.drop.page")


def _drop(**_about: Any) -> None:
    drop_kept_pages()


def _drop_for_page(sender: type, **_about: Any) -> None:
    if issubclass(sender, Page):
        drop_kept_pages()
