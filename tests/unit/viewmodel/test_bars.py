"""Bills as bars: what is cut off, what is left out, and what is said of it."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from selfcare.domain.bills import Bill, BillState
from selfcare.viewmodel.bars import bars_of
from tests.samples import bills, gbp, words

W = words()
QUIET = bills()[1:]
"""All of them paid."""


def owed(bill: Bill) -> Bill:
    return replace(bill, state=BillState.SENT, state_word="sent", remaining=bill.total)


def test_a_strange_bill_that_is_not_above_the_others_is_hatched_and_not_cut_off() -> None:
    odd = {bill.id: bill.id == QUIET[1].id for bill in QUIET}
    bars = bars_of((QUIET[0], owed(QUIET[1]), *QUIET[2:]), W, 12, odd)
    assert bars is not None
    strange = [bar for bar in bars.bars if bar.said]
    assert [(bar.kind, bar.key) for bar in strange] == [("odd", QUIET[1].id)]
    assert strange[0].height < 1
    assert "cut off" not in bars.caption


def test_where_all_are_strange_each_has_its_height() -> None:
    bars = bars_of([owed(bill) for bill in QUIET[:4]], W, 12, {bill.id: True for bill in QUIET})
    assert bars is not None
    assert {bar.kind for bar in bars.bars} == {"odd"}
    assert bars.bars[0].height != bars.bars[-1].height


def test_a_paid_bill_with_the_usual_total_looks_as_the_list_calls_it() -> None:
    """However strange what is in it: else two years of paid bills with one odd option are all painted red."""
    bars = bars_of(QUIET, W, 12, {bill.id: True for bill in QUIET})
    assert bars is not None
    assert {bar.kind for bar in bars.bars} <= {"usual", "now", "missing"}
    assert [bar.said for bar in bars.bars if bar.said] == []


def test_a_paid_bill_with_a_total_far_off_stays_marked() -> None:
    far = replace(QUIET[1], total=gbp("400.00"))
    bars = bars_of((QUIET[0], far, *QUIET[2:]), W, 12)
    assert bars is not None
    assert [(bar.kind, bar.key) for bar in bars.bars if bar.said] == [("bad", far.id)]


def test_what_is_usual_is_the_total_in_the_middle_at_its_height() -> None:
    bars = bars_of(QUIET[:5], W, 12)
    assert bars is not None
    amounts = sorted(bill.total.value for bill in QUIET[:5] if bill.total is not None)
    assert bars.usual == W.money(gbp(str(amounts[2])))
    assert bars.usual_at == next(bar.height for bar in bars.bars if bar.value == bars.usual)


def test_nothing_is_called_usual_among_three() -> None:
    bars = bars_of(QUIET[:3], W, 12)
    assert bars is not None
    assert bars.usual == ""


def dollars(bill: Bill) -> Bill:
    return replace(bill, id="D", day=date(2026, 11, 9), total=replace(gbp("55.00"), unit="USD"))


def test_one_bill_in_another_currency_leaves_the_others_in_the_picture() -> None:
    bars = bars_of((dollars(QUIET[0]), *QUIET), W, 12)
    whole = bars_of(QUIET, W, 12)
    assert bars is not None
    assert whole is not None
    assert bars.bars == whole.bars
    assert bars.caption == f"{whole.caption}, 1 bill in another currency is not shown"
    assert bars.described.endswith("1 bill in another currency is not shown.")
