"""What happens each day: stale lines vanish, and the log says how much work waits."""

from __future__ import annotations

from leeward.helplines import services
from leeward.safety import log
from leeward.safety.generation import drop_kept_pages


def every_day() -> None:
    """Load what a new version ships, drop kept pages so that stale lines vanish, report counts."""
    services.sync_shipped()
    drop_kept_pages()
    log.info("helplines.due", **services.due_counts())
