"""Takes the pictures under docs/tour/: `make tour`.

A server with demonstration content is started in a throw-away folder, looked at with the
system's Chromium, and stopped.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browsers.process import find_program
from tests.journeys.live import LEEWARD, LiveSite, live_site, neutral_site, prepared_data

TOUR = Path(__file__).resolve().parent.parent / "docs" / "tour"
COLOURS = 128
PATIENCE_MS = 120_000
PHONE, SMALL_PHONE, DESK = (390, 780), (320, 640), (1280, 860)
PAPER = ViewportSize(width=740, height=480)  # half of a letter sheet, within its margins, at 96 dpi


@dataclass(frozen=True)
class View:
    """One picture: file name, what it shows, the page, and how it is looked at."""

    name: str
    shows: str
    path: str
    size: tuple[int, int] = DESK
    dark: bool = False
    scripts: bool = True


def views(site: LiveSite) -> list[View]:
    """Return the pictures of visitors' pages."""
    story = site.first_path("/en/stories/")
    guide = site.first_path("/en/guides/")
    lesson = site.first_path("/en/lessons/")
    return [
        View("desk-home", "the first page on a desk", "/en/"),
        View("desk-home-dark", "the same by night", "/en/", dark=True),
        View("desk-home-es", "the same in Spanish", "/es/"),
        View("desk-story", "a story; what it holds is said before it", story),
        View("desk-guide", "a guide", guide),
        View("desk-lines", "lines to call, by country", "/en/lines/us/"),
        View("phone-home", "the first page on a phone", "/en/", PHONE),
        View("phone-story-dark", "a story on a phone by night", story, PHONE, dark=True),
        View("phone-lesson", "a short lesson on a phone", lesson, PHONE),
        View("phone-lines-es", "lines to call, in Spanish, on a phone", "/es/lines/mx/", PHONE),
        View("phone-leaving", "how the X works, with a place to try it", "/en/leaving/", PHONE),
        View("phone-small", "the first page on a small phone", "/en/", SMALL_PHONE),
        View("phone-no-script", "the same without scripts", "/en/", SMALL_PHONE, scripts=False),
        View("phone-arabic", "a page from right to left", "/ar/", PHONE),
        View("phone-not-found", "when there is no such page", "/en/no-such-page/", PHONE),
        View("desk-find", "looking for help near a place", "/en/services/"),
    ]


@dataclass(frozen=True)
class Found:
    """Pictures of one search: what is filled in, and how the results are looked at."""

    name: str
    language: str
    size: tuple[int, int] = DESK
    dark: bool = False


SEARCHES = (
    Found("desk", "en"),
    Found("phone", "en", PHONE),
    Found("phone-es", "es", PHONE, dark=True),
)
WORDS = {
    "desk-results": "what was found, nearest first, with what fits and what to ask",
    "desk-service": "one service: whom to call, what to read before, who may come",
    "paper-service": "the same on half a sheet of paper",
    "phone-results": "what was found, on a phone",
    "phone-service": "one service on a phone",
    "phone-es-results": "what was found, in Spanish, by night",
    "phone-es-service": "one service in Spanish, by night",
}
STAFF_ROUNDS = (
    (
        "coordinator",
        (
            ("staff-directory", "the directory as staff see it", "/staff/directory/"),
            ("staff-review", "what waits for a decision", "/staff/directory/review/"),
            ("staff-import", "an import is tried before it is written", "/staff/directory/import/"),
        ),
    ),
    ("shelter", (("staff-beds", "a shelter tells what is free", "/staff/beds/"),)),
    (
        "advocate",
        (("staff-ask", "asking member shelters, without a name", "/staff/beds/requests/new/"),),
    ),
)


def main() -> None:
    """Take every picture and write the page that names them."""
    TOUR.mkdir(parents=True, exist_ok=True)
    for old in TOUR.glob("*.png"):
        old.unlink()
    program = find_program("chromium", "chromium-browser", package="chromium")
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        shown = [(view.name, view.shows) for view in views(site) if take(browser, site, view)]
        shown += [pair for search in SEARCHES for pair in take_found(browser, site, search)]
        shown += take_staff(browser, site)
        shown += [pair for each in STAFF_ROUNDS for pair in take_round(browser, site, *each)]
        browser.close()
    put_side_by_side("desk-home", "phone-home", into="home")
    put_side_by_side("desk-results", "phone-service", into="found")
    both = [
        ("home", "the first page on a desk and on a phone"),
        ("found", "what was found near a place, and one of the services"),
    ]
    write_readme([*both, *shown])


@contextmanager
def running_site() -> Iterator[LiveSite]:
    """Run the product with demonstration content until the end of the block."""
    with tempfile.TemporaryDirectory() as folder, neutral_site() as neutral:
        data = prepared_data(Path(folder))
        with live_site(data, neutral) as site:
            yield site


def take(browser: Browser, site: LiveSite, view: View) -> bool:
    """Take one picture. Returns True."""
    width, height = view.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if view.dark else "light",
        reduced_motion="reduce",
        java_script_enabled=view.scripts,
    )
    page = context.new_page()
    page.goto(site.base + view.path)
    save(page, view.name)
    context.close()
    return True


def take_found(browser: Browser, site: LiveSite, search: Found) -> list[tuple[str, str]]:
    """Search as a visitor does; take the results, one service, and on a desk its half sheet."""
    width, height = search.size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if search.dark else "light",
        reduced_motion="reduce",
    )
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{site.base}/{search.language}/services/")
    page.fill("#where", "Brooklyn")
    page.select_option("#need", "shelter")
    page.locator("summary").first.click()
    page.check("[value=children]")
    page.fill("#boy", "13")
    page.locator("summary").last.click()
    page.select_option("#lang", "es")
    page.click("main form.ask .button")
    page.wait_for_selector(".found")
    page.evaluate("document.querySelector('#back').scrollIntoView()")
    save(page, f"{search.name}-results")
    page.click(".found h2 .link >> nth=0")
    page.wait_for_selector(".sheet")
    page.evaluate("document.querySelector('#back').scrollIntoView()")
    save(page, f"{search.name}-service")
    names = [f"{search.name}-results", f"{search.name}-service"]
    if search.name == "desk":
        page.emulate_media(media="print")
        page.set_viewport_size(PAPER)
        save(page, "paper-service")
        names.append("paper-service")
    page.close()
    return [(name, WORDS[name]) for name in names]


def take_round(
    browser: Browser, site: LiveSite, who: str, screens: tuple[tuple[str, str, str], ...]
) -> list[tuple[str, str]]:
    """Sign in as one of the staff and take the screens: name, what it shows, path."""
    page = browser.new_page(viewport={"width": DESK[0], "height": DESK[1]})
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{site.base}/staff/sign-in/")
    sign_in(page, site, who)
    for name, _shows, path in screens:
        page.goto(site.base + path)
        save(page, name)
    page.close()
    return [(name, shows) for name, shows, _path in screens]


def take_staff(browser: Browser, site: LiveSite) -> list[tuple[str, str]]:
    """Take pictures of signing in and of the editor; return their names and what they show."""
    page = browser.new_page(viewport={"width": DESK[0], "height": DESK[1]})
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{site.base}/staff/sign-in/")
    save(page, "staff-sign-in")
    sign_in(page, site)
    save(page, "staff-start")
    page.goto(f"{site.base}/staff/cms/")
    page.wait_for_load_state("networkidle")
    save(page, "staff-editor")
    page.close()
    return [
        ("staff-sign-in", "where staff sign in, with a second factor"),
        ("staff-start", "what an editor sees after signing in"),
        ("staff-editor", "where pages are written"),
    ]


def sign_in(page: Page, site: LiveSite, who: str = "editor") -> None:
    """Sign in as one of the demonstration's staff."""
    sign_ins = json.loads((site.data / "demo-sign-in.txt").read_text())
    command = [LEEWARD, "staff", "code", who, "--data", str(site.data)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    page.fill("[name=username]", who)
    page.fill("[name=password]", sign_ins[who]["password"])
    page.fill("[name=code]", said.split()[-1])
    page.click("main .button")
    page.wait_for_url("**/staff/")


def save(page: Page, name: str) -> None:
    """Save what is on the screen in few colours, so that the file stays small."""
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS).save(TOUR / f"{name}.png", optimize=True)


def put_side_by_side(desk: str, phone: str, *, into: str) -> None:
    """Save one picture with a desk's screen and a phone's screen next to each other."""
    left, right = (Image.open(TOUR / f"{name}.png").convert("RGB") for name in (desk, phone))
    right = right.resize((round(right.width * left.height / right.height), left.height))
    both = Image.new("RGB", (left.width + right.width + 24, left.height), "white")
    both.paste(left, (0, 0))
    both.paste(right, (left.width + 24, 0))
    both.resize((1200, round(1200 * both.height / both.width))).quantize(COLOURS).save(
        TOUR / f"{into}.png", optimize=True
    )


def write_readme(shown: list[tuple[str, str]]) -> None:
    """Write the page that shows every picture with its name."""
    parts = [
        f"## {name}\n\n{shows[:1].upper()}{shows[1:]}.\n\n![{shows}]({name}.png)"
        for name, shows in shown
    ]
    head = (
        "# A look around\n\nMade by `make tour` from the demonstration content; people and\n"
        "shelters in it are made up, services are public lists that nobody has verified with them."
    )
    (TOUR / "README.md").write_text("\n\n".join([head, *parts]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
