"""Opens pages in the sizes that people have, and saves what is on the screen."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

TOUR: Final = Path(__file__).resolve().parents[2] / "docs" / "tour"
COLOURS: Final = 128
PATIENCE_MS: Final = 120_000
PHONE, SMALL_PHONE, DESK = (390, 780), (320, 640), (1280, 860)
# Half of a letter sheet, within its margins, at 96 dpi.
PAPER = ViewportSize(width=740, height=480)
BOTH_WIDTH: Final = 1200
GAP: Final = 24

Shown = tuple[str, str]
"""A picture's file name without its ending, and what it shows."""


def new_page(
    browser: Browser,
    base: str,
    size: tuple[int, int] = DESK,
    *,
    dark: bool = False,
    scripts: bool = True,
) -> Page:
    """Return a page of its own context, as somebody who was never here has it."""
    width, height = size
    context = browser.new_context(
        base_url=base,
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        java_script_enabled=scripts,
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    return page


def save(page: Page, name: str) -> None:
    """Save what is on the screen in few colours, so that the file stays small."""
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS).save(TOUR / f"{name}.png", optimize=True)


def put_side_by_side(desk: str, phone: str, *, into: str) -> None:
    """Save one picture with a desk's screen and a phone's screen next to each other."""
    left, right = (Image.open(TOUR / f"{name}.png").convert("RGB") for name in (desk, phone))
    right = right.resize((round(right.width * left.height / right.height), left.height))
    both = Image.new("RGB", (left.width + right.width + GAP, left.height), "white")
    both.paste(left, (0, 0))
    both.paste(right, (left.width + GAP, 0))
    both.resize((BOTH_WIDTH, round(BOTH_WIDTH * both.height / both.width))).quantize(COLOURS).save(
        TOUR / f"{into}.png", optimize=True
    )
