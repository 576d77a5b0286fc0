"""What editors write."""

from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    """The first page."""

    body = RichTextField(blank=True)
    content_panels = [*Page.content_panels, "body"]
