"""The profile: HSDS's own schemas with our JSON Merge Patches (RFC 7396) over them.

The files stand in `directory/profile/`; `profile/README.md` says in plain words what they add.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

PROFILE = Path(__file__).parent.parent / "profile"
HSDS = PROFILE / "hsds"
README = "README.md"
_UPSTREAM = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/"


def merge(target: Any, patch: Any) -> Any:
    """Return `target` with a JSON Merge Patch over it (RFC 7396); both stay as they are."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge(merged.get(name), value)
    return merged


def read(file: Path) -> Any:
    """Return what a JSON file holds."""
    return json.loads(file.read_text(encoding="utf-8"))


@cache
def patches() -> dict[str, Any]:
    """Return the profile's patches by the name of what they patch: HSDS tables, and openapi."""
    return {file.stem: read(file) for file in sorted(PROFILE.glob("*.json"))}


@cache
def tables() -> dict[str, Any]:
    """Return the schema of every HSDS table, patched, with links to #/components/schemas/."""
    files = [file for file in sorted(HSDS.glob("*.json")) if file.stem != "openapi"]
    plain = {file.stem: merge(read(file), patches().get(file.stem, {})) for file in files}
    # HSDS's compiled schemas have these two; its single ones leave them out.
    own = plain["service_at_location"]["properties"]
    own["service"] = {"$ref": "service.json"}
    plain["organization"]["properties"]["services"] = {
        "type": "array",
        "items": {"$ref": "service.json"},
    }
    linked: dict[str, Any] = _linked(plain)
    return linked


@cache
def document() -> bytes:
    """Return the OpenAPI document of the interface: HSDS's own with the profile, as JSON."""
    whole = merge(_linked(read(HSDS / "openapi.json")), patches()["openapi"])
    schemas = tables() | whole["components"]["schemas"]
    for name in ("service", "organization", "service_at_location"):
        schemas[f"{name}_c"] = schemas[f"{name}_list_c"] = _component(name)
    whole["components"]["schemas"] = schemas
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _linked(node: Any) -> Any:
    """Return a schema with its links to files turned into links inside one document."""
    if isinstance(node, list):
        return [_linked(each) for each in node]
    if not isinstance(node, dict):
        return node
    found = {name: _linked(value) for name, value in node.items()}
    if isinstance(found.get("$ref"), str):
        found["$ref"] = _link(found["$ref"])
    return found


def _link(ref: str) -> str:
    if ref.startswith("#"):
        return ref
    folder, _slash, file = ref.removeprefix(_UPSTREAM).rpartition("/")
    ending = "_c" if folder == "compiled" else ""
    return f"#/components/schemas/{file.removesuffix('.json')}{ending}"


def _component(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
