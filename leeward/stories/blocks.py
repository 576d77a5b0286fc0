"""The blocks that editors compose pages from. None can hold anything from another host."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

INLINE = ("bold", "italic", "link")
PROSE = (*INLINE, "ol", "ul", "h3")

# Pages that are not in the page tree: a word for editors and the view that shows each.
PLACES = {
    "lines": ("helplines:lines", _("Lines to call or text"), _("A person will listen.")),
    "leaving": ("safety:leaving", _("How to stay safe here"), _("Try the red X first.")),
    "traces": ("safety:traces", _("What stays on your phone"), _("And how to clear it.")),
}


class MovesBlock(blocks.StreamBlock):
    """Ways to other pages of this site."""

    page = blocks.PageChooserBlock(label=_("Page"))
    place = blocks.ChoiceBlock(
        choices=[(name, label) for name, (_view, label, _text) in PLACES.items()],
        label=_("Fixed page"),
        icon="site",
    )

    class Meta:
        icon = "link"


class StepBlock(blocks.StructBlock):
    """One step of a way through something."""

    title = blocks.CharBlock(max_length=120, label=_("What to do"))
    text = blocks.RichTextBlock(features=list(INLINE), required=False, label=_("More about it"))

    class Meta:
        icon = "order"


class CalloutBlock(blocks.StructBlock):
    """A few words set apart."""

    tone = blocks.ChoiceBlock(
        choices=[("calm", _("Good to know")), ("care", _("Take care"))],
        default="calm",
        label=_("Kind"),
        search_index=False,
    )
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    text = blocks.RichTextBlock(features=list(PROSE), label=_("Text"))

    class Meta:
        template = "stories/blocks/callout.html"
        icon = "warning"
        label = _("Set apart")


class DetailsBlock(blocks.StructBlock):
    """A line that opens to show more."""

    title = blocks.CharBlock(max_length=120, label=_("Line that opens"))
    text = blocks.RichTextBlock(features=list(PROSE), label=_("Text"))

    class Meta:
        template = "stories/blocks/details.html"
        icon = "collapse-down"
        label = _("Opens for more")


class CardsBlock(blocks.StructBlock):
    """Cards that lead to other pages."""

    title = blocks.CharBlock(max_length=120, required=False, label=_("Title"))
    moves = MovesBlock(label=_("Pages"))

    class Meta:
        template = "stories/blocks/cards.html"
        icon = "grip"
        label = _("Cards")


class SourceBlock(blocks.StructBlock):
    """Where a fact comes from: said in words, with a way to it."""

    text = blocks.CharBlock(max_length=300, label=_("Who said it"))
    year = blocks.CharBlock(max_length=12, required=False, label=_("Year"))
    address = blocks.URLBlock(required=False, label=_("Where it stands"))
    caveat = blocks.CharBlock(max_length=300, required=False, label=_("What to keep in mind"))

    class Meta:
        template = "stories/blocks/source.html"
        icon = "openquote"
        label = _("Source")


class PageBlocks(blocks.StreamBlock):
    """All that a page can be made of."""

    heading = blocks.CharBlock(
        max_length=120, template="stories/blocks/heading.html", icon="title", label=_("Heading")
    )
    paragraph = blocks.RichTextBlock(
        features=list(PROSE), template="stories/blocks/paragraph.html", label=_("Text")
    )
    list = blocks.ListBlock(
        blocks.RichTextBlock(features=list(INLINE), label=_("Point")),
        template="stories/blocks/list.html",
        icon="list-ul",
        label=_("List"),
    )
    steps = blocks.ListBlock(
        StepBlock(), template="stories/blocks/steps.html", icon="list-ol", label=_("Steps")
    )
    quote = blocks.TextBlock(
        template="stories/blocks/quote.html", icon="openquote", label=_("Quote")
    )
    callout = CalloutBlock()
    details = DetailsBlock()
    picture = ImageBlock(template="stories/blocks/picture.html", label=_("Picture"))
    cards = CardsBlock()
    related = MovesBlock(
        template="stories/blocks/related.html", icon="help", label=_("Related help")
    )
    source = SourceBlock()
    line = blocks.StaticBlock(
        template="stories/blocks/line.html",
        icon="horizontalrule",
        label=_("Line between"),
        admin_text=_("A thin line between two parts."),
    )

    class Meta:
        required = False
