"""The worked British cases of the rules, each by its number."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.domain.money import Money
from selfcare.leaving.countries import gb
from selfcare.leaving.rules import parse_rules

RULES = parse_rules((Path(__file__).parents[3] / "resources" / "rules" / "gb.toml").read_bytes())
LONDON = ZoneInfo("Europe/London")
D = date


def pounds(text: str) -> Money:
    return Money(Decimal(text), "GBP")


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


def test_v01_a_code_lives_30_days() -> None:
    dates = gb.code_dates(D(2026, 11, 23), RULES)
    assert (dates.use_by, dates.dead_after) == (D(2026, 12, 22), D(2026, 12, 23))


def test_v01_the_operators_own_date_is_shown_and_compared() -> None:
    assert not gb.code_dates(D(2026, 11, 23), RULES, D(2026, 12, 22)).differs
    assert not gb.code_dates(D(2026, 11, 23), RULES, D(2026, 12, 23)).differs
    other = gb.code_dates(D(2026, 11, 23), RULES, D(2026, 12, 10))
    assert (other.use_by, other.differs) == (D(2026, 12, 10), True)


def test_v02_over_christmas() -> None:
    port = gb.port_day(at(12, 24, 10), RULES)
    assert (port.due, port.likely, port.hour) == (D(2026, 12, 29), D(2026, 12, 29), time(18, 0))


def test_after_17_00_it_is_likely_a_day_later() -> None:
    assert gb.port_day(at(11, 25, 16, 59), RULES).likely == D(2026, 11, 26)
    late = gb.port_day(at(11, 25, 17, 0), RULES)
    assert (late.due, late.likely) == (D(2026, 11, 26), D(2026, 11, 27))


def test_on_a_saturday_nobody_takes_it() -> None:
    port = gb.port_day(at(11, 21, 10), RULES)
    assert (port.due, port.likely) == (D(2026, 11, 23), D(2026, 11, 24))


def test_v04_a_business_waits_two_working_days() -> None:
    due = gb.code_due(at(12, 24, 9), RULES, is_business=True, by_phone=False)
    assert due.date() == D(2026, 12, 30)


def test_the_code_comes_in_a_minute_or_two_hours() -> None:
    asked = at(11, 23, 14, 5)
    assert gb.code_due(asked, RULES, is_business=False, by_phone=False) == at(11, 23, 14, 6)
    assert gb.code_due(asked, RULES, is_business=False, by_phone=True) == at(11, 23, 16, 5)


@pytest.mark.parametrize(
    ("numbers", "route"),
    [(1, gb.CodeRoute.TEXT), (2, gb.CodeRoute.ACCOUNT), (24, gb.CodeRoute.ACCOUNT), (25, gb.CodeRoute.BULK)],
)
def test_v05_how_many_numbers(numbers: int, route: gb.CodeRoute) -> None:
    assert gb.code_route(numbers, RULES, D(2026, 11, 21)) is route


def test_v06_the_operators_own_example() -> None:
    charge = gb.early_charge(pounds("45"), Decimal("6.5"), discount=pounds("10"), early_part=Decimal("0.02"))
    assert (charge.total, charge.without_vat) == (pounds("185.79"), pounds("189.58"))


def test_v07_for_a_business() -> None:
    assert gb.early_charge(pounds("45"), Decimal("6.5"), discount=pounds("10")).total == pounds("189.58")


def test_v09_rent_in_advance_comes_back() -> None:
    assert gb.rent_back(pounds("30"), D(2026, 12, 1), D(2026, 12, 31), D(2026, 12, 11)) == pounds("19.35")


def test_v10_the_window_of_the_end_notice() -> None:
    assert gb.end_notice_window(D(2027, 2, 15), RULES) == (D(2027, 1, 6), D(2027, 2, 5))


def test_v11_free_after_a_change() -> None:
    assert gb.free_exit_until(D(2026, 11, 21), RULES) == D(2026, 12, 21)
    assert gb.free_exit_until(D(2026, 12, 21), RULES) == D(2027, 1, 20)
    assert gb.free_exit_until(D(2027, 2, 1), RULES) == D(2027, 3, 1)


def test_v13_notice() -> None:
    assert gb.notice_ends(D(2026, 11, 21), RULES) == D(2026, 12, 21)
    assert gb.notice_ends(D(2026, 11, 21), RULES, (14, "day")) == D(2026, 12, 5)
    assert gb.notice_is_long(D(2026, 11, 21), RULES, (60, "day"))
    assert not gb.notice_is_long(D(2026, 11, 21), RULES, (1, "month"))


def test_v14_the_number_can_be_rescued() -> None:
    assert gb.rescue_until(D(2026, 11, 21), RULES) == D(2026, 12, 21)


@pytest.mark.parametrize(
    ("complaint", "ombudsman"),
    [(D(2026, 10, 12), D(2026, 11, 23)), (D(2025, 12, 1), D(2026, 1, 26))],
)
def test_v15_v17_the_ombudsman(complaint: date, ombudsman: date) -> None:
    assert gb.ombudsman_from(complaint, RULES) == ombudsman
    assert gb.ombudsman_from(complaint, RULES, deadlock=complaint + timedelta(days=3)) == complaint + timedelta(days=3)


def test_twelve_months_after_a_deadlock() -> None:
    assert gb.ombudsman_until(D(2026, 11, 21), RULES) == D(2027, 11, 21)


def test_v19_restored_before_the_second_working_day_ended() -> None:
    assert gb.late_repair(at(12, 23, 9), at(12, 29, 20), RULES) == pounds("0.00")


def test_a_day_later_and_another() -> None:
    assert gb.late_repair(at(12, 23, 9), at(12, 30, 8), RULES) == pounds("10.34")
    assert gb.late_repair(at(12, 23, 9), at(12, 31, 8), RULES) == pounds("20.68")


def test_v21_a_missed_visit() -> None:
    day = D(2026, 11, 21)
    assert gb.missed_visit(20, day, RULES) == pounds("32.31")
    assert gb.missed_visit(30, day, RULES) == pounds("0.00")
    assert gb.missed_visit(None, day, RULES) == pounds("32.31")


def test_v23_the_ban_on_locked_handsets() -> None:
    assert gb.must_be_unlocked(D(2021, 12, 16), RULES) is False
    assert gb.must_be_unlocked(D(2021, 12, 17), RULES) is True
    assert gb.must_be_unlocked(None, RULES) is None


def test_v24_rises_in_per_cent() -> None:
    assert gb.percent_rise_allowed(D(2025, 1, 16), RULES)
    assert not gb.percent_rise_allowed(D(2025, 1, 17), RULES)


def test_v26_a_decision_is_carried_out() -> None:
    assert gb.decision_due(D(2026, 12, 1), RULES) == D(2026, 12, 31)


def test_the_longest_commitment() -> None:
    assert not gb.commitment_is_long(D(2025, 1, 31), D(2027, 1, 31), RULES)
    assert gb.commitment_is_long(D(2025, 1, 31), D(2027, 2, 1), RULES)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 1), timezones=st.just(UTC))


@given(MOMENTS, MOMENTS)
def test_a_later_hand_over_never_moves_sooner(one: datetime, two: datetime) -> None:
    first, second = sorted(m.astimezone(LONDON) for m in (one, two))
    sooner, later = gb.port_day(first, RULES), gb.port_day(second, RULES)
    assert sooner.due <= later.due
    assert sooner.likely <= later.likely
    assert first.date() < sooner.due <= sooner.likely


@given(MOMENTS)
def test_handing_over_on_the_last_day_is_in_time(moment: datetime) -> None:
    port = gb.port_day(moment.astimezone(LONDON), RULES).likely
    day = gb.last_hand_over(port, RULES)
    assert gb.port_day(datetime.combine(day, time(16, 59), LONDON), RULES).likely == port


@given(st.decimals("0.01", "500", places=2), st.dates(D(2026, 1, 1), D(2026, 12, 31)), st.integers(0, 60))
def test_never_more_comes_back_than_was_paid(paid: Decimal, first: date, after: int) -> None:
    last = first + timedelta(days=30)
    back = gb.rent_back(Money(paid, "GBP"), first, last, first + timedelta(days=after))
    assert pounds("0") <= back <= Money(paid, "GBP")


@given(st.decimals("0", "200", places=2), st.decimals("0", "24", places=2))
def test_a_charge_is_never_negative_and_vat_only_takes_off(price: Decimal, months: Decimal) -> None:
    with_vat = gb.early_charge(Money(price, "GBP"), months, vat=Decimal(0)).total
    without = gb.early_charge(Money(price, "GBP"), months).total
    assert pounds("0") <= without <= with_vat


def test_a_period_that_ends_before_it_starts() -> None:
    with pytest.raises(ValueError):
        gb.rent_back(pounds("30"), D(2026, 12, 31), D(2026, 12, 1), D(2026, 12, 11))
