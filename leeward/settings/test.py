"""Settings for tests: the same as everywhere, with quick passwords and a throw-away folder."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

# Always a new one: each test process has its own, and none ever writes to a real site's folder.
_DATA = tempfile.mkdtemp(prefix="leeward-test-")
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
os.environ["LEEWARD_DATA"] = _DATA
os.environ.setdefault("LEEWARD_CONFIG", "/nonexistent/leeward.toml")
os.environ.setdefault("LEEWARD_LANGUAGES", "en es ar")

from leeward.settings.base import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405  -- no test collects; WhiteNoise wants the folder
