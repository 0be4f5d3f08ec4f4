"""A conformance kit made of each official version 4 file itself, run against the demo operator.

Of every resource in the file: all that may be created is created in full, read, listed, picked field by field, filtered
by each of its attributes and by what is inside them, changed attribute by attribute, taken away and not found; and
everything that is ever answered is of the official shape.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft4Validator

from selfcare.sandbox.catalogue import BASES, KINDS
from tests.plain_client import PlainCustomer, sign_in
from tests.sandbox_process import start_sandbox
from tests.unit.api.official import SPECS, Maker, schemas, specification

pytestmark = pytest.mark.skipif(not SPECS.is_dir(), reason="the official specifications are not beside this checkout")
APIS = ("TMF678", "TMF637", "TMF651", "TMF622", "TMF666", "TMF629", "TMF632", "TMF676", "TMF683", "TMF681")
OWN = {"id", "href"}
STAMPED = {"relatedParty", "productOrderItem"}
"""What the operator adds to: the customer among the parties, and the state of each item of an order."""
OPERATORS = {"state", "status", "@type", "@baseType", "@schemaLocation"}
"""What the operator says itself of what is put in."""
ITS_OWN = {"status"}
"""What a customer cannot simply change."""
DEEPEST = 3


class WellFormed(Maker):
    """Makes documents as a kit's author would: whole, dated, with something in every part."""

    def __init__(self, api: str) -> None:
        super().__init__(api, "v4", 1, 1.0)
        self._count = 0

    def _made(self, shape: dict[str, Any], depth: int) -> Any:
        shape = self._whole(shape)
        self._count += 1
        if "enum" in shape:
            return str(shape["enum"][0]).strip()
        kind = shape.get("type", "object" if "properties" in shape else "")
        if kind == "array":
            return [self._made(shape.get("items", {}), depth + 1)] if depth <= DEEPEST else []
        if kind == "integer":
            return self._count
        if kind == "number":
            return self._count + 0.5
        if kind == "boolean":
            return True
        if kind == "string":
            dated = shape.get("format") in {"date-time", "date"}
            return f"2026-11-{1 + self._count % 28:02}T10:00:00Z" if dated else f"said, {self._count} & more"
        return super()._made(shape, depth) if kind == "object" else "any"

    def _object(self, shape: dict[str, Any], depth: int) -> dict[str, Any]:
        return {
            name: self._made(part, depth + 1)
            for name, part in shape.get("properties", {}).items()
            if depth <= DEEPEST or name in shape.get("required", ())
        }


def kinds() -> list[tuple[str, str]]:
    if not SPECS.is_dir():
        return []
    return [
        (api, kind)
        for api in APIS
        for kind in sorted({path.split("/")[1] for path in specification(api, "v4")["paths"]} - {"hub", "listener"})
    ]


@pytest.fixture(scope="module")
def kit() -> Iterator[PlainCustomer]:
    with start_sandbox("--bills", "4") as running:
        yield sign_in(running.issuer(), "claire")


def named(kind: str) -> str:
    return kind[:1].upper() + kind[1:]


def url(kit: PlainCustomer, kind: str) -> str:
    return f"{kit.issuer}{BASES[KINDS[kind].api]}/{kind}"


@cache
def validator(api: str, kind: str) -> Draft4Validator:
    shapes = {**schemas(api, "v4"), "Any": {}}
    return Draft4Validator({"$ref": f"#/definitions/{named(kind)}", "definitions": shapes})


def shaped(api: str, kind: str, document: dict[str, Any]) -> None:
    faults = [f"{'.'.join(map(str, e.path))}: {e.message[:120]}" for e in validator(api, kind).iter_errors(document)]
    assert not faults, (kind, faults[:5])
    definitions = schemas(api, "v4")
    required = {
        *definitions[named(kind)].get("required", ()),
        *definitions.get(f"{named(kind)}_Create", {}).get("required", ()),
    }
    assert OWN | required <= document.keys(), (kind, required - document.keys())


def body_of(kit: PlainCustomer, api: str, kind: str) -> dict[str, Any]:
    made = WellFormed(api)._made({"$ref": f"#/{named(kind)}_Create"}, 0)
    assert isinstance(made, dict)
    if kind == "cancelProductOrder":
        item = {"id": "1", "action": "add", "productOffering": {"id": "PO-1"}}
        made["productOrder"]["id"] = kit.client.post(
            url(kit, "productOrder"), json={"productOrderItem": [item]}
        ).json()["id"]
    return {name: value for name, value in made.items() if name not in OWN | {"@type"}}


def rows(kit: PlainCustomer, kind: str, **params: Any) -> list[dict[str, Any]]:
    answer = kit.client.get(url(kit, kind), params={"limit": 1000, **params})
    assert answer.status_code == 200, (params, answer.text)
    return list(answer.json())


def leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Everything inside an attribute that can be asked for by its dotted path."""
    if isinstance(value, list):
        for one in value:
            yield from leaves(one, path)
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from leaves(part, f"{path}.{name}")
    elif value is not None:
        yield path, value


def said(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def at(value: Any, path: str) -> list[Any]:
    return [found for place, found in leaves(value, "") if place == f".{path}"]


@pytest.mark.parametrize("deep", [False, pytest.param(True, marks=pytest.mark.campaign)])
@pytest.mark.parametrize(("api", "kind"), kinds())
def test_a_kit_of_the_official_file_passes(kit: PlainCustomer, api: str, kind: str, deep: bool) -> None:
    """Not `deep`, one thing inside each attribute is asked for, not all; fields are left to the other kits of tests."""
    paths = specification(api, "v4")["paths"]
    one, may_make = None, "post" in paths[f"/{kind}"]
    if may_make:
        body = body_of(kit, api, kind)
        answer = kit.client.post(url(kit, kind), json=body)
        assert answer.status_code == 201, answer.text
        one = answer.json()
        assert answer.headers["location"] == one["href"]
        assert {name: one.get(name) for name in body.keys() - STAMPED - OPERATORS} == {
            name: value for name, value in body.items() if name not in STAMPED | OPERATORS
        }
        assert kit.client.get(one["href"]).json() == one
    every = rows(kit, kind)
    assert every
    for document in every:
        shaped(api, kind, document)
    assert one is None or one in every
    one = one or every[0]
    if deep:
        picked(kit, api, kind, one)
    filtered(kit, api, kind, one, deep=deep)
    missing = kit.client.get(f"{url(kit, kind)}/nothing-here")
    assert (missing.status_code, missing.headers["content-type"].split(";")[0]) == (404, "application/json")
    assert {"code", "reason"} <= missing.json().keys()
    if "patch" in paths.get(f"/{kind}/{{id}}", {}):
        changed_and_gone(kit, api, kind, one, may_go=may_make)


def picked(kit: PlainCustomer, api: str, kind: str, one: dict[str, Any]) -> None:
    for name in schemas(api, "v4")[named(kind)]["properties"]:
        for document in rows(kit, kind, fields=name, id=one["id"]):
            assert document.keys() == OWN | ({name} & one.keys()), name
        alone = kit.client.get(one["href"], params={"fields": name}).json()
        assert alone == {part: one[part] for part in (*OWN, name) if part in one}


def filtered(kit: PlainCustomer, api: str, kind: str, one: dict[str, Any], *, deep: bool) -> None:
    for name in schemas(api, "v4")[named(kind)]["properties"]:
        if name not in one:
            assert rows(kit, kind, **{name: "no such thing"}) == []
            continue
        inside = dict(list(leaves(one[name], name))[: None if deep else 1])
        for path, value in inside.items():
            found = rows(kit, kind, **{path: said(value)})
            assert one in found, (path, value)
            assert all(value in at(other, path) for other in found), path
        if inside and deep:
            assert rows(kit, kind, **{next(iter(inside)): "no such thing"}) == []


def changed_and_gone(kit: PlainCustomer, api: str, kind: str, one: dict[str, Any], *, may_go: bool) -> None:
    maker = WellFormed(api)
    for name, shape in schemas(api, "v4")[f"{named(kind)}_Update"]["properties"].items():
        if name in ITS_OWN | STAMPED:
            continue
        value = maker._made(shape, 1)
        answer = kit.client.patch(one["href"], json={name: value})
        assert answer.status_code == 200, (name, answer.text)
        assert answer.json()[name] == value == kit.client.get(one["href"]).json()[name], name
    shaped(api, kind, answer.json())
    if not may_go:
        return
    assert kit.client.delete(one["href"]).status_code == 204
    assert kit.client.get(one["href"]).status_code == 404
