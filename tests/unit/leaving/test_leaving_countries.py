"""Every country answers what it is asked, whatever is missing: a day, a range or a question, never a crash."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from selfcare.domain.lines import Access, SimLock
from selfcare.domain.money import Money
from selfcare.leaving.atlas import GUIDED, country_of, no_rules, rules_file
from selfcare.leaving.choices import Choices, Circumstances, Reason, Route
from selfcare.leaving.country import Caution, CostReason, DutyKind, DutyState
from selfcare.leaving.facts import Asked, LeavingFacts
from selfcare.leaving.outlook import outlook
from selfcare.leaving.quote import Agreement, cheapest_day
from selfcare.leaving.rules import Rules, parse_rules
from selfcare.leaving.way import StepKind, Way, plan

D = date
FOLDER = Path(__file__).parents[3] / "resources" / "rules"
RULES = {code: parse_rules((FOLDER / rules_file(code)).read_bytes()) for code in GUIDED}
ZONES = {"GB": "Europe/London", "FR": "Europe/Paris", "US": "America/New_York", "DE": "Europe/Berlin"}
MONEY = {"GB": "GBP", "FR": "EUR", "US": "USD", "DE": "EUR"}
NOW = datetime(2026, 11, 21, 10, 45, tzinfo=UTC)
TODAY = NOW.date()


def rules_of(code: str) -> Rules:
    return RULES.get(code) or no_rules(code, TODAY)


def money(code: str, amount: str) -> Money:
    return Money(Decimal(amount), MONEY[code])


def line(code: str, **more: object) -> LeavingFacts:
    return LeavingFacts(code, ZONES[code], "PR-1", "0612345678", **more)  # type: ignore[arg-type]


def way(facts: LeavingFacts, choices: Choices | None = None, now: datetime = NOW) -> Way:
    return plan(facts, rules_of(facts.country), now.date(), now, MONEY[facts.country], choices)


def euros(amount: str) -> Money:
    return money("FR", amount)


def earliest(found: Way) -> dict[Route, date]:
    return {d.route: d.earliest for d in found.departures}


def test_a_country_without_rules_has_no_file() -> None:
    assert (rules_file("DE"), country_of("DE") is country_of("ZZ")) == ("", True)
    assert no_rules("DE", TODAY).rules == ()


def test_v01_v02_three_clicks_ten_days_after_today() -> None:
    found = way(line("FR"), Choices(keep_number=False))
    assert (found.route, found.cut) == (Route.ONLINE, D(2026, 12, 1))
    for wanted, ends in ((D(2026, 12, 31), D(2026, 12, 31)), (D(2026, 11, 25), D(2026, 12, 1))):
        assert way(line("FR"), Choices(keep_number=False, day=wanted)).cut == ends


def test_a_notice_received_on_a_holiday_still_counts_from_that_day() -> None:
    given = Asked(datetime(2026, 12, 25, 9, tzinfo=UTC), sent=True, order_id="O-1")
    facts = line("FR", notice_given=given, notice_received=D(2026, 12, 25))
    found = way(facts, Choices(keep_number=False), datetime(2026, 12, 26, 9, tzinfo=UTC))
    assert found.earliest == D(2027, 1, 4)


def test_an_end_later_than_the_law_allows_is_flagged() -> None:
    given = Asked(NOW, sent=True, ends=D(2026, 12, 21))
    late = way(line("FR", notice_given=given), Choices(keep_number=False))
    assert Caution.END_IS_LATE in late.cautions
    wanted = way(line("FR", notice_given=given), Choices(keep_number=False, day=D(2026, 12, 21)))
    assert Caution.END_IS_LATE not in wanted.cautions


def test_v10_the_number_moves_in_working_days_of_the_postcode() -> None:
    eve = datetime(2026, 12, 24, 9, tzinfo=UTC)
    days = {p: earliest(way(line("FR", postcode=p), now=eve))[Route.PORT] for p in ("75001", "67000")}
    assert days == {"75001": D(2026, 12, 26), "67000": D(2026, 12, 28)}
    own = frozenset({D(2026, 12, 26)})
    assert earliest(way(line("FR", own_holidays=own), now=eve))[Route.PORT] == D(2026, 12, 28)


BOUND = line("FR", concluded=D(2025, 6, 10), commitment_ends=D(2027, 6, 10), monthly=euros("39.99"))


@pytest.mark.parametrize(
    ("subsidised", "low", "high"), [(True, "47.99", "47.99"), (False, "0", "0"), (None, "0", "47.99")]
)
def test_v03_v04_a_handset_decides_and_what_is_not_stated_is_a_range(
    subsidised: bool | None, low: str, high: str
) -> None:
    quote = way(replace(BOUND, subsidised=subsidised), Choices(day=D(2026, 12, 10))).quote
    assert (quote.low, quote.high) == (euros(low), euros(high))


def test_before_month_twelve_both_readings_and_the_better_day() -> None:
    facts = line(
        "FR", concluded=D(2026, 6, 10), commitment_ends=D(2028, 6, 10), monthly=euros("30.00"), subsidised=False
    )
    found = way(facts, Choices(keep_number=False, day=D(2026, 12, 10)))
    assert found.quote.lines[0].reason is CostReason.FIRST_YEAR
    assert (found.quote.low, found.quote.high) == (euros("180.00"), euros("540.00"))
    best = cheapest_day(found.ground, found.country, found.route, found.earliest)
    assert best is not None
    assert (best.day, best.high) == (D(2027, 6, 10), euros("0"))


def test_with_a_month_end_the_months_count_back_from_the_end() -> None:
    facts = line(
        "FR", concluded=D(2022, 12, 31), commitment_ends=D(2024, 12, 31), monthly=euros("30.00"), subsidised=False
    )
    moment = datetime(2024, 6, 1, 9, tzinfo=UTC)
    assert way(facts, Choices(keep_number=False, day=D(2024, 6, 29)), moment).quote.high != euros("45.00")
    assert way(facts, Choices(keep_number=False, day=D(2024, 6, 30)), moment).quote.high == euros("45.00")


def test_nothing_known_of_the_conclusion_is_a_range() -> None:
    quote = way(replace(BOUND, concluded=None), Choices(day=D(2026, 12, 10))).quote
    assert (quote.low, quote.high) == (euros("0"), euros("239.94"))


def test_an_end_before_the_start_is_said() -> None:
    assert Caution.END_BEFORE_START in way(replace(BOUND, commitment_ends=D(2025, 1, 1))).cautions


def test_a_firm_in_france_has_its_contract_only() -> None:
    firm = replace(BOUND, is_business=True, notice=(1, "month"))
    found = way(firm, Choices(keep_number=False))
    assert (found.route, found.cut) == (Route.NOTICE, D(2026, 12, 21))
    assert Caution.FIRM_RULES in found.cautions
    rules = rules_of("FR")
    named = {name for step in found.steps for name in step.rule_ids} | {c.rule_id for c in found.quote.lines}
    assert all("business" in rules.get(name, TODAY).applies_to for name in named - {""})
    assert way(replace(firm, notice=None), Choices(keep_number=False)).needs_notice
    assert not way(replace(firm, notice=None), Choices(keep_number=False, notice=(10, "day"))).needs_notice


def test_the_operators_figure_is_for_all_lines_of_the_contract() -> None:
    two = replace(
        BOUND, subsidised=True, contract_lines=2, contract_monthly=euros("59.99"), operator_charge=euros("71.99"),
        operator_charge_day=D(2026, 12, 10),
    )  # fmt: skip
    assert way(two).quote.agreement is Agreement.AGREES
    assert way(replace(two, contract_monthly=None)).quote.agreement is Agreement.CANNOT_TELL


@pytest.mark.parametrize(("asked", "found"), [("48.00", Agreement.HIGHER), ("47.99", Agreement.AGREES)])
def test_v03_an_operator_that_asks_for_more_than_the_law_allows(asked: str, found: Agreement) -> None:
    facts = replace(BOUND, subsidised=True, operator_charge=euros(asked), operator_charge_day=D(2026, 12, 10))
    assert way(facts).quote.agreement is found


@pytest.mark.parametrize("reason", [Reason.MOVING, Reason.LISTED])
@pytest.mark.parametrize(("listed", "low", "high"), [(True, "0", "0"), (False, "47.99", "47.99"), (None, "0", "47.99")])
def test_a_legitimate_reason_is_the_contracts_own(reason: Reason, listed: bool | None, low: str, high: str) -> None:
    about = Circumstances(reason, listed=listed)
    quote = way(replace(BOUND, subsidised=True), Choices(keep_number=False, day=D(2026, 12, 10), about=about)).quote
    assert (quote.low, quote.high) == (euros(low), euros(high))
    charge = quote.lines[0]
    names = ("FR-DUR-03",) if listed is False else ("FR-LEG-01", "FR-DUR-03")
    assert (charge.rule_id, *charge.also) == names


def test_three_clicks_are_a_rule_since_june_2023() -> None:
    def rules_on(day: date) -> tuple[str, ...]:
        found = way(line("FR"), Choices(keep_number=False), datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
        return next(d.rule_ids for d in found.departures if d.route is Route.ONLINE)

    assert "FR-3CL-01" not in rules_on(D(2023, 5, 31))
    assert "FR-3CL-01" in rules_on(D(2023, 6, 1))


def test_one_touch_is_for_homes_since_its_day() -> None:
    home = line("GB", access=Access.FIXED)

    def routes(now: datetime, **more: object) -> set[Route]:
        return {d.route for d in way(replace(home, **more), now=now).departures}

    before, after = datetime(2024, 9, 11, 9, tzinfo=UTC), datetime(2024, 9, 12, 9, tzinfo=UTC)
    assert Route.FIXED_SWITCH not in routes(before)
    assert Route.FIXED_SWITCH in routes(after)
    assert Route.FIXED_SWITCH not in routes(after, is_business=True)
    assert way(home, now=before).route is Route.NOTICE, "where the switch is closed, notice is given"


def test_the_summary_of_a_british_contract_is_asked_about() -> None:
    def summary(made: date, **more: object) -> tuple[date, DutyState] | None:
        found = outlook(way(line("GB", concluded=made, **more)))
        return next(((d.last, d.state) for d in found.duties if d.kind is DutyKind.SUMMARY), None)

    made = D(2026, 3, 1)
    assert summary(made) == (made, DutyState.NOT_SEEN)
    assert summary(made, is_business=True) is None
    assert summary(made, is_business=True, small=True) == (made, DutyState.NOT_SEEN)
    assert summary(D(2025, 3, 1)) == (D(2025, 3, 1), DutyState.NOT_SEEN), "it stays a ground while the contract runs"
    assert summary(D(2022, 6, 16)) is None, "before the rule"


def test_v15_v16_what_the_operator_had_to_announce() -> None:
    facts = line(
        "FR", commitment_ends=D(2027, 3, 15), price_changes=(D(2026, 11, 15),),
        changes=((D(2026, 11, 15), D(2026, 12, 10)),),
    )  # fmt: skip
    found = way(facts)
    duties = {d.kind: d for d in found.country.duties(found.ground)}
    end, change = duties[DutyKind.END], duties[DutyKind.CHANGE]
    assert (end.first, end.last, end.state) == (D(2026, 12, 15), D(2027, 2, 15), DutyState.AHEAD)
    assert change.state is DutyState.MISSED
    window = next(e for e in found.country.exits(found.ground) if e.reason is CostReason.FREE_EXIT)
    assert (window.first, window.last) == (D(2026, 11, 15), D(2027, 3, 15))


def test_v23_over_indebted() -> None:
    def cost(filed: date | None, admitted: bool) -> tuple[Money | None, Money | None]:
        facts = line("FR", concluded=D(2026, 3, 1), commitment_ends=D(2028, 3, 1), monthly=euros("20.00"))
        about = Circumstances(Reason.DEBT, filed=filed, admitted=admitted)
        quote = way(facts, Choices(keep_number=False, about=about)).quote
        return quote.low, quote.high

    assert cost(D(2026, 7, 1), True) == (euros("0"), euros("0"))
    assert cost(D(2026, 7, 1), False) == (euros("0"), euros("300.00"))
    assert cost(D(2026, 5, 20), True) != (euros("0"), euros("0"))


def test_withdrawal_is_open_for_fourteen_days() -> None:
    bound = {"concluded": D(2026, 11, 7), "commitment_ends": D(2028, 11, 7), "monthly": euros("20.00")}
    facts = line("FR", at_distance=True, **bound)
    found = way(facts, Choices(withdraw=True))
    assert (found.route, found.cut, found.quote.high) == (Route.WITHDRAW, TODAY, euros("0"))
    carried = way(facts, Choices(withdraw=True), datetime(2026, 11, 23, 9, tzinfo=UTC))
    assert (carried.route, carried.latest) == (Route.WITHDRAW, D(2026, 11, 23)), "the 21st was a Saturday"
    late = way(facts, Choices(withdraw=True), datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert (late.route, late.departures[0].earliest) == (Route.ONLINE, D(2026, 12, 4))


def test_america_by_contract() -> None:
    facts = line("US", carrier="AT&T", since=D(2024, 2, 21), fee=(money("US", "325"), money("US", "10")))
    found = way(facts, Choices(keep_number=False))
    assert (found.route, found.cut) == (Route.NOTICE, TODAY)
    assert found.quote.high == money("US", "0")
    port = way(facts)
    assert (port.scheme, port.cut) == ("PIN", D(2026, 11, 24))
    code = port.step(StepKind.CODE)
    assert code is not None
    assert code.last == D(2026, 11, 25)
    owed = line("US", instalment=money("US", "30"), instalments_left=10, credit=money("US", "5"))
    assert way(owed).quote.high == money("US", "300.00")


def test_in_america_nobody_cancels_before_the_number_has_moved() -> None:
    kept, given_up = way(line("US")), way(line("US"), Choices(keep_number=False))
    assert kept.step(StepKind.NOTICE) is None
    over = kept.step(StepKind.HAND_OVER)
    assert over is not None
    assert "US-LNP-07" in over.rule_ids
    assert (given_up.route, given_up.step(StepKind.NOTICE) is not None) == (Route.NOTICE, True)


def test_servicemembers() -> None:
    facts = line("US", since=D(2026, 1, 21), fee=(money("US", "325"), money("US", "10")))
    orders = Circumstances(Reason.SERVICE, orders_days=60, usable_there=False)
    assert way(facts, Choices(about=orders)).quote.high == money("US", "225.00")
    orders = Circumstances(Reason.SERVICE, orders_days=90, usable_there=False)
    assert way(facts, Choices(about=orders)).quote.high == money("US", "0")
    open_ended = Circumstances(Reason.SERVICE, orders_open=True)
    quote = way(facts, Choices(about=open_ended)).quote
    assert (quote.low, quote.high) == (money("US", "0"), money("US", "225.00"))


def test_elsewhere_only_the_contract_counts() -> None:
    facts = line("DE", commitment_ends=D(2027, 11, 21), monthly=money("DE", "20.00"))
    found = way(facts, Choices(keep_number=False))
    assert found.needs_notice
    assert Caution.NO_RULES in found.cautions
    known = way(facts, Choices(keep_number=False, notice=(1, "month")))
    assert (known.cut, known.quote.low, known.quote.high) == (
        D(2026, 12, 21), money("DE", "0"), money("DE", "220.00"),
    )  # fmt: skip
    assert not any(step.rule_ids for step in known.steps)


@pytest.mark.parametrize("code", ["DE", "FR"])
def test_by_contract_alone_its_own_fee_is_the_charge(code: str) -> None:
    facts = line(
        code, commitment_ends=D(2027, 11, 21), concluded=D(2026, 1, 21), monthly=money(code, "20.00"),
        fee=(money(code, "150"), money(code, "10")), is_business=True, notice=(1, "month"),
    )  # fmt: skip
    found = way(facts, Choices(keep_number=False))
    charge = found.quote.lines[0]
    assert (charge.reason, charge.low, charge.high) == (CostReason.EARLY_FEE, money(code, "40"), money(code, "40"))
    assert found.price_of(D(2027, 11, 21)).lines[0].reason is CostReason.COMMITMENT_OVER
    unknown = way(replace(facts, concluded=None, commitment_ends=None), Choices(keep_number=False))
    assert unknown.quote.high == money(code, "150")


DAYS = st.dates(D(2020, 1, 1), D(2032, 12, 31))
FACTS = st.fixed_dictionaries(
    {
        "access": st.sampled_from(list(Access)),
        "is_business": st.booleans(),
        "lock": st.sampled_from(list(SimLock)),
        "commitment_ends": st.none() | DAYS,
        "concluded": st.none() | DAYS,
        "since": st.none() | DAYS,
        "at_distance": st.sampled_from([None, True, False]),
        "subsidised": st.sampled_from([None, True, False]),
        "notice": st.none() | st.tuples(st.integers(0, 120), st.sampled_from(["day", "month"])),
        "price_changes": st.lists(DAYS, max_size=2).map(tuple),
        "contract_lines": st.integers(1, 3),
        "instalments_left": st.none() | st.integers(0, 36),
        "postcode": st.sampled_from(["", "67000", "75001", "x"]),
        "carrier": st.sampled_from(["", "Verizon", "AT&T", "T-Mobile", "SFR", "Visible"]),
        "has_direct_debit": st.booleans(),
    }
)
CHOICES = st.builds(
    Choices,
    keep_number=st.booleans(),
    plain_notice=st.booleans(),
    accept_locked=st.booleans(),
    withdraw=st.booleans(),
    day=st.none() | DAYS,
    notice=st.none() | st.just((30, "day")),
    about=st.builds(
        Circumstances,
        reason=st.sampled_from(list(Reason)),
        listed=st.sampled_from([None, True, False]),
        filed=st.none() | DAYS,
        orders_days=st.none() | st.integers(0, 400),
        stop_move=st.booleans(),
    ),
)
MOMENTS = st.datetimes(datetime(2023, 7, 1), datetime(2029, 12, 1), timezones=st.just(UTC))
AMOUNTS = st.none() | st.decimals(0, 200, places=2)


@settings(deadline=None)
@given(st.sampled_from(sorted(ZONES)), FACTS, CHOICES, MOMENTS, AMOUNTS)
def test_every_answer_is_a_day_a_range_or_a_question(
    code: str, more: dict[str, object], choices: Choices, now: datetime, price: Decimal | None
) -> None:
    monthly = Money(price, MONEY[code]) if price is not None else None
    found = way(line(code, monthly=monthly, instalment=monthly, **more), choices, now)
    days = [step.day for step in found.steps]
    assert days == sorted(days)
    assert found.earliest <= found.cut
    assert any(d.route is found.route for d in found.departures)
    assert all(d.earliest <= d.planned for d in found.departures)
    quote = found.quote
    if quote.low is not None and quote.high is not None:
        assert quote.low.value >= 0
        assert quote.low <= quote.high
    rules = rules_of(code)
    named = {name for step in found.steps for name in step.rule_ids}
    named |= {line.rule_id for line in quote.lines} | {name for line in quote.lines for name in line.also}
    assert named - {""} <= {rule.id for rule in rules.rules}
    for free in found.country.exits(found.ground):
        assert free.last is None or free.first <= free.last
    for duty in found.country.duties(found.ground):
        assert duty.first is None or duty.first <= duty.last


def test_a_box_costs_its_closing_fee_on_every_day() -> None:
    box = line("FR", access=Access.INTERNET, commitment_ends=D(2026, 4, 21), monthly=euros("31.99"))
    found = way(box)
    assert (found.quote.low, found.quote.high) == (euros("0"), euros("69"))
    seen = outlook(found)
    assert seen.cheapest is not None
    assert (seen.cheapest.day, seen.cheapest.high) == (found.earliest, euros("69"))
    assert [e.reason for e in seen.exits] == [CostReason.COMMITMENT_OVER]
