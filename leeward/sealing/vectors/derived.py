"""What follows from a secret or a text: keys, proofs, words, codes, shares, fingerprints, work."""

from __future__ import annotations

import hashlib

from leeward.sealing import (
    contexts,
    fingerprint,
    members,
    passphrases,
    recovery,
    unlocking,
    visits,
    words,
    work,
)
from leeward.sealing.encoding import to_text
from leeward.sealing.vectors.fixed import CONVERSATION, SITE_SALT, Vector, box, fixed, public


def derived_vectors() -> Vector:
    """Return vectors by section."""
    return {
        "encodings": [
            {"hex": data.hex(), "text": to_text(data)}
            for data in (b"", b"\0", b"\xfb\xff", fixed("text"))
        ],
        "keys": [_key_pair(name) for name in ("visitor", "member", "team")],
        "visit": _visit(),
        "normalised": _normalised(),
        "words": _words(),
        "passphrases": [_passphrase(text) for text in ("four horses by the river", "ﬁne Ⅷ café")],
        "recovery": _recovery(),
        "passkey": {
            "output": to_text(fixed("prf")),
            "key": to_text(members.passkey_key(fixed("prf"))),
        },
        "shares": _shares(),
        "fingerprints": [
            {"public": to_text(key), "words": fingerprint.fingerprint(key)}
            for key in (public("visitor"), public("member"), public("team"))
        ],
        "work": [_work(bits) for bits in (0, 1, 8, 13)],
    }


def share_texts() -> list[str]:
    """Return the team key's three shares as their JSON."""
    noise = {pair: fixed(f"noise {pair}") for pair in ("12", "13", "23")}
    rest = {pair: bytes(map(int.__xor__, fixed("team"), half)) for pair, half in noise.items()}
    held = (
        {"12": noise["12"], "13": noise["13"]},
        {"12": rest["12"], "23": noise["23"]},
        {"13": rest["13"], "23": rest["23"]},
    )
    return [
        "{" + ",".join(f'"{pair}":"{to_text(half)}"' for pair, half in halves.items()) + "}"
        for halves in held
    ]


def _key_pair(name: str) -> Vector:
    return {"name": name, "private": to_text(fixed(name)), "public": to_text(public(name))}


def _visit() -> Vector:
    secret = fixed("secret")
    proof = visits.visit_proof(secret)
    return {
        "conversation": str(CONVERSATION),
        "secret": to_text(secret),
        "ticket": to_text(CONVERSATION.bytes + secret),
        "proof": to_text(proof),
        "kept_proof": to_text(hashlib.sha256(proof).digest()),
        "private": to_text(visits.visit_private_key(secret)),
        "public": to_text(visits.visit_public_key(secret)),
    }


def _normalised() -> list[Vector]:
    typed = (
        "acorn  Blazer,candle\tDONUT-ember/fabric",
        " ácorn blázer candle donut ember fabric. ",
        "aco\u200brn bla\u00adzer \u202ecandle\u202c donut ember fabric\ufeff",
        "ａｃｏｒｎ ﬁg 1. candle",
        "",
        "¿¡ 家 !?",
    )
    return [{"typed": text, "words": words.normalise(text)} for text in typed]


def _words() -> Vector:
    text, secret, pepper = (
        "acorn blazer candle donut ember fabric",
        fixed("secret"),
        fixed("pepper"),
    )
    halves = unlocking.stretch_words(text, site_salt=SITE_SALT)
    share = unlocking.server_share(halves.claim, pepper=pepper)
    key = unlocking.unlock_key(halves.half, share)
    place = contexts.words_data(CONVERSATION)
    return {
        "words": text,
        "site_salt": to_text(SITE_SALT),
        "claim": to_text(halves.claim),
        "half": to_text(halves.half),
        "pepper": to_text(pepper),
        "lookup_id": to_text(unlocking.lookup_id(halves.claim, pepper=pepper)),
        "share": to_text(share),
        "unlock_key": to_text(key),
        "conversation": str(CONVERSATION),
        "secret": to_text(secret),
        "sealed": to_text(box(secret, key=key, place=place)),
    }


def _passphrase(text: str) -> Vector:
    key = passphrases.passphrase_key(text, salt=SITE_SALT)
    return {"passphrase": text, "salt": to_text(SITE_SALT), "key": to_text(key)}


def _recovery() -> Vector:
    code = fixed("code")[: recovery.CODE_BYTES]
    printed = recovery.print_code(code)
    return {
        "code": to_text(code),
        "printed": printed,
        "typed": [printed.lower(), printed.replace("-", " "), printed.replace("0", "o")],
        "key": to_text(recovery.recovery_key(code)),
    }


def _shares() -> Vector:
    return {
        "private": to_text(fixed("team")),
        "public": to_text(public("team")),
        "shares": share_texts(),
    }


def _work(bits: int) -> Vector:
    challenge = to_text(fixed(f"challenge {bits}") + b"\0")
    return {"challenge": challenge, "bits": bits, "nonce": work.solve(challenge, bits=bits)}
