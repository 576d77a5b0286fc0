"""How the staff pages' files are stored: named by their content, compressed once with gzip.

Visitors' pages bring their own style and scripts and need none of these files.
"""

from __future__ import annotations

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaffFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage without Brotli.

    That at its best takes many seconds of a first start, for files that staff fetch once.
    """

    def create_compressor(self, **options: Any) -> Compressor:
        """Return what compresses each file."""
        return Compressor(**{**options, "use_brotli": False})
