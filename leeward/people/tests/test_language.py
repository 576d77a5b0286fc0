"""The staff's screens speak the language that somebody chose, and no cookie says which."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.test import Client

from leeward.people.models import Account
from leeward.people.tests import make

pytestmark = pytest.mark.django_db

ME = "/staff/me/"
LANGUAGE = "/staff/me/language/"
SPANISH_BROWSER = {"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"}


def title_of(client: Client, path: str = ME, **headers: str) -> str:
    page = client.get(path, headers=headers).content.decode()
    return page.partition("<title>")[2].partition(" –")[0]


def test_screens_speak_as_the_browser_asks_while_nothing_is_chosen() -> None:
    client = make.signed_in(make.account("ana", "advocate"))

    assert title_of(client) == "My sign-in"
    assert title_of(client, **SPANISH_BROWSER) == "Mi acceso"


def test_signing_in_speaks_as_the_browser_asks(client: Client) -> None:
    answer = client.get("/staff/sign-in/", headers=SPANISH_BROWSER)

    assert answer.headers["Content-Language"] == "es"
    assert "Nombre para entrar" in answer.content.decode()


@pytest.mark.parametrize(("chosen", "title"), [("es", "Mi acceso"), ("en", "My sign-in")])
def test_what_somebody_chose_counts_whatever_the_browser_asks(chosen: str, title: str) -> None:
    client = make.signed_in(make.account("ana", "advocate"))

    answer = client.post(LANGUAGE, {"language": chosen}, follow=True)

    assert answer.redirect_chain == [(ME, 302)]
    assert title_of(client) == title
    assert title_of(client, **SPANISH_BROWSER) == title
    assert client.get(ME).headers["Content-Language"] == chosen
    assert f'<html lang="{chosen}"' in client.get(ME).content.decode()


def test_a_choice_is_taken_back_by_choosing_nothing() -> None:
    ana = make.account("ana", "advocate")
    client = make.signed_in(ana)
    client.post(LANGUAGE, {"language": "es"})

    client.post(LANGUAGE, {"language": ""})

    ana.refresh_from_db()
    assert ana.language == ""
    assert title_of(client) == "My sign-in"


def test_a_choice_is_her_own_and_follows_her_to_another_browser() -> None:
    ana, bea = make.account("ana", "advocate"), make.account("bea", "advocate")
    make.signed_in(ana).post(LANGUAGE, {"language": "es"})

    hers, colleagues = make.signed_in(ana), make.signed_in(bea)

    assert (title_of(hers), title_of(colleagues)) == ("Mi acceso", "My sign-in")


@pytest.mark.parametrize("wrong", ["ar", "fr", "es-MX", "<b>", "x" * 400])
def test_a_language_without_words_is_not_kept(wrong: str) -> None:
    ana = make.account("ana", "advocate")

    answer = make.signed_in(ana).post(LANGUAGE, {"language": wrong})

    ana.refresh_from_db()
    assert (answer.status_code, ana.language) == (302, "")


def test_the_database_refuses_a_language_without_words() -> None:
    ana = make.account("ana", "advocate")

    with pytest.raises(IntegrityError):
        Account.objects.filter(pk=ana.pk).update(language="fr")


def test_the_editor_speaks_the_chosen_language_too() -> None:
    client = make.signed_in(make.account("ana", "editor"))
    client.post(LANGUAGE, {"language": "es"})

    page = client.get("/staff/cms/").content.decode()

    assert '<html lang="es"' in page


def test_a_choice_sets_no_cookie_and_visitors_pages_do_not_follow_it() -> None:
    client = make.signed_in(make.account("ana", "advocate"))

    answer = client.post(LANGUAGE, {"language": "es"})

    assert set(answer.cookies) <= {"staff", "staff_form"}
    assert client.get("/en/").headers["Content-Language"] == "en"
