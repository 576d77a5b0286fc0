"""The front that speaks HTTP/2 over TLS 1.3: nginx, with a throw-away certificate."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bench.slow_link.link import SITE_END

PACKED = {".html", ".css", ".js", ".svg"}
_TLS = """
    listen {address}:443 ssl http2; server_name {name};
    ssl_certificate {folder}/chain.pem; ssl_certificate_key {folder}/key.pem;
    ssl_protocols TLSv1.3;"""
_TYPES = (
    "types { text/html html; text/css css; text/javascript js; font/woff2 woff2; "
    "image/svg+xml svg; image/png png; }"
)


def passing_on(folder: Path, name: str, port: int) -> str:
    """Return a server that hands every request for `name` to Leeward on `port`."""
    tls = _TLS.format(address=SITE_END, name=name, folder=folder)
    return f"""
  server {{{tls}
    location / {{
      proxy_pass http://127.0.0.1:{port}; proxy_http_version 1.1;
      proxy_set_header Host $host; proxy_set_header Connection "";
    }}
  }}"""


def sending_files(folder: Path, name: str, files: Path) -> str:
    """Return a server that sends `files`, whose texts were packed by `pack`."""
    tls = _TLS.format(address=SITE_END, name=name, folder=folder)
    return f"""
  server {{{tls}
    root {files}; index index.html; {_TYPES}
    location ~ (/|\\.html|\\.css|\\.js|\\.svg)$ {{ add_header Content-Encoding br; }}
  }}"""


def pack(folder: Path) -> None:
    """Compress every text in `folder` in place, as well as brotli can."""
    for file in folder.rglob("*"):
        if file.suffix in PACKED:
            file.write_bytes(brotli.compress(file.read_bytes(), quality=11))


def write_certificate(folder: Path, names: list[str]) -> str:
    """Write a key and a chain of two for `names`; return the key's hash for the browser.

    A browser told to trust this very key takes it at the first handshake; one told to overlook
    bad certificates shakes hands twice, which costs two round trips that no visitor pays.
    """
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = _certificate("Throw-away authority", authority_key, authority_key, [])
    leaf = _certificate(names[0], key, authority_key, names)
    chain = b"".join(c.public_bytes(serialization.Encoding.PEM) for c in (leaf, authority))
    (folder / "chain.pem").write_bytes(chain)
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "key.pem").write_bytes(secret)
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(hashlib.sha256(public).digest()).decode()


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    names: list[str],
) -> x509.Certificate:
    now = datetime.now(UTC)
    is_authority = key is signer
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name("Throw-away authority"))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
    if names:
        known = x509.SubjectAlternativeName([x509.DNSName(one) for one in names])
        builder = builder.add_extension(known, critical=False)
    return builder.sign(signer, hashes.SHA256())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
