"""The front door: moves on one address, kept pages, the way out without scripts, refusals."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import brotli
import pytest

from leeward.safety.door import Door
from leeward.safety.headers import visitor_headers
from leeward.safety.leaving import _endings, ends_on_leaving
from leeward.safety.tests.make import FORM, Inner, ask, ask_async, make_door, move

draws_a_page = pytest.mark.django_db(transaction=True)
EXIT = "https://www.wikipedia.org/"


def test_a_move_is_answered_with_the_page_it_names(tmp_path: Path) -> None:
    inner = Inner()
    door, _ = make_door(inner, tmp_path)

    got = move(door, "/en/stories/")

    assert got.status == 200
    assert b"the page" in got.body
    assert inner.asked == [("GET", "/en/stories/", b"")]


def test_an_escaped_move_is_understood(tmp_path: Path) -> None:
    inner = Inner()
    door, _ = make_door(inner, tmp_path)

    ask(door, "POST", "/", FORM, body=b"to=%2Fes%2Fhistorias%2F")

    assert inner.asked == [("GET", "/es/historias/", b"")]


def test_a_kept_page_is_not_asked_for_twice(tmp_path: Path) -> None:
    inner = Inner()
    door, _ = make_door(inner, tmp_path)

    first, second = move(door, "/en/x/"), ask(door, "GET", "/en/x/")

    assert first.body == second.body
    assert len(inner.asked) == 1


def test_a_publish_drops_what_was_kept(tmp_path: Path) -> None:
    inner = Inner()
    door, generation = make_door(inner, tmp_path)
    move(door, "/en/x/")
    inner.document = b"<html>new</html>"

    generation.move_on()

    assert move(door, "/en/x/").body == b"<html>new</html>"


def test_a_page_that_was_rendered_during_a_publish_is_not_kept(tmp_path: Path) -> None:
    inner = Inner()
    door, generation = make_door(inner, tmp_path)
    inner.before_answer = generation.move_on

    move(door, "/en/x/")
    move(door, "/en/x/")

    assert len(inner.asked) == 2


def test_many_who_ask_at_once_wait_for_one_rendering(tmp_path: Path) -> None:
    inner = Inner(pause_s=0.05)
    door, _ = make_door(inner, tmp_path)

    async def all_at_once() -> list[int]:
        answers = await asyncio.gather(*(ask_async(door, "GET", "/en/x/") for _ in range(20)))
        return [got.status for got in answers]

    assert asyncio.run(all_at_once()) == [200] * 20
    assert len(inner.asked) == 1


def test_a_page_that_depends_on_more_than_its_address_is_not_kept(tmp_path: Path) -> None:
    inner = Inner(is_kept=False)
    door, _ = make_door(inner, tmp_path)

    move(door, "/en/x/")
    move(door, "/en/x/")

    assert len(inner.asked) == 2


def test_the_script_gets_the_part_and_the_browser_the_whole(tmp_path: Path) -> None:
    door, _ = make_door(Inner(), tmp_path)

    part = move(door, "/en/x/", (b"x-part", b"1"))
    whole = move(door, "/en/x/")

    assert part.body == b"<div id=page>the page</div>"
    assert whole.body.startswith(b"<html>")


def test_a_form_reaches_django_as_a_post_to_its_page(tmp_path: Path) -> None:
    inner = Inner(is_kept=False)
    door, _ = make_door(inner, tmp_path)

    ask(door, "POST", "/", FORM, body=b"to=%2Fen%2Fplan%2F&child=2")

    assert inner.asked == [("POST", "/en/plan/", b"to=%2Fen%2Fplan%2F&child=2")]


def test_the_first_page_speaks_the_language_that_the_browser_asks_for(tmp_path: Path) -> None:
    inner = Inner()
    door, _ = make_door(inner, tmp_path)

    ask(door, "GET", "/", (b"accept-language", b"es-MX,es;q=0.9,en;q=0.5"))
    ask(door, "GET", "/", (b"accept-language", b"de"))

    assert [path for _method, path, _body in inner.asked] == ["/es/", "/en/"]


def test_pages_are_compressed_as_the_browser_allows(tmp_path: Path) -> None:
    door, _ = make_door(Inner(), tmp_path)

    got = ask(door, "GET", "/en/x/", (b"accept-encoding", b"gzip, br"))

    assert got.headers["content-encoding"] == "br"
    assert b"the page" in brotli.decompress(got.body)
    assert int(got.headers["content-length"]) == len(got.body)


def test_a_query_never_reaches_a_page(tmp_path: Path) -> None:
    inner = Inner()
    door, _ = make_door(inner, tmp_path)

    move(door, "/en/x/")
    got = ask(door, "GET", "/en/x/")

    assert got.status == 200
    assert len(inner.asked) == 1


@pytest.mark.parametrize("path", ["/", "/en/stories/"])
def test_the_x_without_scripts_leads_to_the_neutral_site(path: str, tmp_path: Path) -> None:
    door, _ = make_door(Inner(), tmp_path)

    got = ask(door, "GET", path, (b"referer", b"http://site.example" + path.encode()))

    assert got.status == 303
    assert got.headers["location"] == EXIT
    assert got.headers["referrer-policy"] == "no-referrer"
    assert got.body == b""


@pytest.mark.parametrize(
    "referer",
    [b"https://search.example/results", b"http://site.example/en/other/", b"not an address", b""],
)
def test_arriving_from_elsewhere_is_not_leaving(referer: bytes, tmp_path: Path) -> None:
    door, _ = make_door(Inner(), tmp_path)

    assert ask(door, "GET", "/en/stories/", (b"referer", referer)).status == 200


def test_leaving_with_scripts_ends_what_was_open_and_clears_the_cache(tmp_path: Path) -> None:
    door, _ = make_door(Inner(), tmp_path)
    ended: list[dict[str, str]] = []
    ends_on_leaving(ended.append)

    got = ask(door, "POST", "/", FORM, body=b"leave=1&ticket=abc")
    _endings.remove(ended.append)

    assert got.status == 204
    assert got.headers["clear-site-data"] == '"cache", "storage"'
    assert ended == [{"leave": "1", "ticket": "abc"}]


def test_an_ending_that_fails_does_not_hold_anybody_back(tmp_path: Path) -> None:
    door, _ = make_door(Inner(), tmp_path)

    @ends_on_leaving
    def fail(_opened: dict[str, str]) -> None:
        raise RuntimeError

    got = ask(door, "POST", "/", FORM, body=b"leave=1")
    _endings.remove(fail)

    assert got.status == 204


@draws_a_page
@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        ("DELETE", "/", (), b"", 405),
        ("BREW", "/en/", (), b"", 405),
        ("POST", "/", (FORM,), b"x" * 70_000, 413),
        ("POST", "/", (FORM,), b"to=/staff/", 404),
        ("POST", "/", (FORM,), b"to=//evil.example/", 404),
        ("POST", "/", (FORM,), b"to=https://evil.example/", 404),
        ("POST", "/", (FORM,), b"a=\xff\xfe&b=1", 400),
        ("POST", "/", (FORM,), b"&".join(b"f=1" for _ in range(400)), 400),
        ("POST", "/", ((b"content-type", b"multipart/form-data"),), b"a=1&b=2", 415),
    ],
)
def test_what_can_not_be_answered_gets_a_calm_page(
    method: str,
    path: str,
    headers: tuple[tuple[bytes, bytes], ...],
    body: bytes,
    status: int,
    tmp_path: Path,
) -> None:
    door, _ = make_door(Inner(), tmp_path)

    got = ask(door, method, path, *headers, body=body)

    assert got.status == status
    assert b'id="leave"' in got.body
    assert "content-security-policy" in got.headers


@draws_a_page
def test_an_error_of_the_program_is_a_calm_page_too(tmp_path: Path) -> None:
    def fail() -> None:
        raise RuntimeError("what somebody typed")

    door, _ = make_door(Inner(before_answer=fail), tmp_path)

    got = move(door, "/en/x/")

    assert got.status == 500
    assert b'id="leave"' in got.body
    assert b"typed" not in got.body


@draws_a_page
def test_a_bare_refusal_by_django_becomes_a_calm_page(tmp_path: Path) -> None:
    door, _ = make_door(Inner(document=b"", status=405, is_kept=False), tmp_path)

    got = ask(door, "POST", "/", FORM, body=b"to=%2Fen%2F&child=2")

    assert got.status == 405
    assert b'id="leave"' in got.body


@draws_a_page
def test_a_flood_of_pages_that_are_not_there_is_slowed_and_kept_pages_still_come(
    tmp_path: Path,
) -> None:
    inner = Inner()
    door, _ = make_door(inner, tmp_path)
    move(door, "/en/kept/")
    inner.status, inner.is_kept = 404, False

    statuses = ask_for_many(door, 200)

    assert statuses[0] == 404
    assert statuses[-1] == 429
    assert move(door, "/en/kept/").status == 200


def test_somebody_who_reads_every_page_is_not_slowed(tmp_path: Path) -> None:
    door, _ = make_door(Inner(), tmp_path)

    assert set(ask_for_many(door, 600)) == {200}


def ask_for_many(door: Door, number: int) -> list[int]:
    """Return the statuses of that many different pages, asked for one after the other."""

    async def ask_all() -> list[int]:
        paths = [f"/en/{each}/" for each in range(number)]
        return [(await ask_async(door, "GET", path)).status for path in paths]

    return asyncio.run(ask_all())


def test_a_flood_of_programs_questions_is_slowed(tmp_path: Path) -> None:
    door, _ = make_door(Inner(is_kept=False), tmp_path)

    answers = [ask(door, "GET", "/api/hsds/services") for _count in range(200)]

    assert answers[0].status == 200
    assert answers[-1].status == 429
    assert json.loads(answers[-1].body)["status"] == 429


def test_a_program_is_refused_in_json(tmp_path: Path) -> None:
    inner = Inner()
    door, _ = make_door(inner, tmp_path)

    got = ask(door, "DELETE", "/api/hsds/services")

    assert got.status == 405
    assert json.loads(got.body) == {
        "type": "about:blank",
        "title": "Method Not Allowed",
        "status": 405,
    }
    assert inner.asked == []


def test_a_refusal_leaves_the_headers_of_other_answers_as_they_are(tmp_path: Path) -> None:
    door, _ = make_door(Inner(), tmp_path)
    before = dict(visitor_headers())

    ask(door, "DELETE", "/api/hsds/services")

    assert visitor_headers() == before
