"""Fetches the third-party scripts that visitors' and advocates' browsers need.

    python3 scripts/vendor_browser.py          write leeward/sealing/browser/vendor/ anew
    python3 scripts/vendor_browser.py --check  only say whether the files there would be the same

Each package is pinned by version and by the hash of its tarball; npm fetches (its own settings say
from where), nothing of a package is run but esbuild, which joins and shortens. The same pins give
the same bytes. Run by hand when a pin changes; installing and testing never run it. Needs npm.
"""

from __future__ import annotations

import base64
import hashlib
import json
import platform
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

TO = Path(__file__).resolve().parent.parent / "leeward" / "sealing" / "browser" / "vendor"
# Every browser whose WebCrypto has X25519 reads this.
TARGET = "es2022"
HPKE_ENTRY = """
import { CipherSuite, KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM } from "hpke";
window.Sealing = window.Sealing || {};
window.Sealing.hpke = new CipherSuite(
  KEM_DHKEM_X25519_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM);
"""


@dataclass(frozen=True)
class Package:
    """One package of npm's registry. integrity: of its tarball, as the registry states it."""

    name: str
    version: str
    integrity: str
    licence: str = ""
    owner: str = ""
    licence_file: str = "LICENSE"


HPKE = Package(
    "hpke",
    "1.1.7",
    "sha512-wQGOBpFBFlP2h7euuLuey8yJGUtJ+c8D/ohPxtTQqpICItFtHDpbXk2B29xfUpIFPn0miS9TJVObFGAeEZzDJA==",
    licence="MIT",
    owner="Filip Skokan",
    licence_file="LICENSE.md",
)
HASH_WASM = Package(
    "hash-wasm",
    "4.13.0",
    "sha512-GrWl7wsV46fKIXQZB5ebskLZLAmKL6d9RS0fspCxDeQyjoNu1AfTJTMLPOJyfzaQm0ldFiwFN21/w+sE/kgEFQ==",
    licence="MIT",
    owner="Dani Biró",
)
ESBUILD = {
    "x86_64": Package(
        "@esbuild/linux-x64",
        "0.28.2",
        "sha512-4xTZr1FUmSoQW4XIWmit3tzQrUTZM+N3P0XV8xROKYF50XfI7xeO90+1bZvNwxIufQ9hDQVRJH5YhgPVF8A/HQ==",
    ),
    "aarch64": Package(
        "@esbuild/linux-arm64",
        "0.28.2",
        "sha512-pW4AC0P3it8c7do9MVM4p51FzHzdM/TZrerurgRcHJ2WTa1VQ1CIq18xncfpBJw4ojkiZZrKW2yIBWBP92j6Ug==",
    ),
}


class CannotVendor(Exception):
    """The files can't be made; the text says why."""


def main(*, is_check: bool) -> int:
    """Write the files, or with `is_check` compare them; return 0 when all is well."""
    with tempfile.TemporaryDirectory() as folder:
        made = _make(Path(folder))
    if is_check:
        unlike = [name for name, body in made.items() if _present(name) != body]
        print("\n".join(f"differs: {name}" for name in unlike) or "vendor: the same bytes")
        return int(bool(unlike))
    TO.mkdir(exist_ok=True)
    for name, body in made.items():
        (TO / name).write_bytes(body)
        print(f"{name}: {len(body):,} bytes")
    return 0


def _make(folder: Path) -> dict[str, bytes]:
    """Return every file of the vendor folder by name."""
    hpke, hash_wasm = _fetch(HPKE, folder), _fetch(HASH_WASM, folder)
    scripts = {
        "hpke.js": (HPKE, _banner(HPKE) + _bundle(folder, hpke)),
        "argon2.js": (HASH_WASM, _banner(HASH_WASM) + _wrap(hash_wasm)),
    }
    files = {name: text.encode() for name, (_package, text) in scripts.items()}
    listed = [_entry(name, package, files[name]) for name, (package, _text) in scripts.items()]
    files["manifest.json"] = (json.dumps(listed, indent=2) + "\n").encode()
    for package, source in ((HPKE, hpke), (HASH_WASM, hash_wasm)):
        files[_licence_name(package)] = (source / package.licence_file).read_bytes()
    return files


def _fetch(package: Package, folder: Path) -> Path:
    """Return the folder of a package's files. Raises CannotVendor for a tarball we don't know."""
    command = ["npm", "pack", "--json", "--ignore-scripts", f"{package.name}@{package.version}"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotVendor(f"npm could not fetch {package.name}: {done.stderr.strip()}")
    tarball = folder / json.loads(done.stdout)[0]["filename"]
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != package.integrity:
        raise CannotVendor(f"{tarball.name} is not the file we know (wrong hash); nothing was run.")
    place = folder / "node_modules" / package.name
    with tarfile.open(tarball) as archive:
        archive.extractall(place, filter="data")
    return place / "package"


def _bundle(folder: Path, hpke: Path) -> str:
    """Return the one suite of `hpke`, joined and shortened."""
    esbuild = _fetch(ESBUILD[platform.machine()], folder) / "bin" / "esbuild"
    esbuild.chmod(0o755)
    options = ["--bundle", "--minify", "--format=iife", f"--target={TARGET}", "--charset=utf8"]
    command = [str(esbuild), *options, f"--alias:hpke={hpke / 'index.js'}"]
    done = subprocess.run(
        command, cwd=folder, input=HPKE_ENTRY, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotVendor(f"esbuild: {done.stderr.strip()}")
    return done.stdout


def _wrap(hash_wasm: Path) -> str:
    """Return the package's Argon2 as a function; a worker is given its text, and runs it."""
    text = (hash_wasm / "dist" / "argon2.umd.min.js").read_text()
    body = text.partition("*/")[2].strip()
    return f"window.Sealing=window.Sealing||{{}};Sealing.argon2=function(){{{body}}};\n"


def _banner(package: Package) -> str:
    return f"/*! {package.name} {package.version}, {package.licence}, (c) {package.owner} */\n"


def _licence_name(package: Package) -> str:
    return f"LICENSE-{package.name}.txt"


def _entry(name: str, package: Package, body: bytes) -> dict[str, str]:
    kept = ("name", "version", "licence", "integrity")
    facts = {key: value for key, value in asdict(package).items() if key in kept}
    return {"file": name, **facts, "sha256": hashlib.sha256(body).hexdigest()}


def _present(name: str) -> bytes:
    file = TO / name
    return file.read_bytes() if file.exists() else b""


if __name__ == "__main__":
    try:
        sys.exit(main(is_check="--check" in sys.argv[1:]))
    except CannotVendor as wrong:
        sys.exit(str(wrong))
