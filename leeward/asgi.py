"""The application that the server runs: the front door, the live line, and Django behind it.

Django runs as WSGI in a few lasting threads: under ASGI each request would get a new thread and
with it a new database connection (docs/decisions/0004).
"""

from __future__ import annotations

import os
from typing import Any

import django

from leeward import collector

collector.rest()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leeward.settings.base")
django.setup(set_prefix=False)

from a2wsgi import WSGIMiddleware  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402

from leeward.jobs import Clockwork  # noqa: E402
from leeward.line.live.application import Line  # noqa: E402
from leeward.safety.door import Door  # noqa: E402
from leeward.safety.generation import generation  # noqa: E402
from leeward.safety.kept_pages import KeptPages  # noqa: E402
from leeward.safety.live import Live  # noqa: E402
from leeward.safety.wire import App  # noqa: E402

DJANGO_THREADS = 4


def make_application() -> App:
    """Return the whole application: door, kept pages and Django."""
    wsgi: Any = WSGIHandler()  # a2wsgi's types and django-stubs' say the same in other words
    django_app: Any = WSGIMiddleware(wsgi, workers=DJANGO_THREADS)
    clockwork = Clockwork(settings.DATA / "jobs.lock")
    line = Line(redis_url=settings.CONFIG.redis_url, workers=settings.CONFIG.workers)
    live = Live(forms=line.forms, streams=line.streams, start=line.start, stop=line.stop)
    return Door(django_app, KeptPages(generation()), at_start=clockwork.start, live=live)


application = make_application()

collector.keep_all()
