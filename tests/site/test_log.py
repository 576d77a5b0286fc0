"""The real log and the whole data folder, after a whole visit: nothing of the visitor's."""

from __future__ import annotations

import contextlib
from pathlib import Path

import httpx

from tests.journeys.live import LiveSite
from tests.site.raw import send_raw

CANARY = "canary7f3a"
PLACES = {
    "path": f"/en/{CANARY}/",
    "query": f"/en/?name={CANARY}",
    "staff path": f"/staff/cms/{CANARY}/",
    "picture": f"/pictures/{CANARY}.jpg",
}


def everything_on_disk(folder: Path) -> dict[Path, bytes]:
    found = {}
    for file in folder.rglob("*"):
        with contextlib.suppress(OSError):
            if file.is_file():
                found[file] = file.read_bytes()
    return found


def test_a_whole_visit_leaves_nothing_of_the_visitor_in_the_log_or_on_disk(
    site: LiveSite, visitor: httpx.Client
) -> None:
    headers = {"User-Agent": CANARY, "Referer": f"https://{CANARY}.example/", "X-Any": CANARY}
    for path in PLACES.values():
        visitor.get(path, headers=headers)
    visitor.post("/", data={"to": f"/en/{CANARY}/"}, headers=headers)
    visitor.post("/", data={"to": "/en/lines/", "typed": CANARY}, headers=headers)
    visitor.post("/", data={"leave": "1", "ticket": CANARY}, headers=headers)
    visitor.post("/staff/sign-in/", data={"username": CANARY, "password": CANARY})
    visitor.cookies.clear()
    send_raw(site, f"GET /{CANARY} HTTP/9.9\r\n{CANARY}\r\n\r\n".encode())
    send_raw(
        site, f"GET /en/ HTTP/1.1\r\nHost: {CANARY}.example\r\nConnection: close\r\n\r\n".encode()
    )

    holding = [
        str(file.relative_to(site.data.parent))
        for file, content in everything_on_disk(site.data.parent).items()
        if CANARY.encode() in content or CANARY.encode("utf-16-le") in content
    ]

    assert holding == []


def test_the_log_holds_no_address_of_anybody(site: LiveSite, visitor: httpx.Client) -> None:
    visitor.get("/en/nowhere/")
    visitor.post("/staff/sign-in/", data={"username": "nobody", "password": "nothing"})

    log = site.data / "log" / "leeward.log"
    said = log.read_text() if log.exists() else ""

    assert "127.0.0.1" not in said
    assert "Mozilla" not in said
    assert "python-httpx" not in said


def test_a_visitor_is_never_given_a_cookie(site: LiveSite, visitor: httpx.Client) -> None:
    for path in [*site.paths(), "/", "/en/nowhere/", "/healthz", "/robots.txt", "/sitemap.xml"]:
        visitor.get(path)
        visitor.post("/", data={"to": path})

    assert dict(visitor.cookies) == {}


def test_staff_cookies_live_under_staff_alone(visitor: httpx.Client) -> None:
    visitor.get("/staff/sign-in/")

    assert visitor.cookies.jar
    assert {cookie.path for cookie in visitor.cookies.jar} == {"/staff/"}
