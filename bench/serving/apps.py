"""Other applications under Leeward's own server, for comparison.

`python -m bench.serving.apps NAME PORT` serves one with the very settings of `leeward up`:

bare      sends the saved answer (BENCH_ANSWER) and does nothing else;
unkept    Leeward, with all kept pages dropped before each request;
django    the same pages kept by Django's own cache middleware in its memory cache.
"""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path
from typing import Any

from bench.serving.answer import SentAnswer
from leeward.safety.wire import App, Receive, Scope, Send


def make_bare() -> App:
    """Return a handler that sends the saved answer whatever is asked."""
    answer = SentAnswer.load(Path(os.environ["BENCH_ANSWER"]))
    headers = [(name.encode(), value.encode()) for name, value in answer.headers]
    start = {"type": "http.response.start", "status": 200, "headers": headers}
    body = {"type": "http.response.body", "body": answer.body}

    async def bare(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        await send(start)
        await send(body)

    return bare


def make_unkept() -> App:
    """Return Leeward with nothing kept; each request counts as another visitor's."""
    from leeward.asgi import application
    from leeward.safety.generation import generation

    visitors = count()

    async def unkept(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            generation().move_on()
            scope["client"] = (f"visitor {next(visitors)}", 0)  # else the flood limit answers
        await application(scope, receive, send)

    return unkept


def make_django() -> App:
    """Return Django without the front door, behind its own cache middleware."""
    import django
    from django.conf import settings

    django.setup(set_prefix=False)
    settings.MIDDLEWARE = [
        settings.MIDDLEWARE[0],  # the privacy headers say no-store, so they stand outside
        "django.middleware.cache.UpdateCacheMiddleware",
        *settings.MIDDLEWARE[1:],
        "django.middleware.cache.FetchFromCacheMiddleware",
    ]
    from a2wsgi import WSGIMiddleware
    from django.core.handlers.wsgi import WSGIHandler

    from leeward.asgi import DJANGO_THREADS

    handler: Any = WSGIHandler()
    behind: Any = WSGIMiddleware(handler, workers=DJANGO_THREADS)

    async def cached(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        await behind(scope, receive, send)

    return cached


async def _live(receive: Receive, send: Send) -> None:
    while True:
        kind = (await receive())["type"]
        await send({"type": f"{kind}.complete"})
        if kind == "lifespan.shutdown":
            return


_MAKERS = {"bare": make_bare, "unkept": make_unkept, "django": make_django}


def __getattr__(name: str) -> App:
    """Return the application called `name`, made when the server asks for it."""
    if name not in _MAKERS:
        raise AttributeError(name)
    return _MAKERS[name]()


def main(name: str, port: int) -> None:
    """Serve the application called `name` until stopped."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leeward.settings.base")
    from leeward.serving import serve

    serve(host="127.0.0.1", port=port, application=f"bench.serving.apps:{name}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
