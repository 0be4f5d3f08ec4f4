"""A day or an hour that was named is read as it was meant, in both languages; a length of time is no hour."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfcare.case.deadlines import Term, Unit, due_of
from selfcare.case.spoken_days import read_deadline
from selfcare.case.spoken_terms import read_term

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


TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("calls the day after tomorrow", (26, 23, 59)),
        ("rappel après-demain", (26, 23, 59)),
        ("in 1.5 hours", (24, 11, 30)),
        ("dans 1,5 heure", (24, 11, 30)),
        ("in 1/2 hour", (24, 10, 30)),
        ("dans 1/2 heure", (24, 10, 30)),
        ("in three quarters of an hour", (24, 10, 45)),
        ("dans un quart d'heure", (24, 10, 15)),
        ("dans une heure et demie", (24, 11, 30)),
        ("in 2 and a half hours", (24, 12, 30)),
        ("in thirty minutes", (24, 10, 30)),
        ("in half a day", (24, 22, 0)),
        ("dead since Monday, fixed by Friday", (27, 23, 59)),
        ("no service since Monday will be fixed Friday", (27, 23, 59)),
        ("en panne depuis lundi, réparé vendredi", (27, 23, 59)),
        ("no broadband for three days, on again in 2 hours", (24, 12, 0)),
        ("reported on Monday, fixed by Friday", (27, 23, 59)),
        ("last Friday they said Thursday", (26, 23, 59)),
        ("open 24/7, within 4 hours", (24, 14, 0)),
        ("tonight", (24, 23, 59)),
        ("this afternoon", (24, 23, 59)),
        ("cet après-midi", (24, 23, 59)),
        ("within the hour", (24, 11, 0)),
        ("dans l'heure", (24, 11, 0)),
        ("dans la journée", (24, 23, 59)),
        ("by close of business", (24, 23, 59)),
        ("sous 24/48h", (26, 10, 0)),
        ("dans six jours", (30, 23, 59)),
        ("J+2", (26, 23, 59)),
        ("within seventy-two hours", (27, 10, 0)),
        ("in 2 to 3 days", (27, 23, 59)),
        ("between Wednesday and Friday", (27, 23, 59)),
        ("mercredi ou jeudi", (26, 23, 59)),
        ("by the end of the week", (29, 23, 59)),
        ("in a couple of days", (26, 23, 59)),
        ("by the end of the month", (30, 23, 59)),
    ],
)
def test_what_was_said_on_a_tuesday(words: str, due: tuple[int, int, int]) -> None:
    found = due_of(read_deadline(words, TUESDAY, PARIS, "FR"), TUESDAY, PARIS)
    assert found is not None
    assert found.astimezone(PARIS).replace(second=0) == datetime(2026, 11, *due, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("lundi en huit", "2026-12-07"),
        ("Monday week", "2026-12-07"),
        ("a week on Monday", "2026-12-07"),
        ("lundi en quinze", "2026-12-14"),
        ("next Monday", "2026-11-30"),
        ("Friday next week", "2026-12-04"),
        ("jeudi de la semaine prochaine", "2026-12-03"),
        ("next week", "2026-12-06"),
        ("sous huitaine", "2026-12-02"),
        ("sous quinze jours", "2026-12-09"),
        ("dans un mois", "2026-12-24"),
        ("within 2 months", "2027-01-24"),
        ("le mois prochain", "2026-12-31"),
        ("in a fortnight", "2026-12-08"),
        ("from 12 December to 14 December", "2026-12-14"),
        ("called on 20 November, fixed by 3 December", "2026-12-03"),
    ],
)
def test_a_day_by_its_week_or_month(words: str, day: str) -> None:
    found = due_of(read_deadline(words, TUESDAY, PARIS, "FR"), TUESDAY, PARIS)
    assert found is not None
    local = found.astimezone(PARIS)
    assert (local.date().isoformat(), local.hour, local.minute) == (day, 23, 59)


@pytest.mark.parametrize(
    "words",
    [
        "not before Monday", "pas avant lundi", "Monday at the earliest", "lundi au plus tôt", "dead since Monday",
        "since yesterday at 17:00", "no internet for three days", "depuis 3 jours", "open 7 days a week", "2 days ago",
        "il y a 48 heures", "hier", "every Monday", "in a few days", "from Monday on",
    ],
)  # fmt: skip
def test_what_names_no_deadline_has_no_clock(words: str) -> None:
    assert read_deadline(words, TUESDAY, PARIS, "FR").unit is Unit.NONE


@pytest.mark.parametrize(
    "words",
    [
        "the engineer said Friday, the shop Thursday", "next Friday", "a call in 2 hours and the repair in 3 days",
        "in 1.5 days", "within 2 hours on Monday",
    ],
)  # fmt: skip
def test_what_may_mean_two_days_is_asked_about_and_not_guessed(words: str) -> None:
    term = read_deadline(words, TUESDAY, PARIS, "GB")
    assert term.unit is Unit.UNCLEAR
    assert due_of(term, TUESDAY, PARIS) is None


PIECES = (
    "in within by since not before sous dans avant depuis lundi Friday next week month tomorrow 1 2 1/2 1.5 9999 hours "
    "h days jours ouvrables months and to at the earliest 5pm 31/02 29 February J+3 end of"
)
SPOKEN = st.lists(st.sampled_from(PIECES.split()), max_size=9).map(" ".join)


@settings(deadline=None)
@given(st.one_of(SPOKEN, st.text(max_size=60)))
def test_whatever_is_said_is_read_without_trouble(words: str) -> None:
    term = read_deadline(words, TUESDAY, PARIS, "FR")
    due = due_of(term, TUESDAY, PARIS, "FR-OUVRES")
    assert (due is None) == (term.unit in {Unit.NONE, Unit.UNCLEAR})
