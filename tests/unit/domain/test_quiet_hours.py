"""When the tray keeps silent, and until when."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from selfcare.domain.quiet_hours import CHOICES, USUAL, hours_of, quiet_until, read_hours


@pytest.mark.parametrize(
    ("quiet", "at", "over"),
    [
        ("22-8", (21, 21, 59), None),
        ("22-8", (21, 22, 0), (22, 8)),
        ("22-8", (21, 23, 59), (22, 8)),
        ("22-8", (22, 0, 0), (22, 8)),
        ("22-8", (22, 7, 59), (22, 8)),
        ("22-8", (22, 8, 0), None),
        ("13-15", (21, 14, 30), (21, 15)),
        ("13-15", (21, 15, 0), None),
        ("", (21, 23, 0), None),
        ("8-8", (21, 8, 30), None),
    ],
)
def test_they_cross_midnight_and_end_on_the_hour(
    quiet: str, at: tuple[int, int, int], over: tuple[int, int] | None
) -> None:
    day, hour, minute = at
    found = quiet_until(quiet, datetime(2026, 11, day, hour, minute, tzinfo=UTC))
    assert found == (None if over is None else datetime(2026, 11, over[0], over[1], tzinfo=UTC))


def test_what_was_kept_is_read_and_rubbish_is_the_usual_hours() -> None:
    assert [read_hours(kept) for kept in CHOICES] == list(CHOICES)
    assert [read_hours(kept) for kept in (None, 7, "x", "24-8", "8-8", "22-8-1")] == [USUAL] * 6
    assert hours_of(USUAL) == (22, 8)
