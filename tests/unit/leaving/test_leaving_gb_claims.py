"""British money back: repair, visit and start by the rate of their day, late switches, Direct Debits."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from selfcare.domain.money import Money
from selfcare.leaving.countries import gb_claims as claims
from selfcare.leaving.countries.gb_claims import Fault
from selfcare.leaving.rules import parse_rules

RULES = parse_rules((Path(__file__).parents[3] / "resources" / "rules" / "gb.toml").read_bytes())
LONDON = ZoneInfo("Europe/London")
D = date
TODAY = D(2026, 11, 21)


def pounds(text: str) -> Money:
    return Money(Decimal(text), "GBP")


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("fault", "occurred", "amount"),
    [
        (Fault.REPAIR, D(2019, 4, 1), "8.00"),
        (Fault.REPAIR, D(2021, 3, 31), "8.00"),
        (Fault.VISIT, D(2021, 4, 1), "25.18"),
        (Fault.START, D(2022, 4, 1), "5.25"),
        (Fault.VISIT, D(2024, 3, 31), "29.15"),
        (Fault.VISIT, D(2024, 4, 1), "30.49"),
        (Fault.REPAIR, D(2026, 3, 31), "9.98"),
        (Fault.START, D(2026, 4, 1), "6.46"),
    ],
)
def test_the_rate_of_the_day(fault: Fault, occurred: date, amount: str) -> None:
    rate = claims.rate_of(fault, occurred, RULES)
    assert rate is not None
    assert rate.amount == pounds(amount)
    assert rate.is_certain
    assert rate.first is not None
    assert rate.first <= occurred <= (rate.last or occurred)


def test_a_rate_only_believed_says_so_and_none_before_the_scheme() -> None:
    believed = claims.rate_of(Fault.VISIT, D(2025, 6, 1), RULES)
    assert believed == claims.Rate(pounds("31.19"), D(2025, 4, 1), D(2026, 3, 31), is_certain=False)
    for fault in Fault:
        assert claims.rate_of(fault, D(2019, 3, 31), RULES) is None
    assert claims.late_repair(at(3, 1, 9, year=2019), at(3, 9, 9, year=2019), RULES) is None
    assert claims.missed_visit(None, D(2019, 3, 31), RULES) is None
    assert claims.late_start(D(2019, 3, 31), D(2019, 4, 9), RULES) is None


@pytest.mark.parametrize(
    ("provider", "member"),
    [
        ("BT", True),
        ("BT Group plc", True),
        ("Virgin Media O2", True),
        ("vodafone limited", True),
        ("Zen Internet", True),
        ("NOW Broadband", True),
        ("BTC Mobile", False),
        ("Virgin Mobile", False),
        ("Skylark", False),
        ("Orvane", False),
        ("", False),
    ],
)
def test_who_promised(provider: str, member: bool) -> None:
    assert claims.is_member(provider, RULES, TODAY) is member


@pytest.mark.parametrize(
    ("reported", "restored", "calendar", "total"),
    [
        (at(12, 23, 9), at(12, 29, 20), "", "0.00"),
        (at(12, 23, 9), at(12, 29, 23, 59), "", "0.00"),
        (at(12, 23, 9), at(12, 30, 0), "", "0.00"),
        (at(12, 23, 9), at(12, 30, 0, 1), "", "10.34"),
        (at(12, 23, 9), at(12, 30, 8), "", "10.34"),
        (at(12, 23, 9), at(12, 31, 8), "", "20.68"),
        (at(12, 23, 9), at(1, 2, 8, year=2027), "", "41.36"),
        (at(3, 27, 22), at(4, 2, 9), "", "19.96"),
        (at(11, 26, 9), at(12, 1, 9), "GB-ENG", "10.34"),
        (at(11, 26, 9), at(12, 1, 9), "GB-SCT", "0.00"),
        (at(10, 22, 9), at(10, 27, 9), "", "10.34"),
    ],
)
def test_v19_a_late_repair(reported: datetime, restored: datetime, calendar: str, total: str) -> None:
    claim = claims.late_repair(reported, restored, RULES, calendar)
    assert claim is not None
    assert claim.total == pounds(total)


def test_a_late_repair_says_which_days_count_and_when_it_is_paid() -> None:
    claim = claims.late_repair(at(12, 23, 9), at(12, 31, 8), RULES)
    assert claim == claims.Claim(
        "UK-AC-01", 2, pounds("10.34"), pounds("20.68"), D(2026, 12, 29), D(2026, 12, 30), D(2027, 1, 30)
    )


@pytest.mark.parametrize(
    ("hours", "total"), [(20, "32.31"), (30, "0.00"), (24, "0.00"), (23, "32.31"), (None, "32.31")]
)
def test_v21_a_missed_visit(hours: int | None, total: str) -> None:
    claim = claims.missed_visit(hours, TODAY, RULES)
    assert claim is not None
    assert claim.total == pounds(total)
    assert (claim.due == D(2026, 12, 21)) is (total != "0.00")


@pytest.mark.parametrize(
    ("promised", "started", "days", "total"),
    [
        (D(2026, 11, 16), D(2026, 11, 16), 0, "0.00"),
        (D(2026, 11, 16), D(2026, 11, 10), 0, "0.00"),
        (D(2026, 11, 16), D(2026, 11, 17), 1, "6.46"),
        (D(2026, 11, 16), D(2026, 11, 20), 4, "25.84"),
        (D(2026, 3, 30), D(2026, 4, 3), 4, "24.96"),
        (D(2028, 2, 27), D(2028, 3, 1), 3, "19.38"),
    ],
)
def test_a_late_start(promised: date, started: date, days: int, total: str) -> None:
    claim = claims.late_start(promised, started, RULES)
    assert claim is not None
    assert (claim.count, claim.total) == (days, pounds(total))
    assert claim.first == (promised if days else None)


def test_compensation_that_does_not_come_in_thirty_days() -> None:
    claim = claims.late_start(D(2026, 11, 16), D(2026, 11, 20), RULES)
    assert claim is not None
    assert claim.due == D(2026, 12, 20)
    nothing = claims.late_start(D(2026, 11, 16), D(2026, 11, 16), RULES)
    assert nothing is not None
    assert nothing.due is None


def test_a_late_switch_is_owed_without_a_sum() -> None:
    claim = claims.late_switch(D(2026, 11, 26), D(2026, 11, 30), RULES)
    assert (claim.rule_id, claim.count, claim.each, claim.total) == ("UK-SW-16", 4, None, None)
    assert (claim.first, claim.last) == (D(2026, 11, 27), D(2026, 11, 30))
    assert claims.late_switch(D(2026, 11, 26), D(2026, 11, 26), RULES).count == 0
    assert claims.late_switch(D(2026, 11, 26), D(2026, 11, 24), RULES).first is None


def test_a_late_switch_by_the_operators_own_figure() -> None:
    claim = claims.late_switch(D(2026, 11, 26), D(2026, 11, 30), RULES, pounds("2.50"))
    assert (claim.each, claim.total) == (pounds("2.50"), pounds("10.00"))


@pytest.mark.parametrize(
    ("taken", "stated", "calendar", "told_by"),
    [
        (D(2026, 11, 23), None, "", D(2026, 11, 9)),
        (D(2026, 12, 29), None, "", D(2026, 12, 11)),
        (D(2026, 12, 29), 3, "", D(2026, 12, 22)),
        (D(2026, 12, 1), 1, "GB-SCT", D(2026, 11, 27)),
    ],
)
def test_a_direct_debit_is_announced(taken: date, stated: int | None, calendar: str, told_by: date) -> None:
    assert claims.debit_told_by(taken, RULES, stated, calendar) == told_by
