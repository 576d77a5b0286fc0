"""The application that the server runs: the front door, the live line, and Django behind it.

Django runs as WSGI in a few lasting threads: under ASGI each request would get a new thread and
with it a new database connection (docs/decisions/0004).
"""

from __future__ import annotations

import asyncio
import os

import django

from leeward import collector

collector.rest()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leeward.settings.base")
django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402

from leeward.directory.services import indexing  # noqa: E402
from leeward.directory.services.indexing.following import Follower  # noqa: E402
from leeward.jobs import Clockwork  # noqa: E402
from leeward.line.live.application import Line  # noqa: E402
from leeward.safety.door import Door  # noqa: E402
from leeward.safety.generation import generation  # noqa: E402
from leeward.safety.in_threads import InThreads  # noqa: E402
from leeward.safety.kept_pages import KeptPages  # noqa: E402
from leeward.safety.live import Live  # noqa: E402
from leeward.safety.wire import App  # noqa: E402

DJANGO_THREADS = 4


def make_application() -> App:
    """Return the whole application: door, kept pages and Django."""
    django_app = InThreads(WSGIHandler(), threads=DJANGO_THREADS)
    clockwork = Clockwork(settings.DATA / "jobs.lock")
    follower = Follower(indexing.replica)
    line = Line(redis_url=settings.CONFIG.redis_url, workers=settings.CONFIG.workers)

    def start() -> None:
        clockwork.start()
        follower.start()

    async def stop() -> None:
        await asyncio.to_thread(follower.stop)
        await line.stop()

    live = Live(forms=line.forms, streams=line.streams, start=line.start, stop=stop)
    return Door(django_app, KeptPages(generation()), at_start=start, live=live)


application = make_application()

collector.keep_all()
