"""Her answer to a question for consent, without scripts: hers to give while its time runs."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from leeward.line.models import Conversation
from leeward.line.services.consent import consents
from leeward.line.services.talks import queue
from leeward.line.tests.visitor import make

pytestmark = pytest.mark.django_db(databases=["default", "wraps"])

YES, BACK = "Yes, I allow it", "Take my yes back"
OVER = "The time for this is over. It may not be passed on any more."


def asked() -> tuple[make.Visitor, str]:
    """Return a visitor who is asked to allow something for three days, and the question's id."""
    line = make.line()
    visitor = make.Visitor().opens_a_chat()
    talk, question = Conversation.objects.get(), uuid.uuid4()
    queue.take(talk.pk, line.sam)
    words = {"what": "Save", "to": "the court", "why": "the hearing", "until": "Thursday"}
    line.says(talk.pk, kind="ask_consent", consent=str(question), **words)
    consents.ask(
        talk.pk,
        line.sam,
        what="export",
        ends_at=timezone.now() + timedelta(days=3),
        place=1,
        consent_id=question,
    )
    return visitor.refreshes(), str(question)


def test_a_yes_can_be_taken_back_until_its_time_is_over() -> None:
    visitor, question = asked()
    may_say_yes = YES in visitor.main

    visitor.sends("consent/", consent=question, answer="given")
    may_take_back = BACK in visitor.main
    with time_machine.travel(timezone.now() + timedelta(days=3, hours=1)):
        over = visitor.refreshes().main

    assert (may_say_yes, may_take_back) == (True, True)
    assert "the court" in over
    assert BACK not in over
    assert OVER in over


def test_she_is_told_of_the_end_when_its_record_is_gone_as_well() -> None:
    visitor, question = asked()
    visitor.sends("consent/", consent=question, answer="given")
    while_it_runs = visitor.refreshes().main
    consents.forget_over(timezone.now() + timedelta(days=4))

    over = visitor.refreshes().main
    visitor.language = "es"
    in_spanish = visitor.refreshes().main

    assert OVER not in while_it_runs
    assert OVER in over
    assert BACK not in over
    assert "El tiempo para esto terminó." in in_spanish


@pytest.mark.parametrize("answers", [["refused"], ["given", "revoked"]])
def test_of_what_she_ended_herself_no_end_is_told(answers: list[str]) -> None:
    visitor, question = asked()
    for answer in answers:
        visitor.sends("consent/", consent=question, answer=answer)
    consents.forget_over(timezone.now() + timedelta(days=4))

    shown = visitor.refreshes().main

    assert "the court" in shown
    assert OVER not in shown


def test_nobody_says_yes_to_what_is_over() -> None:
    visitor, question = asked()

    with time_machine.travel(timezone.now() + timedelta(days=3, hours=1)):
        over = visitor.refreshes().main
        visitor.sends("consent/", consent=question, answer="given")
        talk = Conversation.objects.get()

        assert YES not in over
        assert "You said yes" not in visitor.main
        assert not consents.is_given(talk, "export", timezone.now())
