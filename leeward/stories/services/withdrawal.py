"""Withdrawal: a story leaves the site at once, and with it all that was ever stored of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, ReferenceIndex, Revision

from leeward.people.services import record
from leeward.safety.generation import drop_kept_pages
from leeward.stories.models import Consent, Picture, PictureRendition, StoryPage

FOLDERS = {"originals": Picture.objects, "shown": PictureRendition.objects}
FTS = "wagtailsearch_indexentry_fts"


@transaction.atomic
def withdraw_story(story: StoryPage, *, by: Any) -> None:
    """Delete `story` in all its languages, with every version, picture, size, note and log text.

    Kept pages are dropped in every process as soon as it is stored. Log lines stay as bare
    events (who, what, when) without the story's name. Raises PermissionDenied.
    """
    if not by.has_perm("stories.withdraw_story"):
        raise PermissionDenied
    key = story.translation_key
    stories = _all_versions(key)
    pictures = _pictures_only_in(stories)
    pages = [page.pk for page in stories]
    for page in stories:
        page.delete(user=by)
    _delete_pictures(pictures)
    _blank_log(pages, pictures)
    Consent.objects.filter(story_key=key).delete()
    record(by, "stories.story_withdrawn", "story", story.pk)
    drop_kept_pages()
    _merge_search_index()
    transaction.on_commit(empty_write_ahead_log)


def _all_versions(key: UUID) -> list[StoryPage]:
    """Return the story in each language, and the pages that mirror one of those."""
    found = list(StoryPage.objects.filter(translation_key=key))
    known = {page.pk for page in found}
    fresh = known
    while fresh:
        mirrors = StoryPage.objects.filter(alias_of__in=fresh).exclude(pk__in=known)
        found += mirrors
        fresh = {page.pk for page in mirrors}
        known |= fresh
    return sorted(found, key=lambda page: page.alias_of_id is None)


def _pictures_only_in(stories: list[StoryPage]) -> list[Picture]:
    """Return the pictures that some version of these pages held and no other page holds."""
    ours = {str(page.pk) for page in stories}
    of_pages = Revision.page_revisions.all()
    held = set(_picture_ids(of_pages.filter(object_id__in=ours).values_list("content", flat=True)))
    for page in stories:
        held |= set(_picture_ids(list(page.body.raw_data)))
    others = of_pages.exclude(object_id__in=ours).values_list("content", flat=True)
    held -= set(_picture_ids(others.iterator()))
    return [
        picture
        for picture in Picture.objects.filter(pk__in=held)
        if not ReferenceIndex.get_references_to(picture).exclude(object_id__in=ours).exists()
    ]


def _picture_ids(value: Any) -> Iterable[int]:
    """Yield the ids of pictures anywhere in the stored form of blocks."""
    if isinstance(value, str):
        if value.startswith("[{"):  # a version stores its blocks as text
            yield from _picture_ids(_parsed(value))
    elif isinstance(value, dict):
        held = value.get("value")
        if value.get("type") == "picture" and isinstance(held, dict) and held.get("image"):
            yield int(held["image"])
        yield from _picture_ids(list(value.values()))
    elif isinstance(value, Iterable):
        for item in value:
            yield from _picture_ids(item)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _delete_pictures(pictures: list[Picture]) -> None:
    """Delete pictures with all their sizes; the files go once the deletion is stored."""
    for picture in pictures:
        for rendition in picture.renditions.all():
            rendition.delete()
        picture.delete()


def _blank_log(pages: list[int], pictures: list[Picture]) -> None:
    PageLogEntry.objects.filter(page_id__in=pages).update(label="", data={})
    ids = [str(picture.pk) for picture in pictures]
    entries = ModelLogEntry.objects.filter(content_type__model="picture", object_id__in=ids)
    entries.update(label="", data={})


def _merge_search_index() -> None:
    """Have SQLite's search index forget the words of deleted rows, which it keeps until merged."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {FTS}({FTS}) VALUES('optimize')")


def empty_write_ahead_log() -> None:
    """Have SQLite write its log back and cut it to nothing: it may hold what was deleted.

    While somebody else reads or writes, SQLite leaves it for later; the daily job comes by again.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def sweep_pictures() -> int:
    """Delete files of pictures that no row names (left by a sudden stop); return how many.

    Files of the last day stay: their row may be about to be stored.
    """
    count = 0
    for folder, rows in FOLDERS.items():
        if not default_storage.exists(folder):
            continue
        known = {PurePosixPath(name).name for name in rows.values_list("file", flat=True)}
        for name in default_storage.listdir(folder)[1]:
            if name not in known and _is_old(f"{folder}/{name}"):
                default_storage.delete(f"{folder}/{name}")
                count += 1
    return count


def _is_old(name: str) -> bool:
    return default_storage.get_modified_time(name) < timezone.now() - timedelta(days=1)
