"""What leaving costs, on which day it costs least, and that a day is never named that nobody can promise."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from selfcare.domain.lines import SimLock
from selfcare.domain.money import Money
from selfcare.domain.workdays import after_months
from selfcare.leaving.answer import document_of
from selfcare.leaving.atlas import no_rules, rules_file
from selfcare.leaving.choices import Choices, Route
from selfcare.leaving.country import Caution, CostReason
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.outlook import outlook
from selfcare.leaving.quote import better_day, cheapest_day, cost_course
from selfcare.leaving.rules import parse_rules
from selfcare.leaving.way import StepKind, Way, plan

D = date
FOLDER = Path(__file__).parents[3] / "resources" / "rules"
ZONES = {"GB": "Europe/London", "FR": "Europe/Paris", "US": "America/New_York", "DE": "Europe/Berlin"}
MONEY = {"GB": "GBP", "FR": "EUR", "US": "USD", "DE": "EUR"}


def way(code: str, today: date, choices: Choices | None = None, number: str = "0612345678", **facts: object) -> Way:
    name = rules_file(code)
    rules = parse_rules((FOLDER / name).read_bytes()) if name else no_rules(code, today)
    line = LeavingFacts(code, ZONES[code], "PR-1", number, **facts)  # type: ignore[arg-type]
    moment = datetime(today.year, today.month, today.day, 15, tzinfo=UTC)
    return plan(line, rules, today, moment, MONEY[code], choices)


def amount(code: str, value: str) -> Money:
    return Money(Decimal(value), MONEY[code])


TRIAL = {"concluded": D(2026, 11, 21), "carrier": "Verizon", "fee": (amount("US", "325"), amount("US", "0"))}
GONE = Choices(keep_number=False)


def test_an_american_trial_is_perhaps_free_and_names_its_own_rule() -> None:
    found = way("US", D(2026, 11, 24), GONE, commitment_ends=D(2029, 11, 21), **TRIAL)
    charge = found.quote.lines[0]
    assert (charge.low, charge.high) == (amount("US", "0"), amount("US", "325"))
    assert (charge.rule_id, charge.also) == ("US-ETF-03", ("US-ETF-01",))
    after = found.price_of(D(2026, 12, 6))
    assert (after.low, after.high, after.lines[0].rule_id) == (amount("US", "325"), amount("US", "325"), "US-ETF-01")


@pytest.mark.parametrize(
    ("ends", "day", "low", "high"),
    [(D(2029, 11, 21), D(2026, 11, 24), "0", "325"), (D(2028, 11, 21), D(2028, 11, 21), "0", "0")],
)
def test_the_cheapest_day_may_lie_before_the_charge_rises(ends: date, day: date, low: str, high: str) -> None:
    found = way("US", D(2026, 11, 24), GONE, commitment_ends=ends, **TRIAL)
    best = cheapest_day(found.ground, found.country, found.route, found.earliest)
    assert best is not None
    assert (best.day, best.low, best.high) == (day, amount("US", low), amount("US", high))


def test_a_firm_has_no_trial() -> None:
    found = way("US", D(2026, 11, 24), GONE, commitment_ends=D(2029, 11, 21), is_business=True, **TRIAL)
    assert found.quote.low == amount("US", "325")
    assert all(free.reason is not CostReason.WITHDRAWAL for free in found.country.exits(found.ground))


LOCKED = {"lock": SimLock.LOCKED, "handset_id": "H-1", "since": D(2026, 2, 1), "instalments_left": 30}


@pytest.mark.parametrize(("carrier", "day"), [("Verizon", D(2026, 12, 29)), ("AT&T", D(2026, 11, 27))])
def test_an_unpaid_american_handset_is_unlocked_only_as_if_paid_off_today(carrier: str, day: date) -> None:
    found = way("US", D(2026, 11, 24), carrier=carrier, **LOCKED)
    step = found.step(StepKind.UNLOCKED)
    assert step is not None
    assert (step.day, step.is_guess) == (day, True)
    code = found.step(StepKind.CODE)
    assert code is not None
    assert code.day >= day
    assert found.cut > day
    assert Caution.UNLOCK_AFTER_PAYING in found.cautions
    assert found.unlock_free_from is None
    assert "US-UNL-02" in step.rule_ids


def test_a_handset_that_is_paid_has_a_day_from_which_it_is_unlocked() -> None:
    paid = {**LOCKED, "instalments_left": 0, "paid_off": D(2026, 4, 1)}
    assert way("US", D(2026, 11, 24), carrier="AT&T", **paid).unlock_free_from == D(2026, 4, 2)


def test_a_promise_of_hours_does_not_unlock_what_is_not_paid() -> None:
    found = way("US", D(2026, 11, 24), GONE, carrier="Verizon", unlock_hours=1, **LOCKED)
    step = found.step(StepKind.UNLOCKED)
    assert step is not None
    assert (step.day, step.is_guess) == (D(2026, 12, 29), True)
    assert found.cut == D(2026, 12, 29)


def test_the_price_beside_a_day_is_that_of_this_day() -> None:
    found = way("FR", D(2026, 11, 28), concluded=D(2025, 6, 10), commitment_ends=D(2027, 6, 10),
                monthly=amount("FR", "12.99"), subsidised=True)  # fmt: skip
    option = next(o for o in outlook(found).options if o.departure.route is Route.PORT)
    assert option.departure.earliest < option.departure.planned
    assert option.quote == found.price_of(option.departure.earliest)


def test_an_operators_own_holidays_come_on_top_of_the_legal_ones_in_france() -> None:
    found = way("FR", D(2026, 12, 23), own_holidays=frozenset({D(2026, 12, 24)}))
    first = next(d.earliest for d in found.departures if d.route is Route.PORT)
    assert first == D(2026, 12, 26)


def test_an_old_contract_keeps_the_rule_it_was_made_under() -> None:
    facts = {"concluded": D(2022, 12, 1), "commitment_ends": D(2027, 6, 1), "monthly": amount("FR", "40")}
    found = way("FR", D(2026, 11, 21), GONE, **facts)
    rule = found.ground.rules.cited(found.quote.lines[0].rule_id, D(2026, 11, 21))
    assert rule is not None
    assert (rule.id, rule.effective_to) == ("FR-DUR-04", D(2022, 12, 31))
    named = document_of(found, found.ground.rules, "en")["rules"]
    assert "FR-DUR-04" in {rule["id"] for rule in named}
    assert found.ground.rules.cited("FR-3CL-01", D(2000, 1, 1)) is None


@pytest.mark.parametrize(
    ("months", "more", "warned"),
    [
        (24, {}, False),
        (36, {}, True),
        (36, {"is_business": True}, False),
        (36, {"is_business": True, "small": True}, True),
    ],
)
def test_a_british_commitment_of_more_than_two_years_is_said(months: int, more: dict[str, bool], warned: bool) -> None:
    ends = after_months(D(2026, 1, 10), months)
    found = way("GB", D(2026, 11, 21), concluded=D(2026, 1, 10), commitment_ends=ends, **more)
    assert (Caution.COMMITMENT_IS_LONG in found.cautions) is warned


@pytest.mark.parametrize(("handset", "high"), [(True, "96.00"), (None, "96.00"), (False, "0.00")])
def test_before_month_twelve_waiting_for_its_end_is_offered(handset: bool | None, high: str) -> None:
    """Twelve instalments of 40 are left then, 480, of which a fifth."""
    facts = {"concluded": D(2026, 3, 1), "commitment_ends": D(2028, 3, 1), "monthly": amount("FR", "40")}
    found = way("FR", D(2026, 11, 21), GONE, subsidised=handset, **facts)
    best = better_day(found.ground, found.country, found.route, found.cut)
    assert best is not None
    assert (best.day, best.high) == (D(2027, 3, 1), amount("FR", high))
    assert better_day(found.ground, found.country, found.route, best.day) is None


def test_without_rules_nobody_says_on_which_day_a_number_moves() -> None:
    found = way("DE", D(2026, 11, 21), notice=(1, "month"))
    routes = {r["route"]: r for r in document_of(found, found.ground.rules, "en")["routes"]}
    assert routes["port"]["earliest"] is None
    assert routes["notice"]["earliest"] == "2026-12-21"


PHONE = {"instalment": amount("US", "30"), "instalments_left": 10, "credit": amount("US", "5")}


@pytest.mark.parametrize(
    ("day", "device", "lost"),
    [
        (D(2026, 12, 7), "300", "50"),
        (D(2027, 1, 6), "300", "50"),
        (D(2027, 1, 7), "270", "45"),
        (D(2027, 5, 10), "150", "25"),
    ],
)
def test_each_month_pays_an_instalment(day: date, device: str, lost: str) -> None:
    quote = way("US", D(2026, 12, 7), GONE, **PHONE).price_of(day)
    found = {line.reason: line.high for line in quote.lines}
    assert (found[CostReason.DEVICE], found[CostReason.CREDITS_LOST]) == (amount("US", device), amount("US", lost))
    assert quote.high == amount("US", device)


def test_a_handset_that_is_paid_makes_no_day_cheaper_and_the_picture_fall() -> None:
    found = way("US", D(2026, 12, 7), GONE, **PHONE)
    best = cheapest_day(found.ground, found.country, found.route, found.earliest)
    assert best is not None
    assert (best.day, best.high, best.apart) == (found.earliest, amount("US", "300"), amount("US", "0"))
    course = cost_course(found.ground, found.country, found.route, D(2026, 12, 7), D(2027, 12, 7))
    assert {high for _, _, high in course} == {amount("US", "0")}


def test_a_fee_that_the_contract_names_beside_instalments_is_a_range() -> None:
    stated = {"fee": (amount("US", "325"), amount("US", "10")), "since": D(2026, 2, 7)}
    charge = way("US", D(2026, 12, 7), GONE, **PHONE, **stated).quote.lines[0]
    assert (charge.low, charge.high) == (amount("US", "0"), amount("US", "225"))
    assert {charge.rule_id, *charge.also} == {"US-ETF-01", "US-ETF-02"}
    alone = way("US", D(2026, 12, 7), GONE, **PHONE).quote.lines[0]
    assert (alone.high, alone.rule_id) == (amount("US", "0"), "US-ETF-02")


RENT = {"rent_from": D(2026, 12, 1), "rent_until": D(2026, 12, 31)}


@pytest.mark.parametrize(
    ("code", "choices", "fee", "low", "high", "reason", "rule"),
    [
        ("GB", Choices(), "50", "-15.00", "-15.00", CostReason.RENT_BACK, "UK-SW-13"),
        ("GB", Choices(keep_number=False, plain_notice=True), "50", "-15.00", "0.00", CostReason.RENT_NOT_BACK,
         "UK-CTR-08"),
        ("US", GONE, "50", "-15.00", "0.00", CostReason.RENT_NOT_BACK, "US-FIN-01"),
        ("DE", GONE, "50", "-15.00", "0.00", CostReason.RENT_NOT_BACK, ""),
        ("FR", GONE, "0", "-15.00", "-15.00", CostReason.RENT_BACK, "FR-EQP-02"),
    ],
)  # fmt: skip
def test_a_closing_fee_and_rent_in_advance_count_everywhere(
    code: str, choices: Choices, fee: str, low: str, high: str, reason: CostReason, rule: str
) -> None:
    found = way(code, D(2026, 12, 2), choices, rent=amount(code, "31"), closing_fee=amount(code, "50"),
                notice=(5, "day"), commitment_ends=D(2026, 6, 1), monthly=amount(code, "31"), **RENT)  # fmt: skip
    quote = found.price_of(D(2026, 12, 16))
    lines = {line.reason: line for line in quote.lines}
    closing = lines[CostReason.CLOSING_FEE]
    assert (closing.low, closing.high) == (amount(code, fee), amount(code, "50"))
    assert quote.high == amount(code, "50")
    back = lines[reason]
    assert (back.low, back.high, back.rule_id) == (amount(code, low), amount(code, high), rule)
