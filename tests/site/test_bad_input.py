"""What nobody should send: each gets a short calm page with the X and a number, and no trace."""

from __future__ import annotations

import httpx
import pytest

from tests.journeys.live import LiveSite
from tests.site.raw import send_raw

HOST = b"Host: 127.0.0.1\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"


def post(body: bytes, *extra: bytes) -> bytes:
    length = f"Content-Length: {len(body)}\r\n".encode()
    return b"POST / HTTP/1.1\r\n" + HOST + FORM + length + b"".join(extra) + CLOSE + body


CLOSE = b"Connection: close\r\n\r\n"

ODD_REQUESTS = {
    "an unknown page": (b"GET /en/nowhere/ HTTP/1.1\r\n" + HOST + CLOSE, 404),
    "an unknown place": (b"GET /wp-login.php HTTP/1.1\r\n" + HOST + CLOSE, 404),
    "an unknown language": (b"GET /xx/ HTTP/1.1\r\n" + HOST + CLOSE, 404),
    "a page that climbs": (b"GET /en/../../etc/passwd HTTP/1.1\r\n" + HOST + CLOSE, 404),
    "a broken escape": (b"GET /en/%ff%fe/ HTTP/1.1\r\n" + HOST + CLOSE, 404),
    "a null byte": (b"GET /en/%00/ HTTP/1.1\r\n" + HOST + CLOSE, 404),
    "bytes in the address": (b"GET /en/\xff\xfe/ HTTP/1.1\r\n" + HOST + CLOSE, 400),
    "a very long address": (b"GET /en/" + b"a" * 60_000 + b" HTTP/1.1\r\n" + HOST + CLOSE, 431),
    "an odd method": (b"DELETE / HTTP/1.1\r\n" + HOST + CLOSE, 405),
    "an odd method for a page": (b"PATCH /en/ HTTP/1.1\r\n" + HOST + CLOSE, 405),
    "a method of no standard": (b"BREW /en/ HTTP/1.1\r\n" + HOST + CLOSE, 400),
    "no HTTP at all": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    "many headers": (
        b"GET / HTTP/1.1\r\n" + HOST + b"".join(b"X-%d: a\r\n" % n for n in range(500)) + CLOSE,
        431,
    ),
    "a huge header": (b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 200_000 + CLOSE, 431),
    "a huge body": (post(b"to=" + b"a" * 200_000), 413),
    "a move to staff": (post(b"to=/staff/"), 404),
    "a move to another site": (post(b"to=//evil.example/"), 404),
    "a move to nothing": (post(b"to="), 404),
    "an empty form": (post(b""), 404),
    "a form of broken bytes": (post(b"a=\xff\xff&to=/en/"), 400),
    "a form to a page that takes none": (post(b"to=/en/&x=1"), 405),
    "another site's name": (b"GET /sitemap.xml HTTP/1.1\r\nHost: evil.example\r\n" + CLOSE, 400),
}


@pytest.mark.parametrize("name", ODD_REQUESTS)
def test_what_nobody_should_send_gets_a_calm_page(name: str, site: LiveSite) -> None:
    request, expected = ODD_REQUESTS[name]

    status, headers, body = send_raw(site, request)

    assert status == expected
    assert b'id="leave"' in body
    assert b"tel:" in body
    assert headers["cache-control"] == "no-store"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "set-cookie" not in headers


def test_an_error_page_speaks_the_language_of_the_page_that_was_asked_for(
    visitor: httpx.Client,
) -> None:
    page = visitor.get("/es/no-hay-nada/")

    assert page.status_code == 404
    assert '<html lang="es"' in page.text
    assert "Salir ahora" in page.text


def test_what_was_asked_for_is_not_quoted_on_the_error_page_outside_moves(
    visitor: httpx.Client,
) -> None:
    page = visitor.get("/en/<script>alert(1)</script>/")

    assert page.status_code == 404
    assert "alert(1)" not in page.text
