"""Moves inside the site, as buttons that post to the one address.

`{% to "/en/lines/" %}Lines{% endto %}` writes a button that looks and reads like a link. With
scripts it swaps the page in; without, the form `go` posts it. Both stay on `/`.
"""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from leeward.design.remembered import path_to

register = template.Library()


def move_button(path: str, content: str, look: str = "link") -> SafeString:
    """Return a button that moves to the canonical `path`. `content` is escaped unless safe."""
    return format_html(
        '<button form="go" name="to" value="{}" data-to="{}" role="link" class="{}">{}</button>',
        path,
        path,
        look,
        content,
    )


@register.simple_block_tag
def to(content: str, path: str, look: str = "link") -> SafeString:
    """Write a move to `path` around what stands inside the tag, which is template text."""
    return move_button(path, mark_safe(content.strip()), look)  # noqa: S308


@register.simple_block_tag
def to_view(content: str, name: str, *args: str, look: str = "link") -> SafeString:
    """Write a move to the view `name` (with `args`), in the active language."""
    path = reverse(name, args=args) if args else path_to(name)
    return move_button(path, mark_safe(content.strip()), look)  # noqa: S308
