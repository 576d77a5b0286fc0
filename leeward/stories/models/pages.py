"""The page types. Each is composed from the blocks in `blocks`, in one language version each."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester, Revision, WorkflowState

from leeward.stories.blocks import MovesBlock, PageBlocks
from leeward.stories.models.consent import Consent
from leeward.stories.models.review import ReviewedPagePermissions
from leeward.stories.panels import ChecksPanel, ConsentPanel


class SitePage(Page):
    """What every page of the site has. Not a page type of its own."""

    intro = models.TextField(
        _("opening lines"),
        max_length=400,
        blank=True,
        help_text=_("Shown large under the title, and on the card that leads here."),
    )
    menu_label = models.CharField(
        _("word in the menu"), max_length=24, blank=True, help_text=_("Empty: the title.")
    )
    body = StreamField(PageBlocks(), blank=True, verbose_name=_("page"))

    private_page_options: list[str] = []
    write_first = [FieldPanel("intro")]
    write_then = [FieldPanel("body")]
    place_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("show_in_menus"), FieldPanel("menu_label")],
            heading=_("Where it stands"),
        )
    ]

    class Meta:
        abstract = True

    @classmethod
    @cache
    def get_edit_handler(cls) -> Any:
        """Return the editor's form: what is written, where it stands, what to check."""
        title = TitleFieldPanel("title")
        tabs = [
            ObjectList([title, *cls.write_first, *cls.write_then], heading=_("Text")),
            ObjectList([*cls.place_panels, *cls.settings_panels], heading=_("Place")),
            ObjectList([*cls.check_panels()], heading=_("Checks")),
        ]
        return TabbedInterface(tabs, base_form_class=cls.base_form_class).bind_to_model(cls)

    @classmethod
    def check_panels(cls) -> list[Any]:
        """Return the panels of the tab with the checks."""
        return [ChecksPanel()]

    @property
    def language(self) -> str:
        """Return the language this page is written in."""
        return str(self.locale.language_code)

    @property
    def canonical_path(self) -> str:
        """Return the canonical path, such as "/en/stories/". Empty when outside the site."""
        parts = self.get_url_parts()
        return parts[2] or "" if parts else ""

    def reasons_not_to_publish(self) -> list[str]:
        """Return what must be put right before this version may be published."""
        return []

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Store the page. Raises ValidationError when it would go live and may not."""
        if self.live and kwargs.get("update_fields") is None:
            reasons = self.reasons_not_to_publish()
            if reasons:
                raise ValidationError(reasons)
        return super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Store a version. A review that is under way starts again on it.

        So nobody approves, from a screen that was open meanwhile, words they have not seen.
        """
        revision = super().save_revision(*args, **kwargs)
        state = self.current_workflow_state
        if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
            state.current_task_state.specific.cancel(resume=True)
        return revision

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what `user` may do here; publishing needs the two reviews."""
        return ReviewedPagePermissions(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return what the template needs: the page, where Back leads, the other languages."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        versions = self._live_versions()
        parent = self.get_parent()
        back = parent.specific if parent is not None and not parent.is_root() else self
        context["site_address"] = settings.WAGTAILADMIN_BASE_URL
        context["versions"] = versions if len(versions) > 1 else []
        context["languages"] = self._language_choices(dict(versions))
        context["parent_path"] = back.canonical_path
        return context

    def _live_versions(self) -> list[tuple[str, str]]:
        pages = self.get_translations(inclusive=True).live().select_related("locale").specific()
        offered = [code for code, _name in settings.LANGUAGES]
        found = {page.language: page.canonical_path for page in pages}
        return [(code, found[code]) for code in offered if code in found]

    def _language_choices(self, paths: dict[str, str]) -> list[dict[str, str]]:
        return [
            {"code": code, "name": name, "path": paths.get(code, f"/{code}/")}
            for code, name in settings.LANGUAGES
            if code != self.language and (code in paths or code != "ar")
        ]


class HomePage(SitePage):
    """The first page in one language."""

    template = "stories/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    write_then = [FieldPanel("body")]

    class Meta:
        verbose_name = _("first page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return also the sections, which become cards."""
        context = super().get_context(request, *args, **kwargs)
        context["sections"] = self.get_children().live().in_menu().specific()
        return context


class SectionPage(SitePage):
    """A page that leads to others: stories, guides or lessons."""

    template = "stories/section_page.html"
    parent_page_types = ["stories.HomePage", "stories.SectionPage"]

    class Meta:
        verbose_name = _("section")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return also the pages in it, which become cards."""
        context = super().get_context(request, *args, **kwargs)
        context["pages"] = self.get_children().live().specific()
        return context


class StoryPage(SitePage):
    """A survivor's story, in her or his own voice. Stands on the site only while agreed to."""

    template = "stories/story_page.html"
    parent_page_types = ["stories.SectionPage"]
    subpage_types: list[str] = []

    pen_name = models.CharField(
        _("pen name"), max_length=60, help_text=_("Never the real name, nor a part of it.")
    )
    content_note = models.TextField(
        _("content note"),
        max_length=300,
        help_text=_("What is told, in plain words, without detail. Readers see it first."),
    )
    what_helped = StreamField(
        [("point", blocks.CharBlock(max_length=200, label=_("What helped")))],
        blank=True,
        verbose_name=_("what helped"),
    )
    related_help = StreamField(
        MovesBlock(required=False), blank=True, verbose_name=_("related help")
    )
    is_demonstration = models.BooleanField(_("made up, to show how it looks"), default=False)

    write_first = [
        FieldPanel("intro"),
        FieldPanel("pen_name"),
        FieldPanel("content_note"),
        FieldPanel("is_demonstration"),
    ]
    write_then = [FieldPanel("body"), FieldPanel("what_helped"), FieldPanel("related_help")]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    @classmethod
    def check_panels(cls) -> list[Any]:
        """Return the checks, and where the consent stands."""
        return [ConsentPanel(), ChecksPanel()]

    @property
    def consent(self) -> Consent | None:
        """Return the consent recorded for this story, in whatever language it was recorded."""
        return Consent.objects.defer("sealed").filter(story_key=self.translation_key).first()

    def is_agreed_to(self) -> bool:
        """Return whether a consent holds today."""
        consent = self.consent
        return consent is not None and consent.holds(datetime.now(UTC).date())

    def reasons_not_to_publish(self) -> list[str]:
        """Return what is missing: a consent that holds, a content note, a pen name."""
        reasons = super().reasons_not_to_publish()
        if not self.is_agreed_to():
            reasons.append(str(_("There is no consent that holds today. Record it first.")))
        if not self.content_note.strip():
            reasons.append(str(_("The content note is missing.")))
        if not self.pen_name.strip():
            reasons.append(str(_("The pen name is missing.")))
        return reasons


class GuidePage(SitePage):
    """How to do something, in steps, with the day it was last looked over."""

    template = "stories/guide_page.html"
    parent_page_types = ["stories.SectionPage"]
    subpage_types: list[str] = []

    reviewed_on = models.DateField(_("looked over on"), null=True, blank=True)
    write_first = [FieldPanel("intro"), FieldPanel("reviewed_on")]

    class Meta:
        verbose_name = _("guide")

    def reasons_not_to_publish(self) -> list[str]:
        """Return what is missing: the day it was looked over."""
        reasons = super().reasons_not_to_publish()
        if self.reviewed_on is None:
            reasons.append(str(_("The day it was looked over is missing.")))
        return reasons


class LessonPage(SitePage):
    """A short lesson, read in order inside its section. Nothing about the reader is kept."""

    template = "stories/lesson_page.html"
    parent_page_types = ["stories.SectionPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("lesson")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return also which lesson this is, and the ones before and after it."""
        context = super().get_context(request, *args, **kwargs)
        lessons = list(LessonPage.objects.sibling_of(self).live().order_by("path"))
        at = next((n for n, lesson in enumerate(lessons) if lesson.pk == self.pk), None)
        if at is not None:
            context["number"], context["count"] = at + 1, len(lessons)
            context["before"] = lessons[at - 1] if at else None
            context["after"] = lessons[at + 1] if at + 1 < len(lessons) else None
        return context


class NoticePage(SitePage):
    """A plain page: who we are, what we keep, something to announce."""

    template = "stories/notice_page.html"
    parent_page_types = ["stories.HomePage", "stories.SectionPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("notice")
