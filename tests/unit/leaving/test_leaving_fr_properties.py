"""What holds for every French day and amount: dates keep their order, claims are rounded up, charges only fall."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from selfcare.domain.money import Money
from selfcare.domain.workdays import after_months
from selfcare.leaving.countries import fr, fr_money, fr_number
from selfcare.leaving.countries.fr_money import Commitment
from selfcare.leaving.rules import parse_rules
from selfcare.leaving.workdays import months_left

RULES = parse_rules((Path(__file__).parents[3] / "resources" / "rules" / "fr.toml").read_bytes())
CENT = Decimal("0.01")

DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))
PRICES = st.decimals("0", "500", places=2)
MAYBE_DAY = st.none() | DAYS
STATED = st.none() | st.tuples(st.integers(0, 45), st.just("day")) | st.tuples(st.integers(1, 3), st.just("month"))
CALENDARS = st.sampled_from(["FR", "FR-57", "FR-OUVRES", "FR-57-OUVRES"])
quickly = settings(max_examples=150, deadline=None)


def euros(value: Decimal) -> Money:
    return Money(value, "EUR")


@quickly
@given(DAYS, DAYS, MAYBE_DAY, MAYBE_DAY, STATED)
def test_a_later_receipt_never_ends_sooner(
    one: date, two: date, wanted: date | None, accepted: date | None, stated: tuple[int, str] | None
) -> None:
    first, second = sorted((one, two))
    sooner = fr.notice_ends(first, RULES, wanted=wanted, accepted=accepted, stated=stated)
    later = fr.notice_ends(second, RULES, wanted=wanted, accepted=accepted, stated=stated)
    assert first <= sooner <= later


@quickly
@given(DAYS, MAYBE_DAY, MAYBE_DAY, STATED)
def test_notice_is_ten_days_at_most_and_never_before_the_wanted_day(
    received: date, wanted: date | None, accepted: date | None, stated: tuple[int, str] | None
) -> None:
    ends = fr.notice_ends(received, RULES, wanted=wanted, accepted=accepted, stated=stated)
    assert ends <= max(received + timedelta(days=10), wanted or received)
    assert wanted is None or ends >= wanted


@quickly
@given(DAYS)
def test_windows_never_turn_round(day: date) -> None:
    first, last = fr.end_notice_window(day, RULES)
    assert first < last < day
    told, until = fr.free_exit_window(day, RULES)
    assert told < fr.earliest_change(told, RULES) < until
    assert fr_money.debit_back_until(day, RULES) < fr_money.unauthorised_debit_until(day, RULES)
    assert fr_money.revoke_by(day, RULES) < day


@quickly
@given(DAYS, st.none() | st.integers(0, 80), st.none() | st.integers(0, 80), st.none() | st.integers(0, 80))
def test_the_mediators_door_opens_before_it_closes(
    first: date, answered: int | None, asked: int | None, written: int | None
) -> None:
    after = [None if n is None else first + timedelta(days=n) for n in (answered, asked, written)]
    ladder = fr.mediator_ladder(first, RULES, answered=after[0], desk_asked=after[1], written=after[2])
    assert first <= ladder.desk_from <= after_months(first, 1)
    if ladder.mediator_from is None:
        assert after[0] is not None
        assert after[1] is None
    else:
        assert first <= ladder.mediator_from < ladder.mediator_until
        assert after[0] is not None or ladder.mediator_from <= after_months(first, 2)


@quickly
@given(DAYS, DAYS, MAYBE_DAY, CALENDARS)
def test_a_later_request_never_moves_sooner(one: date, two: date, wanted: date | None, calendar: str) -> None:
    first, second = sorted((one, two))
    for due in (fr_number.port_due, fr_number.request_due):
        assert first < due(first, RULES, wanted=wanted, calendar=calendar)
        assert due(first, RULES, wanted=wanted, calendar=calendar) <= due(
            second, RULES, wanted=wanted, calendar=calendar
        )
    assert fr_number.port_due(first, RULES, calendar=calendar) < fr_number.request_due(first, RULES, calendar=calendar)


@quickly
@given(DAYS, DAYS, st.booleans())
def test_a_right_to_withdraw_only_delays(asked: date, concluded: date, at_once: bool) -> None:
    assert fr_number.port_counts_from(asked, RULES, concluded=concluded, at_once=at_once) >= asked


@quickly
@given(PRICES, DAYS, st.integers(-5, 400))
def test_a_claim_is_rounded_up_by_less_than_a_cent(price: Decimal, due: date, late: int) -> None:
    works = due + timedelta(days=late)
    for claim in (fr_number.late_port, fr_number.missed_visit):
        least = claim(euros(price), due, works, RULES).least.value
        exact = price / 5 * max(late, 0)
        assert exact <= least < exact + CENT
        assert claim(euros(price), due, works + timedelta(days=1), RULES).least.value >= least


@quickly
@given(PRICES, st.integers(1, 365), DAYS)
def test_a_prepaid_claim_is_rounded_up_too(credit: Decimal, left: int, day: date) -> None:
    month = fr_number.prepaid_month(euros(credit), left, day, RULES)
    least = fr_number.lost_number(month, day, RULES).least.value
    assert credit * 30 * 24 <= least * left < credit * 30 * 24 + left * CENT + CENT**4


COMMITMENTS = st.builds(
    lambda concluded, months, over, price, handset: Commitment(
        concluded, after_months(concluded, months) + timedelta(days=over), euros(price), handset
    ),
    st.dates(date(2021, 1, 1), date(2028, 12, 31)),
    st.integers(1, 24),
    st.integers(0, 27),
    PRICES,
    st.none() | st.booleans(),
)


@quickly
@given(COMMITMENTS, st.integers(0, 800))
def test_a_charge_lies_between_nothing_and_what_is_left(bound: Commitment, after: int) -> None:
    day = bound.concluded + timedelta(days=after)
    charge = fr_money.early_charge(bound, day, RULES)
    left = (bound.monthly * months_left(day, bound.ends)).rounded()
    assert euros(Decimal(0)) <= charge.low <= charge.high <= left
    if day >= fr_money.twelfth_month_ends(bound) and bound.ends > fr_money.twelfth_month_ends(bound):
        assert charge.high.value <= left.value / 4 + CENT


@quickly
@given(COMMITMENTS, st.integers(0, 800), st.integers(0, 60))
def test_a_charge_never_grows_as_the_days_go_by(bound: Commitment, after: int, more: int) -> None:
    day = bound.concluded + timedelta(days=after)
    later = day + timedelta(days=more)
    now, then = (fr_money.early_charge(bound, d, RULES) for d in (day, later))
    assert then.low <= now.low
    assert then.high <= now.high


@quickly
@given(COMMITMENTS, st.integers(0, 800))
def test_waiting_for_month_12_never_costs_more(bound: Commitment, after: int) -> None:
    day = bound.concluded + timedelta(days=after)
    better = fr_money.twelfth_month_ends(bound)
    if day < better < bound.ends:
        assert fr_money.early_charge(bound, better, RULES).high < max(
            fr_money.early_charge(bound, day, RULES).high, euros(CENT)
        )


@quickly
@given(st.integers(-400, -1), COMMITMENTS)
def test_a_price_below_nothing_costs_nothing(price: int, bound: Commitment) -> None:
    credit = Commitment(bound.concluded, bound.ends, euros(Decimal(price)), bound.has_handset)
    assert fr_money.early_charge(credit, bound.concluded, RULES).high.is_zero
