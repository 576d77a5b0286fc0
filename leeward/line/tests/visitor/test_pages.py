"""The pages of the line: the truth first, both languages, nothing in any address, small."""

from __future__ import annotations

import html
import re

import brotli
import pytest

from leeward.line.tests.visitor import make

pytestmark = pytest.mark.django_db

MOST_BYTES = 10_000
PATHS = ("", "message/", "call/", "back/")
FREE_TEXT = re.compile(r"<textarea|<input[^>]* type=\"text\"")


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("path", ["", "message/"])
def test_the_truth_stands_in_order_and_before_any_field(language: str, path: str) -> None:
    make.line(
        who_answers_en="TRUTH who", who_answers_es="TRUTH who",
        must_report_en="TRUTH report", must_report_es="TRUTH report",
    )  # fmt: skip

    page = make.Visitor(language).goes(path).page

    here = "Somebody is here now." if language == "en" else "Ahora hay alguien."
    kept = "leaves nothing" if language == "en" else "no deja nada"
    order = [page.index(said) for said in ("TRUTH who", here, "TRUTH report", kept)]
    field = FREE_TEXT.search(page)
    assert order == sorted(order)
    assert field is None or order[-1] < field.start()
    assert "tel:911" in page


@pytest.mark.parametrize("opens", ["chat/", "call/"])
def test_who_must_report_stands_before_every_field(opens: str) -> None:
    make.line(must_report_en="TRUTH report")

    page = make.Visitor().waits().sends(opens).page

    field = re.search(r"<iframe|<textarea|<input[^>]* type=\"text\"", page)
    assert field is not None
    assert page.index("TRUTH report") < field.start()


def test_with_nobody_on_the_chat_turns_into_a_message() -> None:
    make.line(is_on=False)

    visitor = make.Visitor().goes("")

    assert "Nobody is here for a chat right now." in visitor.main
    assert 'value="/en/talk/chat/"' not in visitor.page
    assert 'value="/en/talk/message/"' in visitor.page


@pytest.mark.parametrize("path", ["", "message/", "call/"])
def test_a_line_without_a_key_says_so_and_shows_the_phone_lines(path: str) -> None:
    make.line(has_key=False)

    visitor = make.Visitor().goes(path)

    assert "Our own line is not ready yet." in visitor.main
    assert "tel:911" in visitor.page
    assert not FREE_TEXT.search(visitor.page)


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_small_and_there_in_every_language(path: str, language: str) -> None:
    make.line()

    visitor = make.Visitor(language).goes(path)

    assert visitor.status == 200
    assert len(brotli.compress(visitor.page.encode())) < MOST_BYTES


def test_the_chat_is_small_and_carries_its_secret_in_hidden_fields_alone() -> None:
    make.line()

    visitor = make.Visitor().opens_a_chat()

    without_fields = re.sub(r'value=(&quot;|")[\w-]{64}(&quot;|")', "", visitor.page)
    assert len(brotli.compress(visitor.page.encode())) < MOST_BYTES
    assert visitor.ticket not in without_fields
    assert 'id="leave" name="leave" value="now"' in visitor.page
    assert "Set-Cookie" not in (visitor.answer.headers if visitor.answer else {})


def test_no_form_or_link_of_a_talk_could_put_its_ticket_into_an_address() -> None:
    make.line()
    visitor = make.Visitor().opens_a_chat()
    pages = [visitor.page]
    pages += [visitor.sends(path).page for path in ("keep/", "end/")]

    opened = [html.unescape(page) for page in pages]
    forms = [form for page in opened for form in re.findall(r"<form[^>]*>", page)]
    links = [link for page in opened for link in re.findall(r'(?:href|src)="([^"]*)"', page)]

    assert len(forms) > 5
    assert {'method="post" action="/"' in form for form in forms} == {True}
    assert not any(re.search(r"[\w-]{40,}", link) for link in links)


@pytest.mark.parametrize("path", ["chat/", "message/", "call/", "back/", "write/", "kept/"])
@pytest.mark.parametrize(
    "typed", ["x" * 10_000, "\0", "\u202e\u2066", "<b>", "%00", "🙂" * 500], ids=repr
)
def test_odd_input_gets_a_calm_page(path: str, typed: str) -> None:
    make.line()
    fields = dict.fromkeys(("text", "phone", "words", "ticket", "challenge", "days"), typed)

    visitor = make.Visitor().sends(path, **fields)

    assert visitor.status in {200, 410, 422, 425}
