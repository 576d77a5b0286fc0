"""Where things stand on disk, and the signing key: made for local use, demanded for live use."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from leeward.settings.config import Config, SettingsWrong

SECRET_KEY_BYTES = 48


def prepare_data_folder(folder: Path) -> Path:
    """Return the data folder as an absolute path, made if missing, readable by its owner only.

    Raises SettingsWrong when it can't be written to.
    """
    folder = folder.absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = folder / ".can-write"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as wrong:
        raise SettingsWrong(
            f"Leeward can't start: it can't write to {folder} ({wrong.strerror}). "
            f"Give it that folder (sudo chown -R $(id -un) {folder}) or name another "
            "with LEEWARD_DATA."
        ) from None
    return folder


def read_secret_key(config: Config, folder: Path) -> str:
    """Return the signing key. Local use makes one at first start; live use must have one.

    Raises SettingsWrong when live and the file is missing, too short, or open to other users.
    """
    file = config.secret_key_file or folder / "secret.key"
    if not file.exists():
        if config.live:
            raise SettingsWrong(
                f"Leeward can't start: no signing key at {file}. Make one with: leeward make-key"
            )
        write_secret_key(file)
    key = file.read_text().strip()
    if len(key) < 40:  # noqa: PLR2004  -- 40 URL-safe characters are 240 bits
        raise SettingsWrong(
            f"Leeward can't start: the signing key in {file} is too short. "
            "Delete the file and run: leeward make-key"
        )
    if config.live and file.stat().st_mode & 0o077:
        raise SettingsWrong(
            f"Leeward can't start: other users may read {file}. Run: chmod 600 {file}"
        )
    return key


def write_secret_key(file: Path) -> None:
    """Write a new signing key to `file`, readable by its owner only; never over an old one."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(secrets.token_urlsafe(SECRET_KEY_BYTES))
