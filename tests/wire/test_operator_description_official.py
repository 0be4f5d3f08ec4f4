"""The published description is a part of the official specifications, never a contradiction, and its pages are safe."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from selfcare.sandbox.docs import description_dir
from selfcare.sandbox.markdown import to_html
from selfcare.sandbox.people import PEOPLE, build
from tests.sandbox_process import Sandbox

ROOT = Path(__file__).resolve().parents[2]
API = ROOT / "resources" / "api"
SPECS = ROOT.parent / "shared" / "tmf" / "specs"
OURS: dict[str, Any] = json.loads((API / "selfcare-operator-api.openapi.json").read_text("utf-8"))
METHODS = ("get", "post", "patch", "put", "delete")
EXTENSIONS = sorted((API / "extensions").glob("*.schema.json"))
official = pytest.mark.skipif(not SPECS.is_dir(), reason="the official specifications are not beside this checkout")


@cache
def specifications() -> tuple[dict[str, Any], ...]:
    """The official version 4 files."""
    return tuple(json.loads(path.read_text("utf-8")) for path in sorted(SPECS.glob("*-v4*.json")))


def official_of(path: str) -> tuple[dict[str, Any], str]:
    """The official file that has a path of ours, and the path as it is written there."""
    for spec in specifications():
        base = "/" + spec["basePath"].strip("/")
        rest = path.removeprefix(base)
        if path.startswith(base + "/") and rest in spec["paths"]:
            return spec, rest
    raise AssertionError(f"no official specification has {path}")


WITHOUT_A_FILE = frozenset({"/tmf-api/appointment/v4/appointment"})
"""TMF646 is not among the official files."""


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in OURS["paths"].items():
        for method in METHODS:
            if method in item and path not in WITHOUT_A_FILE:
                yield path, method, item[method]


def test_the_description_is_valid_openapi() -> None:
    assert OURS["openapi"].startswith("3.1")
    validate(OURS)


@official
def test_every_path_and_method_is_official() -> None:
    for path, method, _ in operations():
        spec, rest = official_of(path)
        assert method in spec["paths"][rest], f"{method} {path}"


def compare(spec: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any], where: str, seen: set[str]) -> None:
    """Walk a schema of ours beside the official one: names, kinds, words and what is required."""
    named, theirs_named = ours.get("$ref", "").rpartition("/")[2], theirs.get("$ref", "").rpartition("/")[2]
    required = set(ours.get("required", ()))
    if named:
        assert named == theirs_named, f"{where}: {named} is {theirs_named or theirs.get('type')} officially"
        ours = OURS["components"]["schemas"][named]
    if theirs_named:
        theirs = spec["definitions"][theirs_named]
    if f"{named} {sorted(required)}" in seen:
        return
    if named:
        seen.add(f"{named} {sorted(required)}")
    required |= set(ours.get("required", ()))
    kind = ours.get("type")
    if kind is None:
        return
    assert kind == theirs.get("type", "object"), where
    if "enum" in ours or "enum" in theirs:
        assert set(ours["enum"]) <= set(theirs["enum"]), where
    if kind == "array":
        compare(spec, ours["items"], theirs["items"], where + "[]", seen)
    if kind == "object":
        assert set(theirs.get("required", ())) <= required, where
        for name, part in ours["properties"].items():
            assert name in theirs["properties"], f"{where}.{name} is not official"
            compare(spec, part, theirs["properties"][name], f"{where}.{name}", seen)
    if ours.get("format") == "date-time":
        assert theirs.get("format") == "date-time", where


@official
def test_every_answer_and_request_is_a_part_of_the_official_shape() -> None:
    compared = 0
    for path, method, asked in operations():
        spec, rest = official_of(path)
        theirs = spec["paths"][rest][method]
        good = next(status for status in ("200", "201") if status in asked["responses"])
        compare(
            spec,
            asked["responses"][good]["content"]["application/json"]["schema"],
            theirs["responses"][good]["schema"],
            f"{method} {path}",
            set(),
        )
        if "requestBody" in asked:
            sent = next(part["schema"] for part in theirs["parameters"] if part["in"] == "body")
            compare(
                spec, asked["requestBody"]["content"]["application/json"]["schema"], sent, f"{method} {path}", set()
            )
        compared += 1
    assert compared >= 24


@official
def test_the_comparison_sees_what_is_not_official() -> None:
    spec, rest = official_of("/tmf-api/customerBillManagement/v4/customerBill/{id}")
    theirs = spec["paths"][rest]["get"]["responses"]["200"]["schema"]
    for wrong in (
        {"type": "object", "properties": {"portOutCode": {"type": "string"}}},
        {"type": "object", "properties": {"billNo": {"type": "integer"}}},
        {"$ref": "#/components/schemas/Payment"},
    ):
        with pytest.raises(AssertionError):
            compare(spec, wrong, theirs, "trial", set())


@official
def test_errors_are_official() -> None:
    compare(
        specifications()[0], {"$ref": "#/components/schemas/Error"}, {"$ref": "#/definitions/Error"}, "Error", set()
    )


def test_every_operation_says_how_it_can_fail() -> None:
    for path, method, asked in operations():
        promised = {"400", "401", "404", "429", "503"} | ({"304"} if method == "get" else {"409", "422"})
        assert promised <= asked["responses"].keys(), f"{method} {path}"
        names = {part.get("$ref", "").rpartition("/")[2] for part in asked["parameters"]}
        assert ("If-None-Match" if method == "get" else "Idempotency-Key") in names


@pytest.mark.parametrize("path", EXTENSIONS, ids=lambda path: path.name)
def test_extensions_are_schemas_with_examples_that_are_right(path: Path) -> None:
    schema = json.loads(path.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    for example in schema["examples"]:
        assert list(Draft202012Validator(schema).iter_errors(example)) == []


def characteristics(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "name" in value and "value" in value and "valueType" in value:
            yield value
        for part in value.values():
            yield from characteristics(part)
    elif isinstance(value, list):
        for part in value:
            yield from characteristics(part)


def test_what_the_demo_customers_carry_is_described() -> None:
    schemas = [json.loads(path.read_text("utf-8")) for path in EXTENSIONS]
    owner = {name: schema for schema in schemas for name in schema["$defs"]}
    now = datetime(2026, 11, 21, tzinfo=UTC)
    carried = [fact for login in PEOPLE for fact in characteristics(build(login, 1, now, None).resources)]
    unknown = {fact["name"] for fact in carried} - owner.keys()
    assert unknown <= {"language", "unitPrice"}
    for fact in carried:
        if fact["name"] in owner:
            sent = json.loads(json.dumps(fact, default=lambda amount: float(Decimal(amount))))
            assert list(Draft202012Validator(owner[fact["name"]]).iter_errors(sent)) == []


class Reader(HTMLParser):
    """Collects what a page would run, load or lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name in {"href", "src"}:
                self.links.append(value or "")
            if name == "id":
                self.anchors.add(value or "")


def test_the_pages_lead_nowhere_else_and_nowhere_dead(sandbox: Sandbox) -> None:
    for start in ("/docs", "/docs/api", "/docs/extensions"):
        answer = sandbox.control.get(start)
        assert answer.status_code == 200
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        page = Reader()
        page.feed(answer.text)
        assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
        for link in set(page.links):
            if link.startswith("#"):
                assert link[1:] in page.anchors, link
            else:
                assert link.startswith("/docs")
                assert sandbox.control.get(link).status_code == 200, link


def test_the_pages_tell_of_every_request_and_shape(sandbox: Sandbox) -> None:
    text = sandbox.control.get("/docs/api").text
    assert all(path in text for path in OURS["paths"])
    assert all(f'id="{name}"' in text for name in OURS["components"]["schemas"])
    guide = sandbox.control.get("/docs").text
    assert all(api in guide for api in ("TMF678", "TMF637", "TMF638", "TMF651", "TMF621", "TMF622"))


def test_files_are_served_and_nothing_beside_them(sandbox: Sandbox) -> None:
    served = sandbox.control.get("/docs/files/selfcare-operator-api.openapi.json")
    assert served.json() == OURS
    for wrong in ("/docs/files/../README.md", "/docs/files/%2e%2e/pyproject.toml", "/docs/files/", "/docs/nothing"):
        assert sandbox.control.get(wrong).status_code == 404
    assert httpx.URL(sandbox.url).host == "127.0.0.1"


def test_the_guide_names_only_files_that_are_there() -> None:
    found: list[str] = []

    def note(link: str) -> str:
        found.append(link)
        return link

    to_html((API / "GUIDE.md").read_text("utf-8"), note)
    assert found
    assert all((API / link).exists() for link in found if not link.startswith("http"))
    assert description_dir() == API


def test_markup_in_the_guide_is_shown_and_not_run() -> None:
    html = to_html('# <b>x</b>\n\n`<script>` & [<i>](java"script:x)\n\n* <img src=x>\n\n```\n<u>\n\n</u>\n```', str)
    assert "<script" not in html
    assert "<img" not in html
    assert "<u>" not in html
    assert "&lt;script&gt;" in html
    assert '"script' not in html.replace("&quot;script", "")
