"""A visitor's secret proves itself, passes through a form, and shows in nothing that is kept."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leeward.sealing import visits
from leeward.sealing.encoding import to_text
from leeward.sealing.keys import public_key
from leeward.sealing.tests.make import keys
from leeward.sealing.visits import Ticket, TicketUnreadable


@given(keys)
def test_a_proof_is_known_by_what_the_server_kept_of_it(secret: bytes) -> None:
    kept = visits.kept_proof(visits.visit_proof(secret))

    assert visits.is_proof(visits.visit_proof(secret), kept=kept)


@given(keys, keys)
def test_the_proof_of_another_secret_is_not_taken(secret: bytes, other: bytes) -> None:
    assume(secret != other)
    kept = visits.kept_proof(visits.visit_proof(secret))

    assert not visits.is_proof(visits.visit_proof(other), kept=kept)


@given(keys)
def test_what_the_server_keeps_proves_nothing(secret: bytes) -> None:
    kept = visits.kept_proof(visits.visit_proof(secret))

    assert not visits.is_proof(kept, kept=kept)
    assert not visits.is_proof(visits.visit_public_key(secret), kept=kept)


@given(keys)
def test_secret_proof_and_keys_are_all_different(secret: bytes) -> None:
    private = visits.visit_private_key(secret)
    proof = visits.visit_proof(secret)

    assert len({secret, proof, visits.kept_proof(proof), private, public_key(private)}) == 5
    assert visits.visit_public_key(secret) == public_key(private)


@given(st.uuids(), keys)
def test_a_ticket_goes_through_a_form_unchanged(conversation: UUID, secret: bytes) -> None:
    ticket = Ticket(conversation, secret)

    text = visits.write_ticket(ticket)

    assert visits.read_ticket(text) == ticket
    assert len(text) == 64


@given(st.text(max_size=80))
def test_any_other_text_is_no_ticket(text: str) -> None:
    with pytest.raises(TicketUnreadable):
        visits.read_ticket(text)


@pytest.mark.parametrize("length", [0, 16, 47, 49, 96])
def test_a_ticket_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(TicketUnreadable):
        visits.read_ticket(to_text(bytes(length)))


def test_a_ticket_in_an_error_report_does_not_show_its_secret() -> None:
    ticket = Ticket(UUID(int=7), visits.new_secret())

    assert repr(ticket.secret) not in repr(ticket)
    assert "secret" not in repr(ticket)


def test_secrets_are_whole_and_differ() -> None:
    made = {visits.new_secret() for _ in range(100)}

    assert len(made) == 100
    assert {len(secret) for secret in made} == {32}


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_a_seed_has_one_ticket_and_another_seed_another(seed: bytes, other: bytes) -> None:
    ticket = visits.ticket_from(seed)

    assert visits.ticket_from(seed) == ticket
    assert len(ticket.secret) == visits.SECRET_BYTES
    assert ticket.conversation.version == 4
    assert seed not in ticket.conversation.bytes + ticket.secret
    if other != seed:
        assert visits.ticket_from(other).conversation != ticket.conversation
        assert visits.ticket_from(other).secret != ticket.secret
