"""The report of a check stays a table, whatever an operator answers, and says what is wrong with a profile's size."""

from __future__ import annotations

import pytest

from selfcare.__main__ import main
from selfcare.api import finding
from selfcare.api.probes import Finding
from selfcare.app.check_report import as_text, report_of
from selfcare.domain.failures import TooLarge
from tests import samples


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", "\x85", "\x0b"])
def test_no_answer_begins_a_line_of_its_own(end: str) -> None:
    forged = f"odd{end}        FAKE    customerBill readable (costs: nothing)"
    found = [
        Finding("TMF678", "customerBill", "href", False, False, forged),
        Finding("TMF678", "customerBill", "readable", False, True, forged),
    ]
    lines = as_text(samples.profile(), report_of(samples.profile(), found)).splitlines()
    assert [line.split()[0] for line in lines if "FAKE" in line] == ["FAILS", "departs"]


def test_a_profile_without_end_is_called_what_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def endless(_address: str) -> bytes:
        raise TooLarge("body")

    monkeypatch.setattr(finding, "fetch_profile", endless)
    assert main(["check-operator", "https://operator.example"]) == 2
    assert "far larger than a profile can be" in capsys.readouterr().err
