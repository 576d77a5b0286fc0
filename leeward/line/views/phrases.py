"""What the script of a talk says, in the reader's language; {n}, {name}, {day} it fills in."""

from __future__ import annotations

from django.utils.translation import gettext as _


def phrases() -> dict[str, str]:
    """Return every phrase, by the name that the script knows it by."""
    return _while_waiting() | _while_talking() | _when_it_ends()


def _while_waiting() -> dict[str, str]:
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
    }


def _while_talking() -> dict[str, str]:
    return {
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
    }


def _when_it_ends() -> dict[str, str]:
    return {
        "destroyed": _("What was written here is destroyed, and so are its keys."),
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
            "Copies for repair may hold locked pieces for a while. After one day, no key of ours"
            " opens them."
        ),
        "new": _("New message"),
    }
