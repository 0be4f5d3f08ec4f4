"""Says what may stand in a field of an operator's profile, in the words of the published schema."""

from __future__ import annotations

import json
import re
from typing import Any

from selfcare.host.folders import resource

SCHEMA = "operator-profile.schema.json"
_READABLE = 60
"""So long may a pattern be to tell a reader anything that the words before it do not."""
_STEP = re.compile(r"\[\d+\]|[^.\[\]]+")


def allowed(where: str) -> str:
    """What the schema says of a field such as "apis.TMF678.maxLimit" or "hosts[0]"; "" where it says nothing."""
    try:
        schema: dict[str, Any] = json.loads(resource("api", SCHEMA).read_bytes())
    except (OSError, ValueError):
        return ""
    node, around = schema, ""
    for step in _STEP.findall(where):
        node = _plain(node, schema)
        below = node.get("items") if step.startswith("[") else node.get("properties", {}).get(step)
        below = below if below is not None else node.get("additionalProperties")
        if not isinstance(below, dict):
            return ""
        around, node = node.get("description", ""), below
    found = _plain(node, schema)
    return _told(found if found.get("description") else {**found, "description": around})


def _plain(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """A part of the schema with what it refers to, its own words first; of a choice with null, the other."""
    for other in node.get("oneOf", ()):
        if other.get("type") != "null":
            node = {**_plain(other, schema), **{name: part for name, part in node.items() if name != "oneOf"}}
    if "$ref" in node:
        target = schema["$defs"][node["$ref"].rpartition("/")[2]]
        said = " ".join(part["description"] for part in (node, target) if part.get("description"))
        node = {**target, **({"description": said} if said else {})}
    return node


def _told(node: dict[str, Any]) -> str:
    parts = []
    if "enum" in node:
        parts.append("one of " + ", ".join(str(one) for one in node["enum"] if one))
    if "const" in node:
        parts.append(str(node["const"]))
    if "maximum" in node:
        parts.append(f"{node.get('minimum', 0)} to {node['maximum']}")
    if node.get("description"):
        parts.append(str(node["description"]).rstrip("."))
    if node.get("pattern") and (len(node["pattern"]) <= _READABLE or not node.get("description")):
        parts.append(f"it must match {node['pattern']}")
    return "; ".join(parts)
