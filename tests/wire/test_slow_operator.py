"""An operator that takes its time passes its check all the same, and reads which answers took long."""

from __future__ import annotations

import json
import re
from pathlib import Path

from _pytest.capture import CaptureFixture

from selfcare.__main__ import main
from selfcare.api.limits import Patience
from selfcare.api.profile import read_profile
from selfcare.api.speed import LONG, Timing, probe_speed, what_follows
from tests.sandbox_process import start_sandbox

GUIDE = Path(__file__).resolve().parents[2] / "resources" / "api" / "GUIDE.md"


def test_slow_answers_are_named_and_are_no_departure(capsys: CaptureFixture[str]) -> None:
    with start_sandbox("--faults", f"slow:customer={LONG:g}") as operator:
        words = ["check-operator", operator.issuer(), "--demo-login"]
        assert main(words) == 0
        said = capsys.readouterr().out
        assert main([*words, "--json"]) == 0
        report = json.loads(capsys.readouterr().out)
        assert main([*words, "--html"]) == 0
        page = capsys.readouterr().out
    assert re.search(
        r"slow    customer speed: (\d) of \1 answers took 1 s or more, the longest [1-9]\.\d s: GET /", said
    )
    assert "departs" not in said
    assert "Everything that was tried is as the standard says." in said
    assert what_follows(Patience()) in said
    customer = next(row for row in report["apis"] if row["api"] == "TMF629")
    assert customer["conformant"]
    assert [one["check"] for one in customer["slow"]] == ["speed"]
    assert "15 s for the next bytes, 30 s for a whole answer and 120 s for a paper" in customer["slow"][0]["costs"]
    assert f"slow: customer {customer['slow'][0]['detail'][:6]}" in page


def test_each_resource_is_told_for_itself() -> None:
    with start_sandbox() as operator:
        profile = read_profile(operator.profile())
    entry = profile.apis["TMF678"]
    assert entry is not None
    bills, lines = f"{entry.base_url}/customerBill", f"{entry.base_url}/appliedCustomerBillingRate"
    timings = [
        Timing("GET", f"{bills}?limit=1", 0.1), Timing("GET", f"{bills}/B%2F1", 2.25), Timing("GET", bills, LONG),
        Timing("GET", lines, 0.999), Timing("GET", "https://elsewhere.example/file", 9.0),
    ]  # fmt: skip
    found = list(probe_speed(profile, timings))
    assert [(one.api, one.kind, one.check, one.ok) for one in found] == [
        ("TMF678", "customerBill", "speed", True),
        ("TMF678", "appliedCustomerBillingRate", "speed", True),
    ]
    assert found[0].detail.startswith("2 of 3 answers took 1 s or more, the longest 2.2 s: GET /")
    assert found[0].detail.endswith("/customerBill/B%2F1")
    assert found[1].detail == ""


def test_the_guide_names_the_figures_of_the_program() -> None:
    row = next(line for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith("| `speed` |"))
    patience = Patience()
    for figure in (patience.silence, patience.json_total, patience.pdf_total):
        assert f"{figure:g} s for" in row
