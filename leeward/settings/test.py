"""Settings for tests: the same as everywhere, with quick passwords and a throw-away folder."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("LEEWARD_DATA", tempfile.mkdtemp(prefix="leeward-test-"))
os.environ.setdefault("LEEWARD_CONFIG", "/nonexistent/leeward.toml")
os.environ.setdefault("LEEWARD_LANGUAGES", "en es ar")

from leeward.settings.base import *  # noqa: E402,F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
