"""The file as a whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from leeward.sealing.vectors.bound import bound_vectors
from leeward.sealing.vectors.derived import derived_vectors
from leeward.sealing.vectors.fixed import Vector

FILE = Path(__file__).parent.with_name("vectors.json")
ABOUT = "Made by python -m leeward.sealing.vectors. Bytes are base64url without padding."


def make_vectors(kept: Mapping[str, Any]) -> Vector:
    """Return all vectors. kept: an earlier answer, whose envelopes stay when they still open."""
    return {
        "about": ABOUT,
        **derived_vectors(),
        **bound_vectors(kept),
        "from_javascript": kept.get("from_javascript", {}),
    }


def write_vectors(vectors: Vector) -> str:
    """Return the vectors as the text of their file."""
    return json.dumps(vectors, indent=1, ensure_ascii=False) + "\n"
