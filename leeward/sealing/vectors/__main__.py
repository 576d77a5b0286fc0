"""Write vectors.json anew."""

from __future__ import annotations

import json

from leeward.sealing.vectors.making import FILE, make_vectors, write_vectors


def main() -> None:
    """Write the file, keeping its envelopes and what the browser made."""
    kept = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    FILE.write_text(write_vectors(make_vectors(kept)), encoding="utf-8")


if __name__ == "__main__":
    main()
