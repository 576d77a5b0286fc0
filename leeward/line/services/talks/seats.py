"""Who sits in a conversation: take, hand over, join, step away, come back."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from leeward.line.models import Conversation, Seat, Team
from leeward.line.rules.life import State
from leeward.line.rules.times import minute, minutes_between
from leeward.line.services import announcing, tallies
from leeward.line.services.proving import NoSuchTalk
from leeward.line.services.shifts import roster
from leeward.line.services.talks import epochs
from leeward.line.services.talks.standing import standing
from leeward.people.models import Account
from leeward.people.services import record

FLAGS = ("is_emergency", "has_child", "wants_interpreter")


class AlreadyTaken(Exception):
    """A colleague was quicker."""


class NoSeat(Exception):
    """The account does not sit in this conversation."""


def seat_of(conversation_id: UUID, account: Account) -> Seat:
    """Return the seat in which an account sits now. Raises NoSeat, for an unknown id alike."""
    found = Seat.objects.filter(conversation_id=conversation_id, account=account, is_here=True)
    seat = found.select_related("conversation__team").first()
    if seat is None or not account.is_active:
        raise NoSeat
    return seat


def talk_for(conversation_id: UUID, account: Account) -> Conversation:
    """Return a conversation of a team that the account answers for.

    Raises NoSuchTalk: staff of another team learn no more than strangers.
    """
    rows = Conversation.objects.filter(pk=conversation_id, team__members__account=account)
    talk = rows.select_related("team").first()
    if talk is None or not account.is_active:
        raise NoSuchTalk
    return talk


def take(conversation_id: UUID, account: Account) -> Seat:
    """Take a conversation that waits or rests; return the seat, its number in what she writes.

    Raises AlreadyTaken, NoSuchTalk. Taking twice is taking once.
    """
    with transaction.atomic():
        talk = _locked(conversation_id, account)
        if talk.state == State.LIVE:
            return _mine(talk, account)
        now = timezone.now()
        seat = _sit(talk, account, Seat.Role.LEAD)
        if talk.taken_at is None:
            waited = minutes_between(talk.opened_at, now)
            is_chat = talk.kind == Conversation.Kind.CHAT
            tallies.count(
                talk.team_id, "chat_taken" if is_chat else "message_taken", minutes=waited
            )
            talk.taken_at = minute(now)
        _go_live(talk)
        record(account, "line.talk_taken", "line.team", talk.team_id)
    return seat


def hand_over(conversation_id: UUID, account: Account, *, to: Account) -> Seat:
    """Give a conversation to a colleague of the team; return her seat.

    Whoever gave it away sits there no more. Raises NoSeat, NotAMember.
    """
    with transaction.atomic():
        mine = _my_seat(conversation_id, account)
        roster.must_be_member(mine.conversation.team_id, to)
        _leave(mine)
        seat = _sit(mine.conversation, to, Seat.Role.LEAD)
        tallies.count(mine.conversation.team_id, "handed_over")
        record(account, "line.talk_handed_over", "account", to.pk)
        _tell(mine.conversation)
        announcing.announce(announcing.desk_channel(to.pk), {"e": "queue"})
    return seat


def join(conversation_id: UUID, account: Account, *, by: Account, role: str) -> Seat:
    """Bring a colleague in as "second" or "supervisor"; return her seat.

    by: sits there; or is the colleague herself, a supervisor of the team. Raises NoSeat,
    NotAMember.
    """
    with transaction.atomic():
        talk = _locked(conversation_id, by)
        member = roster.must_be_member(talk.team_id, account)
        if by.pk != account.pk:
            seat_of(conversation_id, by)
        elif not member.is_supervisor:
            raise NoSeat
        seat = _sit(talk, account, Seat.Role(role))
        record(by, "line.talk_joined", "account", account.pk)
        _tell(talk)
        announcing.announce(announcing.desk_channel(account.pk), {"e": "queue"})
    return seat


def step_away(conversation_id: UUID, account: Account) -> None:
    """Leave a conversation. With nobody left in it, it waits again. Raises NoSeat."""
    with transaction.atomic():
        _get_up(_my_seat(conversation_id, account))


def come_back(conversation_id: UUID, account: Account) -> Seat:
    """Sit down again where she sat before, as second if somebody leads now. Raises NoSeat."""
    with transaction.atomic():
        talk = _locked(conversation_id, account)
        if not Seat.objects.filter(conversation=talk, account=account).exists():
            raise NoSeat
        if talk.state != State.LIVE:
            return take(conversation_id, account)
        leads = Seat.objects.filter(conversation=talk, is_here=True, role=Seat.Role.LEAD)
        role = Seat.Role.SECOND if leads.exclude(account=account).exists() else Seat.Role.LEAD
        seat = _sit(talk, account, role)
        _tell(talk)
    return seat


def left(team: Team, account: Account) -> QuerySet[Conversation]:
    """Return the live conversations of a team that she stepped away from, the earliest first."""
    mine = Seat.objects.filter(account=account, is_here=False)
    rows = Conversation.objects.filter(team=team, state=State.LIVE, seats__in=mine)
    return rows.order_by("opened_at", "pk")


def led_by_others(team: Team, account: Account) -> QuerySet[Conversation]:
    """Return the live conversations of a team in which she never sat, for a supervisor to join."""
    rows = Conversation.objects.filter(team=team, state=State.LIVE)
    return rows.exclude(seats__account=account).order_by("opened_at", "pk")


def leave_all(team: Team, account: Account) -> None:
    """Have an account sit in no conversation of a team any more: she left it, or was shut out."""
    mine = Seat.objects.filter(conversation__team=team, account=account, is_here=True)
    for seat in mine.select_related("account"):
        with transaction.atomic():
            rows = Conversation.objects.select_for_update(of=("self",)).select_related("team")
            seat.conversation = rows.get(pk=seat.conversation_id)
            _get_up(seat)


def flag(conversation_id: UUID, account: Account, *, name: str, is_set: bool) -> None:
    """Set or clear one of FLAGS. Raises NoSuchTalk, ValueError."""
    if name not in FLAGS:
        raise ValueError(name)
    talk = talk_for(conversation_id, account)
    Conversation.objects.filter(pk=talk.pk).update(**{name: is_set})
    record(account, "line.talk_flagged", "line.team", talk.team_id)
    announcing.queue_moved(talk.team_id)


def _locked(conversation_id: UUID, account: Account) -> Conversation:
    """Return the conversation with its row locked. Raises NoSuchTalk."""
    talk_for(conversation_id, account)
    rows = Conversation.objects.select_for_update(of=("self",)).select_related("team")
    talk = rows.filter(pk=conversation_id).first()
    if talk is None:
        raise NoSuchTalk
    return talk


def _my_seat(conversation_id: UUID, account: Account) -> Seat:
    """Return my seat, its conversation locked. Raises NoSeat."""
    try:
        talk = _locked(conversation_id, account)
    except NoSuchTalk as wrong:
        raise NoSeat from wrong
    seat = seat_of(conversation_id, account)
    seat.conversation = talk
    return seat


def _mine(talk: Conversation, account: Account) -> Seat:
    try:
        return seat_of(talk.pk, account)
    except NoSeat as wrong:
        raise AlreadyTaken from wrong


def _sit(talk: Conversation, account: Account, role: str) -> Seat:
    """Return the account's seat, made with the next number when she never sat here."""
    seat = Seat.objects.filter(conversation=talk, account=account).first()
    if seat is None:
        last = Seat.objects.filter(conversation=talk).order_by("-number")
        number = 1 + (last.values_list("number", flat=True).first() or 0)
        seat = Seat(conversation=talk, account=account, number=number)
    seat.role, seat.is_here = role, True
    seat.save()
    return seat


def _leave(seat: Seat) -> None:
    Seat.objects.filter(pk=seat.pk).update(is_here=False)
    epochs.take_wraps_away(seat.conversation_id, seat.account_id)


def _get_up(seat: Seat) -> None:
    """Have a seat's account sit there no more; its conversation's row is locked."""
    talk = seat.conversation
    _leave(seat)
    rest = list(Seat.objects.filter(conversation=talk, is_here=True).order_by("number"))
    if not rest:
        Conversation.objects.filter(pk=talk.pk).update(state=State.WAITING)
        talk.state = State.WAITING
    elif not any(each.role == Seat.Role.LEAD for each in rest):
        Seat.objects.filter(pk=rest[0].pk).update(role=Seat.Role.LEAD)
    record(seat.account, "line.talk_left", "line.team", talk.team_id)
    _tell(talk)


def _go_live(talk: Conversation) -> None:
    talk.state = State.LIVE
    talk.save(update_fields=("state", "taken_at"))
    _tell(talk)


def _tell(talk: Conversation) -> None:
    """Tell her page where it stands now, and the team's desks that the queue moved."""
    event = standing(talk).event()
    announcing.announce(announcing.talk_channel(talk.pk), event)
    announcing.queue_moved(talk.team_id)
