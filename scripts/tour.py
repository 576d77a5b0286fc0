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
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browsers.process import find_program
from tests.journeys.live import LEEWARD, LiveSite, live_site, neutral_site, prepared_data

TOUR = Path(__file__).resolve().parent.parent / "docs" / "tour"
COLOURS = 128
PATIENCE_MS = 120_000
PHONE, SMALL_PHONE, DESK = (390, 780), (320, 640), (1280, 860)


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
    ]


def main() -> None:
    """Take every picture and write the page that names them."""
    TOUR.mkdir(parents=True, exist_ok=True)
    for old in TOUR.glob("*.png"):
        old.unlink()
    program = find_program("chromium", "chromium-browser", package="chromium")
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        shown = [(view.name, view.shows) for view in views(site) if take(browser, site, view)]
        shown += take_staff(browser, site)
        browser.close()
    put_side_by_side("desk-home", "phone-home", into="home")
    write_readme([("home", "the first page on a desk and on a phone"), *shown])


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


def sign_in(page: Page, site: LiveSite) -> None:
    """Sign in as the demonstration editor."""
    sign_ins = json.loads((site.data / "demo-sign-in.txt").read_text())
    command = [LEEWARD, "staff", "code", "editor", "--data", str(site.data)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", sign_ins["editor"]["password"])
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
        f"## {name}\n\n{shows.capitalize()}.\n\n![{shows}]({name}.png)" for name, shows in shown
    ]
    head = (
        "# A look around\n\nMade by `make tour` from the demonstration content; made-up words only."
    )
    (TOUR / "README.md").write_text("\n\n".join([head, *parts]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
