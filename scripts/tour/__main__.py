"""Takes every picture and writes the page that names them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts.tour.camera import TOUR, Shown, put_side_by_side
from scripts.tour.line import look_at_the_line
from scripts.tour.staff import look_at_staff
from scripts.tour.visitors import look_at_pages, look_for_help
from tests.browsers.process import find_program
from tests.journeys.live import LiveSite, live_site, neutral_site, prepared_data

# A desk's picture, a phone's, the name of both side by side, and what they show.
PAIRS = (
    ("desk-home", "phone-home", "home", "the first page on a desk and on a phone"),
    ("desk-results", "phone-service", "found", "what was found near a place, and a service"),
    ("staff-desk", "phone-chat", "line", "a chat: the advocate's desk and her phone"),
)


def main() -> None:
    """Take every picture and write the page that names them."""
    TOUR.mkdir(parents=True, exist_ok=True)
    for old in TOUR.glob("*.png"):
        old.unlink()
    program = find_program("chromium", "chromium-browser", package="chromium")
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        shown = look_at_pages(browser, site) + look_for_help(browser, site)
        shown += look_at_the_line(browser, site) + look_at_staff(browser, site)
        browser.close()
    for desk, phone, both, _shows in PAIRS:
        put_side_by_side(desk, phone, into=both)
    write_readme([*((both, shows) for _desk, _phone, both, shows in PAIRS), *shown])


@contextmanager
def running_site() -> Iterator[LiveSite]:
    """Run the product with demonstration content until the end of the block."""
    with tempfile.TemporaryDirectory() as folder, neutral_site() as neutral:
        data = prepared_data(Path(folder))
        with live_site(data, neutral) as site:
            yield site


def write_readme(shown: list[Shown]) -> None:
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
