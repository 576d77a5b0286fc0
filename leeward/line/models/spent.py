"""Work that was done for a page and may not be shown a second time."""

from __future__ import annotations

from django.db import models


class SpentWork(models.Model):
    """A challenge that was spent, for as long as its age would still let it pass.

    Says that somebody opened or looked for something within three hours; not who, what or when.
    """

    mark = models.CharField(
        primary_key=True, max_length=32, help_text="a hash of the challenge's chance; hexadecimal"
    )
    old_at = models.DateTimeField(
        db_index=True, help_text="UTC, to the hour: by then the challenge is too old by itself"
    )

    def __str__(self) -> str:
        return f"work {self.pk}"
