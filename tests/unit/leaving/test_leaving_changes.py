"""Several announced changes and a reason of one's own: each is judged for itself, and none hides another."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.domain.money import Money
from selfcare.domain.records import replace
from selfcare.leaving.answer import document_of
from selfcare.leaving.choices import Choices, Circumstances, Reason
from selfcare.leaving.country import Caution, CostReason
from selfcare.leaving.facts import LeavingFacts, Rise
from selfcare.leaving.quote import cheapest_day, cost_course
from selfcare.leaving.way import StepKind, Way
from tests.unit.leaving.test_leaving_countries import MONEY, line, money, rules_of, way

D = date
NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
TODAY = NOW.date()
UNKNOWN, AGREED, WRONG = "unknown", "agreed", "wrong"


def rise(told: date, kind: str, code: str = "GB") -> Rise | None:
    if kind == UNKNOWN:
        return None
    amount, agreed = ("1.80", "1.80") if kind == AGREED else ("3", "0")
    return Rise(told, D(2026, 12, 20), money(code, amount), money(code, agreed))


def told(code: str, *changes: tuple[date, str], **more: object) -> LeavingFacts:
    rises = tuple(one for day, kind in changes if (one := rise(day, kind, code)) is not None)
    return line(
        code, concluded=D(2026, 1, 31), commitment_ends=D(2028, 1, 30), monthly=money(code, "45"), carrier="Verizon",
        fee=(money(code, "350"), money(code, "10")), price_changes=tuple(day for day, _ in changes), rises=rises,
        **more,
    )  # fmt: skip


def seen(facts: LeavingFacts, choices: Choices = Choices(day=D(2026, 12, 8))) -> Way:  # noqa: B008
    return way(facts, choices, NOW)


SOONER, LATER = (D(2026, 11, 5), UNKNOWN), (D(2026, 11, 10), WRONG)
ONE_LETTER = [(D(2026, 11, 10), kind) for kind in (AGREED, WRONG, UNKNOWN)]


@pytest.mark.parametrize("changes", [(SOONER, LATER), (LATER, SOONER)])
def test_a_change_that_frees_for_certain_is_not_hidden_by_one_that_perhaps_does(
    changes: tuple[tuple[date, str], ...],
) -> None:
    charge = seen(told("GB", *changes)).quote.lines[0]
    assert (charge.reason, charge.until) == (CostReason.FREE_EXIT, D(2026, 12, 10))
    assert charge.high is not None
    assert charge.high.is_zero
    assert charge.change is not None
    assert charge.change.first == LATER[0]


@pytest.mark.parametrize(
    ("kinds", "certain"),
    [
        ((AGREED,), None),
        ((AGREED, WRONG), True),
        ((WRONG, AGREED), True),
        ((AGREED, UNKNOWN), False),
        ((UNKNOWN, AGREED), False),
        ((UNKNOWN, WRONG, AGREED), True),
        ((AGREED, AGREED), None),
    ],
)
def test_each_change_of_one_letter_is_judged_for_itself(kinds: tuple[str, ...], certain: bool | None) -> None:
    found = seen(told("GB", *((D(2026, 11, 10), kind) for kind in kinds)))
    exits = [e.is_certain for e in found.country.exits(found.ground) if e.reason is CostReason.FREE_EXIT]
    assert exits == ([] if certain is None else [certain]), "one window, however many changes are in the letter"
    charge = found.quote.lines[0]
    assert (charge.reason is CostReason.FREE_EXIT) is (certain is not None)
    assert found.quote.is_free is (certain is True)


@pytest.mark.parametrize("days", [(D(2026, 8, 1), D(2026, 11, 15)), (D(2026, 11, 15), D(2026, 8, 1))])
def test_of_two_changes_that_perhaps_free_the_one_that_lasts_longest_is_told(days: tuple[date, date]) -> None:
    found = seen(told("FR", *((day, UNKNOWN) for day in days), subsidised=True))
    assert found.quote.lines[0].until == D(2027, 3, 15)
    step = found.step(StepKind.CERTIFICATE)
    assert step is not None
    assert step.rule_ids == ("FR-MOD-01",)


def test_a_certain_window_that_closes_is_warned_of_though_another_is_perhaps_open() -> None:
    facts = told("GB", (D(2026, 11, 3), WRONG), (D(2026, 11, 28), UNKNOWN))
    late = seen(facts, Choices(day=D(2026, 12, 10)))
    assert late.quote.is_range
    assert Caution.EXIT_IS_MISSED in late.cautions
    assert late.lost_exit is not None
    assert late.lost_exit[0].last == D(2026, 12, 3)
    assert Caution.EXIT_IS_MISSED not in seen(facts, Choices(day=D(2026, 12, 3))).cautions


@pytest.mark.parametrize("reason", [Reason.DEATH, Reason.MOVING])
def test_a_reason_that_perhaps_frees_hides_no_change_that_does(reason: Reason) -> None:
    found = seen(told("GB", LATER), Choices(day=D(2026, 12, 8), about=Circumstances(reason)))
    assert found.quote.is_free
    assert found.quote.lines[0].change is not None
    assert cheapest_day(found.ground, found.country, found.route, found.earliest) == cheapest_day(
        seen(told("GB", LATER)).ground, found.country, found.route, found.earliest
    )


@pytest.mark.parametrize(("listed", "reason"), [(None, CostReason.RELIEF), (False, CostReason.FREE_EXIT)])
def test_a_reason_and_a_change_that_perhaps_free_are_both_told(listed: bool | None, reason: CostReason) -> None:
    about = Circumstances(Reason.MOVING, listed=listed)
    found = seen(told("FR", (D(2026, 11, 15), UNKNOWN), subsidised=True), Choices(day=D(2026, 12, 8), about=about))
    charge = found.quote.lines[0]
    assert charge.reason is reason
    assert {"FR-MOD-01", "FR-DUR-05"} <= {charge.rule_id, *charge.also}
    assert charge.change is not None
    assert found.step(StepKind.CERTIFICATE) is not None, "a move names no reason: the change is told in a letter"
    course = cost_course(found.ground, found.country, found.route, TODAY, D(2028, 1, 30))
    assert course[0][1].is_zero, "the picture shows what the change may free"


def test_a_commitment_that_nobody_states_is_no_reason_to_hide_what_frees_for_certain() -> None:
    facts = replace(told("GB", LATER), commitment_ends=None)
    assert seen(facts).quote.is_free
    assert seen(replace(facts, rises=())).quote.high is None


KINDS = st.sampled_from([UNKNOWN, AGREED, WRONG])
CHANGES = st.lists(st.tuples(st.dates(D(2026, 7, 1), TODAY), KINDS), min_size=1, max_size=4)
REASONS = st.builds(
    Circumstances,
    reason=st.sampled_from(list(Reason)),
    listed=st.sampled_from([None, True, False]),
    filed=st.none() | st.just(D(2026, 11, 1)),
    admitted=st.booleans(),
    orders_days=st.sampled_from([None, 30, 120]),
    usable_there=st.sampled_from([None, True, False]),
)
CHOSEN = st.builds(
    Choices,
    keep_number=st.booleans(),
    plain_notice=st.booleans(),
    day=st.dates(TODAY, D(2027, 6, 1)),
    about=REASONS,
)
COUNTRIES = st.sampled_from(["GB", "FR", "US"])


@given(COUNTRIES, CHANGES, CHOSEN, st.data())
def test_the_order_of_the_changes_never_matters(
    code: str, changes: list[tuple[date, str]], choices: Choices, data: st.DataObject
) -> None:
    turned = data.draw(st.permutations(changes))
    one, other = (
        document_of(seen(told(code, *order), choices), rules_of(code), "en") for order in (changes, turned)
    )  # fmt: skip
    assert one == other


def worth(found: Way) -> tuple[Decimal, Decimal]:
    endless = Money(Decimal("Infinity"), MONEY[found.ground.facts.country])
    return (found.quote.low or endless).value, (found.quote.high or endless).value


@given(COUNTRIES, CHANGES, st.dates(D(2026, 7, 1), TODAY), st.sampled_from([UNKNOWN, WRONG]), CHOSEN)
def test_one_right_more_never_makes_leaving_dearer(
    code: str, changes: list[tuple[date, str]], day: date, kind: str, choices: Choices
) -> None:
    def without_prices(facts: LeavingFacts) -> LeavingFacts:
        """A rise that is in the price already, so that only the right is added."""
        return replace(facts, rises=tuple(replace(one, starts=TODAY) for one in facts.rises))

    before = worth(seen(without_prices(told(code, *changes)), choices))
    after = worth(seen(without_prices(told(code, *changes, (day, kind))), choices))
    assert after[0] <= before[0]
    assert after[1] <= before[1]
    alone = worth(seen(without_prices(told(code, *changes)), replace(choices, about=Circumstances())))
    if choices.about.reason not in {Reason.NONE, Reason.MOVING}:  # a move at home may go by another route
        assert before[0] <= alone[0]
        assert before[1] <= alone[1]
