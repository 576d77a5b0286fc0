"""What editors should look at before publishing: how the text reads, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leeward.stories import jargon, phrasing, reading


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in one page."""

    figure: reading.Figure | None
    figure_target: str
    must: list[str]
    harmful: list[Any]
    jargon: list[Any]

    @property
    def is_clean(self) -> bool:
        """Return whether nothing was found."""
        return not (self.must or self.harmful or self.jargon)


def text_of(page: Any) -> str:
    """Return all that visitors read on the page, one part a line."""
    parts = [page.title, page.intro, getattr(page, "content_note", "")]
    for name in ("body", "what_helped"):
        stream = getattr(page, name, None)
        if stream is not None:
            parts += stream.stream_block.get_searchable_content(stream)
    return "\n".join(part.strip() for part in parts if part and part.strip())


def check_page(page: Any) -> Report:
    """Return the report on a page."""
    text, language = text_of(page), page.language
    figure = reading.grade(text, language)
    target = (
        _("hard to read. Aim for 70 or more: shorter sentences, everyday words.")
        if language == "es"
        else _("hard to read. Aim for 6 or less: shorter sentences, everyday words.")
    )
    return Report(
        figure=figure,
        figure_target=target,
        must=page.reasons_not_to_publish(),
        harmful=phrasing.find_harmful(text, language),
        jargon=jargon.find_jargon(text, language),
    )
