"""Honest pages for what can not go on: what happened, what is safe, what to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from leeward.line.services.abuse.abuse import SlowedDown
from leeward.line.services.endings.keeping import NoLongerThere
from leeward.line.services.proving import NoSuchTalk
from leeward.line.services.talks.epochs import TalkEnded
from leeward.line.services.talks.storing import Why
from leeward.line.services.visitors.opening import NobodyThere, NoRoom, NoTeamKey, QueueFull
from leeward.line.services.visitors.picking import StretchingBusy
from leeward.line.services.visitors.server_side import NotStored, TicketUnreadable
from leeward.safety.access import View


class TooOften(Exception):
    """More tries came from one place than people make."""


class Reason(StrEnum):
    """Why something can not go on."""

    FULL = "full"
    NOBODY = "nobody"
    NOT_READY = "not ready"
    NO_ROOM = "no room"
    OVER = "over"
    TOO_OFTEN = "too often"
    BUSY = "busy"
    NOT_STORED = "not stored"
    SLOWED = "slowed"
    CALL_OVER = "call over"


@dataclass(frozen=True, slots=True)
class Told:
    """The words of one such page, and which ways on it shows."""

    title: str
    lines: tuple[str, ...]
    status: int
    may_leave_message: bool = False
    may_come_back: bool = False


def tell(request: HttpRequest, reason: Reason) -> HttpResponse:
    """Return the page that says why, with the phone lines beside it."""
    told = _WORDS[reason]()
    return render(request, "line/told.html", {"told": told}, status=told.status)


def calmly(view: View) -> View:
    """Return `view` with what can not go on told on a calm page."""

    @wraps(view)
    def calm(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except NotStored as wrong:
            is_over = wrong.why is Why.ENDED
            return tell(request, Reason.OVER if is_over else Reason.NOT_STORED)
        except OperationalError as wrong:
            if not _is_full(wrong):
                raise
            return tell(request, Reason.NO_ROOM)
        except tuple(_REASONS) as wrong:
            return tell(request, _REASONS[type(wrong)])

    return calm


def _is_full(wrong: OperationalError) -> bool:
    text = str(wrong).lower()
    return "full" in text or "no space" in text


_REASONS: dict[type[Exception], Reason] = {
    QueueFull: Reason.FULL,
    NobodyThere: Reason.NOBODY,
    NoTeamKey: Reason.NOT_READY,
    NoRoom: Reason.NO_ROOM,
    NoSuchTalk: Reason.OVER,
    TicketUnreadable: Reason.OVER,
    NoLongerThere: Reason.OVER,
    TalkEnded: Reason.OVER,
    TooOften: Reason.TOO_OFTEN,
    StretchingBusy: Reason.BUSY,
    SlowedDown: Reason.SLOWED,
}


def _full() -> Told:
    return Told(
        _("Too many people are waiting"),
        (
            _("We could not answer you in good time, so we do not let you wait for nothing."),
            _("Please call one of the lines here, or leave a message."),
        ),
        status=503,
        may_leave_message=True,
    )


def _nobody() -> Told:
    return Told(
        _("Nobody is here for a chat right now"),
        (
            _("Whoever was here has just gone. Nothing of yours was stored."),
            _("You can leave a message. Or call one of the lines here."),
        ),
        status=503,
        may_leave_message=True,
    )


def _not_ready() -> Told:
    return Told(
        _("Our own line is not ready yet"),
        (_("Please use one of the phone lines on this page."),),
        status=503,
    )


def _no_room() -> Told:
    return Told(
        _("We can not take anything new just now"),
        (
            _("Our computer has no room left. What you sent last was not stored."),
            _("Please call one of the lines here, or try again in an hour."),
        ),
        status=507,
    )


def _over() -> Told:
    return Told(
        _("This talk is not open any more"),
        (
            _("It has ended, or this page was away for too long."),
            _("If you kept it with six words, it is still there. If not, nothing of it is left."),
        ),
        status=410,
        may_come_back=True,
    )


def _too_often() -> Told:
    return Told(
        _("Too many tries in a short time"),
        (
            _("Please wait for some minutes, then try again. Nothing is lost."),
            _("If you need somebody now, call one of the lines here."),
        ),
        status=429,
    )


def _busy() -> Told:
    return Told(
        _("Many people are here at once"),
        (_("Please try again in a minute. Nothing is lost."),),
        status=503,
    )


def _not_stored() -> Told:
    return Told(
        _("This did not go through"),
        (
            _("Your last message was not stored. What was there before is safe."),
            _("Please go back and send it once more."),
        ),
        status=409,
    )


def _slowed() -> Told:
    return Told(
        _("We can not open a talk here today"),
        (
            _("Too many talks came from the place where you are."),
            _("Please call one of the lines here, or come back tomorrow."),
        ),
        status=429,
    )


def _call_over() -> Told:
    return Told(
        _("This request is not there any more"),
        (_("We called, the time was over, or you took it back before. It is destroyed."),),
        status=410,
    )


_WORDS: dict[Reason, Callable[[], Told]] = {
    Reason.FULL: _full,
    Reason.NOBODY: _nobody,
    Reason.NOT_READY: _not_ready,
    Reason.NO_ROOM: _no_room,
    Reason.OVER: _over,
    Reason.TOO_OFTEN: _too_often,
    Reason.BUSY: _busy,
    Reason.NOT_STORED: _not_stored,
    Reason.SLOWED: _slowed,
    Reason.CALL_OVER: _call_over,
}
