"""A day is never torn between its number and its month, however either language writes it."""

from __future__ import annotations

from datetime import date

import pytest

from selfcare.i18n.american import at_home_in
from selfcare.i18n.whole_days import whole_days, whole_words, whole_years
from selfcare.i18n.words import Words
from tests import samples

ENGLISH, FRENCH = samples.words(), samples.words("fr")


@pytest.mark.parametrize("words", [ENGLISH, FRENCH, at_home_in(ENGLISH, "US")], ids=("en", "fr", "us"))
@pytest.mark.parametrize("month", range(1, 13))
def test_no_day_of_any_month_is_torn(words: object, month: int) -> None:
    for day in (date(2026, month, 1), date(2026, month, 28)):
        for written in (words.day(day), words.short_day(day), words.long_day(day), words.written_day(day)):  # type: ignore[attr-defined]
            parts = whole_days(f"Due {written}, 10:00.").split(" ")
            assert any("\u00a0" in part for part in parts), written
            assert whole_days(written).replace("\u00a0", " ") == written


@pytest.mark.parametrize("said", ["Marc 12", "12 marches", "Due at 10:30", "1.12 Oct", "3 days", "December 10:30"])
def test_what_is_no_day_is_left_alone(said: str) -> None:
    assert whole_days(said) == said


@pytest.mark.parametrize("written", ["jeu. 12 nov. 2026", "dim. 1er févr.", "Mon 5 Oct"])
def test_a_weekday_is_not_torn_from_its_day(written: str) -> None:
    assert whole_days(f"le {written} !").split(" ")[1].replace("\u00a0", " ") == written.removesuffix(" 2026")


@pytest.mark.parametrize("words", [ENGLISH, FRENCH, at_home_in(ENGLISH, "US")], ids=("en", "fr", "us"))
@pytest.mark.parametrize("month", range(1, 13))
def test_no_year_stands_alone_on_the_line_of_a_title(words: Words, month: int) -> None:
    for written in (words.short_day(date(2027, month, 28)), words.written_day(date(2027, month, 28))):
        assert "2027" not in whole_years(whole_days(f"Free from {written}")).replace(",", "").split(" "), written


def test_the_end_of_a_masked_number_stays_with_its_dots() -> None:
    assert whole_words("Direct Debit ···· 7731") == "Direct Debit ····\u00a07731"


@pytest.mark.parametrize("rule", ["FR-DUR-03", "UK-CTR-04", "US-ST-01-VOICEMAIL"])
def test_the_number_of_a_rule_is_never_torn_and_other_numbers_are_left_alone(rule: str) -> None:
    assert whole_words(f"{rule} · law") == f"{rule} · law".replace("-", "\u2011")
    for other in ("B-2026-11", "AG4471-1", "UK-only", f"X{rule}"):
        assert whole_words(other) == other
