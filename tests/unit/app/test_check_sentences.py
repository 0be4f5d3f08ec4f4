"""An operator that cannot be checked is told why, in words and not in the program's own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from selfcare.__main__ import main
from selfcare.api.probes import describe
from selfcare.domain.failures import Failure, NotAnAnswer, Offline, ServerTrouble, TooOften


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (TooOften(datetime(2026, 11, 30, tzinfo=UTC), 503), "answered 503: asks to wait"),
        (ServerTrouble(500), "answered 500"),
        (Offline(), "nobody answers there"),
        (NotAnAnswer("html"), "not an answer: html"),
    ],
)
def test_each_failure_has_its_words(failure: Failure, said: str) -> None:
    assert describe(failure) == said


def test_a_profile_that_nobody_gives(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-operator", "http://127.0.0.1:9/nobody"]) == 2
    assert capsys.readouterr().err == "The profile cannot be read: nobody answers there.\n"
