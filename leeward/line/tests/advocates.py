"""Advocates whose keys are real, stored as their browsers store them."""

from __future__ import annotations

from uuid import UUID

from leeward.line.models import Conversation, MemberKey
from leeward.line.services.members import keys
from leeward.line.services.talks import epochs, notes, queue
from leeward.line.tests import people
from leeward.line.wraps.models import ShareWrap, TeamKeyWrap
from leeward.people.models import Account
from leeward.sealing import keys as pairs
from leeward.sealing.contexts import MemberLock, note_context, share_context, team_context
from leeward.sealing.envelopes import seal_envelope
from leeward.sealing.epochs import seal_epoch_key
from leeward.sealing.members import seal_member_key
from leeward.sealing.padding import pad
from leeward.sealing.passphrases import new_salt, passphrase_key
from leeward.sealing.recovery import new_code, recovery_key
from leeward.sealing.shares import split_key, write_share


def advocate(line: people.Line, passphrase: str) -> Account:
    """Return an advocate with a key of her own, under a passphrase, and with the team's key."""
    account = people.member(line.team, has_key=False)
    private, salt = pairs.new_private_key(), new_salt()

    def locked(lock: MemberLock, key: bytes) -> bytes:
        return seal_member_key(private, key=key, account=account.pk, lock=lock)

    under_passphrase = locked(MemberLock.PASSPHRASE, passphrase_key(passphrase, salt=salt))
    on_paper = locked(MemberLock.RECOVERY, recovery_key(new_code()))
    locks = [keys.Lock("passphrase", under_passphrase, salt), keys.Lock("recovery", on_paper)]
    keys.make_member_key(account, pairs.public_key(private), locks)
    TeamKeyWrap.objects.create(
        team_id=line.team.pk,
        generation=1,
        account_id=account.pk,
        sealed=seal_envelope(
            line.private,
            to=pairs.public_key(private),
            context=team_context(line.team.pk, 1, account.pk),
        ),
    )
    return account


def takes(line: people.Line, talk_id: UUID, account: Account) -> None:
    """Take a talk, and keep the keys of its days under her own key as her browser does."""
    queue.take(talk_id, account)
    public = bytes(MemberKey.objects.get(account=account).public_key)
    sealed = {
        number: seal_epoch_key(key, to=public, conversation=talk_id, epoch=number)
        for number, key in line.epoch_keys(talk_id).items()
    }
    epochs.add_wraps(Conversation.objects.get(pk=talk_id), account.pk, sealed)


def notes_down(line: people.Line, talk_id: UUID, account: Account, data: bytes) -> None:
    """Store a note, sealed to the team as her browser does."""
    public = pairs.public_key(line.private)
    box = seal_envelope(pad(data), to=public, context=note_context(talk_id))
    notes.write(talk_id, account, generation=1, box=box)


def two_supervisors(line: people.Line) -> list[bytes]:
    """Share the team's key out; return the private keys of two of the three."""
    found = []
    for share in split_key(line.private):
        account = people.member(line.team, has_key=False, is_supervisor=True)
        private = pairs.new_private_key()
        ShareWrap.objects.create(
            team_id=line.team.pk,
            generation=1,
            account_id=account.pk,
            sealed=seal_envelope(
                write_share(share),
                to=pairs.public_key(private),
                context=share_context(line.team.pk, 1, account.pk),
            ),
        )
        found.append(private)
    return found[1:]
