"""Compensation in one shape over the countries, and the clock of hours without service that it may rest on."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from selfcare.domain.money import Money
from selfcare.leaving.claims import Claimant, ClaimOf, Figure, Owed, Trouble, owed
from selfcare.leaving.outage import Outage, Spell, outage, rent_of
from selfcare.leaving.reach import Who
from selfcare.leaving.rules import Rules, parse_rules

FOLDER = Path(__file__).parents[3] / "resources" / "rules"
GB, FR, US = (parse_rules((FOLDER / f"{name}.toml").read_bytes()) for name in ("gb", "fr", "us"))
NOWHERE = Rules("XX", "", date(2026, 11, 21), ())
LONDON, PARIS = ZoneInfo("Europe/London"), ZoneInfo("Europe/Paris")
D = date
NOW = datetime(2026, 12, 31, 8, tzinfo=LONDON)
HOME = Claimant(Who("consumer", "fixed"), Money(Decimal("30.00"), "GBP"), "Zen Internet")
FRENCH = Claimant(Who(), Money(Decimal("20.00"), "EUR"))

quickly = settings(max_examples=100, deadline=None)


def london(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


def repair(reported: datetime, restored: datetime | None = None) -> Trouble:
    return Trouble(ClaimOf.LATE_REPAIR, reported.date(), reported=reported, restored=restored)


def amount(found: Owed) -> str | None:
    return None if found.amount is None else f"{found.amount.value}"


@pytest.mark.parametrize(
    ("trouble", "expected", "days", "payable"),
    [
        (repair(london(12, 23), london(12, 29, 20)), "0.00", 0, None),
        (repair(london(12, 23), london(12, 31, 8)), "20.68", 2, D(2027, 1, 30)),
        (repair(london(12, 23)), "20.68", 2, None),
        (Trouble(ClaimOf.MISSED_VISIT, D(2026, 11, 21), hours_ahead=20), "32.31", 1, D(2026, 12, 21)),
        (Trouble(ClaimOf.MISSED_VISIT, D(2026, 11, 21), hours_ahead=30), "0.00", 0, None),
        (Trouble(ClaimOf.MISSED_VISIT, D(2026, 11, 21)), "32.31", 1, D(2026, 12, 21)),
        (Trouble(ClaimOf.LATE_START, D(2026, 11, 16), D(2026, 11, 20)), "25.84", 4, D(2026, 12, 20)),
        (Trouble(ClaimOf.LATE_START, D(2026, 12, 28)), "19.38", 3, None),
    ],
)
def test_british_landline_and_broadband(trouble: Trouble, expected: str, days: int, payable: date | None) -> None:
    found = owed(trouble, HOME, GB, NOW)
    assert (amount(found), found.days, found.payable_by) == (expected, days, payable)
    if payable is not None:
        assert not found.is_late(payable), "on the last day it is still in time"
        assert found.is_late(payable + timedelta(days=1))
    else:
        assert not found.is_late(D(2030, 1, 1))
    assert (found.figure, found.must_claim, found.is_owed) == (Figure.KNOWN, False, days > 0)


def test_a_british_operator_outside_the_code_or_not_known() -> None:
    visit = Trouble(ClaimOf.MISSED_VISIT, D(2026, 11, 21))
    outside = owed(visit, replace(HOME, provider="Orvane"), GB, NOW)
    assert (outside.is_owed, outside.amount, outside.figure) == (True, None, Figure.NOT_A_MEMBER)
    assert outside.by_code == Money(Decimal("32.31"), "GBP")
    for hours, is_owed in ((20, True), (24, False), (30, False)):  # V21, as far as the code is a measure
        off = owed(replace(visit, hours_ahead=hours), replace(HOME, provider="Orvane"), GB, NOW)
        assert (off.is_owed, off.by_code) == (is_owed, Money(Decimal("32.31") * is_owed, "GBP"))
    unknown = owed(visit, replace(HOME, provider=""), GB, NOW)
    assert (amount(unknown), unknown.is_certain, unknown.must_claim, unknown.payable_by) == ("32.31", False, True, None)
    mobile = owed(visit, replace(HOME, who=Who()), GB, NOW)
    assert (mobile.is_owed, mobile.amount, mobile.figure) == (True, None, Figure.NO_RULE)


def test_a_late_british_switch_has_no_set_sum() -> None:
    late = Trouble(ClaimOf.LATE_PORT, D(2026, 12, 24), D(2026, 12, 29))
    found = owed(late, HOME, GB, NOW)
    assert (found.is_owed, found.amount, found.figure, found.days) == (True, None, Figure.NO_SET_SUM, 5)
    assert (found.rule_id, found.first, found.last) == ("UK-SW-16", D(2026, 12, 25), D(2026, 12, 29))
    told = owed(late, replace(HOME, published=Money(Decimal("5.00"), "GBP")), GB, NOW)
    assert (amount(told), told.figure) == ("25.00", Figure.KNOWN)
    assert not owed(replace(late, done=D(2026, 12, 24)), HOME, GB, NOW).is_owed
    lost = owed(Trouble(ClaimOf.LOST_NUMBER, D(2026, 12, 24)), HOME, GB, NOW)
    assert (lost.is_owed, lost.figure, lost.rule_id, lost.claim_until) == (
        True,
        Figure.NO_SET_SUM,
        "UK-SW-16",
        D(2032, 12, 24),
    )


def test_v11_a_late_french_port_is_claimed_and_paid_in_thirty_days() -> None:
    late = Trouble(ClaimOf.LATE_PORT, D(2026, 11, 16), D(2026, 11, 20))
    found = owed(late, FRENCH, FR, NOW, claimed=D(2026, 11, 23))
    assert (amount(found), found.days, found.payable_by) == ("16.00", 4, D(2026, 12, 23))
    assert (found.is_least, found.must_claim, found.is_certain, found.rule_id) == (True, True, True, "FR-CMP-01")
    assert (found.first, found.last) == (D(2026, 11, 17), D(2026, 11, 20))
    assert owed(late, FRENCH, FR, NOW).payable_by is None


@pytest.mark.parametrize(
    ("monthly", "trouble", "expected"),
    [
        ("19.99", Trouble(ClaimOf.LOST_NUMBER, D(2026, 11, 16)), "479.76"),
        ("19.99", Trouble(ClaimOf.LATE_PORT, D(2026, 11, 16), D(2026, 11, 17)), "4.00"),
        ("20.00", Trouble(ClaimOf.MISSED_VISIT, D(2026, 12, 29)), "8.00"),
        ("20.00", Trouble(ClaimOf.MISSED_VISIT, D(2026, 12, 29), D(2026, 12, 30)), "4.00"),
        ("20.00", Trouble(ClaimOf.LATE_PORT, D(2026, 12, 31)), "0.00"),
    ],
)
def test_french_sums_are_the_least_rounded_up(monthly: str, trouble: Trouble, expected: str) -> None:
    found = owed(trouble, replace(FRENCH, monthly=Money(Decimal(monthly), "EUR")), FR, NOW)
    assert amount(found) == expected


def test_french_claims_without_a_figure() -> None:
    late = Trouble(ClaimOf.LATE_PORT, D(2026, 11, 16), D(2026, 11, 20))
    priceless = owed(late, replace(FRENCH, monthly=None), FR, NOW)
    assert (priceless.is_owed, priceless.amount, priceless.figure, priceless.days) == (True, None, Figure.NO_PRICE, 4)
    firm = owed(late, replace(FRENCH, who=Who("business")), FR, NOW)
    assert (firm.is_owed, firm.amount, firm.figure, firm.rule_id) == (True, None, Figure.NO_RULE, "")
    slow = owed(repair(london(12, 23)), FRENCH, FR, NOW)
    assert (slow.is_owed, slow.amount, slow.figure) == (True, None, Figure.NO_RULE)


@pytest.mark.parametrize("rules", [US, NOWHERE])
@pytest.mark.parametrize("of", list(ClaimOf))
def test_elsewhere_it_is_claimed_all_the_same(rules: Rules, of: ClaimOf) -> None:
    trouble = Trouble(of, D(2026, 11, 16), D(2026, 11, 20), reported=london(11, 16), restored=london(11, 20))
    found = owed(trouble, HOME, rules, NOW)
    assert (found.is_owed, found.amount) == (True, None)
    assert found.figure in {Figure.NO_RULE, Figure.NO_SET_SUM}
    assert (found.rule_id == "US-LNP-01") is (rules is US and of is ClaimOf.LATE_PORT)


def test_a_late_mobile_number_breaks_no_american_rule() -> None:
    late = Trouble(ClaimOf.LATE_PORT, D(2026, 11, 16), D(2026, 11, 20))
    mobile = owed(late, replace(HOME, is_mobile=True), US, NOW)
    assert (mobile.rule_id, mobile.figure, mobile.is_certain) == ("US-LNP-05", Figure.NO_RULE, False)


@pytest.mark.parametrize(("day", "is_old"), [(D(2027, 3, 31), False), (D(2027, 4, 1), True), (D(2024, 4, 1), False)])
def test_the_rates_of_a_year_are_certain_until_the_next_first_of_april(day: date, is_old: bool) -> None:
    now = datetime(2027, 6, 1, 9, tzinfo=LONDON)
    for of in (ClaimOf.MISSED_VISIT, ClaimOf.LATE_START):
        found = owed(Trouble(of, day, day + timedelta(days=2)), replace(HOME, provider="Sky"), GB, now)
        assert (found.is_old_rate, found.is_certain) == (is_old, not is_old)
        assert found.amount is not None


@pytest.mark.parametrize("rules", [GB, FR, US, NOWHERE])
def test_what_has_not_happened_is_not_owed(rules: Rules) -> None:
    for of in (ClaimOf.MISSED_VISIT, ClaimOf.LOST_NUMBER):
        found = owed(Trouble(of, D(2027, 1, 5)), HOME, rules, NOW)
        assert (found.is_owed, found.figure) == (False, Figure.NOT_YET)
    assert not owed(Trouble(ClaimOf.LATE_PORT, D(2027, 1, 5)), HOME, rules, NOW).is_owed


def test_a_visit_nobody_came_to_counts_on_its_day() -> None:
    assert owed(Trouble(ClaimOf.MISSED_VISIT, NOW.date()), HOME, GB, NOW).is_owed


def test_a_repair_without_its_report_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="report"):
        owed(Trouble(ClaimOf.LATE_REPAIR, D(2026, 12, 1)), HOME, GB, NOW)


@quickly
@given(
    st.sampled_from([GB, FR, US, NOWHERE]),
    st.sampled_from(list(ClaimOf)),
    st.integers(0, 60),
    st.integers(0, 60),
    st.decimals("0", "200", places=2),
    st.sampled_from(["mobile", "fixed"]),
)
def test_it_never_falls_while_it_lasts(
    rules: Rules, of: ClaimOf, waited: int, more: int, price: Decimal, access: str
) -> None:
    began = london(11, 16)
    claimant = Claimant(Who("consumer", access), Money(price, "EUR"), "Zen", Money(Decimal("3.00"), "EUR"))
    trouble = Trouble(of, began.date(), reported=began)
    sooner, later = (owed(trouble, claimant, rules, began + timedelta(days=days)) for days in (waited, waited + more))
    assert sooner.days <= later.days
    assert (sooner.is_owed, later.is_owed) != (True, False)
    if sooner.amount is not None:
        assert later.amount is not None
        assert sooner.amount <= later.amount


HOURS = st.integers(-500, 500)


def spell(first: int, length: int | None, *, reported: bool = True) -> Spell:
    began = NOW.astimezone(UTC) + timedelta(hours=first)
    ended = None if length is None else began + timedelta(hours=length)
    return Spell(began, ended, began if reported else None)


def test_overlapping_reports_are_one_spell() -> None:
    found = outage([spell(-10, 4), spell(-30, 5), spell(-8, 4), spell(-26, 2, reported=False)], NOW)
    assert [(s.ended - s.began) if s.ended else None for s in found.spells] == [
        timedelta(hours=6),
        timedelta(hours=6),
    ]
    assert (found.hours, found.longest, found.is_running) == (Decimal(12), timedelta(hours=6), False)


def test_spells_that_touch_are_one() -> None:
    assert len(outage([spell(-10, 4), spell(-6, 2)], NOW).spells) == 1
    assert len(outage([spell(-10, 4), spell(-5, 2)], NOW).spells) == 2


def test_an_open_spell_counts_up_to_now_and_swallows_the_later_ones() -> None:
    found = outage([spell(-10, None), spell(-5, 2), spell(3, 5), spell(-20, 0), spell(-40, -2)], NOW)
    assert (found.hours, found.is_running, len(found.spells)) == (Decimal(10), True, 1)
    planned = outage([spell(-3, 8)], NOW)
    assert (planned.hours, planned.is_running) == (Decimal(3), True)


def test_the_night_of_the_clock_change_has_an_hour_less_and_one_more() -> None:
    spring = Spell(datetime(2026, 3, 28, 22, tzinfo=PARIS), datetime(2026, 3, 29, 10, tzinfo=PARIS))
    autumn = Spell(datetime(2026, 10, 24, 22, tzinfo=PARIS), datetime(2026, 10, 25, 10, tzinfo=PARIS))
    assert outage([spring], NOW).hours == 11
    assert outage([autumn], NOW).hours == 13


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        outage([Spell(datetime(2026, 3, 28, 22))], NOW)


@quickly
@given(st.lists(st.tuples(HOURS, st.none() | st.integers(-5, 60)), max_size=12))
def test_the_clock_counts_each_hour_once_in_any_order(parts: list[tuple[int, int | None]]) -> None:
    spells = [spell(first, length) for first, length in parts]
    found = outage(spells, NOW)
    without = {
        hour
        for first, length in parts
        for hour in range(first, min(first + length if length is not None else 0, 0))
        if hour < 0
    }
    assert found.hours == len(without)
    assert outage(reversed(spells), NOW).hours == found.hours
    assert outage(found.spells, NOW) == found
    assert found.longest <= found.total


@quickly
@given(st.lists(st.tuples(HOURS, st.integers(0, 60)), max_size=8), st.tuples(HOURS, st.integers(0, 60)))
def test_another_report_never_shortens_the_outage(parts: list[tuple[int, int]], more: tuple[int, int]) -> None:
    price = Money(Decimal("30.00"), "GBP")
    spells = [spell(first, length) for first, length in parts]
    few, many = outage(spells, NOW), outage([*spells, spell(*more)], NOW)
    assert isinstance(few, Outage)
    assert few.total <= many.total
    assert rent_of(few, price) <= rent_of(many, price)
