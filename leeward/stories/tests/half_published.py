"""A program of its own: publishes a guide through the editor and stops in the middle, for good.

Run by `test_sudden_stop.py`, which kills it there. Prints "half" once the new words are written
inside the transaction.
"""

from __future__ import annotations

import sys
import time

import django

django.setup(set_prefix=False)

from wagtail.signals import page_published  # noqa: E402

from leeward.stories.models import GuidePage  # noqa: E402
from leeward.stories.tests import make  # noqa: E402


def stop(**_about: object) -> None:
    """Say that the page is half published, and wait to be killed."""
    assert GuidePage.objects.get().intro == "New words."
    sys.stdout.write("half\n")
    sys.stdout.flush()
    time.sleep(120)


page_published.connect(stop)
browser = make.signed_in(make.person("root", is_superuser=True))
guide = GuidePage.objects.get()
browser.post(
    f"/staff/cms/pages/{guide.pk}/edit/",
    make.guide_form(guide, intro="New words.") | {"action-publish": "action-publish"},
    headers={"host": "localhost"},
)
