"""Small drivers for the two browsers that the journeys run in.

They speak the browsers' own protocols (Chromium: DevTools; Firefox: WebDriver BiDi), so each
browser keeps the defaults that people have: disk cache, back/forward cache, session files.
docs/decisions/0011 says why Playwright does this part less well.
"""

from tests.browsers.chromium import Chromium
from tests.browsers.firefox import Firefox
from tests.browsers.tab import Browser, Request, Tab

__all__ = ["Browser", "Chromium", "Firefox", "Request", "Tab"]
