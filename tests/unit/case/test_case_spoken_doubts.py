"""What looks like a deadline and is none is never read as one: money, bills, contracts, least times, other weekdays."""

from __future__ import annotations

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from selfcare.case.deadlines import Unit, due_of
from selfcare.case.spoken_days import read_deadline
from selfcare.case.spoken_doubts import DOUBT
from selfcare.case.spoken_part import deadline_part

PARIS = ZoneInfo("Europe/Paris")
SAID = datetime(2026, 11, 21, 9, 0, tzinfo=PARIS)
"""A Saturday."""


def due(words: str, country: str = "FR") -> datetime | None:
    found = due_of(read_deadline(words, SAID, PARIS, country), SAID, PARIS, "FR-OUVRES")
    return None if found is None else found.astimezone(PARIS).replace(second=0)


@pytest.mark.parametrize(
    ("words", "day", "hour"),
    [
        ("lundi 30", (2026, 11, 30), (23, 59)),
        ("le technicien passe lundi 30", (2026, 11, 30), (23, 59)),
        ("Tuesday 1st", (2026, 12, 1), (23, 59)),
        ("Tuesday the 1st", (2026, 12, 1), (23, 59)),
        ("the engineer comes on Thursday 3rd", (2026, 12, 3), (23, 59)),
        ("mardi 1er", (2026, 12, 1), (23, 59)),
        ("mardi 24 à 14h", (2026, 11, 24), (14, 0)),
        ("Monday 23 to Friday 27", (2026, 11, 27), (23, 59)),
        ("Monday 30 November", (2026, 11, 30), (23, 59)),
        ("réponse au plus tard le 05.12.2026", (2026, 12, 5), (23, 59)),
        ("le 05.12.26", (2026, 12, 5), (23, 59)),
        ("avant le 5.12", (2026, 12, 5), (23, 59)),
        ("bis 05.12.2026", (2026, 12, 5), (23, 59)),
        ("by 5.30 pm", (2026, 11, 21), (17, 30)),
        ("Friday 10.30", (2026, 11, 27), (10, 30)),
        ("at 9.15", (2026, 11, 21), (9, 15)),
        ("refund of £12.50 by Friday", (2026, 11, 27), (23, 59)),
        ("I refund you GBP 12.50 within 5 days", (2026, 11, 26), (23, 59)),
        ("remboursement de 12,50 € avant vendredi", (2026, 11, 27), (23, 59)),
        ("remboursement de 12.50 euros avant vendredi", (2026, 11, 27), (23, 59)),
        ("rappel demain 17h", (2026, 11, 22), (17, 0)),
        ("rappel demain 17 heures", (2026, 11, 22), (17, 0)),
        ("demain dix heures", (2026, 11, 22), (10, 0)),
        ("rappel lundi 17h", (2026, 11, 23), (17, 0)),
        ("mardi 24 novembre 14h", (2026, 11, 24), (14, 0)),
        ("le technicien passe mardi 14h-16h", (2026, 11, 24), (16, 0)),
        ("mardi de 14h à 16h", (2026, 11, 24), (16, 0)),
        ("le 3/12 de 8h à 12h", (2026, 12, 3), (12, 0)),
        ("rappel dans 17h", (2026, 11, 22), (2, 0)),
        ("rappel sous 2h", (2026, 11, 21), (11, 0)),
        ("in the next 2h", (2026, 11, 21), (11, 0)),
        ("2h maximum", (2026, 11, 21), (11, 0)),
        ("a day or two", (2026, 11, 23), (23, 59)),
        ("an hour or two", (2026, 11, 21), (11, 0)),
        ("une semaine ou deux", (2026, 12, 5), (23, 59)),
        ("not more than 3 days", (2026, 11, 24), (23, 59)),
        ("pas plus de 3 jours", (2026, 11, 24), (23, 59)),
        ("for the 2nd time, by Friday", (2026, 11, 27), (23, 59)),
        ("2 days from now", (2026, 11, 23), (23, 59)),
    ],
)
def test_what_is_understood_is_read_as_it_is_meant(
    words: str, day: tuple[int, int, int], hour: tuple[int, int]
) -> None:
    assert due(words) == datetime(*day, *hour, tzinfo=PARIS)


@pytest.mark.parametrize(
    "words",
    [
        "Tuesday 30 November", "3 décembre, lundi", "lundi 29", "Friday 31st", "refund of 12.50 by Friday", "28.11.",
        "rappel 17h", "17 heures", "at least 5 days", "au moins 5 jours", "after 5 days", "après 5 jours",
        "after Monday", "après lundi", "more than 3 days", "plus de 3 jours", "after 5pm", "5 days or more",
        "3 jours minimum", "2 days after Monday", "5 working days from Monday", "48h après réception",
        "within 2 working days of your letter", "the 24 month contract will be corrected",
        "the 30-day notice is waived",
        "engagement de 24 mois", "préavis de 30 jours", "send Saturday's bill again", "la facture de samedi",
        "1 hour 30", "un jour et demi", "a week and a half", "by 5", "by the 5th", "by 5 o'clock", "by half past five",
        "at 5 Monday",
    ],
)  # fmt: skip
def test_what_is_not_understood_as_a_whole_is_asked_about(words: str) -> None:
    assert read_deadline(words, SAID, PARIS, "GB").unit is Unit.UNCLEAR


@pytest.mark.parametrize("words", ["refund of £15.37", "je rembourse 12,50 €", "GBP 156.37 back", "ticket 12 days old"])
def test_money_and_age_name_no_deadline(words: str) -> None:
    assert read_deadline(words, SAID, PARIS, "GB").unit is Unit.NONE


def test_in_the_united_states_the_month_comes_first_also_with_dots() -> None:
    found = due("by 12.05.2026", "US")
    assert found is not None
    assert found.date().isoformat() == "2026-12-05"


def test_what_lies_in_the_past_or_is_explained_away_leaves_no_doubt_behind() -> None:
    assert DOUBT not in deadline_part("dead since 5 o'clock on Monday, fixed by Friday")
    assert due("in panne depuis 14h, rétabli sous 48h") == datetime(2026, 11, 23, 9, 0, tzinfo=PARIS)


def test_a_long_note_is_read_at_once() -> None:
    began = time.perf_counter()
    for piece in ("twenty two ", "12.50 ", "17h à ", "lundi 30 de ", "after 5 days of ", "24 month "):
        read_deadline(piece * 2_000, SAID, PARIS, "FR")
    assert time.perf_counter() - began < 5
