"""Sealing in the browser: which scripts a page needs, in which order. browser/README.md lists them.

They are classic scripts that fill one global, `Sealing`. A visitor's page carries them inside
itself, allowed by hash; a staff page loads them as files. Give them a <script> element of their
own: a browser too old to read them then still reads the rest, and finds no `Sealing`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import rjsmin

FOLDER = Path(__file__).resolve().parent / "browser"
Part = tuple[Path, ...]


def _files(*names: str) -> Part:
    return tuple(FOLDER / f"{name}.js" for name in names)


# What a visitor's chat needs: open and seal, prove, ask for a place.
CHAT = _files(
    "vendor/hpke",
    "bytes",
    "contexts",
    "keys",
    "suite",
    "envelope",
    "box",
    "messages",
    "visits",
    "work",
    "possible",
)
# Keeping a conversation and coming back to it. Beside CHAT; needs WORKER_POLICY.
WORDS = _files("vendor/argon2", "stretch", "words")
# What an advocate's console needs. Beside CHAT; needs WORKER_POLICY where a passphrase is asked.
STAFF = _files("vendor/argon2", "stretch", "members", "passkeys", "shares", "fingerprint")

# What the content policy must allow where Sealing.stretch runs (Argon2id in a worker), and no
# where else: sources by directive (CSP3, 4.4.2 and 6.1.16).
WORKER_POLICY = {"script-src": "'wasm-unsafe-eval'", "worker-src": "blob:"}


@cache
def script(part: Part) -> str:
    """Return a part as one script to carry inside a page: without comments and spare space.

    The one-line notices that the third-party licences ask for stay.
    """
    return "\n".join(_short(file) for file in part)


def _short(file: Path) -> str:
    text = file.read_text(encoding="utf-8").strip()
    return text if file.parent.name == "vendor" else str(rjsmin.jsmin(text))
