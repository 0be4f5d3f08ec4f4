"""What holds of British days and money whatever the day: order, working days, half pennies, nothing below nil."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from selfcare.domain import workdays as wd
from selfcare.domain.money import Money
from selfcare.leaving.countries import gb, gb_claims, gb_contract, gb_disputes, gb_landline
from selfcare.leaving.rules import parse_rules
from selfcare.leaving.workdays import whole_months_and_days

RULES = parse_rules((Path(__file__).parents[3] / "resources" / "rules" / "gb.toml").read_bytes())
LONDON = ZoneInfo("Europe/London")
D = date

quickly = settings(max_examples=100, deadline=None)
DAYS = st.dates(D(2026, 1, 1), D(2029, 6, 30))
TWO_DAYS = st.tuples(DAYS, DAYS).map(sorted)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 6, 30), timezones=st.just(UTC))
TWO_MOMENTS = st.tuples(MOMENTS, MOMENTS).map(sorted)
NATIONS = st.sampled_from(["GB-ENG", "GB-SCT", "GB-NIR"])
PRICES = st.decimals("0", "300", places=2)
PERIODS = st.none() | st.tuples(st.integers(0, 90), st.just("day")) | st.tuples(st.integers(0, 6), st.just("month"))


def pounds(value: Decimal) -> Money:
    return Money(value, "GBP")


def half_up(exact: Fraction) -> Decimal:
    return Decimal(floor(exact * 100 + Fraction(1, 2))) / 100


@quickly
@given(TWO_DAYS)
def test_a_later_code_dies_later_and_has_a_day_to_spare(days: list[date]) -> None:
    sooner, later = (gb.code_dates(day, RULES) for day in days)
    assert days[0] < sooner.use_by < sooner.dead_after
    assert (sooner.use_by <= later.use_by, sooner.dead_after <= later.dead_after) == (True, True)


@quickly
@given(TWO_MOMENTS, NATIONS)
def test_a_later_hand_over_never_moves_sooner(moments: list[datetime], nation: str) -> None:
    sooner, later = (gb.port_day(moment, RULES, nation) for moment in moments)
    assert sooner.due <= later.due
    assert sooner.likely <= later.likely
    assert gb.in_london(moments[0]).date() < sooner.due <= sooner.likely
    assert wd.is_working_day(sooner.due, nation)
    assert wd.is_working_day(sooner.likely, nation)


@quickly
@given(MOMENTS, NATIONS)
def test_handing_over_on_the_last_day_is_in_time(moment: datetime, nation: str) -> None:
    port = gb.port_day(moment, RULES, nation).likely
    day = gb.last_hand_over(port, RULES, nation)
    assert gb.port_day(datetime.combine(day, time(16, 59), LONDON), RULES, nation).likely == port


@quickly
@given(TWO_MOMENTS, st.booleans(), st.booleans(), NATIONS)
def test_a_code_asked_for_later_is_due_later(
    moments: list[datetime], is_business: bool, by_phone: bool, nation: str
) -> None:
    sooner, later = (
        gb.code_due(gb.in_london(m), RULES, is_business=is_business, by_phone=by_phone, calendar=nation)
        for m in moments
    )
    assert sooner.astimezone(UTC) <= later.astimezone(UTC)
    waits = sooner.astimezone(UTC) - moments[0]
    if is_business:
        assert wd.is_working_day(sooner.date(), nation)
        assert waits > timedelta(days=1)
    else:
        assert waits == (timedelta(hours=2) if by_phone else timedelta(minutes=1))


@quickly
@given(MOMENTS, st.integers(0, 400))
def test_hours_to_unlock_are_counted_on_the_instant(asked: datetime, hours: int) -> None:
    found = gb.unlock_due(gb.in_london(asked), RULES, (hours, "hour"))
    assert found.moment.astimezone(UTC) - asked == timedelta(hours=hours)
    assert not found.is_guess


@quickly
@given(MOMENTS, st.integers(1, 10), NATIONS)
def test_working_days_to_unlock_end_on_one(asked: datetime, days: int, nation: str) -> None:
    due = gb.in_london(gb.unlock_due(asked, RULES, (days, "working day"), nation).moment)
    assert wd.is_working_day(due.date(), nation)
    assert due > asked
    assert (due.hour, due.minute) == (23, 59)


@quickly
@given(TWO_DAYS, PERIODS)
def test_notice_never_ends_before_it_was_received(days: list[date], stated: tuple[int, str] | None) -> None:
    sooner, later = (gb.notice_ends(day, RULES, stated) for day in days)
    assert days[0] <= sooner <= later


@quickly
@given(DAYS, st.integers(0, 90), st.integers(0, 90))
def test_longer_notice_is_never_less_long(received: date, one: int, two: int) -> None:
    shorter, longer = sorted((one, two))
    if gb.notice_is_long(received, RULES, (shorter, "day")):
        assert gb.notice_is_long(received, RULES, (longer, "day"))


@quickly
@given(TWO_DAYS)
def test_doors_open_before_they_close_and_close_in_order(days: list[date]) -> None:
    assert days[0] < gb.free_exit_until(days[0], RULES) <= days[0] + timedelta(days=30)
    assert gb.free_exit_until(days[0], RULES) <= gb.free_exit_until(days[1], RULES)
    assert days[0] < gb.rescue_until(days[0], RULES) <= gb.rescue_until(days[1], RULES)
    first, last = gb_contract.end_notice_window(days[0], RULES)
    assert first < last < days[0]


@quickly
@given(
    PRICES,
    st.decimals("0", "24", places=2),
    st.decimals("0", "100", places=2),
    st.decimals("0", "1", places=2),
    st.sampled_from([Decimal(0), Decimal("0.20")]),
)
def test_a_charge_is_the_exact_sum_half_up_and_never_negative(
    price: Decimal, months: Decimal, discount: Decimal, part: Decimal, vat: Decimal
) -> None:
    charge = gb.early_charge(pounds(price), months, discount=pounds(discount), vat=vat, early_part=part)
    net = max(Fraction(price) - Fraction(discount), Fraction(0)) * Fraction(months) / (1 + Fraction(vat))
    assert charge.without_vat.value == half_up(net)
    assert charge.total.value == half_up(net * (1 - Fraction(part)))
    assert 0 <= charge.total.value <= charge.without_vat.value


@quickly
@given(PRICES, st.decimals("0", "24", places=2), PRICES, st.booleans())
def test_saved_costs_only_take_off(price: Decimal, months: Decimal, saved: Decimal, again: bool) -> None:
    plain = gb.early_charge(pounds(price), months, vat_readded=again).total
    less = gb.early_charge(pounds(price), months, saved_each_month=pounds(saved), vat_readded=again).total
    assert pounds(Decimal(0)) <= less <= plain


@quickly
@given(PRICES, DAYS, st.integers(0, 740), st.integers(0, 740))
def test_a_charge_never_rises_as_the_day_moves_on(price: Decimal, ends: date, one: int, two: int) -> None:
    charges = []
    for before in sorted((one, two), reverse=True):
        months, days, length = whole_months_and_days(ends - timedelta(days=before), ends)
        charges.append(gb.early_charge(pounds(price), months + Decimal(days) / length).total)
    assert charges[0] >= charges[1]
    assert gb.early_charge(pounds(price), Decimal(0)).total.is_zero


@quickly
@given(PRICES, DAYS, st.integers(0, 400), st.integers(-40, 440), st.integers(0, 60))
def test_never_more_comes_back_than_was_paid_and_less_with_every_day(
    paid: Decimal, first: date, length: int, gone: int, more: int
) -> None:
    last = first + timedelta(days=length)
    left = first + timedelta(days=gone)
    back = gb.rent_back(pounds(paid), first, last, left)
    unused = min(max(length - gone, 0), length + 1)
    assert back.value == half_up(Fraction(paid) * unused / (length + 1))
    assert gb.rent_back(pounds(paid), first, last, left + timedelta(days=more)) <= back <= pounds(paid)


@quickly
@given(MOMENTS, st.integers(0, 20_000), st.integers(0, 20_000), NATIONS)
def test_a_longer_fault_is_never_worth_less(reported: datetime, one: int, two: int, nation: str) -> None:
    minutes = sorted((one, two))
    sooner, later = (gb_claims.late_repair(reported, reported + timedelta(minutes=m), RULES, nation) for m in minutes)
    assert sooner is not None
    assert later is not None
    assert sooner.total is not None
    assert later.total is not None
    assert pounds(Decimal(0)) <= sooner.total <= later.total
    second = wd.after_working_days(gb.in_london(reported).date(), 2, nation)
    assert (later.count > 0) is (
        reported + timedelta(minutes=minutes[1]) > gb.end_of_day(second) + timedelta(seconds=1)
    )
    if later.count:
        assert later.first == second
        assert later.last == second + timedelta(days=later.count - 1)


@quickly
@given(TWO_DAYS, st.integers(0, 60))
def test_a_later_start_and_a_later_switch_are_worth_more(days: list[date], more: int) -> None:
    due, done = days
    longer = done + timedelta(days=more)
    one, two = gb_claims.late_start(due, done, RULES), gb_claims.late_start(due, longer, RULES)
    assert one is not None
    assert two is not None
    assert one.each == two.each
    assert two.count - one.count == more
    assert one.total == (one.each or pounds(Decimal(0))) * (done - due).days
    switch = gb_claims.late_switch(due, done, RULES)
    assert switch.count == (done - due).days
    assert (switch.first is None) is (done <= due)


@quickly
@given(st.dates(D(2019, 4, 1), D(2029, 12, 31)), st.sampled_from(gb_claims.Fault))
def test_one_rate_holds_on_every_day_and_never_falls(day: date, fault: gb_claims.Fault) -> None:
    assert sum(rule.id == fault and rule.holds_on(day) for rule in RULES.rules) == 1
    today, tomorrow = (gb_claims.rate_of(fault, d, RULES) for d in (day, day + timedelta(days=1)))
    assert today is not None
    assert tomorrow is not None
    assert today.amount <= tomorrow.amount
    assert (today.amount == tomorrow.amount) or (day.month, day.day) == (3, 31)


@quickly
@given(DAYS, NATIONS, st.integers(0, 15))
def test_what_promises_working_days_ends_on_one(day: date, nation: str, stated: int) -> None:
    assert wd.is_working_day(gb_landline.service_back_by(day, RULES, nation), nation)
    assert wd.is_working_day(gb_disputes.decision_due(day, RULES, nation), nation)
    told = gb_claims.debit_told_by(day, RULES, stated, nation)
    assert told <= day
    if stated:
        assert wd.is_working_day(told, nation)
        assert wd.after_working_days(told, stated, nation) == wd.same_or_next_working_day(day, nation)


@quickly
@given(TWO_DAYS, st.none() | DAYS)
def test_the_way_to_the_ombudsman_opens_in_order(days: list[date], deadlock: date | None) -> None:
    assume((days[0] < D(2026, 4, 8)) == (days[1] < D(2026, 4, 8)))
    sooner, later = (gb_disputes.ombudsman_from(day, RULES, deadlock) for day in days)
    assert sooner <= later
    assert days[0] <= sooner <= gb_disputes.ombudsman_from(days[0], RULES)


@quickly
@given(TWO_DAYS)
def test_proof_is_kept_longer_outside_scotland(days: list[date]) -> None:
    assert days[0] < gb_disputes.keep_proof_until(days[0], RULES, "GB-SCT")
    for nation in ("GB-ENG", "GB-NIR"):
        kept = gb_disputes.keep_proof_until(days[0], RULES, nation)
        assert gb_disputes.keep_proof_until(days[0], RULES, "GB-SCT") < kept
        assert kept <= gb_disputes.keep_proof_until(days[1], RULES, nation)


@quickly
@given(PRICES, PRICES, PRICES, TWO_DAYS)
def test_a_promise_of_a_higher_rise_never_frees(rise: Decimal, one: Decimal, two: Decimal, days: list[date]) -> None:
    found = [
        gb_contract.check_rise(pounds(rise), days[1], days[0], RULES, concluded=D(2025, 6, 1), stated=pounds(stated))
        for stated in sorted((one, two))
    ]
    assert found[0].free_until is not None or found[1].free_until is None
    assert all((f.fault is gb_contract.RiseFault.NONE) is (f.free_until is None) for f in found)
