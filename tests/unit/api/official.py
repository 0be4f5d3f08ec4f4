"""Documents made from the official specifications: from what is required alone up to everything they allow."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

SPECS = Path(__file__).resolve().parents[4] / "shared" / "tmf" / "specs"
EXAMPLES = SPECS.parent / "examples"
FILES = {
    ("TMF621", "v4"): "TMF621-v4.0.0.json",
    ("TMF621", "v5"): "TMF621-v5.0.1.yaml",
    ("TMF622", "v4"): "TMF622-v4.0.0.json",
    ("TMF622", "v5"): "TMF622-v5.0.0.yaml",
    ("TMF629", "v4"): "TMF629-v4.0.0.json",
    ("TMF629", "v5"): "TMF629-v5.0.1.yaml",
    ("TMF632", "v4"): "TMF632-v4.0.0.json",
    ("TMF632", "v5"): "TMF632-v5.0.0.yaml",
    ("TMF637", "v4"): "TMF637-v4.0.0.json",
    ("TMF637", "v5"): "TMF637-v5.0.0.yaml",
    ("TMF638", "v4"): "TMF638-v4.0.0.json",
    ("TMF638", "v5"): "TMF638-v5.0.0.yaml",
    ("TMF651", "v4"): "TMF651-v4.0.0.json",
    ("TMF656", "v4"): "TMF656-v4.0.0.json",
    ("TMF656", "v5"): "TMF656-v5.0.0.yaml",
    ("TMF666", "v4"): "TMF666-v4.0.0.json",
    ("TMF666", "v5"): "TMF666-v5.0.0.yaml",
    ("TMF667", "v4"): "TMF667-v4.0.0.json",
    ("TMF676", "v4"): "TMF676-v4.0.0.json",
    ("TMF678", "v4"): "TMF678-v4.0.0.json",
    ("TMF678", "v5"): "TMF678-v5.0.0.yaml",
    ("TMF681", "v4"): "TMF681-v4.0.0.json",
    ("TMF683", "v4"): "TMF683-v4.0.0.json",
    ("TMF683", "v5"): "TMF683-v5.0.0.yaml",
}
WORDS = (
    "",
    "acknowledged",
    "In Progress",
    "active",
    "recurringCharge",
    "Organization",
    "24 months",
    "Größe\u202f1",
    "x" * 300,
)
DATES = ("2026-11-21T10:00:00Z", "2018-06-12T00:00Z", "2025-01-01T12:00:00", "9999-12-31T23:59:59.999Z")
CURRENCIES = ("EUR", "gbp", " USD ", "€")
"""The official files call the unit of an amount a text, and describe it as a currency of ISO 4217."""
DEEPEST = 5


@cache
def specification(api: str, version: str) -> dict[str, Any]:
    """An official file, read."""
    path = SPECS / FILES[api, version]
    if path.suffix == ".json":
        return dict(json.loads(path.read_text("utf-8")))
    import yaml

    return dict(yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def schemas(api: str, version: str) -> dict[str, Any]:
    """The shapes of an official file by name."""
    spec = specification(api, version)
    return dict(spec["definitions"] if version == "v4" else spec["components"]["schemas"])


class Maker:
    """Makes documents of one official file; `fullness` from 0 (what is required) to 1 (everything)."""

    def __init__(self, api: str, version: str, seed: int, fullness: float) -> None:
        self.shapes = schemas(api, version)
        self.chance = Random(f"{api} {version} {seed}")
        self.fullness = fullness

    def document(self, kind: str) -> dict[str, Any]:
        """One document of a resource, with an id."""
        made = self._made({"$ref": "#/" + kind[:1].upper() + kind[1:]}, 0)
        assert isinstance(made, dict)
        return {"id": f"{kind}:1/2 + ä", **{name: value for name, value in made.items() if name != "id"}}

    def _made(self, shape: dict[str, Any], depth: int) -> Any:
        shape = self._whole(shape)
        pick = self.chance.choice
        if "enum" in shape:
            return pick(shape["enum"])
        kind = shape.get("type", "object" if "properties" in shape else "")
        if kind == "object":
            return self._object(shape, depth)
        if kind == "array":
            count = 0 if depth > DEEPEST else self.chance.randint(0, 2)
            return [self._made(shape.get("items", {}), depth + 1) for _ in range(count)]
        if kind in {"integer", "number"}:
            return pick((0, 1, -7, 20)) if kind == "integer" else pick((0, 0.25, 19.99, -3.5, 100000.0))
        if kind == "boolean":
            return pick((True, False))
        if kind == "string":
            return pick(DATES) if shape.get("format") in {"date-time", "date"} else pick(WORDS)
        return pick(("any", 5, True, {"amount": 24, "units": "month"}, ["a", {"b": 1}], None))

    def _object(self, shape: dict[str, Any], depth: int) -> dict[str, Any]:
        required = set(shape.get("required", ()))
        made = {
            name: self._made(part, depth + 1)
            for name, part in shape.get("properties", {}).items()
            if name in required or (depth <= DEEPEST and self.chance.random() < self.fullness)
        }
        if {"unit", "value"} <= shape.get("properties", {}).keys():
            made["unit"] = self.chance.choice(CURRENCIES)
        return made

    def _whole(self, shape: dict[str, Any]) -> dict[str, Any]:
        """A shape with what it refers to and is put together of."""
        if "$ref" in shape:
            return self._whole(self.shapes[shape["$ref"].rpartition("/")[2]])
        if "oneOf" in shape or "anyOf" in shape:
            return self._whole(self.chance.choice(shape.get("oneOf") or shape["anyOf"]))
        if "allOf" not in shape:
            return shape
        whole = {**shape, "properties": dict(shape.get("properties", {})), "required": list(shape.get("required", ()))}
        for part in shape["allOf"]:
            inner = self._whole(part)
            whole["properties"] |= inner.get("properties", {})
            whole["required"] += inner.get("required", ())
            whole.setdefault("type", inner.get("type", "object"))
        return whole
