"""An amount that is not understood is called that, and neither "not stated" nor a figure, wherever it stands."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from selfcare.viewmodel.bars import bars_of
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
