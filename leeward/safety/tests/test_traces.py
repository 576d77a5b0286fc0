"""The ways to clear a browser: for each that people have, one page or one hour, never all."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from leeward.safety.traces import BROWSERS

WANTED = {
    "Chrome": {"Android phone", "iPhone", "Computer"},
    "Safari": {"iPhone", "Mac"},
    "Firefox": {"Android phone", "iPhone", "Computer"},
    "Samsung Internet": {"Samsung phone or tablet"},
    "Edge": {"Phone", "Computer"},
}


def test_each_browser_people_have_is_there_for_phone_and_computer():
    with translation.override("en"):
        found = {each.name: {str(device.name) for device in each.devices} for each in BROWSERS}

    assert found == WANTED


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_way_tells_anybody_to_clear_everything(language):
    everything = re.compile(r"\b(all time|everything|todo|desde siempre)\b", re.IGNORECASE)

    with translation.override(language):
        said = [
            str(words)
            for browser in BROWSERS
            for device in browser.devices
            for words in (*device.one_page, device.last_hour)
        ]

    # Safari's own menu says "Show All History"; that only shows.
    assert [words for words in said if everything.search(words) and "Mostrar" not in words] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_page_on_traces_opens_a_part_for_each_browser(language, page_frame):
    with translation.override(language):
        page = render_to_string("safety/traces.html", page_frame | {"browsers": BROWSERS})

    for browser in BROWSERS:
        assert f"<summary>{browser.name}</summary>" in page


def test_the_page_on_leaving_names_the_neutral_site_without_a_link(page_frame):
    sites = {"exit_addresses": "https://www.example.org/ https://example.net/"}

    with translation.override("en"):
        page = render_to_string("safety/leaving.html", page_frame | sites)

    assert "www.example.org example.net" in page
    assert 'href="https://' not in page


@pytest.fixture
def page_frame():
    return {"home_path": "/en/", "language": "en", "direction": "ltr"}
