"""The rows of the support line. What a person wrote stands in `box` fields alone, sealed."""

from leeward.line.models.calls import CallRequest
from leeward.line.models.consent import Consent
from leeward.line.models.conversation import Conversation, Epoch, Message, Note, Seat
from leeward.line.models.roster import Presence, Shift
from leeward.line.models.spent import SpentWork
from leeward.line.models.tally import Tally
from leeward.line.models.team import Member, MemberKey, Team, TeamKey

__all__ = [
    "CallRequest",
    "Consent",
    "Conversation",
    "Epoch",
    "Member",
    "MemberKey",
    "Message",
    "Note",
    "Presence",
    "Seat",
    "Shift",
    "SpentWork",
    "Tally",
    "Team",
    "TeamKey",
]
