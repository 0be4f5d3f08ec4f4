"""Money, days and lengths read as a native would write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from selfcare.domain.money import Money
from selfcare.i18n import load_words

LOCALE = Path(__file__).resolve().parents[3] / "resources" / "locale"
TODAY = date(2026, 11, 21)
ENGLISH, FRENCH = load_words("en", LOCALE), load_words("fr", LOCALE)


@pytest.mark.parametrize(
    ("value", "unit", "english", "french"),
    [
        ("45923.61", "EUR", "€45,923.61", "45\u202f923,61\xa0€"),
        ("-7.8", "GBP", "−£7.80", "−7,80\xa0£"),
        ("0", "EUR", "€0.00", "0,00\xa0€"),
        ("0.0045", "EUR", "€0.0045", "0,0045\xa0€"),
        ("12", "USD", "US$12.00", "12,00\xa0$US"),
    ],
)
def test_money(value: str, unit: str, english: str, french: str) -> None:
    amount = Money(Decimal(value), unit)
    assert ENGLISH.money(amount) == english
    assert FRENCH.money(amount) == french


def test_an_amount_that_was_not_stated_is_not_zero() -> None:
    assert ENGLISH.money(None) == "not stated"


def test_a_difference_shows_its_sign() -> None:
    assert ENGLISH.signed(Money(Decimal("2"), "EUR")) == "+€2.00"
    assert ENGLISH.signed(Money(Decimal("-4"), "EUR")) == "−€4.00"
    assert ENGLISH.signed(Money(Decimal("0"), "EUR")) == "€0.00"


def test_days_say_how_far_they_are() -> None:
    assert ENGLISH.day_far(date(2026, 11, 24), TODAY) == "Tue 24 Nov, in 3 days"
    assert ENGLISH.day_far(TODAY, TODAY) == "Sat 21 Nov, today"
    assert ENGLISH.day_far(date(2026, 11, 19), TODAY) == "Thu 19 Nov, 2 days ago"
    assert ENGLISH.day(date(2027, 1, 4), TODAY) == "Mon 4 Jan 2027"
    assert ENGLISH.day(date(2026, 9, 4), TODAY) == "Fri 4 Sept"


def test_an_instant_is_shown_in_the_operators_zone() -> None:
    moment = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)
    assert ENGLISH.instant(moment, ZoneInfo("Europe/Paris"), TODAY) == "Sat 21 Nov, 11:42"


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(), "0 minutes"),
        (timedelta(seconds=1), "less than a minute"),
        (timedelta(seconds=-59), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=71, minutes=59), "71 hours"),
        (timedelta(hours=72), "3 days"),
    ],
)
def test_lengths(span: timedelta, said: str) -> None:
    assert ENGLISH.length(span) == said


def test_an_unknown_language_is_english() -> None:
    assert load_words("xx", LOCALE).language == "en"


def test_a_french_sentence_ends_with_one_stop() -> None:
    assert FRENCH.tr("Free to leave from {day}.", day=FRENCH.day(date(2026, 11, 24), TODAY)).endswith("24 nov.")
    assert FRENCH.tr("“{said}”", said="On verra...") == "«\u202fOn verra...\u202f»"


def test_the_first_of_a_month_is_the_first_in_french() -> None:
    assert FRENCH.day(date(2026, 12, 1), TODAY) == "mar. 1er déc."
    assert FRENCH.long_day(date(2026, 12, 1)) == "mardi 1er décembre 2026"
    assert FRENCH.short_day(date(2026, 11, 21)) == "21 nov. 2026"


def test_a_currency_written_in_letters_stands_apart_from_its_amount() -> None:
    assert ENGLISH.money(Money(Decimal("19.99"), "CHF")) == "CHF\u00a019.99"
    assert ENGLISH.money(Money(Decimal("-19.99"), "SEK")) == "\u2212SEK\u00a019.99"
    assert ENGLISH.money(Money(Decimal("19.99"), "USD")) == "US$19.99"
