"""Which lines are on their way out: by the operator's orders and the state of the line, never by a wish alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from selfcare.domain.options import PaperState
from selfcare.domain.orders import Order, OrderState
from selfcare.leaving.departures import Departure, departures, of_contract
from tests import samples

LINE = samples.lines()[0]
AT = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
NOTICE = Order(
    "O-1", "", "termination", OrderState.ACKNOWLEDGED, "acknowledged", AT, None,
    datetime(2026, 12, 30, 23, tzinfo=UTC), None, (LINE.id,),
)  # fmt: skip


def found(*orders: Order, zone: str = "Europe/Paris") -> dict[str, Departure]:
    return departures((LINE,), orders, zone)


def test_a_notice_counts_by_the_operators_own_days() -> None:
    assert found(NOTICE) == {LINE.id: Departure(LINE.id, False, date(2026, 11, 21), date(2026, 12, 31))}
    assert found() == found(replace(NOTICE, product_ids=("another",))) == {}
    assert found(replace(NOTICE, category="portOutCode")) == {}


@pytest.mark.parametrize("state", [OrderState.CANCELLED, OrderState.REJECTED, OrderState.FAILED])
def test_a_notice_that_came_to_nothing_ends_nothing(state: OrderState) -> None:
    gone = replace(NOTICE, state=state)
    assert found(gone) == {}
    again = replace(NOTICE, id="O-2", ordered=AT + timedelta(days=1))
    assert found(gone, again)[LINE.id].given == date(2026, 11, 22)
    assert found(replace(gone, ordered=AT - timedelta(days=1)), replace(gone, id="O-2")) == {}
    assert found(NOTICE, replace(gone, id="O-2", ordered=AT + timedelta(days=1))) == found(NOTICE), "it is still open"


def test_a_line_that_is_over_is_over_whatever_was_ordered() -> None:
    over = replace(LINE, on_paper=PaperState.TERMINATED, ends=date(2026, 10, 31))
    assert departures((over,), (NOTICE,), "UTC") == {LINE.id: Departure(LINE.id, True, ends=date(2026, 10, 31))}


def test_a_contract_leaves_with_the_last_of_its_lines() -> None:
    contract = replace(samples.contracts()[0], product_ids=("A", "B"))
    lines = tuple(replace(LINE, id=key, contract_id="") for key in "AB")
    one, two = Departure("A", True, ends=date(2026, 10, 1)), Departure("B", False, ends=date(2026, 12, 1))
    assert of_contract(contract, lines, {"A": one}) == ()
    assert of_contract(contract, lines, {"A": one, "B": two}) == (two, one)
    assert of_contract(contract, (), {"A": one, "B": two}) == ()
