"""What holds of every American date and amount, whatever the day, the carrier or the contract."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from selfcare.domain.money import Money
from selfcare.domain.workdays import holidays_of, is_working_day
from selfcare.leaving.carriers import Carrier
from selfcare.leaving.countries import us, us_costs, us_rights
from selfcare.leaving.rules import parse_rules

RULES = parse_rules((Path(__file__).parents[3] / "resources" / "rules" / "us.toml").read_bytes())
NEW_YORK = ZoneInfo("America/New_York")
FEW = settings(max_examples=100, deadline=None)
FIRST, LAST = date(2026, 1, 20), date(2030, 11, 30)

DAYS = st.dates(FIRST, LAST)
MOMENTS = st.datetimes(datetime(2026, 1, 20), datetime(2030, 11, 30), timezones=st.just(UTC)).map(
    lambda m: m.astimezone(NEW_YORK)
)
AMOUNTS = st.decimals("0", "500", places=2).map(lambda value: Money(value, "USD"))
OWN = st.none() | st.frozensets(st.dates(date(2026, 11, 1), date(2026, 12, 31)), max_size=12)
NEAR = st.datetimes(datetime(2026, 10, 25), datetime(2026, 12, 31), timezones=st.just(UTC)).map(
    lambda m: m.astimezone(NEW_YORK)
)


@given(NEAR, NEAR, OWN)
@FEW
def test_a_later_request_never_moves_a_number_sooner(one: datetime, two: datetime, own: frozenset[date] | None) -> None:
    first, second = sorted((one, two), key=lambda m: m.timestamp())
    sooner, later = us.simple_port(first, RULES, own), us.simple_port(second, RULES, own)
    assert sooner.counted <= later.counted
    assert sooner.opens <= later.opens
    assert sooner.due <= later.due
    days = sorted((one.date(), two.date()))
    assert us.nonsimple_port_due(days[0], RULES, own) <= us.nonsimple_port_due(days[1], RULES, own)


@given(MOMENTS, OWN, st.none() | DAYS)
@FEW
def test_a_port_counts_and_is_due_on_business_days(
    received: datetime, own: frozenset[date] | None, wanted: date | None
) -> None:
    port = us.simple_port(received, RULES, own, wanted)
    assert is_working_day(port.counted, "US", own)
    assert is_working_day(port.due, "US", own)
    assert received.date() <= port.counted < port.due
    assert received < port.opens
    assert port.opens.time() == time()
    assert port.opens.date() <= port.due
    due = us.nonsimple_port_due(received.date(), RULES, own, wanted)
    assert is_working_day(due, "US", own)
    assert due >= us.nonsimple_port_due(received.date(), RULES, own)


@given(DAYS, st.times(), OWN)
@FEW
def test_13_00_is_the_only_hour_that_matters(day: date, hour: time, own: frozenset[date] | None) -> None:
    port = us.simple_port(datetime.combine(day, hour, NEW_YORK), RULES, own)
    assert (port.counted == day) == (is_working_day(day, "US", own) and hour <= time(13))


@given(DAYS)
@FEW
def test_a_carrier_with_the_federal_holidays_as_its_own_changes_nothing(day: date) -> None:
    own = holidays_of("US", day.year) | holidays_of("US", day.year + 1)
    assert us.nonsimple_port_due(day, RULES, own) == us.nonsimple_port_due(day, RULES)
    assert us.unlock_answer_due(day, RULES, own) == us.unlock_answer_due(day, RULES)


@given(MOMENTS)
@FEW
def test_hours_are_hours_on_the_clock(moment: datetime) -> None:
    assert us.wireless_port_likely(moment, RULES).timestamp() - moment.timestamp() == 9000
    answer = us_rights.voicemail_answer_due(moment, "CA", RULES)
    assert answer is not None
    assert answer.first <= answer.last
    assert moment.timestamp() + 24 * 3600 in {answer.first.timestamp(), answer.last.timestamp()}


@given(DAYS, st.sampled_from(Carrier), st.booleans(), st.booleans())
@FEW
def test_a_pin_made_in_time_lives_at_the_hand_over(
    hand_over: date, carrier: Carrier, is_business: bool, is_prepaid: bool
) -> None:
    made = us.pin_not_before(hand_over, carrier, RULES, is_business=is_business, is_prepaid=is_prepaid)
    life = us.pin_life(made, carrier, RULES, is_business=is_business, is_prepaid=is_prepaid)
    assert life.last_day in {None, hand_over}
    day_before = us.pin_life(made - timedelta(days=1), carrier, RULES, is_business=is_business, is_prepaid=is_prepaid)
    assert day_before.last_day is None or day_before.last_day < hand_over


@given(
    st.sampled_from(Carrier), st.dates(date(2025, 6, 1), LAST), st.booleans(), st.integers(0, 400), st.integers(0, 90)
)
@FEW
def test_an_unlock_day_is_never_before_the_handset_was_used_or_paid(
    carrier: Carrier, activated: date, is_prepaid: bool, paid_after: int, unpaid: int
) -> None:
    paid_off = activated + timedelta(days=paid_after)
    found = us.unlock_day(us.Handset(carrier, activated, is_prepaid, paid_off, unpaid), RULES)
    assert found.day is not None
    assert found.day >= activated
    if not is_prepaid and carrier is not Carrier.VERIZON_BRAND and not found.is_automatic:
        assert found.day >= paid_off
    owing = us.unlock_day(us.Handset(carrier, activated, is_prepaid, None, unpaid), RULES)
    assert owing.day is None or owing.day == found.day
    punctual = us.unlock_day(us.Handset(carrier, activated, is_prepaid, paid_off), RULES).day
    assert punctual is not None
    assert punctual <= found.day


@given(AMOUNTS, AMOUNTS, st.integers(-3, 60))
@FEW
def test_a_fee_is_never_negative_and_never_rises(base: Money, step: Money, months: int) -> None:
    now, later = us_costs.early_fee(base, step, months), us_costs.early_fee(base, step, months + 1)
    assert Money(Decimal(0), "USD") <= later <= now <= base


@given(AMOUNTS, AMOUNTS, DAYS, st.none() | st.integers(0, 900), st.integers(0, 900), st.integers(0, 40))
@FEW
def test_after_the_trial_a_fee_only_falls(
    base: Money, step: Money, started: date, lasts: int | None, after: int, more: int
) -> None:
    ends = None if lasts is None else started + timedelta(days=lasts)
    terms = us_costs.FeeTerms(base, step, started, ends)
    day = us_costs.trial_until(started, RULES) + timedelta(days=1 + after)
    now = us_costs.early_fee_on(terms, day)
    later = us_costs.early_fee_on(terms, day + timedelta(days=more))
    assert Money(Decimal(0), "USD") <= later <= now <= base


@given(AMOUNTS, AMOUNTS, AMOUNTS, st.integers(0, 36))
@FEW
def test_what_is_owed_is_the_sum_of_its_parts(unpaid: Money, fee: Money, instalment: Money, left: int) -> None:
    owed = us_costs.owed_on_leaving(unpaid, fee, instalment=instalment, instalments_left=left, credit=instalment)
    assert owed.total - owed.unpaid - owed.early_fee == owed.device == owed.credits_lost
    assert owed.total >= unpaid


@given(DAYS, DAYS)
@FEW
def test_a_billing_period_ends_within_a_month_of_any_day_in_it(wanted: date, start: date) -> None:
    last = us_costs.last_day_of_cycle(wanted, start)
    assert wanted <= last < wanted + timedelta(days=31)
    assert us_costs.last_day_of_cycle(last, start) == last
    assert us_costs.last_day_of_cycle(last + timedelta(days=1), start) > last


@given(DAYS, OWN)
@FEW
def test_a_debit_stopped_in_time_leaves_the_bank_three_business_days(debit: date, own: frozenset[date] | None) -> None:
    by = us_costs.payment_stop_by(debit, RULES, own)
    assert is_working_day(by, "US", own)
    left = (by + timedelta(days=n) for n in range((debit - by).days))
    assert sum(is_working_day(day, "US", own) for day in left) == 3


@given(DAYS, st.integers(0, 1200))
@FEW
def test_windows_do_not_invert(day: date, away: int) -> None:
    assert us_costs.trial_until(day, RULES) > day
    assert us_costs.dispute_until(day, RULES) > day
    assert us_rights.fcc_answer_due(day, RULES) > day
    assert us_rights.formal_complaint_until(day, RULES) > day
    separated = us_rights.line_separation(day, 2, RULES)
    assert separated is not None
    assert is_working_day(separated.due, "US")
    assert separated.due > day
    window = us_rights.renewal_notice_window(day, "NY", RULES)
    assert window is not None
    assert window[0] < window[1] < day
    back = day + timedelta(days=away)
    kept = us_rights.number_kept(day, back, RULES)
    assert kept is not None or away > 1095
    assert kept is None or away <= 1096
    assert kept is None or back < kept.resume_by < kept.lost_after
