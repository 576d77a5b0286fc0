"""Stores so many open conversations, with the site's environment.

python -m bench.line.seed COUNT
"""

from __future__ import annotations

import sys
from datetime import timedelta

import django

from bench.line.known import Known
from leeward.sealing import epochs, visits

AT_ONCE = 500


def main() -> None:
    """Store conversations 0 to COUNT - 1, live, each with its first day and her wrap."""
    django.setup(set_prefix=False)
    from django.utils import timezone

    from leeward.line.models import Conversation, Epoch, Team
    from leeward.line.wraps.models import EpochWrap

    now = timezone.now().replace(second=0, microsecond=0)
    team, _made = Team.objects.get_or_create(slug="bench")
    for start in range(0, int(sys.argv[1]), AT_ONCE):
        some = [Known(n) for n in range(start, min(start + AT_ONCE, int(sys.argv[1])))]
        Conversation.objects.bulk_create(
            Conversation(
                id=known.id,
                team=team,
                kind="chat",
                state="live",
                language="en",
                has_scripts=True,
                proof_hash=visits.kept_proof(known.proof),
                public_key=visits.visit_public_key(known.secret),
                opened_at=now,
                seen_at=now,
                grace_minutes=60,
                delete_on=now.date() + timedelta(days=1),
            )
            for known in some
        )
        Epoch.objects.bulk_create(
            Epoch(conversation_id=known.id, number=1, day=now.date()) for known in some
        )
        EpochWrap.objects.bulk_create(
            EpochWrap(conversation_id=known.id, epoch=1, reader="visitor", sealed=_wrap(known))
            for known in some
        )


def _wrap(known: Known) -> bytes:
    to = visits.visit_public_key(known.secret)
    return epochs.seal_epoch_key(known.key, to=to, conversation=known.id, epoch=1)


if __name__ == "__main__":
    main()
