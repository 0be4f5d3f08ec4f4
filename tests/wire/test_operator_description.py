"""Schemathesis plays an operator's tester: the demo operator does what the published description says, and no less."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.plain_client import sign_in
from tests.sandbox_process import Sandbox

ROOT = Path(__file__).resolve().parents[2]
DESCRIPTION = ROOT / "resources" / "api" / "selfcare-operator-api.openapi.json"
TESTER = Path(sysconfig.get_path("scripts")) / ("schemathesis.exe" if os.name == "nt" else "schemathesis")

# A key that was used before is refused by 422, and an ETag that was never given by 412, although the request is
# well-formed. The demo operator offers things of the standard that the program does not use and the description
# therefore does not name: noting a contact, and putting in, changing and taking away what conformance kits look for.
SETTINGS = """
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "412", "422", "429"]

[[operations]]
include-path-regex = "/(partyInteraction|billingAccount|payment|product|agreement|commu|customer(Bill)?/|indiv|organiz)"
checks.unsupported_method.enabled = false
checks.allow_header_conformance.enabled = false
"""


def play_tester(sandbox: Sandbox, folder: Path, brand: str, login: str, *options: str) -> str:
    """Run Schemathesis as one customer against one brand and return what it found, or nothing."""
    sandbox.set_tokens(accessSeconds=3600)
    token = sign_in(sandbox.issuer(brand), login).tokens["access_token"]
    settings = folder / "schemathesis.toml"
    settings.write_text(SETTINGS, encoding="utf-8")
    command = [str(TESTER), "--config-file", str(settings), "run", str(DESCRIPTION), "--url", sandbox.issuer(brand)]
    command += ["-H", f"Authorization: Bearer {token}", "--seed", "1", "--generation-database", "none"]
    command += ["--continue-on-failure", "--no-color", "--warnings", "off", *options]
    environment = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    environment |= {"HOME": str(folder), "NO_PROXY": "*", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    return "" if done.returncode == 0 else (done.stdout + done.stderr)[-8000:]


@pytest.mark.skipif(not TESTER.exists(), reason="Schemathesis is not installed")
@pytest.mark.parametrize(
    ("brand", "login", "options"),
    [
        ("orvane-gb", "claire", ("--phases", "examples,coverage,fuzzing", "-n", "4")),
        ("orvane-fr", "atelier", ("--phases", "fuzzing", "-n", "2", "--include-method", "GET")),
    ],
)
def test_the_demo_operator_does_what_is_described(
    sandbox: Sandbox, tmp_path: Path, brand: str, login: str, options: tuple[str, ...]
) -> None:
    assert play_tester(sandbox, tmp_path, brand, login, *options) == ""


@pytest.mark.skipif(not TESTER.exists(), reason="Schemathesis is not installed")
def test_the_tester_finds_a_broken_document(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.set_faults("no-id:customerBill")
    found = play_tester(
        sandbox,
        tmp_path,
        "orvane-gb",
        "nadia",
        "--phases",
        "fuzzing",
        "-n",
        "1",
        "--include-path-regex",
        "customerBill$",
    )
    assert "customerBill" in found
    assert "schema" in found.casefold()
