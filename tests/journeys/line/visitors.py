"""Visitors of both kinds, in the same words, so that a journey reads alike for each."""

from __future__ import annotations

from tests.browsers import Tab
from tests.journeys.line.visitor import Visitor
from tests.journeys.line.with_scripts import WithScripts
from tests.journeys.line.without_scripts import WithoutScripts

__all__ = ["Visitor", "WithScripts", "WithoutScripts", "visitor_at"]


def visitor_at(tab: Tab, base: str) -> Visitor:
    """Return the kind of visitor that a tab makes."""
    return WithScripts(tab, base) if tab.scripts else WithoutScripts(tab, base)
