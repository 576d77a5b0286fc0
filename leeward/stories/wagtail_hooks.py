"""What is changed in Wagtail's editor."""

from __future__ import annotations

from typing import Any

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from leeward.stories.prose import NumbersToCall, OtherSites, PageMoves


@hooks.register("register_rich_text_features", order=100)
def set_links(features: FeatureRegistry) -> None:
    """Have links written as moves, or as links that say they lead elsewhere."""
    for handler in (PageMoves, OtherSites, NumbersToCall):
        features.register_link_type(handler)


@hooks.register("construct_main_menu")
def tidy_menu(request: Any, items: list[Any]) -> None:
    """Take away entries for what is switched off here."""
    items[:] = [item for item in items if item.name not in {"documents", "help"}]


@hooks.register("construct_settings_menu")
def tidy_settings(request: Any, items: list[Any]) -> None:
    """Accounts and groups are looked after elsewhere."""
    off = {"users", "groups", "redirects", "api-tokens"}
    items[:] = [item for item in items if item.name not in off]
