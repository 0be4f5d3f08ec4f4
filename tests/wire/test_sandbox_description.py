"""The demo operator's profile keeps to its published schema, and the description can be read in a browser."""

from __future__ import annotations

import json
from pathlib import Path

from tests.sandbox_process import Sandbox

DESCRIBED = Path(__file__).parents[2] / "resources" / "api"


def test_the_profile_keeps_to_its_schema(sandbox: Sandbox) -> None:
    import jsonschema

    schema = json.loads((DESCRIBED / "operator-profile.schema.json").read_text("utf-8"))
    for brand in ("orvane-gb", "orvane-fr"):
        profile = json.loads(sandbox.profile(brand))
        jsonschema.Draft202012Validator(schema).validate(profile)
        assert profile["auth"]["issuer"] == sandbox.issuer(brand)
        assert {api for api, entry in profile["apis"].items() if entry} == set(profile["apis"])


def test_the_description_can_be_read_in_a_browser(sandbox: Sandbox) -> None:
    for path in ("/docs", "/docs/api", "/"):
        page = sandbox.control.get(path)
        assert page.status_code == 200
        assert page.headers["content-type"].startswith("text/html")
    assert sandbox.control.get("/orvane-gb/docs").headers["location"] == "/docs"
    assert sandbox.control.get("/docs/nothing").status_code == 404
    assert sandbox.control.get("/nothing").status_code == 404
