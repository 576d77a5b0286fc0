"""How to clear what a browser keeps, step by step, for the browsers people have.

Each way takes out one page or one hour, never all: an empty history can itself give somebody
away. Written from the browsers' menus as of late 2026; look at them again every half year.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Device:
    """The way on one kind of device. `one_page` is in order; both name the menu's own words."""

    name: Words
    one_page: tuple[Words, ...]
    last_hour: Words


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser, with each kind of device that it runs on."""

    name: str
    devices: tuple[Device, ...]


ANDROID = _("Android phone")
IPHONE = _("iPhone")
COMPUTER = _("Computer")

BROWSERS = (
    Browser(
        "Chrome",
        (
            Device(
                ANDROID,
                (
                    _("Tap the three dots, then History."),
                    _("Find this site and tap the trash can or cross beside it."),
                    _("Do the same with the search."),
                ),
                _(
                    "Tap the three dots, then Delete browsing data. Pick Last hour, then "
                    "Delete data."
                ),
            ),
            Device(
                IPHONE,
                (
                    _("Tap the three dots, then History, then Edit."),
                    _("Tick this site and the search."),
                    _("Tap Delete, then Done."),
                ),
                _(
                    "In History, tap Delete browsing data. Choose Last hour as the time, then "
                    "Delete."
                ),
            ),
            Device(
                COMPUTER,
                (
                    _("Press Ctrl and H. On a Mac, press Command and Y."),
                    _("Find this site and click the three dots beside it."),
                    _("Click Remove from history. Do the same with the search."),
                ),
                _(
                    "Click the three dots, then Delete browsing data. Pick Last hour, then "
                    "Delete data."
                ),
            ),
        ),
    ),
    Browser(
        "Safari",
        (
            Device(
                IPHONE,
                (
                    _(
                        "Tap the open book, then the clock. On newer iPhones, the book is behind "
                        "the three dots."
                    ),
                    _("Find this site and slide it to the left."),
                    _("Tap Delete. Do the same with the search."),
                ),
                _("In History, tap Clear. Pick Last hour, then Clear History."),
            ),
            Device(
                _("Mac"),
                (
                    _("In the bar at the top, click History, then Show All History."),
                    _("Find this site and click it once."),
                    _("Press the Delete key. Do the same with the search."),
                ),
                _("Click History, then Clear History. Pick the last hour, then Clear History."),
            ),
        ),
    ),
    Browser(
        "Firefox",
        (
            Device(
                ANDROID,
                (
                    _("Tap the three dots, then History."),
                    _("Find this site and tap the trash can or cross beside it."),
                    _("Do the same with the search."),
                ),
                _("In History, tap the trash can at the top. Pick Last hour, then Delete."),
            ),
            Device(
                IPHONE,
                (
                    _("Tap the menu, then History."),
                    _("Find this site and slide it to the left."),
                    _("Tap Delete. Do the same with the search."),
                ),
                _("In History, tap Clear or the trash can. Pick the last hour."),
            ),
            Device(
                COMPUTER,
                (
                    _("Click the three lines, then History, then Manage history."),
                    _("Find this site and click it with the right button."),
                    _("Click Delete Page. Do the same with the search."),
                ),
                _(
                    "Click the three lines, then History, then Clear recent history. Pick Last "
                    "hour, then Clear."
                ),
            ),
        ),
    ),
    Browser(
        "Samsung Internet",
        (
            Device(
                _("Samsung phone or tablet"),
                (
                    _("Tap the three lines, then History."),
                    _("Press this site for a moment, until a tick shows. Tick the search too."),
                    _("Tap Delete."),
                ),
                _("There may be no way to pick an hour. Tick the lines one by one."),
            ),
        ),
    ),
    Browser(
        "Edge",
        (
            Device(
                _("Phone"),
                (
                    _("Tap the three lines or dots at the bottom, then History."),
                    _("Press this site for a moment, or slide it to the left."),
                    _("Tap Delete. Do the same with the search."),
                ),
                _("In History, tap the trash can. Pick Last hour, then Clear."),
            ),
            Device(
                COMPUTER,
                (
                    _("Press Ctrl and H. On a Mac, press Command and Y."),
                    _("Find this site and click the cross or trash can beside it."),
                    _("Do the same with the search."),
                ),
                _("Press Ctrl, Shift and Delete. Pick Last hour, then Clear now."),
            ),
        ),
    ),
)
