"""Panels that show editors where a page stands: its checks, and the consent behind a story."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class ChecksPanel(Panel):
    """Shows reading grade, missing parts, jargon and hurtful words of the saved text."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("What to look at before publishing"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        """The panel on one page's form."""

        template_name = "stories/staff/checks_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the report on the page as it was last saved."""
            from leeward.stories.checks import check_page

            context: dict[str, Any] = super().get_context_data(parent_context)
            context["report"] = check_page(self.instance) if self.instance.pk else None
            return context


class ConsentPanel(Panel):
    """Shows where the consent of a story stands, with the way to record or withdraw it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Consent"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        """The panel on one story's form."""

        template_name = "stories/staff/consent_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Return the consent, without its sealed part."""
            from datetime import UTC, datetime

            context: dict[str, Any] = super().get_context_data(parent_context)
            consent = self.instance.consent if self.instance.pk else None
            context["consent"] = consent
            context["state"] = consent.state(datetime.now(UTC).date()) if consent else "missing"
            return context
