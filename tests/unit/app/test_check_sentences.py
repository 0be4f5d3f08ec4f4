"""An operator that cannot be checked is told why, in words and not in the program's own."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfcare.__main__ import main
from selfcare.api import profile as profile_module
from selfcare.api.probes import describe
from selfcare.app.check_operator import PROBLEMS
from selfcare.domain.failures import BadCertificate, Failure, NotAnAnswer, Offline, ServerTrouble, TooOften


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (TooOften(datetime(2026, 11, 30, tzinfo=UTC), 503), "answered 503: asks to wait"),
        (ServerTrouble(500), "answered 500"),
        (Offline(), "nobody answers there"),
        (NotAnAnswer("html"), "not an answer: a web page instead of JSON"),
        (NotAnAnswer("shape"), "not an answer: shape"),
        (BadCertificate(), "its certificate is out of date, for another name, or from nobody this computer trusts"),
    ],
)
def test_each_failure_has_its_words(failure: Failure, said: str) -> None:
    assert describe(failure) == said


def test_a_profile_that_nobody_gives(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-operator", "http://127.0.0.1:9/nobody"]) == 2
    assert capsys.readouterr().err == "The profile cannot be read: nobody answers there.\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b" " * (2 << 20), "this is far larger than a profile can be"),
        (json.dumps({"profile": "9"}).encode(), "this is missing"),
        (b"{", "this is no JSON"),
    ],
    ids=["large", "missing", "json"],
)
def test_a_profile_that_cannot_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: bytes, said: str
) -> None:
    path = tmp_path / "profile.json"
    path.write_bytes(text)
    assert main(["check-operator", str(path)]) == 2
    told = capsys.readouterr().err
    assert told.startswith("The profile cannot be used: ")
    assert said in told
    assert ": :" not in told


def test_every_problem_of_a_profile_has_its_words() -> None:
    source = Path(profile_module.__file__).read_text(encoding="utf-8")
    found = set(re.findall(r'ProfileError\([^,()]+(?:\([^()]*\))?, "([a-z]+)"', source))
    assert {"plain", "version"} <= found
    assert found <= PROBLEMS.keys()
