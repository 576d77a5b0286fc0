"""The key of confidential sites: another one is refused before it can do harm."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings

from leeward.directory.commands import import_
from leeward.directory.models import Address, ImportRun
from leeward.directory.services import confidential, site_key
from leeward.directory.tests import make
from leeward.directory.tests.exchange import made

pytestmark = pytest.mark.django_db

STREET = "44 Hidden Elm Street"


@pytest.fixture
def hidden():
    """Store a site that is sealed under this site's key."""
    offer = make.service_at_location()
    make.address(offer.location, address_1=STREET, postal_code="11217")
    confidential.hide(offer.location, None)
    return offer


@pytest.fixture(params=["missing", "another"])
def other_data(hidden, request, tmp_path, monkeypatch) -> Path:
    """Return the data folder of another machine, without the key or with one of its own."""
    folder = tmp_path / "data"
    folder.mkdir()
    if request.param == "another":
        (folder / site_key.KEY_FILE).write_bytes(os.urandom(32))
    monkeypatch.setattr(settings, "DATA", folder)
    return folder


def test_the_key_that_sealed_a_site_is_taken(hidden):
    site_key.check()

    assert confidential.recognises([STREET], "11217")


def test_before_anything_is_sealed_a_key_is_made_when_it_is_wanted(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "DATA", tmp_path)
    site_key.check()
    was_there = (tmp_path / site_key.KEY_FILE).exists()

    assert site_key.key() == (tmp_path / site_key.KEY_FILE).read_bytes()
    assert not was_there


def test_another_key_recognises_nothing_and_says_so_instead(other_data):
    with pytest.raises(site_key.KeyUnfit, match="Put the right file back"):
        confidential.recognises([STREET], "11217")


def test_no_key_is_made_where_one_is_missing(hidden, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "DATA", tmp_path)

    with pytest.raises(site_key.KeyUnfit):
        site_key.key()

    assert not (tmp_path / site_key.KEY_FILE).exists()


def test_one_damaged_row_does_not_make_the_key_a_wrong_one(hidden, monkeypatch):
    monkeypatch.setattr(site_key, "_proved", set())
    for _more in range(2):
        confidential.hide(make.location(), None)
    sealed = type(hidden.location.confidential_site).objects
    sealed.filter(pk=sealed.order_by("pk").first().pk).update(sealed=b"damaged")

    site_key.check()

    assert confidential.recognises([STREET], "11217")


def test_an_import_with_another_key_writes_nothing(other_data, tmp_path, monkeypatch):
    monkeypatch.setattr("leeward.directory.commands.start_django", lambda _data: None)
    brought = made.tables()
    brought["address"][0] |= {"address_1": "44 Hidden Elm St", "postal_code": "11217"}
    file = made.written(tmp_path, brought)

    said = CliRunner().invoke(import_, [str(file), "--source", "list"])

    assert said.exit_code == 1
    assert site_key.KEY_FILE in said.output
    assert not ImportRun.objects.exists()
    assert not Address.objects.filter(address_1__icontains="elm").exists()
