"""A page that carries Sealing as visitors' and staff pages do, and a way to call it from a test."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from leeward.sealing import in_browser
from leeward.sealing.encoding import from_text, to_text
from tests.browsers import Tab

ASKS = Path(__file__).with_suffix(".js")
STAFF_FILES = (*in_browser.CHAT, *in_browser.STAFF, ASKS)
FIELDS = '<textarea id="task"></textarea><textarea id="answer"></textarea>'
NOWHERE = "default-src 'none'; connect-src 'none'; base-uri 'none'; "


class Refused(Exception):
    """A call threw; the text is the error's name."""


class SealingPage:
    """Sealing in a tab. Bytes go in and come out as bytes."""

    def __init__(self, tab: Tab, origin: str) -> None:
        self.tab, self.origin = tab, origin

    def open(self, path: str = "/visitor") -> SealingPage:
        """Open one of the pages: /visitor, /staff, /strict (no workers, no WebAssembly)."""
        self.tab.go(self.origin + path)
        self.tab.wait_for("document.readyState === 'complete'")
        return self

    def call(self, name: str, *arguments: object) -> Any:
        """Return what `Sealing.<name>(…)` gives. Raises Refused."""
        return self.call_all([(name, *arguments)])[0]

    def call_all(self, calls: list[tuple[object, ...]]) -> list[Any]:
        """Return what each call gives, one by one. Raises Refused for the first to fail."""
        answers = self._ask(calls)
        for answer in answers:
            if "threw" in answer:
                raise Refused(answer["threw"], answer["says"])
        return [_read(answer["is"]) for answer in answers]

    def errors_of(self, calls: list[tuple[object, ...]]) -> list[str]:
        """Return the name of the error that each call throws, "" for none."""
        return [answer.get("threw", "") for answer in self._ask(calls)]

    def start(self, name: str, *arguments: object) -> None:
        """Begin a call without waiting for its end."""
        self._send([(name, *arguments)])

    def _ask(self, calls: list[tuple[object, ...]]) -> list[dict[str, Any]]:
        self._send(calls)
        said = self.tab.wait_for("document.getElementById('answer').value", within_s=120)
        answers: list[dict[str, Any]] = json.loads(said)
        return answers

    def _send(self, calls: list[tuple[object, ...]]) -> None:
        text = json.dumps(json.dumps(calls, default=_written))
        self.tab.evaluate(
            "(text => { document.getElementById('answer').value = '';"
            " const task = document.getElementById('task'); task.value = text;"
            f" task.dispatchEvent(new Event('input')); return true; }})({text})"
        )


class Pair:
    """An argument that stands for the key pair of a private key."""

    def __init__(self, private: bytes) -> None:
        self.private = private


@contextmanager
def sealing_site() -> Iterator[int]:
    """Serve the pages on every address of this machine; yield the port."""
    pages = {
        "/visitor": _inline_page(
            in_browser.CHAT, in_browser.WORDS, in_browser.STAFF[2:], is_strict=False
        ),
        "/strict": _inline_page(in_browser.CHAT, in_browser.WORDS, is_strict=True),
        "/staff": _staff_page(),
    }
    files = {f"/{file.name}": file.read_bytes() for file in STAFF_FILES}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body, policy = pages.get(self.path) or (files.get(self.path, b""), "")
            self.send_response(200)
            is_script = self.path.endswith(".js")
            kind = "text/javascript" if is_script else "text/html; charset=utf-8"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", policy or NOWHERE)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def secure_origin(port: int) -> str:
    """Return an origin that browsers trust without a certificate."""
    return f"http://localhost:{port}"


def insecure_origin(port: int) -> str:
    """Return an origin of this machine that browsers give no WebCrypto."""
    return f"http://{socket.gethostname()}:{port}"


def _inline_page(*parts: in_browser.Part, is_strict: bool) -> tuple[bytes, str]:
    scripts = [in_browser.script(part) for part in parts] + [ASKS.read_text()]
    elements = "".join(f"<script>{script}</script>" for script in scripts)
    policy = _policy(" ".join(map(_hash, scripts)), is_strict=is_strict)
    return _html(FIELDS + elements), policy


def _staff_page() -> tuple[bytes, str]:
    elements = "".join(f'<script src="/{file.name}"></script>' for file in STAFF_FILES)
    return _html(FIELDS + elements), _policy("'self'", is_strict=False)


def _html(body: str) -> bytes:
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Sealing</title>'
    return (head + '<link rel="icon" href="data:,">' + body).encode()


def _policy(scripts: str, *, is_strict: bool) -> str:
    if is_strict:
        return NOWHERE + f"script-src {scripts}"
    allowed = in_browser.WORKER_POLICY
    return (
        NOWHERE
        + f"script-src {scripts} {allowed['script-src']}; worker-src {allowed['worker-src']}"
    )


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _written(value: object) -> dict[str, str]:
    if isinstance(value, Pair):
        return {"pair": to_text(value.private)}
    assert isinstance(value, bytes), value
    return {"bytes": to_text(value)}


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return [_read(item) for item in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"bytes"}:
        return from_text(value["bytes"])
    return {name: _read(item) for name, item in value.items()}
