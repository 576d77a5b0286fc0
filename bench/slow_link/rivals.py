"""Pages that hold the text of Leeward's first page on GOV.UK Frontend and on Bootstrap.

Both come from npm, at a pinned version whose bytes are checked, into `.cache/`; nothing of them
is kept in this repository. Their pages follow each project's own page template, use the files
they ship, and get the best compression, so that only what they are makes the difference.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.processes import ROOT
from bench.slow_link.text import Block

CACHE = ROOT / ".cache" / "bench"


@dataclass(frozen=True)
class Package:
    """One package of npm, pinned; `integrity` is the SHA-512 that npm itself publishes."""

    name: str
    version: str
    integrity: str


GOVUK = Package(
    "govuk-frontend",
    "6.6.0",
    "xctkWrQvLnvQt7fyjQ3MGX9S0wz0x0RQuLxCeoXF+s8EjGICG81/DYQGKN5qgO+0KVT12UAaRwUsGY6fulRcRg==",
)
BOOTSTRAP = Package(
    "bootstrap",
    "5.3.9",
    "20cU0rcfw8WdxtVbmfU+xT2EjvVTw9Ror/h1Qvd7DXCujRg8OO9mdBCsmTHdJFf3BuadmBNJtgIuUXsBqSkk/w==",
)


class NotFetched(Exception):
    """A package could not be fetched, or is not the one that was pinned."""


def fetch(package: Package) -> Path:
    """Return the package's unpacked folder, fetched by npm when it is not there yet."""
    folder = CACHE / f"{package.name}-{package.version}"
    if folder.exists():
        return folder / "package"
    if shutil.which("npm") is None:
        raise NotFetched("the other pages come from npm: sudo apt install npm")
    CACHE.mkdir(parents=True, exist_ok=True)
    wanted = f"{package.name}@{package.version}"
    command = ["npm", "pack", wanted, "--pack-destination", str(CACHE)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603
    archive = CACHE / f"{package.name}-{package.version}.tgz"
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != package.integrity:
        archive.unlink()
        raise NotFetched(f"{wanted} is not what was pinned: {digest}")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / "package"


def make_empty(files: Path, _text: list[Block]) -> None:
    """Write a page with one word: the floor that no page can go below."""
    _write(files, _head("") + "<body><p>Hello</p></body></html>")


def make_govuk(files: Path, text: list[Block]) -> None:
    """Write the page as GOV.UK Frontend's page template has it."""
    shipped = fetch(GOVUK) / "dist" / "govuk"
    shutil.copytree(shipped / "assets", files / "assets")
    for name in ("govuk-frontend.min.css", "govuk-frontend.min.js"):
        shutil.copy(shipped / name, files / name)
    sizes = {"h1": "xl", "h2": "l", "h3": "m"}

    def element(block: Block) -> str:
        if block.kind in sizes:
            look = f"govuk-heading-{sizes[block.kind]}"
            return f'<{block.kind} class="{look}">{block.safe}</{block.kind}>'
        if block.kind == "link":
            return f'<p class="govuk-body"><a class="govuk-link" href="/">{block.safe}</a></p>'
        return f'<p class="govuk-body">{block.safe}</p>'

    page = (
        _head('<link rel="stylesheet" href="/govuk-frontend.min.css">')
        + '<body class="govuk-template__body"><script>document.body.className += " js-enabled" + '
        '("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");</script>'
        '<div class="govuk-width-container"><main class="govuk-main-wrapper">'
        + _all(text, element)
        + '</main></div><script type="module">import { initAll } from "/govuk-frontend.min.js"\n'
        "initAll()</script></body></html>"
    )
    _write(files, page.replace("<html ", '<html class="govuk-template" ', 1))


def make_bootstrap(files: Path, text: list[Block]) -> None:
    """Write the page as Bootstrap's introduction has it."""
    shipped = fetch(BOOTSTRAP) / "dist"
    shutil.copy(shipped / "css" / "bootstrap.min.css", files / "bootstrap.min.css")
    shutil.copy(shipped / "js" / "bootstrap.bundle.min.js", files / "bootstrap.bundle.min.js")

    def element(block: Block) -> str:
        if block.kind == "link":
            return f'<p><a href="/">{block.safe}</a></p>'
        return f"<{block.kind}>{block.safe}</{block.kind}>"

    page = (
        _head('<link rel="stylesheet" href="/bootstrap.min.css">')
        + f'<body><main class="container">{_all(text, element)}</main>'
        + '<script src="/bootstrap.bundle.min.js"></script></body></html>'
    )
    _write(files, page)


def _head(more: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Welcome</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,">{more}</head>'
    )


def _all(text: list[Block], element: Callable[[Block], str]) -> str:
    return "\n".join(element(block) for block in text)


def _write(files: Path, page: str) -> None:
    (files / "index.html").write_text(page, encoding="utf-8")
