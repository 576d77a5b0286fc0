"""The browser's files: vendored ones as their manifest says, all of them small and self-contained.

What they do is tried in real browsers, in tests/journeys/sealing/.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import brotli
import pytest

from leeward.sealing import in_browser

VENDOR = in_browser.FOLDER / "vendor"
MANIFEST: list[dict[str, Any]] = json.loads((VENDOR / "manifest.json").read_text())
OWN = sorted(in_browser.FOLDER.glob("*.js"))
# With the page around them they must fit into what a slow network brings at once.
CHAT_MOST_BYTES = 8_000
WORDS_MOST_BYTES = 11_000
# What would speak to a network, keep something, run text as a program or write to the console.
UNWANTED = (
    r"\bfetch\b|XMLHttpRequest|WebSocket|sendBeacon|EventSource|importScripts|[^.]\bimport\(|"
    r"localStorage|sessionStorage|indexedDB|\bcaches\b|\.cookie\b|"
    r"\beval\(|new Function|innerHTML|console\.|Math\.random"
)


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["name"])
def test_a_vendored_file_is_the_one_that_the_manifest_names(entry: dict[str, Any]) -> None:
    body = (VENDOR / entry["file"]).read_bytes()

    assert hashlib.sha256(body).hexdigest() == entry["sha256"]


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["name"])
def test_a_vendored_file_names_its_origin_and_comes_with_its_licence(entry: dict[str, Any]) -> None:
    first_line = (VENDOR / entry["file"]).read_text().splitlines()[0]
    licence = (VENDOR / f"LICENSE-{entry['name']}.txt").read_text()

    assert f"{entry['name']} {entry['version']}, {entry['licence']}, (c) " in first_line
    assert entry["licence"] == "MIT"
    assert "Permission is hereby granted, free of charge" in licence


def test_the_vendor_folder_holds_nothing_that_the_manifest_does_not_name() -> None:
    named = {entry["file"] for entry in MANIFEST}

    assert {file.name for file in VENDOR.glob("*.js")} == named


def test_every_file_belongs_to_a_part_that_pages_can_carry() -> None:
    carried = {*in_browser.CHAT, *in_browser.WORDS, *in_browser.STAFF}

    assert carried == {*OWN, *VENDOR.glob("*.js")}


@pytest.mark.parametrize("file", [*OWN, *VENDOR.glob("*.js")], ids=lambda file: file.name)
def test_no_file_speaks_to_a_network_or_keeps_anything(file: Path) -> None:
    assert re.findall(UNWANTED, file.read_text()) == []


@pytest.mark.parametrize("file", OWN, ids=lambda file: file.name)
def test_each_file_of_our_own_adds_to_one_global_only(file: Path) -> None:
    lines = file.read_text().splitlines()
    outside = [line for line in lines if line and not line.startswith((" ", "/*", "}"))]

    assert outside == ["(function (Sealing) {"]
    assert lines[-1] in (
        "})(window.Sealing);",
        "})(window.Sealing = window.Sealing || {});",
    )


def test_a_chat_page_carries_less_than_eight_kilobytes() -> None:
    assert len(brotli.compress(in_browser.script(in_browser.CHAT).encode())) < CHAT_MOST_BYTES


def test_coming_back_by_words_carries_less_than_eleven_kilobytes_more() -> None:
    assert len(brotli.compress(in_browser.script(in_browser.WORDS).encode())) < WORDS_MOST_BYTES


def test_the_licences_notices_stay_when_comments_go() -> None:
    carried = "\n".join(map(in_browser.script, (in_browser.CHAT, in_browser.WORDS)))

    assert [line for line in carried.splitlines() if line.startswith("/*")] == [
        "/*! hpke 1.1.7, MIT, (c) Filip Skokan */",
        "/*! hash-wasm 4.13.0, MIT, (c) Dani Biró */",
    ]


def test_no_part_can_end_the_element_that_carries_it() -> None:
    carried = "".join(map(in_browser.script, (in_browser.CHAT, in_browser.WORDS, in_browser.STAFF)))

    assert "</script" not in carried.lower()
    assert "<!--" not in carried
