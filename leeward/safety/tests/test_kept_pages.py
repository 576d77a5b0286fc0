"""Kept pages: which are true still, how they are cut and compressed."""

from __future__ import annotations

import gzip
import multiprocessing
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from leeward.safety.generation import Generation
from leeward.safety.kept_pages import (
    KEEP_S,
    MOST_PAGES,
    KeptPages,
    choose_encoding,
    compress,
    cut_part,
)


class Clock:
    """A clock that stands still until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        """Return the seconds it shows."""
        return self.now


def keep(pages: KeptPages, path: str) -> None:
    pages.keep((path, False), status=200, headers=[], plain=b"page", mark=pages.mark())


def test_a_page_is_forgotten_when_it_is_too_old(tmp_path: Path) -> None:
    clock = Clock()
    pages = KeptPages(Generation(tmp_path / "g"), clock)
    keep(pages, "/en/")

    clock.now = KEEP_S + 1

    assert pages.find(("/en/", False)) is None


def test_there_is_a_limit_to_how_many_pages_are_kept(tmp_path: Path) -> None:
    pages = KeptPages(Generation(tmp_path / "g"))

    for number in range(MOST_PAGES + 1):
        keep(pages, f"/en/{number}/")

    assert pages.find(("/en/0/", False)) is None
    assert pages.find((f"/en/{MOST_PAGES}/", False)) is not None


def _publish(file: Path) -> None:
    Generation(file).move_on()


def test_a_publish_in_another_process_is_seen_at_once(tmp_path: Path) -> None:
    pages = KeptPages(Generation(tmp_path / "g"))
    keep(pages, "/en/")
    other = multiprocessing.get_context("spawn").Process(target=_publish, args=(tmp_path / "g",))

    other.start()
    other.join()

    assert other.exitcode == 0
    assert pages.find(("/en/", False)) is None


def test_publishes_at_the_same_moment_are_both_counted(tmp_path: Path) -> None:
    one, two = Generation(tmp_path / "g"), Generation(tmp_path / "g")
    start = one.now()

    one.move_on()
    middle = two.now()
    two.move_on()

    assert len({start, middle, one.now()}) == 3


@given(st.binary(max_size=4000))
def test_every_encoding_gives_back_what_went_in(plain: bytes) -> None:
    assert brotli.decompress(compress(plain, b"br", best=False)) == plain
    assert gzip.decompress(compress(plain, b"gzip", best=False)) == plain
    packed = compress(plain, b"zstd", best=False)
    assert zstandard.ZstdDecompressor().decompress(packed, max_output_size=5000) == plain


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        (b"gzip, deflate, br, zstd", b"br"),
        (b"gzip, deflate, zstd", b"zstd"),
        (b"gzip", b"gzip"),
        (b"br;q=0, gzip;q=0.5", b"gzip"),
        (b"BR", b"br"),
        (b"identity", b""),
        (b"", b""),
    ],
)
def test_the_smallest_allowed_encoding_is_chosen(accepted: bytes, chosen: bytes) -> None:
    assert choose_encoding(accepted) == chosen


@given(st.binary(max_size=200))
def test_any_wish_for_an_encoding_can_be_read(accepted: bytes) -> None:
    assert choose_encoding(accepted) in {b"br", b"zstd", b"gzip", b""}


def test_an_answer_without_marks_is_left_whole() -> None:
    assert cut_part(b"plain text") == b"plain text"
