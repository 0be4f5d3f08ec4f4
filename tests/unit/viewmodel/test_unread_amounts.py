"""An amount that is not understood is called that, and neither "not stated" nor a figure, wherever it stands."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from selfcare.billing.credits import check_bill
from selfcare.domain.bills import BillLine, LineKind
from selfcare.domain.money import Money
from selfcare.viewmodel.bars import bars_of
from selfcare.viewmodel.bill_check import data_rows
from selfcare.viewmodel.bill_lines import line_groups
from tests import samples
from tests.samples import TODAY, words
from tests.unit.viewmodel.test_bills_view import BILLS, view
from tests.unit.viewmodel.test_home_view import home, quiet

UNREAD = replace(BILLS[0], total=None, remaining=None, unread=("total", "remaining"), due=TODAY + timedelta(days=5))


def test_the_page_of_the_bill_says_so_and_adds_nothing_up() -> None:
    shown = view(UNREAD)
    facts = {fact.label: fact.value for fact in (*shown.facts, *shown.debit)}
    assert (shown.total, facts["Still to pay"], facts["Amount"]) == ("not understood",) * 3
    assert facts["Number"] == BILLS[0].number
    assert [(row.tag, row.kind) for row in shown.checks[:2]] == [("not understood", "warn"), ("not checked", "neutral")]
    assert not any(row.kind in {"good", "bad"} for row in shown.checks)
    assert (shown.warning, shown.comparisons, bool(shown.papers)) == ("", (), True)


def test_only_the_total_that_is_read_is_shown() -> None:
    shown = view(replace(BILLS[0], remaining=None, unread=("remaining",)))
    facts = {fact.label: fact.value for fact in (*shown.facts, *shown.debit)}
    assert (shown.total, facts["Still to pay"], facts["Amount"]) == (
        words().money(BILLS[0].total), "not understood", "not understood",
    )  # fmt: skip
    assert "Still to pay" not in {fact.label for fact in view(replace(BILLS[0], remaining=None)).facts}


def test_home_asks_for_it_without_a_figure_and_is_not_calm() -> None:
    shown = home(**(quiet() | {"bills": (UNREAD, *BILLS[1:])}))
    assert shown.payment is not None
    assert shown.payment.amount == "not understood"
    assert shown.calm is not None
    assert "An amount of a bill could not be understood." in shown.calm.text
    assert "Bills are as usual" not in shown.calm.text


def test_the_picture_of_bills_leaves_it_out() -> None:
    assert bars_of((UNREAD, *BILLS[1:]), words()) == bars_of(BILLS[1:], words())


def test_a_line_stands_in_its_group_and_what_it_is_missing_from_says_so() -> None:
    def line(name: str, amount: str | None, **facts: Any) -> BillLine:
        gross = Money(Decimal(amount), "GBP") if amount is not None else None
        return BillLine(name, BILLS[0].id, name, LineKind.RECURRING, "", gross, None, **facts)

    plan, odd, bare = line("Plan", "30.00"), line("Option", None, unread=("gross",)), line("Extra", None)
    (group,) = line_groups((plan, odd, bare), words())
    assert [(row.name, row.amount) for row in group.rows] == [
        ("Plan", "£30.00"), ("Option", "not understood"), ("Extra", "not stated"),
    ]  # fmt: skip
    assert group.sum == "£30.00, 1 amount not understood and 1 amount not stated"
    assert line_groups((plan, plan), words())[0].sum == "£60.00"
    said = data_rows(BILLS[0], check_bill(BILLS[0], (plan, odd)), words(), (plan, odd))
    assert said[0].tag == "not understood"
    assert not any(row.kind in {"good", "bad"} and "lines" in row.text for row in said)


def test_a_line_whose_amount_is_not_understood_is_not_told_as_gone() -> None:
    lines = samples.bill_lines(BILLS[0].id)
    odd = replace(lines[0], gross=None, unread=("gross",))
    (found, *_others) = view(lines=(odd, *lines[1:])).comparisons
    assert lines[0].name in {one.name for one in samples.bill_lines(BILLS[1].id)}
    assert lines[0].name not in {row.label for row in found.rows}
    assert "Not explained by the lines" not in {row.label for row in found.rows}
