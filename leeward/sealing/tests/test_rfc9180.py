"""Our envelopes are RFC 9180: an official vector opens, byte for byte."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path

import pytest
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from leeward.sealing import envelopes, keys

VECTOR = json.loads(Path(__file__).parent.with_name("rfc9180.json").read_text(encoding="utf-8"))
HPKE_SUITE = b"HPKE" + bytes.fromhex("002000010002")
KEM_SUITE = b"KEM" + bytes.fromhex("0020")


def raw(name: str) -> bytes:
    return bytes.fromhex(VECTOR[name])


def test_key_pairs_are_those_of_the_vector() -> None:
    assert keys.public_key(raw("skRm")) == raw("pkRm")
    assert keys.public_key(raw("skEm")) == raw("pkEm") == raw("enc")


def test_the_official_ciphertext_opens_with_our_suite() -> None:
    first = VECTOR["encryptions"][0]

    # The vectors have associated data, which the library takes behind its public names only.
    opened = openssl.hpke._decrypt_with_aad(
        envelopes._hpke,
        raw("enc") + bytes.fromhex(first["ct"]),
        X25519PrivateKey.from_private_bytes(raw("skRm")),
        raw("info"),
        bytes.fromhex(first["aad"]),
    )

    assert opened == bytes.fromhex(first["pt"])


def test_the_key_schedule_written_from_the_rfc_gives_the_vector() -> None:
    key, nonce = schedule(ephemeral=raw("skEm"), to=raw("pkRm"), info=raw("info"))

    assert (key, nonce) == (raw("key"), raw("base_nonce"))


@pytest.mark.parametrize("row", VECTOR["encryptions"], ids=lambda row: bytes.fromhex(row["aad"]))
def test_the_official_ciphertexts_are_aes_256_gcm_under_that_key(row) -> None:
    cipher = AESGCM(raw("key"))

    sealed = cipher.encrypt(
        bytes.fromhex(row["nonce"]), bytes.fromhex(row["pt"]), bytes.fromhex(row["aad"])
    )

    assert sealed == bytes.fromhex(row["ct"])


def test_an_envelope_put_together_by_the_rfc_opens() -> None:
    context = b"leeward call v1\0" + bytes(16)
    key, nonce = schedule(ephemeral=raw("skEm"), to=raw("pkRm"), info=context)
    sealed = b"\x01" + raw("enc") + AESGCM(key).encrypt(nonce, b"call after six", b"")

    opened = envelopes.open_envelope(sealed, private=raw("skRm"), context=context)

    assert opened == b"call after six"


def schedule(*, ephemeral: bytes, to: bytes, info: bytes) -> tuple[bytes, bytes]:
    """Return key and nonce: RFC 9180, sections 4.1 and 5.1, base mode."""
    shared = X25519PrivateKey.from_private_bytes(ephemeral).exchange(
        X25519PublicKey.from_public_bytes(to)
    )
    both = keys.public_key(ephemeral) + to
    pseudo = labelled_extract(KEM_SUITE, b"", b"eae_prk", shared)
    shared_secret = labelled_expand(KEM_SUITE, pseudo, b"shared_secret", both, length=32)
    context = (
        b"\0"
        + labelled_extract(HPKE_SUITE, b"", b"psk_id_hash", b"")
        + labelled_extract(HPKE_SUITE, b"", b"info_hash", info)
    )
    secret = labelled_extract(HPKE_SUITE, shared_secret, b"secret", b"")
    return (
        labelled_expand(HPKE_SUITE, secret, b"key", context, length=32),
        labelled_expand(HPKE_SUITE, secret, b"base_nonce", context, length=12),
    )


def labelled_extract(suite: bytes, salt: bytes, label: bytes, data: bytes) -> bytes:
    return hmac.new(salt, b"HPKE-v1" + suite + label + data, hashlib.sha256).digest()


def labelled_expand(
    suite: bytes, pseudo: bytes, label: bytes, info: bytes, *, length: int
) -> bytes:
    whole = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.new(pseudo, whole + b"\x01", hashlib.sha256).digest()[:length]
