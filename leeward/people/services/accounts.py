"""Accounts: inviting, roles, leaving, a new way in, one's own password."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django_otp.models import Device

from leeward.people import rules
from leeward.people.models import Account, Invitation
from leeward.people.services.audit import record
from leeward.people.services.factors import forget_factors, make_recovery_codes, set_up_app

TOKEN_BYTES = 32


class InvitationOver(Exception):
    """The link was used, has expired, or never was."""


class NameTaken(Exception):
    """Another account or open invitation has that sign-in name."""


class LastAdministrator(Exception):
    """Nobody would be left to look after accounts."""


class OwnAccount(Exception):
    """An administrator may not shut out or reset their own account."""


class WrongPassword(Exception):
    """The present password was not the one that was typed."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Who came in by an invitation: the account, its second factor, its recovery codes."""

    account: Account
    device: Device
    recovery_codes: list[str]


def invite(actor: Account | None, *, username: str, display_name: str, roles: Iterable[str]) -> str:
    """Open a way in for a new colleague; return the link's secret, which is stored nowhere.

    actor: None when a command on the server does it. Raises NameTaken.
    """
    with transaction.atomic():
        _drop_expired()
        taken = Account.objects.filter(username=username).exists()
        if taken or Invitation.objects.filter(username=username).exists():
            raise NameTaken
        token = secrets.token_urlsafe(TOKEN_BYTES)
        invitation = _open_way_in(token, username=username, display_name=display_name)
        invitation.roles.set(_groups(roles))
        record(actor, "people.invited", "invitation", invitation.pk)
    return token


@transaction.atomic
def renew_invitation(actor: Account, invitation: Invitation) -> str:
    """Give an open invitation a new secret and three new days; the old link ends. Return it."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.token_hash = _hash(token)
    invitation.expires_at = timezone.now() + rules.INVITATION_LASTS
    invitation.save()
    record(actor, "people.invitation_renewed", "invitation", invitation.pk)
    return token


@transaction.atomic
def withdraw_invitation(actor: Account, invitation: Invitation) -> None:
    """End an invitation before it is used."""
    record(actor, "people.invitation_withdrawn", "invitation", invitation.pk)
    invitation.delete()


def find_invitation(token: str) -> Invitation:
    """Return the open invitation with that secret. Raises InvitationOver."""
    return _still_open(Invitation.objects.filter(token_hash=_hash(token)).first())


def find_invitation_by_id(identity: int | None) -> Invitation:
    """Return the open invitation with that id. Raises InvitationOver."""
    found = None if identity is None else Invitation.objects.filter(pk=identity).first()
    return _still_open(found)


@transaction.atomic
def join(invitation: Invitation, *, password_hash: str, app_key: str) -> Joined:
    """Use up the invitation: account, password and second factor come to be at one stroke.

    password_hash: made before, because hashing inside a transaction would hold up all writers.
    Raises InvitationOver when somebody was faster.
    """
    invitation = _still_open(
        Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
    )
    account = invitation.account or Account(
        username=invitation.username, display_name=invitation.display_name
    )
    account.password = password_hash
    account.end_sessions()
    account.save()
    if invitation.account is None:
        account.groups.set(invitation.roles.all())
    forget_factors(account)
    device = set_up_app(account, app_key)
    codes = make_recovery_codes(account)
    invitation.delete()
    record(account, "people.joined", "account", account.pk)
    return Joined(account, device, codes)


@transaction.atomic
def reset_sign_in(actor: Account, account: Account) -> str:
    """Take password, second factors and sessions from an account; return a new link's secret.

    Raises OwnAccount: one's own sign-in is changed under "My sign-in".
    """
    if actor.pk == account.pk:
        raise OwnAccount
    forget_factors(account)
    account.set_unusable_password()
    account.end_sessions()
    account.save()
    Invitation.objects.filter(account=account).delete()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    _open_way_in(
        token, username=account.username, display_name=account.display_name, account=account
    )
    record(actor, "people.sign_in_reset", "account", account.pk)
    return token


@transaction.atomic
def change_roles(actor: Account, account: Account, roles: Iterable[str]) -> None:
    """Give the account these roles and no others; its sessions end. Raises LastAdministrator."""
    groups = _groups(roles)
    stays = any(group.name == rules.ADMINISTRATOR for group in groups)
    _check_administrator_left(account, stays_administrator=stays)
    account.groups.set(groups)
    account.end_sessions()
    account.save()
    record(actor, "people.roles_changed", "account", account.pk)


@transaction.atomic
def deactivate(actor: Account, account: Account) -> None:
    """Shut an account; its sessions and open links end. Raises OwnAccount, LastAdministrator."""
    if actor.pk == account.pk:
        raise OwnAccount
    _check_administrator_left(account, stays_administrator=False)
    account.is_active = False
    account.end_sessions()
    account.save()
    Invitation.objects.filter(account=account).delete()
    record(actor, "people.deactivated", "account", account.pk)


@transaction.atomic
def reactivate(actor: Account, account: Account) -> None:
    """Open a shut account again, with the sign-in it had."""
    account.is_active = True
    account.save()
    record(actor, "people.reactivated", "account", account.pk)


def check_own_password(account: Account, password: str) -> None:
    """Raise WrongPassword unless `password` is the account's."""
    if not check_password(password, account.password):
        raise WrongPassword


def change_password(account: Account, *, present: str, password_hash: str) -> None:
    """Set a new password; every session of the account ends. Raises WrongPassword."""
    check_own_password(account, present)
    with transaction.atomic():
        account.password = password_hash
        account.end_sessions()
        account.save()
        record(account, "people.password_changed", "account", account.pk)


def choose_language(account: Account, language: str) -> None:
    """Keep the language of the staff's screens for `account`.

    language: one of rules.STAFF_LANGUAGES, or empty for what the browser asks for.
    """
    account.language = language
    account.save(update_fields=["language"])


def forget_expired_invitations() -> int:
    """Delete the invitations whose time is over; return how many."""
    return _drop_expired()


def _open_way_in(
    token: str, *, username: str, display_name: str, account: Account | None = None
) -> Invitation:
    return Invitation.objects.create(
        token_hash=_hash(token),
        username=username,
        display_name=display_name,
        account=account,
        expires_at=timezone.now() + rules.INVITATION_LASTS,
    )


def _drop_expired() -> int:
    gone, _kinds = Invitation.objects.filter(expires_at__lte=timezone.now()).delete()
    return gone


def _still_open(invitation: Invitation | None) -> Invitation:
    if invitation is None or invitation.expires_at <= timezone.now():
        raise InvitationOver
    return invitation


def _check_administrator_left(account: Account, *, stays_administrator: bool) -> None:
    administrators = list(Account.objects.administrators().values_list("pk", flat=True))
    if account.pk in administrators and not rules.leaves_an_administrator(
        administrators, account=account.pk, stays_administrator=stays_administrator
    ):
        raise LastAdministrator


def _groups(roles: Iterable[str]) -> list[Group]:
    return list(Group.objects.filter(name__in=set(roles) & set(rules.ROLES)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
