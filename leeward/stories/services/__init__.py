"""What people and the clock do with stories: consent, withdrawal, publishing on time."""

from leeward.stories.services.consents import (
    About,
    ConsentWrong,
    consents_ending,
    end_expired_consents,
    open_consent,
    record_consent,
)
from leeward.stories.services.publishing import publish_what_is_due
from leeward.stories.services.withdrawal import (
    empty_write_ahead_log,
    sweep_pictures,
    withdraw_story,
)

__all__ = [
    "About",
    "ConsentWrong",
    "consents_ending",
    "empty_write_ahead_log",
    "end_expired_consents",
    "open_consent",
    "publish_what_is_due",
    "record_consent",
    "sweep_pictures",
    "withdraw_story",
]
