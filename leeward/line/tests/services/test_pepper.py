"""Pepper and salt: made once, missed loudly, and replaced without locking anybody out."""

from __future__ import annotations

import os
import time
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from leeward.line.models import Conversation
from leeward.line.services import pepper
from leeward.line.services.endings import keeping
from leeward.line.services.visitors import server_side
from leeward.line.tests import make, people
from leeward.line.wraps.models import WordsWrap

pytestmark = pytest.mark.django_db

CLAIM = bytes(range(32))


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path
    pepper._read.cache_clear()
    yield tmp_path
    pepper._read.cache_clear()


def keep(claim: bytes = CLAIM) -> Conversation:
    talk = make.conversation()
    keeping.keep(talk, keeping.claimed(claim).lookup, os.urandom(keeping.SEALED_BYTES))
    return talk


def test_the_salt_is_sixteen_bytes_of_a_file_of_its_own(data):
    salt = pepper.site_salt()

    assert len(salt) == 16
    assert (data / "line.salt").stat().st_mode & 0o077 == 0
    assert pepper.site_salt() == salt


def test_a_new_pepper_leaves_the_salt_as_it_is():
    salt, before = pepper.site_salt(), pepper.pepper()

    pepper.renew()

    assert pepper.site_salt() == salt
    assert pepper.pepper() != before
    assert pepper.older() == before


def test_what_is_kept_under_the_older_pepper_is_found_after_the_change():
    pepper.site_salt()
    talk = keep()
    share = keeping.claimed(CLAIM).share

    pepper.renew()
    claimed = keeping.claimed(CLAIM)

    assert keeping.found(claimed.lookup).conversation_id == talk.pk
    assert claimed.share == share


def test_whoever_comes_back_is_put_under_the_new_pepper(data):
    """Or somebody who comes often, for longer than 90 days, would be locked out."""
    line = people.line()
    people.member(line.team)
    ticket = people.visitor(line.team)
    people.says(ticket, "Is tonight possible?")
    words = server_side.draw_words()
    server_side.keep_under(ticket, words)
    until = Conversation.objects.get().delete_on
    pepper.renew()

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        server_side.come_back(words)

    (data / "line.pepper.older").unlink()
    again = server_side.come_back(words)
    assert [plain.data["text"] for plain in server_side.read(again)] == ["Is tonight possible?"]
    assert Conversation.objects.get().delete_on == until, "coming back is no new choice of days"
    assert WordsWrap.objects.count() == 1


def test_words_are_moved_for_what_is_kept_alone():
    talk = make.conversation()
    now = keeping.to_keep(CLAIM)

    with pytest.raises(keeping.KeepingUnfit):
        keeping.move_words(talk, now.lookup, os.urandom(keeping.SEALED_BYTES))

    assert not WordsWrap.objects.exists()


def test_what_is_kept_after_the_change_needs_the_new_pepper_alone(data):
    pepper.site_salt()
    keep()
    pepper.renew()
    talk = keep(b"\7" * 32)
    (data / "line.pepper.older").unlink()

    assert keeping.found(keeping.claimed(b"\7" * 32).lookup).conversation_id == talk.pk
    assert keeping.found(keeping.claimed(CLAIM).lookup) is None


def test_the_older_pepper_opens_nothing_after_ninety_days(data):
    pepper.site_salt()
    keep()
    pepper.renew()
    long_ago = time.time() - 90 * 86_400 - 60
    os.utime(data / "line.pepper.older", (long_ago, long_ago))

    assert pepper.older() is None
    assert keeping.found(keeping.claimed(CLAIM).lookup) is None


def test_the_ninety_days_count_from_the_change_not_from_the_first_day(data):
    pepper.pepper()
    long_ago = time.time() - 400 * 86_400
    os.utime(data / "line.pepper", (long_ago, long_ago))

    pepper.renew()

    assert pepper.older() is not None


def test_a_second_change_within_ninety_days_is_refused():
    pepper.renew()

    with pytest.raises(pepper.KeyUnfit, match="90 days"):
        pepper.renew()


@pytest.mark.parametrize("name", ["line.pepper", "line.salt"])
def test_a_missing_file_is_named_while_somebody_keeps_words(data, name):
    pepper.site_salt()
    keep()
    (data / name).unlink()
    pepper._read.cache_clear()

    with pytest.raises(pepper.KeyUnfit, match=name):
        pepper.check()
    with pytest.raises(pepper.KeyUnfit, match=name):
        pepper.site_salt() if name == "line.salt" else pepper.pepper()
    assert WordsWrap.objects.exists()
