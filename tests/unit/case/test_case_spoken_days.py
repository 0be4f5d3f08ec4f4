"""A day or an hour that was named is read as it was meant, in both languages; a length of time is no hour."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from selfcare.case.deadlines import Term, Unit, due_of, read_term
from selfcare.case.spoken_days import read_deadline

PARIS = ZoneInfo("Europe/Paris")
SAID = datetime(2026, 11, 21, 10, 30, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("by 12 December", (2026, 12, 12, 23, 59)),
        ("le 3 décembre 2026", (2026, 12, 3, 23, 59)),
        ("on December 3rd, 2026", (2026, 12, 3, 23, 59)),
        ("le 1er févr.", (2027, 2, 1, 23, 59)),
        ("2026-12-24 at the latest", (2026, 12, 24, 23, 59)),
        ("avant le 3/12", (2026, 12, 3, 23, 59)),
        ("by 3/12/26", (2026, 12, 3, 23, 59)),
        ("on 21 November", (2026, 11, 21, 23, 59)),
        ("by 5pm", (2026, 11, 21, 17, 0)),
        ("by 9:15 am", (2026, 11, 22, 9, 15)),
        ("12 am", (2026, 11, 22, 0, 0)),
        ("rappelle avant 17h", (2026, 11, 21, 17, 0)),
        ("lundi avant 14h30", (2026, 11, 23, 14, 30)),
        ("an engineer comes tomorrow between 8:00 and 18:00", (2026, 11, 22, 18, 0)),
        ("mardi entre 8h et 12h", (2026, 11, 24, 12, 0)),
        ("Friday noon", (2026, 11, 27, 12, 0)),
        ("12 December before 16:00", (2026, 12, 12, 16, 0)),
        ("within half an hour", (2026, 11, 21, 11, 0)),
        ("dans une demi-heure", (2026, 11, 21, 11, 0)),
        ("je rappelle dans 1h30", (2026, 11, 21, 12, 0)),
        ("in 30 minutes", (2026, 11, 21, 11, 0)),
    ],
)
def test_a_named_day_or_hour(words: str, due: tuple[int, int, int, int, int]) -> None:
    found = due_of(read_deadline(words, SAID, PARIS, "FR"), SAID, PARIS)
    assert found is not None
    assert found.astimezone(PARIS).replace(second=0) == datetime(*due, tzinfo=PARIS)


def test_in_the_united_states_the_month_comes_first() -> None:
    found = due_of(read_deadline("by 3/12", SAID, PARIS, "US"), SAID, PARIS)
    assert found is not None
    assert found.astimezone(PARIS).date().isoformat() == "2027-03-12"


@pytest.mark.parametrize(
    "words",
    [
        "within 72 hours", "sous 48 h", "dans les 48h", "in two working days", "on Monday", "tomorrow", "soon", "",
        "within 10 days", "avant 48h", "d'ici 2h", "48 working hours", "open 24/7", "31 November", "marches on",
        "99:99", "<b>in 3 days</b>", "may come", "decide",
    ],
)  # fmt: skip
def test_what_names_no_day_is_read_as_before(words: str) -> None:
    assert read_deadline(words, SAID, PARIS, "FR") == read_term(words)


def test_an_hour_that_the_clocks_leave_out_is_an_instant_all_the_same() -> None:
    said = datetime(2027, 3, 27, 20, tzinfo=PARIS)
    term = read_deadline("tomorrow at 2:30", said, PARIS)
    assert term == Term(Unit.MOMENT, 0, datetime(2027, 3, 28, 1, 30, tzinfo=UTC))
