"""A program of its own: one node of the site, its index in a folder of its own.

    python -m leeward.directory.tests.indexing.node FOLDER

Run by `test_nodes.py`. Each line it reads is a task, [name, argument]; it answers each with a line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup(set_prefix=False)

from django.db import transaction  # noqa: E402

from leeward.directory.models import Organization, Service  # noqa: E402
from leeward.directory.search.card import from_bytes  # noqa: E402
from leeward.directory.search.types import IndexUnfit, Query  # noqa: E402
from leeward.directory.services import changes, confidential, indexing, public  # noqa: E402
from leeward.directory.services.indexing.following import Follower  # noqa: E402
from leeward.directory.tests import make  # noqa: E402

MOST = 200


def write(names: list[str]) -> None:
    """Store a service for each name, each in a transaction of its own."""
    owner = Organization.objects.get()
    for name in names:
        make.service_at_location(make.service(name, organization=owner))


@transaction.atomic
def rename(pair: list[str]) -> None:
    """Give a service another name."""
    old, new = pair
    service = Service.objects.get(name=old)
    Service.objects.filter(pk=service.pk).update(name=new)
    changes.touch_service(service.pk)


@transaction.atomic
def remove(name: str) -> None:
    """Delete a service."""
    service = Service.objects.get(name=name)
    changes.touch_service(service.pk)
    service.delete()


def hide(name: str) -> None:
    """Make the place of a service confidential."""
    confidential.hide(Service.objects.get(name=name).service_at_locations.get().location, None)


def names(_nothing: str) -> list[str] | None:
    """Return what a search here finds; None while there is no index to search with."""
    query = Query(today=public.today(), areas=("US", "world"), limit=MOST)
    try:
        hits = indexing.engine().search(query).hits
    except IndexUnfit:
        return None
    return sorted(from_bytes(hit.card).name for hit in hits)


def serve(_nothing: str) -> None:
    """Follow the log from now on, as a server does."""
    Follower(indexing.replica).start()


TASKS: dict[str, Callable[[Any], Any]] = {
    task.__name__: task for task in (write, rename, remove, hide, names, serve)
}


def main() -> None:
    """Do what the lines ask until they end."""
    replica = indexing.new_replica(Path(sys.argv[1]))
    indexing.replica = lambda: replica  # type: ignore[assignment]
    for line in sys.stdin:
        name, argument = json.loads(line)
        sys.stdout.write(json.dumps(TASKS[name](argument)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
