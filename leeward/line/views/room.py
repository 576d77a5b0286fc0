"""The pages on which her own browser locks and opens: chat, message, coming back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leeward.line.forms.fields import GRACE_MINUTES, KEEP_DAYS
from leeward.line.services import browser_side, challenges
from leeward.line.views import showing
from leeward.safety.access import open_to_all
from leeward.safety.page_scripts import carries


def show(request: HttpRequest, kind: str) -> HttpResponse:
    """Return the page with its scripts and its own policy. kind: chat, message, back.

    Nothing is opened yet; the page's script asks for that. Raises NoTeamKey.
    """
    scripts = browser_side.scripts()
    context = showing.truth() | {
        "kind": kind,
        "title": _titles()[kind],
        "keys": browser_side.keys(),
        "challenge": challenges.new(),
        "bits": challenges.BITS,
        "graces": GRACE_MINUTES,
        "day_choices": KEEP_DAYS,
        "phrases": _phrases(),
        "scripts": [mark_safe(script) for script in scripts],  # noqa: S308  -- our own files
        "language": (get_language() or "en").partition("-")[0],
    }
    answer = render(request, "line/room.html", context)
    return carries(answer, *scripts, powers=browser_side.POWERS)


@open_to_all
def words(request: HttpRequest) -> HttpResponse:
    """Return the list that six words are drawn from; her browser draws."""
    return HttpResponse(browser_side.word_list(), content_type="text/plain")


def _titles() -> dict[str, str]:
    return {
        "chat": _("Your chat"),
        "message": _("Leave a message"),
        "back": _("Come back with your six words"),
    }


def _phrases() -> dict[str, str]:
    """Return what the script says, in the reader's language; {n} and {name} are filled in there."""
    return {
        "opening": _("One moment. Your browser makes the keys of this talk."),
        "next": _("You are next."),
        "number": _("You are number %(place)s in the line.") % {"place": "{n}"},
        "wait": _("The wait is about %(minutes)s minutes.") % {"minutes": "{n}"},
        "nobody": _(
            "Nobody is here just now. You can keep this chat and come back for the answer."
        ),
        "write": _("You can write already."),
        "unread": _("Your message waits. Nobody has read it yet."),
        "live": _("Here with you: %(names)s.") % {"names": "{name}"},
        "and": _(" and "),
        "resting": _("Nobody of us is here now. When you write, it waits for us."),
        "you": _("You"),
        "team": _("Our team"),
        "sending": _("sending…"),
        "sent": _("sent"),
        "seen": _("sent and seen"),
        "typing": _("%(name)s is writing…") % {"name": "{name}"},
        "lost": _(
            "No signal just now. What says “sent” is safe. "
            "The rest goes by itself as soon as there is a signal."
        ),
        "unsent": _("This was not sent. Please write it once more."),
        "empty": _("Nothing is written yet."),
        "long": _("This is too long for one message. Please send it in two parts."),
        "unreadable": _("This message can not be opened."),
        "gap": _("A message before this one is missing."),
        "step": _("A step for your safety plan"),
        "card": _("A place that may help"),
        "given": _("You said yes. You can take it back."),
        "refused": _("You said no. That is fine."),
        "revoked": _("You took your yes back."),
        "destroyed": _("It is destroyed. Nothing that was written here is left with us."),
        "kept": _("You keep it with six words until %(day)s. An answer can still come.")
        % {"day": "{day}"},
        "ended": _("The chat has ended"),
        "working": _("One moment…"),
        "trouble": _("That did not work. Please try again in a minute. Nothing is lost."),
        "full": _("Too many people are waiting"),
        "none": _("Nobody is here for a chat right now"),
        "room": _("Our computer has no room left. What you sent last was not stored."),
        "often": _("Please wait for some minutes, then try again. Nothing is lost."),
        "slip": _("Some words are not on our list. Did you mean these?"),
        "count": _("We need six words. You wrote %(count)s.") % {"count": "{n}"},
        "closed": _("Nothing opens with these words. Is each one right, and in its place?")
        + " "
        + _("If so, the talk is gone: its time was over, or it was deleted."),
        "yours": _("Your talk with us"),
        "know": _("You have them. It is kept."),
        "stored": _("Your message is here, locked. These words open it again."),
        "gone": _("Everything is deleted"),
        "messages": _("Messages, yours and ours: %(n)s") % {"n": "{n}"},
        "locks": _("Keys that opened them: %(n)s") % {"n": "{n}"},
        "notes": _("Notes of our team: %(n)s") % {"n": "{n}"},
        "consents": _("Consents: %(n)s") % {"n": "{n}"},
        "copies": _(
            "Copies for repair may hold locked pieces for one day more. Nothing opens them."
        ),
        "new": _("New message"),
    }
