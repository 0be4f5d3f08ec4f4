"""Numbers of several words are read as a whole or not at all: never by their last word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfcare.case.deadlines import Term, Unit
from selfcare.case.spoken_days import read_deadline
from selfcare.case.spoken_numbers import number_in

PARIS = ZoneInfo("Europe/Paris")
SAID = datetime(2026, 11, 21, 9, 0, tzinfo=PARIS)

ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: E501, SIM905
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
UNITS = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf".split()  # noqa: E501, SIM905
DIZAINES = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}


def english(number: int) -> Iterator[str]:
    if number >= 100:
        for hundred in ("a hundred", "one hundred", "hundred"):
            rests = list(english(number - 100)) if number > 100 else [""]
            for rest in rests:
                yield from {f"{hundred} {rest}".strip(), f"{hundred} and {rest}" if rest else hundred}
    elif number < 20:
        yield ONES[number - 1]
    else:
        tens, one = TENS[number // 10 - 2], number % 10
        yield from (f"{tens}-{ONES[one - 1]}", f"{tens} {ONES[one - 1]}") if one else (tens,)


def french(number: int) -> Iterator[str]:
    if number >= 100:
        yield from (f"cent {rest}" for rest in french(number - 100)) if number > 100 else ("cent",)
    elif number < 20:
        yield UNITS[number - 1]
    elif number == 80:
        yield from ("quatre-vingts", "quatre-vingt")
    else:
        base = number // 10 * 10 if number < 70 else 60 if number < 80 else 80
        tens, rest = DIZAINES[base], number - base
        if not rest:
            yield tens
        elif rest in {1, 11} and base != 80:
            yield from (f"{tens} et {UNITS[rest - 1]}", f"{tens}-et-{UNITS[rest - 1]}")
        else:
            yield from (f"{tens}-{UNITS[rest - 1]}", f"{tens} {UNITS[rest - 1]}".replace("-", " "))


@pytest.mark.parametrize("number", range(1, 200))
def test_every_number_to_199_is_read_as_it_is_written_in_both_languages(number: int) -> None:
    for said in english(number):
        assert read_deadline(f"within {said} hours", SAID, PARIS) == Term(Unit.HOURS, number), said
        assert read_deadline(f"in {said} working days", SAID, PARIS) == Term(Unit.WORKING_DAYS, number), said
    for said in french(number):
        if number > 1:
            assert read_deadline(f"sous {said} heures", SAID, PARIS, "FR") == Term(Unit.HOURS, number), said
        assert read_deadline(f"sous {said} jours ouvrés", SAID, PARIS, "FR") == Term(Unit.WORKING_DAYS, number), said
        assert read_deadline(f"dans {said.replace('-', ' ')} jours", SAID, PARIS) == Term(Unit.DAYS, number), said


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("two hundred", 200), ("neuf cent quatre-vingt-dix-neuf", 999), ("deux cents", 200), ("septante-deux", 72),
        ("nonante et un", 91), ("octante", 80), ("seventy and two", None), ("cent et vingt", None),
        ("vingt deux trois", None),
        ("dix deux", None), ("sixty eleven", None), ("two thousand", None), ("vingt et deux", None), ("", None),
    ],
)  # fmt: skip
def test_what_is_a_number_and_what_is_none(words: str, number: int | None) -> None:
    assert number_in(words) == number


@pytest.mark.parametrize(
    "words",
    [
        "deux trois jours", "cent et vingt heures", "seventy and two hours", "mille deux heures", "2 hundred hours",
        "two thousand three hours", "1 000 heures", "1,000 hours", "sixty eleven days",
    ],
)  # fmt: skip
def test_words_that_say_no_number_together_are_asked_about(words: str) -> None:
    assert read_deadline(words, SAID, PARIS, "FR").unit is Unit.UNCLEAR


NUMBER_WORDS = [*ONES, *TENS, *UNITS, *DIZAINES.values(), "hundred", "cent", "mille", "thousand", "and", "et"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(NUMBER_WORDS), min_size=2, max_size=5), st.sampled_from(" -"))
def test_a_run_of_number_words_is_never_read_as_less_than_it_says(parts: list[str], gap: str) -> None:
    words = gap.join(parts)
    term = read_deadline(f"within {words} days", SAID, PARIS)
    whole = number_in(words.replace("-", " "))
    if whole is not None:
        assert term in {Term(Unit.DAYS, whole), Term(Unit.UNCLEAR)}
    elif not {"and", "et", "un"} & set(parts):  # "un" is an article as well: "dans un trois mois" takes nothing off
        assert term.unit is Unit.UNCLEAR
