"""What the stories' templates need."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from leeward.stories import prose

register = template.Library()


@register.filter
def as_prose(value: Any) -> SafeString:
    """Return stored rich text as HTML for visitors."""
    return prose.as_prose(getattr(value, "source", value))


@register.filter
def moves(value: Iterable[Any]) -> list[prose.Move]:
    """Return the moves that a list of related pages holds."""
    return prose.moves_of(value)


@register.simple_tag
def place(name: str) -> prose.Move | None:
    """Return the move to a fixed page, or None where it is not part of this site."""
    return prose.to_place(name)


@register.simple_tag
def outside(address: str, label: str) -> SafeString:
    """Write a link to another site."""
    return prose.outside_link(address, label)
