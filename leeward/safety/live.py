"""What answers beside Django and may stay open: registered by name, started with the server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from leeward.safety.wire import App, Receive, Scope, Send

# In the scope of an answer that would never end: called when the server stops.
AT_SHUTDOWN = "leeward.at_shutdown"

LiveForm = Callable[[dict[str, str], Scope, Receive, Send], Awaitable[None]]
Moment = Callable[[], Awaitable[None]]


async def _nothing() -> None:
    """Start or stop nothing."""


@dataclass(frozen=True)
class Live:
    """The live parts of a site.

    forms: by what a visitor's form names in `to`; each gets the form's fields. streams: by path,
    for GET, under /staff/ alone. start and stop: called in the loop, with the server.
    """

    forms: Mapping[str, LiveForm] = field(default_factory=dict)
    streams: Mapping[str, App] = field(default_factory=dict)
    start: Moment = _nothing
    stop: Moment = _nothing


NOTHING_LIVE = Live()
