"""What happens by itself: publishing on time each minute, consents and files each day."""

from __future__ import annotations

from datetime import UTC, datetime

from leeward.safety import log
from leeward.safety.generation import drop_kept_pages
from leeward.stories import services


def every_minute() -> None:
    """Publish and take down what is due."""
    count = services.publish_what_is_due()
    if count:
        drop_kept_pages()
        log.info("stories.published_on_time", count=count)


def every_day() -> None:
    """Take down stories whose consent has ended; delete files that no picture names."""
    count = services.end_expired_consents(on=datetime.now(UTC).date())
    swept = services.sweep_pictures()
    services.empty_write_ahead_log()
    drop_kept_pages()
    log.info("stories.day_done", consents_ended=count, files_swept=swept)
