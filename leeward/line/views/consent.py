"""Her answer to a question for consent: yes, no, or the yes taken back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from leeward.line.forms.fields import ticket_of
from leeward.line.services.consent import consents
from leeward.line.services.consent.consents import ConsentUnfit
from leeward.line.services.visitors import server_side
from leeward.line.views import chat
from leeward.line.views.told import calmly
from leeward.safety.access import open_to_all

ANSWERS = {"given": consents.give, "refused": consents.refuse, "revoked": consents.revoke}


@open_to_all
@calmly
def consent(request: HttpRequest) -> HttpResponse:
    """Note the answer, write it into the talk, and show the talk again."""
    ticket = ticket_of(request)
    talk = server_side.conversation_of(ticket)
    answer = request.POST.get("answer", "")
    try:
        consent_id = UUID(request.POST.get("consent", ""))
        ANSWERS[answer](talk, consent_id)
    except (ConsentUnfit, ValueError, KeyError):
        return chat.show(request, ticket)  # answered before, or over: the page says where it stands
    said = {"kind": "consent", "consent": str(consent_id), "answer": answer}
    server_side.seal_and_store(ticket, said)
    return chat.show(request, ticket)
