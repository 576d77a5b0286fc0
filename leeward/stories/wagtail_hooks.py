"""What is changed in Wagtail's editor."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from leeward.stories import services
from leeward.stories.models import StoryPage
from leeward.stories.prose import OtherSites, PageMoves
from leeward.stories.views import consents

OFF_IN_MENU = {"documents", "help", "snippets"}
OFF_IN_SETTINGS = {"users", "groups", "redirects", "api-tokens"}


@hooks.register("register_rich_text_features", order=100)
def set_links(features: FeatureRegistry) -> None:
    """Have links written as moves, or as links that say they lead elsewhere."""
    for handler in (PageMoves, OtherSites):
        features.register_link_type(handler)


@hooks.register("construct_main_menu")
def tidy_menu(request: HttpRequest, items: list[Any]) -> None:
    """Take away entries for what is switched off here."""
    items[:] = [item for item in items if item.name not in OFF_IN_MENU]


@hooks.register("construct_settings_menu")
def tidy_settings(request: HttpRequest, items: list[Any]) -> None:
    """Take away accounts and groups, which are looked after outside the editor."""
    items[:] = [item for item in items if item.name not in OFF_IN_SETTINGS]


@hooks.register("register_admin_urls")
def consent_urls() -> list[Any]:
    """Return the addresses of the screens about consent."""
    return [
        path("consents/", consents.overview, name="stories_consents"),
        path("consents/<int:page_id>/", consents.consent, name="stories_consent"),
        path("consents/<int:page_id>/open/", consents.open_consent, name="stories_consent_open"),
        path(
            "consents/<int:page_id>/withdraw/", consents.withdraw, name="stories_consent_withdraw"
        ),
    ]


@hooks.register("register_admin_menu_item")
def consent_entry() -> MenuItem:
    """Return the menu entry that leads to the consents."""
    return MenuItem(_("Consents"), reverse("stories_consents"), icon_name="key", order=300)


@hooks.register("before_publish_page")
def say_what_is_missing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep the draft and say why it can't be published; reviewed pages don't come this way."""
    reasons = page.specific.reasons_not_to_publish()
    if not reasons:
        return None
    for reason in reasons:
        messages.error(request, reason)
    return HttpResponseRedirect(reverse("wagtailadmin_pages:edit", args=[page.pk]))


@hooks.register("before_copy_page")
def keep_stories_single(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to copy a story: a copy would stay behind when consent is withdrawn."""
    holds_story = StoryPage.objects.descendant_of(page, inclusive=True).exists()
    if not holds_story:
        return None
    messages.error(request, _("A story can't be copied, so that withdrawing it takes all of it."))
    return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


class EndingConsents(Component):
    """On the editors' first page: consents that end within the warning days."""

    order = 50

    def render_html(self, parent_context: Any = None) -> SafeString:
        """Return the list, or nothing when none ends soon."""
        ending = services.consents_ending(datetime.now(UTC).date())
        if not ending:
            return SafeString("")
        return render_to_string("stories/staff/ending.html", {"ending": ending})


@hooks.register("construct_homepage_panels")
def warn_of_ending(request: HttpRequest, panels: list[Any]) -> None:
    """Warn of consents that end soon."""
    panels.append(EndingConsents())
