"""Writes what a real browser seals into the shared vectors: `python -m tests.journeys.sealing`.

Run it when a format changes; Python's tests then open what stands there without any browser.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from leeward.sealing.encoding import from_text, to_text
from leeward.sealing.vectors.making import FILE, write_vectors
from tests.browsers import Chromium
from tests.journeys.sealing.page import SealingPage, sealing_site, secure_origin

Vector = dict[str, Any]


def main() -> None:
    """Seal again, in Chromium, what each vector of Python's seals."""
    vectors = json.loads(FILE.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder, sealing_site() as port:
        browser = Chromium(Path(folder), scripts=True)
        page = SealingPage(browser.new_tab(), secure_origin(port)).open()
        vectors["from_javascript"] = {
            "envelopes": [_envelope(page, vector) for vector in vectors["envelopes"]],
            "messages": [_message(page, vector) for vector in vectors["messages"]],
            "members": [_member(page, vector) for vector in vectors["members"]],
            "words": _words(page, vectors["words"]),
        }
        browser.close()
    FILE.write_text(write_vectors(vectors), encoding="utf-8")


def _envelope(page: SealingPage, vector: Vector) -> Vector:
    sealed = page.call("envelope.seal", *_bytes(vector, "public", "plain", "context"))
    return vector | {"sealed": to_text(sealed)}


def _message(page: SealingPage, vector: Vector) -> Vector:
    data = json.loads(vector["data"])
    sealed = page.call("messages.seal", from_text(vector["key"]), vector, data)
    spelled = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return vector | {"data": spelled, "sealed": to_text(sealed)}


def _member(page: SealingPage, vector: Vector) -> Vector:
    key, private = _bytes(vector, "key", "private")
    sealed = page.call("members.wrap", key, private, vector["account"], vector["lock"])
    return vector | {"sealed": to_text(sealed)}


def _words(page: SealingPage, vector: Vector) -> Vector:
    key, secret = _bytes(vector, "unlock_key", "secret")
    sealed = page.call("words.lock", key, secret, vector["conversation"])
    return vector | {"sealed": to_text(sealed)}


def _bytes(vector: Vector, *names: str) -> tuple[bytes, ...]:
    return tuple(from_text(vector[name]) for name in names)


if __name__ == "__main__":
    main()
