"""Sending a kept page the moment its request is read.

uvicorn gives each request a task, an event and a check of every header line, as it must for any
application. For a page that stands ready in memory that costs more than all the rest, so here
the bytes go out at once. `docs/benchmarks.md` holds what it is worth.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from leeward.safety.door import Door
from leeward.safety.kept_pages import Answer

# uvicorn's scope is a TypedDict, the door's a mapping: the same thing to both.
AnswerAtOnce = Callable[[Any], Answer | None]


class PromptProtocol(HttpToolsProtocol):
    """uvicorn's HTTP/1.1 protocol; what the door keeps is sent without starting a task."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._answer_at_once = find_answer_at_once(self.app)

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Send a kept page; start a task, as uvicorn does, for everything else."""
        answer = self._answer_at_once(cycle.scope) if self._is_plain(cycle) else None
        if answer is None:
            super()._start_asgi_task(cycle, app)
            return
        cycle.response_started = cycle.response_complete = True
        dated = [b"%b: %b\r\n" % pair for pair in self.server_state.default_headers]
        self.transport.writelines([STATUS_LINE[200], *dated, answer.head, answer.content])
        self.on_response_complete()

    def _is_plain(self, cycle: RequestResponseCycle) -> bool:
        """Return whether an answer may follow at once.

        Not when the connection ends after it, when others wait before it, or when the browser
        does not fetch what was sent already.
        """
        return (
            cycle.keep_alive
            and not cycle.waiting_for_100_continue
            and not self.pipeline
            and not self.flow.write_paused
        )


def find_answer_at_once(app: Any) -> AnswerAtOnce:
    """Return the door's quick way, also from behind what uvicorn wraps around an application.

    Any other application has none: every request of it starts a task.
    """
    while not isinstance(app, Door) and hasattr(app, "app"):
        app = app.app
    return app.answer_at_once if isinstance(app, Door) else _nothing


def _nothing(_scope: Any) -> None:
    return None
