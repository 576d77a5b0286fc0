"""The change log: which services at locations changed, in order, for every node's index."""

from __future__ import annotations

from django.db import models


class Counter(models.Model):
    """A number that is given out once each, under a lock: `sequence` and `number`."""

    name = models.CharField(max_length=20, primary_key=True)
    value = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class Change(models.Model):
    """One service at location that was written or removed. Ordered by `sequence`, without gaps.

    The counter's row is locked until the writer commits, so a reader who has seen a sequence has
    seen all below it. Old ones are trimmed; a node that slept longer rebuilds its index. `mark` is
    drawn anew for each write: after a database was put back from a backup the same sequence bears
    another mark, and an index that went further than the backup is seen to be wrong.
    """

    sequence = models.BigIntegerField(primary_key=True)
    number = models.PositiveIntegerField(help_text="ServiceAtLocation.number")
    mark = models.PositiveIntegerField(default=0, help_text="20 random bits")
    on = models.DateField(help_text="UTC; when to trim", db_index=True)

    class Meta:
        ordering = ("sequence",)

    def __str__(self) -> str:
        return f"change {self.sequence}"
