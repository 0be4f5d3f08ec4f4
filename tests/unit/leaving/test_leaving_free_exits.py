"""A free exit counts by the day on which the operator hears of the end: an order or a notice, never a code."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from selfcare.domain.records import replace
from selfcare.leaving.choices import Choices, Circumstances, Reason
from selfcare.leaving.country import Caution, CostReason, DutyKind
from selfcare.leaving.facts import Rise
from selfcare.leaving.outlook import outlook
from selfcare.leaving.quote import Agreement, cheapest_day
from selfcare.leaving.rules import Standing
from selfcare.leaving.way import StepKind, Way
from tests.unit.leaving.test_leaving_countries import line, money, way

D = date


def bound(code: str, told: date, today: date, day: date, choices: Choices = Choices()) -> Way:  # noqa: B008
    rise = Rise(told, told + timedelta(days=31), money(code, "3"), money(code, "0"))
    facts = line(
        code, concluded=D(2026, 3, 1), commitment_ends=D(2028, 3, 1), monthly=money(code, "30"),
        price_changes=(told,), rises=(rise,), subsidised=True,
    )  # fmt: skip
    now = datetime(today.year, today.month, today.day, 10, tzinfo=ZoneInfo(facts.zone))
    return way(facts, replace(choices, day=day), now)


@pytest.mark.parametrize(
    ("code", "told", "today", "inside", "outside"),
    [
        ("GB", D(2027, 1, 26), D(2027, 2, 2), D(2027, 2, 26), D(2027, 3, 1)),
        ("FR", D(2026, 10, 31), D(2026, 11, 21), D(2027, 3, 3), D(2027, 3, 15)),
    ],
)
def test_a_move_is_free_only_if_it_is_ordered_inside(
    code: str, told: date, today: date, inside: date, outside: date
) -> None:
    late = bound(code, told, today, outside)
    over = late.step(StepKind.HAND_OVER)
    assert over is not None
    assert late.quote.lines[0].reason is not CostReason.FREE_EXIT
    assert Caution.EXIT_IS_MISSED in late.cautions
    assert late.lost_exit is not None
    assert (late.lost_exit[0].last or over.day) < over.day == late.lost_exit[1]
    kept = bound(code, told, today, inside)
    assert kept.quote.lines[0].reason is CostReason.FREE_EXIT
    assert Caution.EXIT_IS_MISSED not in kept.cautions
    assert late.price_of(inside).lines[0].reason is CostReason.FREE_EXIT
    best = cheapest_day(late.ground, late.country, late.route, late.earliest)
    assert best is not None
    assert late.price_of(best.day).high == best.high
    assert (best.day == late.earliest) is (code == "GB")  # in France the exit is only likely: waiting costs less


@pytest.mark.parametrize(
    ("today", "frees"),
    [(D(2026, 11, 14), False), (D(2026, 11, 15), True), (D(2027, 3, 15), True), (D(2027, 3, 16), False)],
)
def test_in_france_a_notice_of_the_four_months_after_the_announcement(today: date, frees: bool) -> None:
    gone = Choices(keep_number=False)
    charge = bound("FR", D(2026, 11, 15), today, today + timedelta(days=10), gone).quote.lines[0]
    assert (charge.reason is CostReason.FREE_EXIT) is frees
    if frees:
        assert charge.low is not None
        assert charge.low.is_zero
        assert charge.high != charge.low, "a change to the customer's benefit frees nobody, so it is only perhaps free"


def test_a_notice_of_today_still_frees_for_a_later_day() -> None:
    gone = Choices(keep_number=False, plain_notice=True)
    found = bound("GB", D(2027, 1, 26), D(2027, 2, 2), D(2027, 6, 1), gone)
    assert found.quote.lines[0].reason is CostReason.FREE_EXIT
    assert Caution.EXIT_IS_MISSED not in found.cautions


def test_an_order_that_was_given_inside_stays_free() -> None:
    found = bound("GB", D(2027, 1, 26), D(2027, 2, 2), D(2027, 3, 1), Choices(handed_over=D(2027, 2, 1)))
    assert found.quote.lines[0].reason is CostReason.FREE_EXIT


@pytest.mark.parametrize("code", ["GB", "FR", "US"])
@pytest.mark.parametrize("ends", [D(2026, 10, 15), D(2028, 3, 1)])
def test_no_free_exit_is_certain_by_an_uncertain_rule(code: str, ends: date) -> None:
    facts = line(
        code, concluded=D(2026, 11, 15), since=D(2026, 11, 15), commitment_ends=ends, monthly=money(code, "30"),
        price_changes=(D(2026, 11, 10),), subsidised=True, carrier="Verizon",
    )  # fmt: skip
    found = way(facts)
    exits = found.country.exits(found.ground)
    assert exits
    for free in exits:
        rule = found.ground.rules.find(free.rule_id, free.first) or found.ground.rules.cited(free.rule_id, free.first)
        assert rule is not None
        assert not (free.is_certain and rule.standing is Standing.UNCERTAIN), free


@pytest.mark.parametrize("reason", [Reason.NONE, Reason.DEATH, Reason.MOVING])
def test_v04_nothing_of_a_price_that_nobody_states_is_nothing(reason: Reason) -> None:
    """After month twelve without a handset: 0 % of the rest, whatever a month costs (FR-DUR-02)."""
    facts = line(
        "FR", concluded=D(2025, 6, 10), commitment_ends=D(2027, 6, 10), subsidised=False, contract_lines=2,
        contract_monthly=money("FR", "61.98"), operator_charge=money("FR", "123.96"),
    )  # fmt: skip
    found = way(facts, Choices(about=Circumstances(reason)))
    assert (found.quote.lines[0].reason, found.quote.lines[0].rule_id) == (CostReason.AFTER_FIRST_YEAR, "FR-DUR-02")
    assert (found.quote.low, found.quote.high) == (money("FR", "0.00"), money("FR", "0.00"))
    assert found.quote.agreement is Agreement.HIGHER
    exits = {free.reason: free.first for free in found.country.exits(found.ground)}
    assert exits[CostReason.AFTER_FIRST_YEAR] == D(2026, 6, 10)


@pytest.mark.parametrize(
    "more", [{"subsidised": True}, {"subsidised": None}, {"concluded": D(2025, 12, 1)}, {"concluded": D(2022, 12, 31)}]
)
def test_a_part_of_a_price_that_nobody_states_is_not_known(more: dict[str, object]) -> None:
    """A fifth, a quarter, or month twelve not over: how much it is hangs on the price."""
    facts = line("FR", **{"concluded": D(2025, 6, 10), "commitment_ends": D(2027, 11, 10), "subsidised": False, **more})
    found = way(facts)
    assert (found.quote.lines[0].reason, found.quote.high) == (CostReason.PRICE_NOT_STATED, None)
    waits = {free.reason for free in found.country.exits(found.ground) if free.first <= found.ground.today}
    assert CostReason.AFTER_FIRST_YEAR not in waits


@pytest.mark.parametrize("code", ["GB", "FR", "US"])
def test_a_price_that_falls_frees_nobody_and_may_be_told_late(code: str) -> None:
    told, starts = D(2026, 11, 19), D(2026, 11, 30)

    def seen(*amounts: str | None) -> tuple[set[CostReason], set[DutyKind]]:
        rises = tuple(Rise(told, starts, money(code, amount)) for amount in amounts if amount is not None)
        facts = line(
            code, concluded=D(2026, 3, 1), commitment_ends=D(2028, 3, 1), monthly=money(code, "30"), rises=rises,
            price_changes=(told,) * len(amounts), changes=((told, starts),) * len(amounts),
        )  # fmt: skip
        found = way(facts, Choices(keep_number=False))
        around = outlook(found)
        return {found.quote.lines[0].reason, *(e.reason for e in around.exits)}, {d.kind for d in around.duties}

    for amounts in (("2.00",), (None,), ("-2.00", "2.00"), ("-2.00", None)):
        assert CostReason.FREE_EXIT in seen(*amounts)[0], amounts
        assert (DutyKind.CHANGE in seen(*amounts)[1]) is (code != "US")
    reasons, duties = seen("-2.00")
    assert CostReason.FREE_EXIT not in reasons
    assert DutyKind.CHANGE not in duties
