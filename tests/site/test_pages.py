"""Every page, at every canonical address: the way out first, nothing stored, nothing leaked."""

from __future__ import annotations

import re

import brotli
import httpx
import pytest
from bs4 import BeautifulSoup, Tag

from tests.journeys.live import LiveSite

FIRST_PAGE_BYTES = 14 * 1024
FURTHER_PAGE_BYTES = 10 * 1024
FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]"
MISSING = "/en/there-is-no-such-page/"


def every_page(site: LiveSite, visitor: httpx.Client) -> dict[str, httpx.Response]:
    return {path: visitor.get(path) for path in [*site.paths(), "/", MISSING]}


@pytest.fixture
def pages(site: LiveSite, visitor: httpx.Client) -> dict[str, httpx.Response]:
    found = every_page(site, visitor)
    assert len(found) > 30
    return found


def soup_of(page: httpx.Response) -> BeautifulSoup:
    return BeautifulSoup(page.text, "html.parser")


def test_every_address_of_the_sitemap_is_there(
    site: LiveSite, pages: dict[str, httpx.Response]
) -> None:
    assert {path: pages[path].status_code for path in site.paths()} == dict.fromkeys(
        site.paths(), 200
    )


def test_the_way_out_is_the_first_control_of_every_page(pages: dict[str, httpx.Response]) -> None:
    for path, page in pages.items():
        first = soup_of(page).select(FOCUSABLE)[0]
        assert first.get("id") == "leave", path
        assert first.get("aria-label") in {"Leave now", "Salir ahora", "الخروج الآن"}, path
        assert first.get("referrerpolicy") == "same-origin", path


def test_the_safety_notice_stands_before_every_heading_and_form(
    pages: dict[str, httpx.Response],
) -> None:
    for path, page in pages.items():
        body = page.text[page.text.index("<body") :]
        notice = body.index('class="notice"')
        assert notice < body.index("<h1"), path
        assert "tel:" in body[notice : body.index("<main")], path
        seen = re.sub(r"<input[^>]* hidden disabled>", "", body)  # design/unkept.html
        field = re.search(r"<(select|textarea|input(?! type=.hidden))", seen)
        assert field is None or seen.index('class="notice"') < field.start(), path


def test_every_page_has_the_one_neutral_title_and_one_heading(
    pages: dict[str, httpx.Response],
) -> None:
    for path, page in pages.items():
        soup = soup_of(page)
        assert [title.text for title in soup.select("head > title")] == ["Welcome"], path
        assert [heading.get("id") for heading in soup.select("h1")] == ["title"], path
        assert soup.select_one("main[aria-labelledby=title]"), path
        assert not soup.select("meta[name=description]"), path
        assert soup.select_one("link[rel=icon]")["href"] == "data:,", path


def test_every_move_inside_the_site_is_a_post_to_the_one_address(
    pages: dict[str, httpx.Response],
) -> None:
    for path, page in pages.items():
        soup = soup_of(page)
        own_links = [a for a in soup.select("a[href]") if a.get("id") != "leave"]
        assert not [a["href"] for a in own_links if a["href"].startswith(("/", "#", "?"))], path
        for form in soup.select("form"):
            assert (form["method"], form["action"]) == ("post", "/"), path
            assert form["autocomplete"] == "off", path
        for button in soup.select("button[name=to]"):
            assert button["form"] == "go", path
            assert button["value"].startswith("/"), path
            if button.get("id") != "back":
                assert button["data-to"] == button["value"], path


def test_every_move_leads_to_a_page(
    pages: dict[str, httpx.Response], visitor: httpx.Client
) -> None:
    targets = {
        str(control["value"])
        for page in pages.values()
        for control in soup_of(page).select("button[name=to], select[name=to] option[value]")
        if control["value"]
    }

    answers = {to: visitor.post("/", data={"to": to}).status_code for to in sorted(targets)}

    # The page that is not there offers itself in the other language; that is not there either.
    missing = {to for to, status in answers.items() if status != 200}
    assert missing <= {"/es/there-is-no-such-page/"}


def test_a_move_gives_the_page_and_its_part_for_the_script(
    site: LiveSite, visitor: httpx.Client
) -> None:
    for path in site.paths():
        whole = visitor.post("/", data={"to": path})
        part = visitor.post("/", data={"to": path}, headers={"X-Part": "1"})
        assert part.text.strip().startswith('<div id="page"'), path
        assert part.text in whole.text, path
        assert "<script" not in part.text, path


def test_no_page_asks_another_host_or_runs_anything_but_the_sites_own_script(
    pages: dict[str, httpx.Response],
) -> None:
    for path, page in pages.items():
        soup = soup_of(page)
        assert not soup.select("script[src], link[rel=stylesheet], iframe, object, embed"), path
        for tag in soup.select("[src], [srcset], [poster], [data]"):
            assert str(tag.get("src", "/")).startswith(("/pictures/", "data:")), path
        assert not [t for t in soup.find_all(True) if _has_inline_code(t)], path


def _has_inline_code(tag: Tag) -> bool:
    return any(name == "style" or name.startswith("on") for name in tag.attrs)


def test_every_answer_carries_the_privacy_headers(pages: dict[str, httpx.Response]) -> None:
    for path, page in pages.items():
        headers = page.headers
        assert headers["cache-control"] == "no-store", path
        assert headers["referrer-policy"] == "no-referrer", path
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["cross-origin-opener-policy"] == "same-origin", path
        assert "geolocation=()" in headers["permissions-policy"], path
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert "set-cookie" not in headers, path
        assert "etag" not in headers, path
        assert "last-modified" not in headers, path
        assert "server" not in headers, path


def test_the_first_page_comes_in_one_small_window(site: LiveSite, visitor: httpx.Client) -> None:
    for language in ("en", "es"):
        with visitor.stream("GET", "/", headers={"Accept-Language": language}) as page:
            raw = b"".join(page.iter_raw())
        head = sum(len(name) + len(value) + 4 for name, value in page.headers.raw)
        assert page.headers["content-encoding"] == "br"
        assert len(raw) + head <= FIRST_PAGE_BYTES


def test_every_further_page_is_small(site: LiveSite, visitor: httpx.Client) -> None:
    heavy = {}
    for path in site.paths():
        whole = len(brotli.compress(visitor.get(path).content, quality=11))
        if whole > FURTHER_PAGE_BYTES:
            heavy[path] = whole

    assert heavy == {}


def test_robots_are_shown_the_sitemap_and_kept_from_staff(visitor: httpx.Client) -> None:
    said = visitor.get("/robots.txt").text

    assert "Disallow: /staff/" in said
    assert "/sitemap.xml" in said
