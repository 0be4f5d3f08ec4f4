"""The worked British cases of codes, days and charges, each by its number, and others that were not printed."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from selfcare.domain.money import Money
from selfcare.leaving.countries import gb
from selfcare.leaving.rules import parse_rules

RULES = parse_rules((Path(__file__).parents[3] / "resources" / "rules" / "gb.toml").read_bytes())
LONDON = ZoneInfo("Europe/London")
D = date


def pounds(text: str) -> Money:
    return Money(Decimal(text), "GBP")


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


def test_v01_a_code_lives_30_days() -> None:
    dates = gb.code_dates(D(2026, 11, 23), RULES)
    assert (dates.use_by, dates.dead_after) == (D(2026, 12, 22), D(2026, 12, 23))


def test_v01_the_operators_own_date_is_shown_and_compared() -> None:
    assert not gb.code_dates(D(2026, 11, 23), RULES, D(2026, 12, 22)).differs
    assert not gb.code_dates(D(2026, 11, 23), RULES, D(2026, 12, 23)).differs
    other = gb.code_dates(D(2026, 11, 23), RULES, D(2026, 12, 10))
    assert (other.use_by, other.differs) == (D(2026, 12, 10), True)


def test_a_code_over_a_leap_day() -> None:
    assert gb.code_dates(D(2028, 2, 1), RULES).dead_after == D(2028, 3, 2)
    assert gb.code_dates(D(2027, 2, 1), RULES).dead_after == D(2027, 3, 3)


@pytest.mark.parametrize(
    ("calendar", "handed_over", "due"),
    [
        ("", at(12, 24, 10), D(2026, 12, 29)),
        ("GB-ENG", at(11, 27, 10), D(2026, 11, 30)),
        ("GB-SCT", at(11, 27, 10), D(2026, 12, 1)),
        ("GB-SCT", at(12, 31, 10), D(2027, 1, 5)),
        ("GB-ENG", at(12, 31, 10), D(2027, 1, 4)),
        ("GB-NIR", at(3, 16, 10, year=2027), D(2027, 3, 18)),
        ("GB-ENG", at(3, 16, 10, year=2027), D(2027, 3, 17)),
        ("GB-NIR", at(7, 9, 10, year=2027), D(2027, 7, 13)),
        ("GB-SCT", at(3, 25, 10, year=2027), D(2027, 3, 29)),
        ("GB-ENG", at(3, 25, 10, year=2027), D(2027, 3, 30)),
    ],
)
def test_v02_a_number_moves_on_the_next_working_day_of_a_nation(
    calendar: str, handed_over: datetime, due: date
) -> None:
    port = gb.port_day(handed_over, RULES, calendar)
    assert (port.due, port.likely, port.hour) == (due, due, time(18, 0))


def test_after_17_00_it_is_likely_a_day_later() -> None:
    assert gb.port_day(at(11, 25, 16, 59), RULES).likely == D(2026, 11, 26)
    late = gb.port_day(at(11, 25, 17, 0), RULES)
    assert (late.due, late.likely) == (D(2026, 11, 26), D(2026, 11, 27))


def test_the_clock_of_the_united_kingdom_counts() -> None:
    summer = datetime(2026, 6, 17, 16, 30, tzinfo=UTC)
    assert gb.port_day(summer, RULES).likely == D(2026, 6, 19)
    assert gb.port_day(datetime(2026, 6, 17, 17, 30, tzinfo=ZoneInfo("Europe/Paris")), RULES).likely == D(2026, 6, 18)
    assert gb.port_day(datetime(2026, 6, 17, 23, 30, tzinfo=UTC), RULES).due == D(2026, 6, 19)


def test_on_a_saturday_nobody_takes_it() -> None:
    port = gb.port_day(at(11, 21, 10), RULES)
    assert (port.due, port.likely) == (D(2026, 11, 23), D(2026, 11, 24))


def test_the_last_day_to_hand_a_code_over() -> None:
    assert gb.last_hand_over(D(2026, 12, 29), RULES) == D(2026, 12, 24)
    assert gb.last_hand_over(D(2026, 12, 1), RULES, "GB-SCT") == D(2026, 11, 27)


def test_v04_a_business_waits_two_working_days() -> None:
    due = gb.code_due(at(12, 24, 9), RULES, is_business=True, by_phone=False)
    assert due == datetime(2026, 12, 30, 23, 59, 59, tzinfo=LONDON)
    in_scotland = gb.code_due(at(11, 27, 9), RULES, is_business=True, by_phone=False, calendar="GB-SCT")
    assert in_scotland.date() == D(2026, 12, 2)


def test_a_business_that_asks_after_midnight_in_london_asks_on_that_day() -> None:
    asked = datetime(2026, 6, 16, 23, 30, tzinfo=UTC)
    due = gb.code_due(asked, RULES, is_business=True, by_phone=False)
    assert due == datetime(2026, 6, 19, 23, 59, 59, tzinfo=LONDON)
    assert due.tzinfo is UTC


def test_the_code_comes_in_a_minute_or_two_hours() -> None:
    asked = at(11, 23, 14, 5)
    assert gb.code_due(asked, RULES, is_business=False, by_phone=False) == at(11, 23, 14, 6)
    assert gb.code_due(asked, RULES, is_business=False, by_phone=True) == at(11, 23, 16, 5)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        (at(3, 28, 0, 30, year=2027), "2027-03-28T03:30:00+01:00"),
        (at(10, 25, 0, 30), "2026-10-25T01:30:00+00:00"),
        (at(10, 25, 1, 30).replace(fold=1), "2026-10-25T03:30:00+00:00"),
    ],
)
def test_two_hours_are_two_hours_when_the_clocks_change(asked: datetime, shown: str) -> None:
    assert gb.code_due(asked, RULES, is_business=False, by_phone=True).isoformat() == shown


def test_a_minute_over_the_change_of_the_clocks() -> None:
    due = gb.code_due(at(3, 28, 0, 59, year=2027), RULES, is_business=False, by_phone=False)
    assert due.isoformat() == "2027-03-28T02:00:00+01:00"


@pytest.mark.parametrize(
    ("numbers", "route"),
    [
        (1, gb.CodeRoute.TEXT),
        (2, gb.CodeRoute.ACCOUNT),
        (24, gb.CodeRoute.ACCOUNT),
        (25, gb.CodeRoute.BULK),
        (400, gb.CodeRoute.BULK),
    ],
)
def test_v05_how_many_numbers(numbers: int, route: gb.CodeRoute) -> None:
    assert gb.code_route(numbers, RULES, D(2026, 11, 21)) is route


def test_v06_the_operators_own_example() -> None:
    charge = gb.early_charge(pounds("45"), Decimal("6.5"), discount=pounds("10"), early_part=Decimal("0.02"))
    assert (charge.total, charge.without_vat) == (pounds("185.79"), pounds("189.58"))


def test_v07_for_a_business() -> None:
    assert gb.early_charge(pounds("45"), Decimal("6.5"), discount=pounds("10")).total == pounds("189.58")


def test_saved_costs_come_off_last_and_vat_may_come_back() -> None:
    saved = gb.early_charge(pounds("24"), Decimal(10), early_part=Decimal("0.05"), saved_each_month=pounds("1.50"))
    assert (saved.total, saved.without_vat) == (pounds("175.00"), pounds("200.00"))
    again = gb.early_charge(
        pounds("24"), Decimal(10), early_part=Decimal("0.05"), saved_each_month=pounds("1.50"), vat_readded=True
    )
    assert again.total == pounds("210.00")


def test_a_charge_is_never_negative() -> None:
    assert gb.early_charge(pounds("10"), Decimal(3), saved_each_month=pounds("9")).total == pounds("0.00")
    assert gb.early_charge(pounds("10"), Decimal(3), discount=pounds("12")).total == pounds("0.00")
    assert gb.early_charge(pounds("10"), Decimal("-0.5")).total == pounds("0.00")


def test_half_a_penny_is_owed_as_a_penny() -> None:
    assert gb.early_charge(pounds("0.03"), Decimal("0.5"), vat=Decimal(0)).total == pounds("0.02")
    assert gb.rent_back(pounds("0.01"), D(2026, 12, 1), D(2026, 12, 2), D(2026, 12, 1)) == pounds("0.01")


@pytest.mark.parametrize(
    ("paid", "first", "last", "gone", "back"),
    [
        ("30", D(2026, 12, 1), D(2026, 12, 31), D(2026, 12, 11), "19.35"),
        ("29", D(2028, 2, 1), D(2028, 2, 29), D(2028, 2, 28), "1.00"),
        ("28", D(2027, 2, 1), D(2027, 2, 28), D(2027, 2, 28), "0.00"),
        ("30", D(2026, 12, 1), D(2026, 12, 31), D(2027, 1, 5), "0.00"),
        ("30", D(2026, 12, 1), D(2026, 12, 31), D(2026, 11, 30), "30.00"),
        ("30", D(2026, 12, 1), D(2026, 12, 31), D(2026, 11, 1), "30.00"),
    ],
)
def test_v09_rent_in_advance_comes_back(paid: str, first: date, last: date, gone: date, back: str) -> None:
    assert gb.rent_back(pounds(paid), first, last, gone) == pounds(back)


def test_a_period_that_ends_before_it_starts() -> None:
    with pytest.raises(ValueError):
        gb.rent_back(pounds("30"), D(2026, 12, 31), D(2026, 12, 1), D(2026, 12, 11))


@pytest.mark.parametrize(
    ("told", "until"),
    [
        (D(2026, 11, 21), D(2026, 12, 21)),
        (D(2026, 12, 21), D(2027, 1, 20)),
        (D(2027, 2, 1), D(2027, 3, 1)),
        (D(2028, 1, 31), D(2028, 2, 29)),
        (D(2027, 1, 31), D(2027, 2, 28)),
        (D(2028, 2, 29), D(2028, 3, 29)),
    ],
)
def test_v11_free_after_a_change(told: date, until: date) -> None:
    assert gb.free_exit_until(told, RULES) == until


def test_v13_notice() -> None:
    assert gb.notice_ends(D(2026, 11, 21), RULES) == D(2026, 12, 21)
    assert gb.notice_ends(D(2026, 11, 21), RULES, (14, "day")) == D(2026, 12, 5)
    assert gb.notice_ends(D(2027, 1, 31), RULES, (1, "month")) == D(2027, 2, 28)


@pytest.mark.parametrize(
    ("received", "stated", "is_long"),
    [
        (D(2026, 11, 21), (60, "day"), True),
        (D(2026, 11, 21), (2, "month"), True),
        (D(2026, 11, 21), (1, "month"), False),
        (D(2026, 11, 21), (31, "day"), True),
        (D(2026, 12, 21), (31, "day"), False),
        (D(2027, 2, 1), (30, "day"), False),
        (D(2027, 2, 1), (31, "day"), True),
        (D(2027, 1, 31), None, False),
    ],
)
def test_notice_of_more_than_a_month(received: date, stated: tuple[int, str] | None, is_long: bool) -> None:
    assert gb.notice_is_long(received, RULES, stated) is is_long


def test_v14_the_number_can_be_rescued() -> None:
    assert gb.rescue_until(D(2026, 11, 21), RULES) == D(2026, 12, 21)
    assert gb.rescue_until(D(2028, 1, 31), RULES) == D(2028, 2, 29)


def test_v23_the_ban_on_locked_handsets() -> None:
    assert gb.must_be_unlocked(D(2021, 12, 16), RULES) is False
    assert gb.must_be_unlocked(D(2021, 12, 17), RULES) is True
    assert gb.must_be_unlocked(None, RULES) is None


def test_pr_v04_an_unlock_promised_in_clock_hours() -> None:
    asked = at(11, 27, 16)
    assert gb.unlock_due(asked, RULES, (48, "hour")) == gb.UnlockDue(at(11, 29, 16), is_guess=False)
    assert gb.unlock_due(asked, RULES) == gb.UnlockDue(at(11, 29, 16), is_guess=True)


def test_an_unlock_promised_in_working_days_or_over_the_change_of_the_clocks() -> None:
    assert gb.unlock_due(at(11, 27, 16), RULES, (2, "working day")).moment.date() == D(2026, 12, 1)
    assert gb.unlock_due(at(11, 27, 16), RULES, (2, "working day"), "GB-SCT").moment.date() == D(2026, 12, 2)
    assert gb.unlock_due(at(11, 27, 16), RULES, (2, "day")).moment == datetime(2026, 11, 29, 23, 59, 59, tzinfo=LONDON)
    spring = gb.unlock_due(at(3, 27, 16, year=2027), RULES, (24, "hour")).moment
    assert spring.isoformat() == "2027-03-28T17:00:00+01:00"
    autumn = gb.unlock_due(at(10, 24, 16), RULES, (24, "hour")).moment
    assert autumn.isoformat() == "2026-10-25T15:00:00+00:00"


def test_half_a_penny_of_a_charge_is_not_lost_by_the_division() -> None:
    """67.85 x 20 / 1.2 is 1130.8333…; less 97 per cent of it 33.925 is left, half up 33.93 (CV-8)."""
    charge = gb.early_charge(
        Money(Decimal("67.85"), "GBP"), Decimal(20), vat=Decimal("0.20"), early_part=Decimal("0.97")
    )
    assert charge.total.value == Decimal("33.93")
