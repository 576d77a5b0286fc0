"""Pictures: nothing about them survives but the pixels."""

from __future__ import annotations

import hashlib
import io
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from PIL import Image

from leeward.stories.models import Picture
from leeward.stories.models.pictures import redraw
from leeward.stories.tests import make

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the temporary file of a new size to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
KINDS = ["JPEG", "PNG", "WEBP"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_photo_of_these_tests_says_where_it_was_taken(kind: str) -> None:
    data = make.photo_with_place(kind)

    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)


@pytest.mark.parametrize("kind", KINDS)
def test_neither_original_nor_size_says_where_it_was_taken(kind: str) -> None:
    picture = make.picture(make.photo_with_place(kind))
    size = picture.get_rendition("width-30")

    for file in (picture.file, size.file):
        stored = make.stored(file.name)
        shown = Image.open(io.BytesIO(stored))
        assert make.GPS_MARK not in stored
        assert not shown.getexif()
        assert not {"exif", "icc_profile", "xmp", "comment", "XML:com.adobe.xmp"} & set(shown.info)


def test_a_photo_is_turned_upright_before_it_forgets_how_it_was_held() -> None:
    picture = make.picture()

    assert (picture.width, picture.height) == (40, 60)


def test_size_and_mark_are_those_of_the_stored_file() -> None:
    picture = make.picture()

    stored = make.stored(picture.file.name)
    assert picture.file_size == len(stored)
    assert picture.file_hash == hashlib.sha1(stored).hexdigest()


def test_a_file_name_says_nothing() -> None:
    picture = make.picture()
    size = picture.get_rendition("width-30")

    assert re.fullmatch(r"originals/[0-9a-f]{32}\.jpg", picture.file.name)
    assert re.fullmatch(r"shown/[0-9a-f]{32}\.jpg", size.file.name)


@pytest.mark.parametrize(
    "data", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"", b"GIF89a"]
)
def test_anything_but_a_picture_is_refused(data: bytes) -> None:
    with pytest.raises(ValidationError):
        redraw(io.BytesIO(data))


def test_the_editor_refuses_a_drawing_that_could_hold_a_script() -> None:
    browser = make.signed_in(make.person("ed", is_superuser=True))
    drawing = make.upload(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.svg")

    browser.post("/staff/cms/images/add/", {"title": "x", "file": drawing})

    assert not Picture.objects.exists()


def test_what_the_editor_uploads_is_redrawn() -> None:
    browser = make.signed_in(make.person("ed", "editor"))

    browser.post(
        "/staff/cms/images/add/", {"title": "x", "file": make.upload(make.photo_with_place())}
    )

    stored = make.stored(Picture.objects.get().file.name)
    assert make.GPS_MARK not in stored


def test_a_picture_on_a_page_is_served_and_not_stored_by_the_browser(client: Client) -> None:
    size = make.picture().get_rendition("width-30")

    answer = client.get(size.url)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_original_is_not_to_be_had(client: Client) -> None:
    picture = make.picture()

    assert client.get(f"/pictures/{picture.file.name}").status_code == 404
    assert client.get(picture.file.name.replace("originals", "/pictures/shown")).status_code == 404


def test_a_story_shows_its_picture_with_its_words(client: Client) -> None:
    picture = make.picture()
    block = {"image": picture.pk, "decorative": False, "alt_text": "A red door"}
    story = make.story(body=[{"type": "picture", "value": block}])

    page = client.get(story.canonical_path).content.decode()

    assert 'alt="A red door"' in page
    assert '<img src="/pictures/shown/' in page


def test_a_picture_that_tells_something_needs_words() -> None:
    from leeward.stories.blocks import PageBlocks

    block = PageBlocks().child_blocks["picture"]
    value = block.to_python({"image": make.picture().pk, "decorative": False, "alt_text": ""})

    with pytest.raises(ValidationError):
        block.clean(value)
