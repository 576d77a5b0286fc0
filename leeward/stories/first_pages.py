"""What every site starts with: a first page in each language, the roles' rights, the reviews.

Runs after each `migrate` and before demonstration content; what is there already is left as it
is. It stands here and not in a migration so that a language that is switched on later gets its
first page too, and so that the real page models, with their tree, do the work.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from leeward.stories.models import HomePage, ReviewTask

STOCK_WORKFLOW = "Moderators approval"
STOCK_GROUPS = ("Editors", "Moderators")
WORKFLOW = "Two people look it over"
REVIEWS = ("First review", "Second review")

# What a site says before anybody wrote anything: title, opening lines.
WORDS = {
    "en": (
        "You are not to blame. Help is near.",
        "This is a quiet place for people who are hurt or held by someone. "
        "You can read here, find a line to call, and leave fast.",
    ),
    "es": (
        "No es tu culpa. Hay ayuda cerca.",
        "Este es un lugar tranquilo para quien vive con miedo o bajo el control de otra persona. "
        "Aquí puedes leer, hallar un teléfono de ayuda y salir rápido.",
    ),
    "ar": (
        "لست مذنبًا. المساعدة قريبة.",
        "هذا مكان هادئ لمن يؤذيه شخص آخر أو يتحكم به. "
        "يمكنك أن تقرأ هنا، وأن تجد رقمًا تتصل به، وأن تغادر بسرعة.",
    ),
}

# Role → rights over every page, rights over pictures (Wagtail asks for those of its own image
# model, whatever model stands in its place), other rights.
PAGE_RIGHTS = {
    "editor": ("add_page", "change_page"),
    "reviewer": ("add_page", "change_page", "publish_page"),
    "coordinator": ("change_page", "publish_page"),
    "administrator": ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
PICTURE_RIGHTS = {
    "editor": ("add_image", "change_image", "choose_image"),
    "reviewer": ("add_image", "change_image", "choose_image"),
    "administrator": ("add_image", "change_image", "delete_image", "choose_image"),
}
OTHER_RIGHTS = {
    "editor": ("access_admin", "record_consent", "withdraw_story", "submit_translation"),
    "reviewer": ("access_admin", "record_consent", "withdraw_story", "submit_translation"),
    "coordinator": ("access_admin", "record_consent", "read_consent", "withdraw_story"),
    "administrator": ("access_admin", "withdraw_story"),
}


def after_migrate(app_config: Any, using: str = "default", **_about: Any) -> None:
    """Run once, when the last app is migrated and the database is the site's own."""
    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    if app_config == last and using == "default":
        for label in (
            "wagtailcore",
            "wagtailadmin",
            "wagtailimages",
            "stories",
            "simple_translation",
        ):
            create_permissions(apps.get_app_config(label), verbosity=0)
        ensure_first_pages()


@transaction.atomic
def ensure_first_pages() -> None:
    """Make what is missing: root, languages, first pages, the reviews, the roles' rights."""
    root = Page.get_first_root_node()
    if root is None:
        root = Page.add_root(title="Root", slug="root", locale=_locale(settings.LANGUAGE_CODE))
    homes = [_home(root, code) for code, _name in settings.LANGUAGES]
    _set_site(homes[0])
    _remove_stock()
    _set_reviews(homes)
    _give_rights(root)


def _locale(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def _home(root: Page, code: str) -> HomePage:
    locale = _locale(code)
    home: HomePage | None = HomePage.objects.filter(locale=locale).first()
    if home is not None:
        return home
    title, intro = WORDS[code]
    first = HomePage.objects.order_by("path").first()
    home = HomePage(title=title, slug=f"home-{code}", intro=intro, locale=locale)
    if first is not None:
        home.translation_key = first.translation_key
    root.refresh_from_db()
    root.add_child(instance=home)
    home.save_revision().publish()
    return home


def _set_site(home: HomePage) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", is_default_site=True, root_page=home)
    elif not HomePage.objects.filter(pk=site.root_page_id).exists():
        site.root_page = home
        site.save()


def _remove_stock() -> None:
    """Take away what Wagtail ships: its welcome page, two groups, a one-step workflow."""
    for page in Page.objects.filter(depth=2, content_type__model="page"):
        page.delete()
    Workflow.objects.filter(name=STOCK_WORKFLOW).delete()
    Task.objects.filter(name=STOCK_WORKFLOW).delete()
    Group.objects.filter(name__in=STOCK_GROUPS, user=None).delete()


def _set_reviews(homes: list[HomePage]) -> None:
    reviewers = Group.objects.filter(name__in=("reviewer", "administrator"))
    workflow, is_new = Workflow.objects.get_or_create(name=WORKFLOW)
    for place, name in enumerate(REVIEWS):
        task, _is_new = ReviewTask.objects.get_or_create(name=name)
        if not task.groups.exists():
            task.groups.set(reviewers)
        if is_new:
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=place)
    for home in homes:
        WorkflowPage.objects.get_or_create(page=home.page_ptr, defaults={"workflow": workflow})


def _give_rights(root: Page) -> None:
    """Give each role that exists its rights, where it has none over pages yet."""
    everything = Collection.get_first_root_node()
    for group in Group.objects.filter(name__in=OTHER_RIGHTS, page_permissions=None):
        for right in _permissions("wagtailcore", PAGE_RIGHTS.get(group.name, ())):
            GroupPagePermission.objects.create(group=group, page=root, permission=right)
        for right in _permissions("wagtailimages", PICTURE_RIGHTS.get(group.name, ())):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=everything, permission=right
            )
        group.permissions.add(
            *Permission.objects.filter(
                codename__in=OTHER_RIGHTS[group.name],
                content_type__app_label__in=("wagtailadmin", "stories", "simple_translation"),
            )
        )


def _permissions(app: str, names: tuple[str, ...]) -> list[Permission]:
    found = Permission.objects.filter(content_type__app_label=app, codename__in=names)
    return list(found)
