"""The headers that every answer carries: visitors', staff's, the desk's, the editor's.

Sources: W3C Content Security Policy 3, Referrer Policy, Permissions Policy, Clear Site Data;
WHATWG Fetch. docs/decisions/0001 says what each was seen to do in real browsers.
"""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings

from leeward.safety import inline
from leeward.sealing.in_browser import WORKER_POLICY

Headers = dict[str, str]

_REFUSED_POWERS = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)

_FOR_EVERYONE: Headers = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-DNS-Prefetch-Control": "off",
}

# Cookies are left out on purpose: the directive clears the whole registrable domain, and being
# signed out of a neighbouring site is itself a thing that a watcher notices.
CLEAR_ON_LEAVING = '"cache", "storage"'


def is_staff_path(path: str) -> bool:
    """Return whether `path` belongs to staff; everything else is a visitor's."""
    return path.startswith(settings.STAFF_PATH) or path == settings.STAFF_PATH.rstrip("/")


@cache
def visitor_headers() -> Headers:
    """Return the headers of every answer to a visitor, error pages included."""
    return _FOR_EVERYONE | {
        "Referrer-Policy": "no-referrer",
        "Content-Security-Policy": _visitor_policy(),
        "Permissions-Policy": ", ".join(f"{power}=()" for power in _REFUSED_POWERS),
        "X-Frame-Options": "DENY",
    }


@cache
def staff_headers() -> Headers:
    """Return the headers of every answer under /staff/ but the desk's and the editor's.

    The hashes are the visitors' own style and script, which error pages carry. `same-origin` lets
    Django check where a form came from. Passkeys need the two credential powers.
    """
    powers = [f"{power}=()" for power in _REFUSED_POWERS]
    powers += ["publickey-credentials-get=(self)", "publickey-credentials-create=(self)"]
    return _FOR_EVERYONE | {
        "Referrer-Policy": "same-origin",
        "Content-Security-Policy": (
            "default-src 'none'; "
            f"script-src 'self' {inline.source_hash(inline.script())}; "
            f"style-src 'self' {inline.source_hash(inline.style())}; "
            "img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
            "form-action 'self'; frame-ancestors 'none'"
        ),
        "Permissions-Policy": ", ".join(powers),
        "X-Frame-Options": "DENY",
    }


@cache
def desk_headers() -> Headers:
    """Return the headers of every answer under the advocates' desk.

    Her passphrase is stretched there, in a worker that runs WebAssembly; both are allowed on those
    pages alone.
    """
    policy = staff_headers()["Content-Security-Policy"]
    scripts = f"script-src {WORKER_POLICY['script-src']} "
    policy = policy.replace("script-src ", scripts, 1)
    return staff_headers() | {
        "Content-Security-Policy": f"{policy}; worker-src {WORKER_POLICY['worker-src']}"
    }


@cache
def editor_headers() -> Headers:
    """Return the headers of every answer of Wagtail's editor.

    It needs inline scripts and styles, eval for its templates, and frames for its preview; they
    are allowed here alone.
    """
    powers = [f"{power}=()" for power in _REFUSED_POWERS if power != "fullscreen"]
    return staff_headers() | {
        "Content-Security-Policy": (
            "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
            "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
            "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
        ),
        "Permissions-Policy": ", ".join(powers),
        "X-Frame-Options": "SAMEORIGIN",
    }


def headers_for(path: str) -> Headers:
    """Return the headers that an answer from `path` must carry."""
    if path.startswith(settings.STAFF_EDITOR_PATH):
        return editor_headers()
    if path.startswith(settings.STAFF_DESK_PATH):
        return desk_headers()
    return staff_headers() if is_staff_path(path) else visitor_headers()


def _visitor_policy() -> str:
    exits = " ".join(sorted({_origin(url) for url in settings.CONFIG.exit_url}))
    return (
        "default-src 'none'; "
        f"script-src {inline.source_hash(inline.script())}; "
        f"style-src {inline.source_hash(inline.style())}; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "frame-src 'self'; "  # the chat that grows where no script runs
        # form-action applies to where a form's answer redirects, too.
        f"form-action 'self' {exits}"
    )


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
