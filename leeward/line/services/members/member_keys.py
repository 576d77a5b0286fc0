"""An advocate's own key pair: made in her browser, stored here boxed under her locks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from leeward.line.models import MemberKey
from leeward.line.services import announcing
from leeward.line.services.shifts import roster
from leeward.line.wraps.models import (
    EpochWrap,
    HandedShare,
    MemberKeyWrap,
    RecoveryRequest,
    ShareWrap,
    TeamKeyWrap,
)
from leeward.line.wraps.routing import STORE
from leeward.people.models import Account
from leeward.people.services import record

KEY_BYTES = 32
MEMBER_BOX_BYTES = 61  # suite 1, nonce 12, key 32, tag 16
PASSKEYS_MAX = 5
SALT_BYTES_MAX = 64
LABEL_MAX = 200
NAME_MAX = 40


class KeysUnfit(ValueError):
    """What came is no key, or not sealed to exactly those who should have it."""


class KeyThere(Exception):
    """There is a key already: somebody was quicker, or it was made in another browser."""


@dataclass(frozen=True, slots=True)
class Lock:
    """A member's private key, boxed under one of her locks.

    under: "passphrase", "recovery" or "passkey". label: a passkey's credential id, else "". name:
    what she calls that passkey. made_on: set when it is stored.
    """

    under: str
    sealed: bytes = field(repr=False)
    salt: bytes = b""
    label: str = ""
    name: str = ""
    made_on: date | None = None


def public_key_of(account: Account) -> bytes | None:
    """Return an advocate's public key, None while she has none."""
    found = MemberKey.objects.filter(account=account).first()
    return bytes(found.public_key) if found else None


def locks_of(account: Account) -> list[Lock]:
    """Return an advocate's own boxes; the caller has made sure that she is who asks."""
    rows = MemberKeyWrap.objects.filter(account_id=account.pk).order_by("under", "pk")
    return [
        Lock(row.under, bytes(row.sealed), bytes(row.salt), row.label, row.name, row.made_on)
        for row in rows
    ]


def make_member_key(account: Account, public_key: bytes, locks: list[Lock]) -> None:
    """Store an advocate's first key pair: public half, private half under passphrase and code.

    Raises KeyThere when she has one, KeysUnfit.
    """
    kinds = sorted(lock.under for lock in locks if lock.under != "passkey")
    if len(public_key) != KEY_BYTES or kinds != ["passphrase", "recovery"]:
        raise KeysUnfit
    try:
        with transaction.atomic():
            MemberKey.objects.create(
                account=account, public_key=public_key, made_on=timezone.now().date()
            )
            with transaction.atomic(using=STORE):
                MemberKeyWrap.objects.filter(account_id=account.pk).delete()
                for lock in locks:
                    _put_lock(account, lock)
            record(account, "line.key_made", "account", account.pk)
    except IntegrityError as wrong:
        raise KeyThere from wrong
    _tell_teams(account)


def change_lock(account: Account, lock: Lock) -> None:
    """Put a new box in the place of one of the same kind: a new passphrase, code or passkey.

    Raises KeysUnfit.
    """
    if public_key_of(account) is None:
        raise KeysUnfit
    mine = MemberKeyWrap.objects.filter(account_id=account.pk)
    if lock.under == "passkey" and mine.filter(under="passkey").count() >= PASSKEYS_MAX:
        raise KeysUnfit
    with transaction.atomic(using=STORE):
        mine.filter(under=lock.under, label=lock.label).delete()
        _put_lock(account, lock)
    record(account, "line.key_lock_changed", "account", account.pk)


def remove_passkey_lock(account: Account, label: str) -> bool:
    """Delete the box under one passkey; return whether there was one."""
    mine = MemberKeyWrap.objects.filter(account_id=account.pk, under="passkey", label=label)
    gone, _by_model = mine.delete()
    if gone:
        record(account, "line.key_lock_removed", "account", account.pk)
    return bool(gone)


def start_anew(account: Account, *, by: Account | None) -> None:
    """Forget an advocate's key pair, for one who lost passphrase and code; she makes a new one.

    A member who holds the team's key admits her again. by: None when her account was shut.
    """
    with transaction.atomic():
        record(by, "line.key_forgotten", "account", account.pk)
        _forget_wraps_of(account.pk)
        MemberKey.objects.filter(account=account).delete()
    _tell_teams(account)


def _put_lock(account: Account, lock: Lock) -> None:
    is_fit = (
        lock.under in MemberKeyWrap.Under.values
        and len(lock.sealed) == MEMBER_BOX_BYTES
        and len(lock.salt) <= SALT_BYTES_MAX
        and len(lock.label) <= LABEL_MAX
        and len(lock.name) <= NAME_MAX
    )
    if not is_fit:
        raise KeysUnfit
    MemberKeyWrap.objects.create(
        account_id=account.pk,
        under=lock.under,
        label=lock.label,
        name=lock.name,
        made_on=timezone.now().date(),
        salt=lock.salt,
        sealed=lock.sealed,
    )


def _forget_wraps_of(account_id: int) -> None:
    """Delete everything that is sealed to an advocate's key, and the key's own boxes."""
    with transaction.atomic(using=STORE):
        MemberKeyWrap.objects.filter(account_id=account_id).delete()
        TeamKeyWrap.objects.filter(account_id=account_id).delete()
        ShareWrap.objects.filter(account_id=account_id).delete()
        RecoveryRequest.objects.filter(account_id=account_id).delete()
        HandedShare.objects.filter(account_id=account_id).delete()
        EpochWrap.objects.filter(reader=EpochWrap.Reader.MEMBER, reader_id=account_id).delete()


def _tell_teams(account: Account) -> None:
    for team in roster.teams_of(account):
        announcing.queue_moved(team.pk)
