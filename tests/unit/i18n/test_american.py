"""English as it is said in the United States: words, days, hours, amounts; never inside what an operator said."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from selfcare.domain.money import Money
from selfcare.i18n.american import american, at_home_in
from tests import samples

US = at_home_in(samples.words(), "US")
NEW_YORK = ZoneInfo("America/New_York")


def test_words_change_and_place_holders_do_not() -> None:
    assert american("Keep the old Direct Debit.") == "Keep the old automatic payment."
    assert american("Direct Debit") == "Automatic payment"
    assert american("Operator’s own figure") == "Carrier’s own figure"
    assert american("{operator} is an operator") == "{operator} is a carrier"
    assert american("All instalments left") == "All installments left"
    assert american("The current one") == "The current one"


def test_a_fact_that_is_filled_in_stays_as_it_came() -> None:
    assert US.tr("{said} Its reason: {reason}", said="", reason="“Your handset”") == " Its reason: “Your handset”"


def test_days_hours_and_amounts() -> None:
    today = date(2026, 11, 21)
    assert US.day(date(2026, 11, 27), today) == "Fri, Nov 27"
    assert US.day(date(2027, 1, 4), today) == "Mon, Jan 4, 2027"
    assert US.short_day(date(2027, 6, 1)) == "Jun 1, 2027"
    assert [US.hour(time(h, 5)) for h in (0, 9, 12, 23)] == ["12:05 AM", "9:05 AM", "12:05 PM", "11:05 PM"]
    moment = datetime(2026, 11, 24, 23, 59, tzinfo=NEW_YORK)
    assert US.instant(moment, NEW_YORK, today) == "Tue, Nov 24, 11:59 PM"
    assert US.money(Money(Decimal(175), "USD")) == "$175.00"
    assert US.moment_pattern == "ddd, MMM d, yyyy h:mm AP"
    assert samples.words().moment_pattern == "ddd d MMM yyyy HH:mm"


def test_other_countries_and_languages_keep_theirs() -> None:
    british = samples.words()
    assert at_home_in(british, "GB") is british
    assert at_home_in(samples.words("fr"), "US").locale == "fr_FR"
