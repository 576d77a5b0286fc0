"""Work that may block, done apart from the event loop, with its database connection closed after.

Django closes connections at the end of a request. What runs outside of one must do so itself, or
each thread would hold a connection for good.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import connections

Given = ParamSpec("Given")
Result = TypeVar("Result")


async def run_apart(
    work: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs
) -> Result:
    """Return what `work` returns, run in another thread. Its errors are raised here."""

    def closing() -> Result:
        try:
            return work(*args, **kwargs)
        finally:
            connections.close_all()

    return await asyncio.to_thread(closing)
