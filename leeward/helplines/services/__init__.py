"""What the lines do: load what ships, say what may be shown, take checks and proposals."""

from leeward.helplines.services.checking import check_emergency, check_line
from leeward.helplines.services.due import due_counts, due_lines, queue
from leeward.helplines.services.proposing import confirm, decline, propose
from leeward.helplines.services.showing import (
    country_page,
    emergency_of,
    national_line,
    own_line,
)
from leeward.helplines.services.sync import sync_shipped

__all__ = [
    "check_emergency",
    "check_line",
    "confirm",
    "country_page",
    "decline",
    "due_counts",
    "due_lines",
    "emergency_of",
    "national_line",
    "own_line",
    "propose",
    "queue",
    "sync_shipped",
]
