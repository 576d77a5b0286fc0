"""The words that the desk's scripts put on the page, and the fixed lists of its end form."""

from __future__ import annotations

from django.utils.translation import gettext as _

# Counted, never typed: line.services.tallies takes these as details of "outcome".
ABOUTS = ("home", "stalking", "sexual", "trafficking", "children", "housing", "money", "legal",
          "immigration", "feelings", "other")  # fmt: skip
OUTCOMES = ("listened", "service_named", "safety_steps", "call_agreed", "comes_back", "left_early",
            "not_for_us")  # fmt: skip


def abouts() -> list[tuple[str, str]]:
    """Return what a conversation can have been about: (code, words)."""
    words = (
        _("Violence or control at home"),
        _("Being followed or watched"),
        _("Sexual violence"),
        _("Trafficking or forced work"),
        _("Children"),
        _("A place to stay"),
        _("Money"),
        _("Law and courts"),
        _("Papers and immigration"),
        _("Feelings, being heard"),
        _("Something else"),
    )
    return list(zip(ABOUTS, words, strict=True))


def outcomes() -> list[tuple[str, str]]:
    """Return how a conversation can have ended: (code, words)."""
    words = (
        _("Heard, no more was needed"),
        _("A service or line was named"),
        _("Safety steps were talked through"),
        _("A call was agreed"),
        _("She comes back with her words"),
        _("She left early"),
        _("Not for this line"),
    )
    return list(zip(OUTCOMES, words, strict=True))


def for_scripts() -> dict[str, str]:
    """Return the scripts' words by key; {name} is filled in by them."""
    return _said() | _keys() | _endings() | _calls() | _wrongs()


def _said() -> dict[str, str]:
    return {
        "she": _("She"),
        "you": _("You"),
        "language_en": _("English"),
        "language_es": _("Spanish"),
        "language_ar": _("Arabic"),
        "kind_chat": _("Chat"),
        "kind_message": _("Message left"),
        "kind_step": _("Safety step"),
        "kind_broken": _("This does not open with your key."),
        "kind_ask_consent": _("Asked for consent"),
        "consent_given": _("She allows it."),
        "consent_refused": _("She does not allow it."),
        "consent_revoked": _("She took it back."),
        "consent_over": _("The time of a consent is over. It allows nothing any more."),
        "flag_is_emergency": _("Emergency"),
        "flag_has_child": _("Child"),
        "flag_wants_interpreter": _("Interpreter"),
        "waits_minutes": _("waits {n} min"),
        "rests_since": _("since {day}"),
        "for_minutes": _("{n} min"),
        "longest": _("longest {n} min"),
        "no_scripts": _("no scripts: slower"),
        "kept": _("kept by her"),
        "typing": _("{who} is writing …"),
        "seen": _("Seen"),
        "sending": _("Sending …"),
        "is_on": _("on"),
        "is_away": _("away"),
        "is_off": _("off"),
        "member_you": _("you"),
        "member_reads": _("can read"),
        "member_waits": _("waits to be admitted"),
        "member_keyless": _("has no key yet"),
        "none_found": _("Nothing was found."),
        "place_unknown": _("This place is not known here."),
        "notice_title": _("Desk"),
        "notice_body": _("Something new"),
    }


def _keys() -> dict[str, str]:
    return {
        "come_back": _("Come back"),
        "join": _("Join"),
        "open_talks": _("{n} open"),
        "sure_delete": _("Sure? Delete"),
        "sure_destroy": _("Sure? Destroy it"),
        "sure_remove": _("Sure? Remove"),
        "passkey_name": _("Desk of the line"),
        "passkey_number": _("Passkey {n}"),
        "passkey_since": _("added {month}"),
        "lock_passkey_added": _("The passkey is added. It opens your key from now on."),
        "lock_passkey_removed": _("The passkey is removed. It opens nothing here."),
        "lock_passphrase_changed": _("The passphrase is changed. The old one opens nothing."),
        "lock_paper_changed": _("The code on paper is a new one. The old one opens nothing."),
        "asks_for_share": _("{who} asks for your share, until {at} tomorrow"),
        "somebody_gone": _("somebody who left"),
    }


def _endings() -> dict[str, str]:
    return {
        "ended_exit": _("She left safely by the exit. The conversation is destroyed."),
        "ended_visitor": _("She ended it. The conversation is destroyed."),
        "ended_staff": _("It is ended and destroyed."),
        "ended_away": _("Her page was closed, and she did not come back. It is destroyed."),
        "ended_deleted": _("She deleted everything. The conversation is destroyed."),
        "ended_slowed": _("It is ended and destroyed. The next tries from there must wait."),
        "ended_gone": _("This conversation is not here any more."),
        "ended_kept": _("It is over for now. She keeps it and can come back with her words."),
    }


def _calls() -> dict[str, str]:
    return {
        "call_when": _("{day}, {from} to {to}"),
        "call_tries": _("tried {n} times"),
        "call_phone": _("Number"),
        "call_who": _("Who may pick up"),
        "call_who_me": _("only she"),
        "call_who_others": _("others may, too"),
        "call_voicemail": _("Voicemail"),
        "call_voicemail_yes": _("yes"),
        "call_voicemail_no": _("no: leave none"),
        "call_say": _("What to say"),
        "call_code": _("Code word"),
        "call_broken": _("Sealed"),
    }


def _wrongs() -> dict[str, str]:
    return {
        "wrong_refused": _("That did not work. Try once more."),
        "wrong_offline": _("No connection. Try again in a moment."),
        "wrong_signed_out": _("You were signed out."),
        "wrong_passphrase_short": _("Make it longer: 14 letters at least."),
        "wrong_passphrase_differs": _("The two are not the same."),
        "wrong_code_differs": _("These are not its last four letters. Look at the paper again."),
        "wrong_not_sure": _("Tick the box first."),
        "wrong_SealBroken": _("This does not open it. Check the spelling."),
        "wrong_CodeUnreadable": _("This is not a whole code: eight groups of four."),
        "wrong_NotPossible": _("This browser could not do that."),
        "wrong_TooLong": _("That is too long for one message. Send it in two."),
        "wrong_not_here": _("This is not here any more."),
        "wrong_taken_already": _("A colleague was quicker."),
        "wrong_unfit": _("That can't be kept. Try once more."),
        "wrong_full": _("This conversation holds as much as it may."),
        "wrong_key_changed": _("A key has changed meanwhile. Look again, and compare the words."),
        "wrong_no_right": _("Only a coordinator may do that."),
        "wrong_no_team_key": _("The team has no key yet."),
        "wrong_note_unfit": _("This note can't be kept: too long, or one too many."),
        "wrong_no_passkey": _(
            "This browser, or this device, can't open a key with a passkey. "
            "Your passphrase and the code on paper do."
        ),
        "wrong_Cancelled": _("The browser's window was shut, or nobody answered. Try once more."),
        "wrong_SharesMismatched": _("These two shares do not make this team's key."),
        "wrong_no_consent": _("She has not allowed this, or it is over, or she took it back."),
        "wrong_not_three": _("Tick three, after each has read her five words to you."),
        "wrong_request_gone": _("The request is over, or was made with another key. Look again."),
        "wrong_draft": _("Send or clear what you are writing first."),
        "wrong_unsent": _("Something is not sent yet. Press Lock once more, and it is gone."),
        "wrong_index_busy": _("The directory is being read in. Try again in a minute."),
    }
