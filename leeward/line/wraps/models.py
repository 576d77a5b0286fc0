"""Keys that are sealed to keys. Ids point into the main database, without a constraint."""

from __future__ import annotations

from django.db import models


class EpochWrap(models.Model):
    """One day's key of a conversation, sealed to one who may read it."""

    class Reader(models.TextChoices):
        VISITOR = "visitor"
        MEMBER = "member"
        TEAM = "team"

    conversation_id = models.UUIDField()
    epoch = models.PositiveIntegerField(help_text="1 for the first day, one more each day")
    reader = models.CharField(max_length=7, choices=Reader)
    reader_id = models.PositiveBigIntegerField(
        default=0, help_text="member: account; team: generation of its key; visitor: 0"
    )
    sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("conversation_id", "epoch", "reader", "reader_id"),
                name="one_wrap_for_each_reader",
            ),
        )

    def __str__(self) -> str:
        return f"wrap {self.pk}"


class TeamKeyWrap(models.Model):
    """A team's private key, sealed to one of its members."""

    team_id = models.UUIDField()
    generation = models.PositiveIntegerField()
    account_id = models.PositiveBigIntegerField(db_index=True)
    sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("team_id", "generation", "account_id"), name="one_team_wrap_for_each_member"
            ),
        )

    def __str__(self) -> str:
        return f"team wrap {self.pk}"


class MemberKeyWrap(models.Model):
    """An advocate's private key, boxed under something that only she has."""

    class Under(models.TextChoices):
        PASSPHRASE = "passphrase"  # noqa: S105  -- a kind, no secret
        RECOVERY = "recovery"
        PASSKEY = "passkey"

    account_id = models.PositiveBigIntegerField()
    under = models.CharField(max_length=10, choices=Under)
    label = models.CharField(max_length=200, blank=True, help_text="a passkey's credential id")
    name = models.CharField(max_length=40, blank=True, help_text="what she calls a passkey")
    made_on = models.DateField(null=True, blank=True)
    salt = models.BinaryField(help_text="passphrase: Argon2id's; passkey: the PRF's input")
    sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("account_id", "under", "label"), name="one_member_wrap_of_each_kind"
            ),
        )

    def __str__(self) -> str:
        return f"member wrap {self.pk}"


class WordsWrap(models.Model):
    """A visitor's secret, boxed under her six words; found by the words and the pepper."""

    lookup = models.BinaryField(unique=True, max_length=32)
    conversation_id = models.UUIDField(unique=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"words {self.pk}"


class ShareWrap(models.Model):
    """A supervisor's share of a team's private key: two of three open it. Off by default."""

    team_id = models.UUIDField()
    generation = models.PositiveIntegerField()
    account_id = models.PositiveBigIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("team_id", "generation", "account_id"), name="one_share_for_each_supervisor"
            ),
        )

    def __str__(self) -> str:
        return f"share {self.pk}"


class Head(models.Model):
    """The beginning of what is sealed to a team: a note, a request for a call.

    Without it the rest opens with no key, not even the team's.
    """

    owner_id = models.UUIDField(help_text="the note's conversation, or the request")
    number = models.PositiveBigIntegerField(default=0, help_text="the note; request: 0")
    head = models.BinaryField(max_length=33)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("owner_id", "number"), name="one_head_of_each"),
        )

    def __str__(self) -> str:
        return f"head {self.pk}"


class RecoveryRequest(models.Model):
    """A supervisor asks another for her share of the team's key. Open for a day."""

    team_id = models.UUIDField()
    account_id = models.PositiveBigIntegerField(help_text="who asks")
    public_key = models.BinaryField(max_length=32, help_text="hers: shares are sealed to it")
    until = models.DateTimeField(db_index=True, help_text="UTC, to the minute")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("team_id", "account_id"), name="one_recovery_request_of_each"
            ),
        )

    def __str__(self) -> str:
        return f"recovery request {self.pk}"


class HandedShare(models.Model):
    """A supervisor's share, sealed in her browser to the one who asked for it."""

    request = models.ForeignKey(RecoveryRequest, on_delete=models.CASCADE, related_name="handed")
    generation = models.PositiveIntegerField()
    account_id = models.PositiveBigIntegerField(help_text="whose share it is")
    sealed = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("request", "generation", "account_id"), name="one_handed_share_of_each"
            ),
        )

    def __str__(self) -> str:
        return f"handed share {self.pk}"
