"""What every test stands on: one prepared database, no network but this machine's own.

`tests/databases.py` says how the database is made once and copied; `pyproject.toml` holds
pytest's settings. Journeys add their own fixtures in `tests/journeys/conftest.py`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator

import hypothesis
import pytest
from pytest_django import DjangoDbBlocker

from leeward.words import compile_words
from tests.databases import TestDatabase, test_database

# A busy machine is no reason to fail: nothing here is timed.
hypothesis.settings.register_profile(
    "leeward", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("leeward")

PREPARED = pytest.StashKey[TestDatabase]()
TRANSACTIONAL_FIXTURES = {"transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_configure() -> None:
    """Compile the Spanish before any test reads it: a fresh clone has none compiled yet."""
    compile_words()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Give this process its own copy of the migrated database, in place of pytest-django's."""
    with django_db_blocker.unblock():
        database = test_database()
        database.restore()
    request.config.stash[PREPARED] = database
    yield
    with django_db_blocker.unblock():
        database.drop()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each test that may use the database use both: the site's own, and the wraps."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark is not None or "db" in getattr(item, "fixturenames", ()):
            wanted = {"databases": "__all__", **(mark.kwargs if mark else {})}
            item.add_marker(pytest.mark.django_db(**wanted), append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """Put the database back after a test that really committed.

    Django would empty every table and with them what the migrations wrote: Wagtail's root page,
    locales, roles.
    """
    result = yield
    if _really_commits(item) and PREPARED in item.config.stash:
        from pytest_django.plugin import blocking_manager_key

        with item.config.stash[blocking_manager_key].unblock():
            item.config.stash[PREPARED].restore()
    return result


def _really_commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    if mark is not None and mark.kwargs.get("transaction"):
        return True
    return bool(TRANSACTIONAL_FIXTURES & set(getattr(item, "fixturenames", ())))
