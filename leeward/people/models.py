"""Staff accounts, invitations to become staff, and the audit log of what staff did."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any, ClassVar, NoReturn, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from leeward.people import rules


class AuditIsKept(Exception):
    """Somebody tried to change or take back an entry of the audit log."""


def new_mark() -> str:
    """Return a fresh random mark of 128 bits."""
    return secrets.token_hex(16)


class AccountManager(BaseUserManager["Account"]):
    """Makes and finds accounts."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Account:
        """Return a new account. Without a password nobody can sign in to it."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save()
        return account

    def create_superuser(
        self, username: str, password: str | None = None, **fields: Any
    ) -> Account:
        """Return a new account that may do everything. Tests of the editor use it."""
        return self.create_user(username, password, is_superuser=True, **fields)

    def administrators(self) -> models.QuerySet[Account]:
        """Return the active accounts that look after accounts."""
        return self.filter(is_active=True, groups__name=rules.ADMINISTRATOR)

    def get_by_natural_key(self, username: str | None) -> Account:
        """Return the account with that sign-in name. Raises Account.DoesNotExist."""
        return self.get(username=username)


class Account(AbstractBaseUser, PermissionsMixin):
    """One staff member. Holds no e-mail, no phone, no time or place of any sign-in."""

    last_login = None
    email = ""  # Wagtail sends notes to accounts that have one; ours have none

    username = models.CharField(
        _("sign-in name"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(rules.SIGN_IN_NAME)],
    )
    display_name = models.CharField(_("name"), max_length=80, help_text=_("Colleagues see it."))
    is_active = models.BooleanField(_("may sign in"), default=True)
    session_mark = models.CharField(max_length=32, default=new_mark, editable=False)
    language = models.CharField(
        max_length=2, blank=True, default="", help_text="of the screens; empty: the browser's"
    )

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        permissions = (
            ("manage_accounts", "May invite staff and change their roles"),
            ("read_audit", "May read the audit log"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(language__in=("", *rules.STAFF_LANGUAGES)),
                name="account_language_has_words",
            ),
        )

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        """Return the name that colleagues see."""
        return self.display_name

    def get_short_name(self) -> str:
        """Return the name that colleagues see."""
        return self.display_name

    def get_session_auth_hash(self) -> str:
        """Return what a session must carry to stay alive: it changes with password and mark."""
        return self._session_hash(None)

    def get_session_auth_fallback_hash(self) -> Any:
        """Return no older hashes: a new signing key ends every session."""
        return iter(())

    def _session_hash(self, secret: str | None) -> str:
        text = f"{self.password}:{self.session_mark}"
        return salted_hmac("people.session", text, secret=secret, algorithm="sha256").hexdigest()

    def device_proof(self, device: str) -> str:
        """Return the proof that this account once marked `device` as its own."""
        text = f"{self.pk}:{self.session_mark}:{device}"
        return salted_hmac("people.device", text, algorithm="sha256").hexdigest()[:32]

    def knows_device(self, device: str, proof: str) -> bool:
        """Return whether `proof` is this account's for `device`."""
        return constant_time_compare(proof, self.device_proof(device))

    def end_sessions(self) -> None:
        """Make every session and known device of this account worthless; saved by the caller."""
        self.session_mark = new_mark()


class Invitation(models.Model):
    """A one-time way in: to a new account, or back into an account whose sign-in was reset.

    Deleted when used or expired. Only a hash of the link's secret is stored.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    account = models.OneToOneField(
        Account, null=True, blank=True, on_delete=models.CASCADE, related_name="way_back"
    )
    username = models.CharField(max_length=40, unique=True)
    display_name = models.CharField(max_length=80)
    roles = models.ManyToManyField(Group, blank=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Reads the audit log; may not change it."""

    def update(self, **_fields: Any) -> NoReturn:
        """Raise AuditIsKept."""
        raise AuditIsKept

    def delete(self) -> NoReturn:
        """Raise AuditIsKept."""
        raise AuditIsKept

    def before_day(self, day: date) -> Self:
        """Return the entries from before `day`."""
        return self.filter(hour__date__lt=day)

    def forget(self, *, before: date) -> int:
        """Delete the entries from before `before`, whose time is over; return how many."""
        deleted, _by_kind = models.QuerySet.delete(self.before_day(before))
        return deleted


class AuditEntry(models.Model):
    """What a staff member did, to what, in which hour. Never what a visitor wrote."""

    actor = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT)
    event = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40, blank=True)
    hour = models.DateTimeField(db_index=True, help_text="UTC, to the hour")

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.event} {self.kind} {self.object_id}"

    def save(self, **options: Any) -> None:
        """Store a new entry. Raises AuditIsKept for one that is stored already."""
        if not self._state.adding:
            raise AuditIsKept
        super().save(**options)

    def delete(self, using: Any = None, keep_parents: bool = False) -> NoReturn:  # noqa: FBT001, FBT002
        """Raise AuditIsKept."""
        raise AuditIsKept
