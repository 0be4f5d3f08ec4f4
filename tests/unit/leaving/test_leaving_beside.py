"""The operator's figure beside ours: every reason to leave free counts, and so does all that falls due."""

from datetime import date

import pytest

from selfcare.domain.lines import Access
from selfcare.domain.records import replace
from selfcare.leaving.choices import Choices, Circumstances, Reason
from selfcare.leaving.country import CostReason
from selfcare.leaving.facts import LeavingFacts, Rise
from selfcare.leaving.quote import Agreement, Beside
from tests.unit.leaving.test_leaving_countries import TODAY, line, money, way

D = date
LISTED = Circumstances(Reason.LISTED, listed=True)
INDEBTED = Circumstances(Reason.DEBT, filed=D(2026, 11, 1), admitted=True)
ORDERED = Circumstances(Reason.SERVICE, orders_days=120, usable_there=False)


def stated(code: str, figure: str, **more: object) -> LeavingFacts:
    months = {"concluded": D(2026, 3, 1), "commitment_ends": D(2028, 3, 1), "monthly": money(code, "30")}
    own = {"operator_charge": money(code, figure), "operator_charge_day": TODAY}
    return line(code, **{**months, **own, **more})


def beside(facts: LeavingFacts, choices: Choices = Choices()) -> Beside:  # noqa: B008
    return way(facts, choices).quote.beside


RISE = Rise(D(2026, 11, 15), None, money("GB", "3"), money("GB", "0"))
FREED = {
    "free exit": (stated("GB", "400", rises=(RISE,), price_changes=(RISE.told,)), Choices()),
    "withdrawal": (
        stated("FR", "83.98", concluded=D(2026, 11, 15), at_distance=True),
        Choices(keep_number=False, withdraw=True),
    ),
    "listed": (stated("FR", "500"), Choices(about=LISTED)),
    "over-indebted": (stated("FR", "300"), Choices(about=INDEBTED)),
    "orders": (stated("US", "175", fee=(money("US", "175"), money("US", "0"))), Choices(about=ORDERED)),
}


@pytest.mark.parametrize("name", FREED)
def test_a_figure_for_what_is_free_is_more_than_ours(name: str) -> None:
    found = beside(*FREED[name])
    assert (found.agreement, found.is_free) == (Agreement.HIGHER, True)
    charge = way(*FREED[name]).quote.lines[0]
    assert found.charge is not None
    assert found.charge.reason is charge.reason


@pytest.mark.parametrize(
    ("figure", "agreement"), [("0", Agreement.AGREES), ("300", Agreement.AGREES), ("300.01", Agreement.HIGHER)]
)
def test_the_rest_of_the_phone_may_be_in_the_figure_or_beside_it(figure: str, agreement: Agreement) -> None:
    facts = stated("US", figure, instalment=money("US", "30"), instalments_left=10)
    assert beside(facts).agreement is agreement
    assert beside(stated("US", "150", instalment=money("US", "30"), instalments_left=10)).agreement is Agreement.LOWER


@pytest.mark.parametrize(
    ("figure", "agreement"),
    [
        ("199", Agreement.LOWER),
        ("200", Agreement.AGREES),
        ("210", Agreement.LOWER),
        ("225", Agreement.AGREES),
        ("226", Agreement.HIGHER),
    ],
)
def test_the_closing_fee_of_the_contract_is_counted(figure: str, agreement: Agreement) -> None:
    fees = {"fee": (money("US", "200"), money("US", "0")), "closing_fee": money("US", "25")}
    assert beside(stated("US", figure, **fees)).agreement is agreement


@pytest.mark.parametrize("closing", [None, "50"])
def test_a_box_in_month_17_is_not_called_dearer_than_the_law(closing: str | None) -> None:
    fee = None if closing is None else money("FR", closing)
    facts = line(
        "FR", concluded=D(2025, 6, 2), commitment_ends=D(2027, 6, 2), monthly=money("FR", "30"), closing_fee=fee,
        carrier="Orange", subsidised=False, access=Access.INTERNET, operator_charge=money("FR", "50"),
        operator_charge_day=TODAY,
    )  # fmt: skip
    assert beside(facts).agreement is Agreement.AGREES
    over = beside(replace(facts, operator_charge=money("FR", "90")))
    assert (over.agreement, over.by_law) == (Agreement.HIGHER, False), "a custom and an uncertain rule are no law"


def test_law_is_named_where_all_of_it_is_law() -> None:
    facts = stated("FR", "300", concluded=D(2025, 3, 1), commitment_ends=D(2027, 3, 1), subsidised=True)
    assert (beside(facts).agreement, beside(facts).by_law) == (Agreement.HIGHER, True)
    first = stated("FR", "900", subsidised=True)
    assert (beside(first).agreement, beside(first).by_law) == (Agreement.HIGHER, False), "FR-DUR-05 is uncertain"


def test_all_lines_of_a_contract_are_compared_and_a_figure_of_an_older_contract_is_not() -> None:
    facts = stated("FR", "300", contract_lines=2, monthly=None, contract_monthly=money("FR", "61.98"), subsidised=False)
    assert beside(facts).high is not None
    assert beside(facts).contract_lines == 2
    assert way(facts).quote.high is None
    old = stated("FR", "300", operator_charge_day=D(2020, 1, 1))
    assert beside(old).agreement is Agreement.CANNOT_TELL


FEE = {"fee": (money("US", "325"), money("US", "10")), "concluded": D(2026, 1, 15), "contract_lines": 2}


@pytest.mark.parametrize(
    ("figure", "agreement"),
    [("450", Agreement.AGREES), ("450.01", Agreement.HIGHER), ("225", Agreement.LOWER)],
)
def test_a_fee_of_each_line_is_counted_for_each(figure: str, agreement: Agreement) -> None:
    """By hand: 325 less 10 for each of 10 full months, for two lines."""
    found = beside(stated("US", figure, **FEE))
    assert (found.agreement, found.low, found.high) == (agreement, money("US", "450"), money("US", "450"))
    assert way(stated("US", figure, **FEE)).quote.high == money("US", "225"), "of this line alone"


def test_a_closing_fee_of_several_lines_is_asked_once_or_for_each() -> None:
    fees = {"fee": (money("FR", "20"), money("FR", "0")), "closing_fee": money("FR", "49"), "is_business": True}
    facts = stated("FR", "1240", **fees, contract_lines=40)
    assert (beside(facts).low, beside(facts).high) == (money("FR", "849"), money("FR", "2760"))
    assert beside(facts).agreement is Agreement.AGREES


def test_the_handsets_of_other_lines_are_not_known_so_nobody_is_accused() -> None:
    plan = {"instalment": money("US", "30"), "instalments_left": 10, "contract_lines": 2}
    for figure, agreement in (
        ("0", Agreement.AGREES), ("250", Agreement.LOWER), ("300", Agreement.CANNOT_TELL),
        ("600", Agreement.CANNOT_TELL), ("900", Agreement.CANNOT_TELL),
    ):  # fmt: skip
        assert beside(stated("US", figure, **plan)).agreement is agreement, figure


def test_a_rise_that_each_line_agreed_to_frees_none_of_them() -> None:
    rise = Rise(D(2026, 11, 15), D(2026, 12, 20), money("GB", "1.80"), money("GB", "1.80"))
    facts = stated(
        "GB", "900", rises=(rise,), price_changes=(rise.told,), contract_lines=2, contract_monthly=money("GB", "60")
    )
    found = beside(facts)
    assert found.charge is not None
    assert found.charge.reason is CostReason.COMMITMENT_LEFT
    assert found.agreement is Agreement.AGREES
