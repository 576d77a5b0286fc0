"""Builders: pages, pictures and people in the state a test needs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from PIL import Image
from wagtail.models import Locale

from leeward.stories import services
from leeward.stories.models import (
    GuidePage,
    HomePage,
    LessonPage,
    Picture,
    SectionPage,
    SitePage,
    StoryPage,
)

GPS_MARK = b"Kodak Canary"


def today() -> date:
    """Return today, UTC."""
    return timezone.now().date()


def person(name: str, *roles: str, **fields: Any) -> Any:
    """Return a staff member with roles; `is_superuser=True` may do everything."""
    account = get_user_model().objects.create_user(username=name, **fields)
    account.groups.set(Group.objects.filter(name__in=roles))
    assert account.groups.count() == len(roles), "a role is missing"
    return account


def home(code: str = "en") -> HomePage:
    """Return the first page in a language."""
    return HomePage.objects.get(locale__language_code=code)


def section(title: str = "Stories", code: str = "en", *, menu: bool = True) -> SectionPage:
    """Return a published section under the first page."""
    parent = home(code)
    found = parent.get_children().filter(title=title).first()
    if found:
        return found.specific
    return _published(parent, SectionPage(title=title, show_in_menus=menu))


def _published(parent: SitePage, page: Any) -> Any:
    if page.locale_id is None:
        page.locale = parent.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def draft_story(title: str = "The kitchen light", code: str = "en", **fields: Any) -> StoryPage:
    """Return a story that is not on the site."""
    words = {
        "pen_name": "Wren",
        "content_note": "Tells of fear at home.",
        "body": [{"type": "paragraph", "value": "<p>I left in the rain.</p>"}],
    }
    parent = section("Stories" if code == "en" else "Historias", code)
    story = StoryPage(title=title, live=False, locale=parent.locale, **words | fields)
    parent.add_child(instance=story)
    story.save_revision()
    return story


def consent(story: StoryPage, *, until: date | None = None, since: date | None = None) -> None:
    """Record that somebody agreed to `story`."""
    recorder = person(f"rec-{story.pk}", is_superuser=True)
    services.record_consent(
        story,
        services.About(who="M. Canary", what="All of it", reach="Call Tuesdays"),
        agreed_on=since or today() - timedelta(days=400),
        until=until,
        by=recorder,
    )


def story(title: str = "The kitchen light", code: str = "en", **fields: Any) -> StoryPage:
    """Return a story on the site, agreed to without an end."""
    made = draft_story(title, code, **fields)
    consent(made)
    made.get_latest_revision().publish()
    made.refresh_from_db()
    return made


def guide(title: str = "How to rest", **fields: Any) -> GuidePage:
    """Return a published guide."""
    fields.setdefault("reviewed_on", date(2026, 11, 1))
    return _published(section("Guides"), GuidePage(title=title, **fields))


def lesson(title: str, **fields: Any) -> LessonPage:
    """Return a published lesson, after those made before it."""
    return _published(section("Lessons"), LessonPage(title=title, **fields))


def translation(page: Any, code: str, **changes: Any) -> Any:
    """Return the published translation of a page."""
    made = page.copy_for_translation(
        Locale.objects.get(language_code=code), copy_parents=True, exclude_fields=None
    )
    for name, value in changes.items():
        setattr(made, name, value)
    made.save_revision().publish()
    made.refresh_from_db()
    return made


def photo_with_place(kind: str = "JPEG") -> bytes:
    """Return a photo whose metadata says with which camera and where it was taken."""
    picture = Image.new("RGB", (60, 40), (90, 120, 150))
    exif = Image.Exif()
    exif[0x010F] = GPS_MARK.decode()
    exif[0x0112] = 6  # turned on its side
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (40.0, 26.0, 46.0)
    place[3], place[4] = "W", (79.0, 58.0, 56.0)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + GPS_MARK + b"</x:xmpmeta>"
    out = BytesIO()
    options: dict[str, Any] = {"exif": exif, "icc_profile": GPS_MARK}
    if kind in {"JPEG", "WEBP"}:
        options["xmp"] = xmp
    if kind == "JPEG":
        options["comment"] = GPS_MARK
    picture.save(out, kind, **options)
    return out.getvalue()


def upload(data: bytes, name: str = "Anna Smith kitchen 2024.jpg") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, data)


def stored(name: str) -> bytes:
    """Return the bytes of a stored file."""
    with default_storage.open(name) as file:
        return bytes(file.read())


def picture(data: bytes | None = None, title: str = "A door") -> Picture:
    """Return a stored picture."""
    made = Picture(title=title, file=upload(data or photo_with_place()))
    made.save()
    return made


def signed_in(account: Any) -> Client:
    """Return a browser in which `account` is signed in, second factor checked."""
    browser = Client(headers={"accept-language": "en"})
    browser.force_login(account)
    device = account.staticdevice_set.create(name="test")
    session = browser.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return browser


def later(**ahead: int) -> datetime:
    """Return a moment from now; an hour ahead unless told."""
    return timezone.now() + timedelta(**(ahead or {"hours": 1}))


def guide_form(guide: Any, **changes: str) -> dict[str, str]:
    """Return what the editor's form sends for a guide."""
    return {
        "title": guide.title,
        "slug": guide.slug,
        "intro": guide.intro,
        "reviewed_on": str(getattr(guide, "reviewed_on", "")),
        "body-count": "0",
        "menu_label": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    } | changes
