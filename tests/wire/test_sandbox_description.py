"""The demo operator keeps to its own published description, and shows it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.plain_client import sign_in
from tests.sandbox_process import Sandbox

DESCRIBED = Path(__file__).parents[2] / "resources" / "api"


@pytest.mark.parametrize("login", ["claire", "garage"])
def test_schemathesis_finds_nothing(new_sandbox: Callable[..., Sandbox], tmp_path: Path, login: str) -> None:
    brand = {"claire": "orvane-gb", "garage": "orvane-fr"}[login]
    sandbox = new_sandbox("--clock", "2026-11-21T10:00:00Z")
    sandbox.set_tokens(accessSeconds=3600)
    token = sign_in(sandbox.issuer(brand), login).tokens["access_token"]
    command = [
        str(Path(sys.executable).with_name("st")),
        "run",
        str(DESCRIBED / "selfcare-operator-api.openapi.json"),
        "--url",
        sandbox.issuer(brand),
        "--header",
        f"Authorization: Bearer {token}",
        "--phases",
        "coverage,fuzzing",
        "--max-examples",
        "2",
        "--generation-database",
        "none",
        "--suppress-health-check",
        "all",
        "--no-color",
    ]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 0, ended.stdout[-6000:]


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
