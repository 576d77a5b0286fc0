"""Changing the lines: one person proposes, another confirms."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from leeward.helplines.models import Check, Line, Proposal
from leeward.helplines.services.showing import today
from leeward.people.models import Account
from leeward.people.services import record
from leeward.safety.generation import drop_kept_pages

PROPOSABLE = (
    "country topic name phone dial is_video_phone sms_number sms_word other_ways url hours_en "
    "hours_es languages more_languages relay video_phone scope_en scope_es is_police_run "
    "operator_changed note_en note_es"
).split()


class SamePerson(Exception):
    """Whoever proposed a change can't confirm it: that takes a second person."""


class AlreadyDecided(Exception):
    """Somebody confirmed or declined the proposal before."""


def values_of(line: Line) -> dict[str, Any]:
    """Return the line's present values, in the shape a proposal holds."""
    return {name: getattr(line, name) for name in PROPOSABLE}


def propose(
    kind: str,
    *,
    by: Account,
    channel: str,
    reason: str,
    line: Line | None = None,
    values: dict[str, Any] | None = None,
) -> Proposal:
    """Store a proposal that waits for a second person; return it.

    kind: one of Proposal.Kind. values: for a change or a new line, the line's fields by name.
    reason: where the facts were read or who was called, up to 300 characters.
    """
    proposal = Proposal.objects.create(
        line=line,
        kind=kind,
        values=values or {},
        reason=reason,
        channel=channel,
        proposed_by=by,
        proposed_on=today(),
    )
    record(by, "helplines.change_proposed", "helplines.proposal", proposal.pk)
    return proposal


@transaction.atomic
def confirm(proposal_id: int, *, by: Account, channel: str) -> Line:
    """Carry a proposal out; return the line as it is now.

    Both people looked at the operator's own word, so both count as having checked the new number:
    the proposer on the day of the proposal, the confirmer today. Raises SamePerson, AlreadyDecided.
    """
    proposal = _open_proposal(proposal_id)
    if proposal.proposed_by_id == by.pk:
        raise SamePerson
    line = _carried_out(proposal)
    if proposal.kind != Proposal.Kind.RETIRE:
        _add_check(line, proposal.proposed_by, proposal.proposed_on, proposal.channel)
        _add_check(line, by, today(), channel)
    proposal.line = line
    _decide(proposal, Proposal.State.CONFIRMED, by=by)
    record(by, "helplines.change_confirmed", "helplines.proposal", proposal.pk)
    drop_kept_pages()
    return line


@transaction.atomic
def decline(proposal_id: int, *, by: Account) -> None:
    """Close a proposal without a change; the proposer may do so too. Raises AlreadyDecided."""
    proposal = _open_proposal(proposal_id)
    _decide(proposal, Proposal.State.DECLINED, by=by)
    record(by, "helplines.change_declined", "helplines.proposal", proposal.pk)


def _open_proposal(proposal_id: int) -> Proposal:
    proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
    if proposal.state != Proposal.State.OPEN:
        raise AlreadyDecided
    return proposal


def _carried_out(proposal: Proposal) -> Line:
    line = proposal.line or Line(sources=[])
    if proposal.kind == Proposal.Kind.RETIRE:
        line.is_retired = True
    else:
        line.grade = Line.Grade.A
        line.source_on = ""  # from now on its word is staff's, and ends with their checks
    for name, value in proposal.values.items():
        if name in PROPOSABLE:
            setattr(line, name, value)
    line.is_changed_by_staff = True
    line.save()
    return line


def _add_check(line: Line, by: Account, on: Any, channel: str) -> None:
    Check.objects.get_or_create(
        line=line, by=by, on=on, is_good=True, number=line.number, defaults={"channel": channel}
    )


def _decide(proposal: Proposal, state: str, *, by: Account) -> None:
    proposal.state = state
    proposal.decided_by = by
    proposal.decided_on = today()
    proposal.save()
