"""What a credit note says: the operator gives back, and nobody asks for less than nothing."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from tests.samples import gbp
from tests.unit.viewmodel.test_bills_view import BILLS, view

NOTE = replace(BILLS[0], total=gbp("-12.50"), remaining=gbp("-12.50"), due=date(2026, 11, 28))


def test_a_credit_note_names_what_is_given_back_and_by_when() -> None:
    facts = {fact.label: fact.value for fact in view(NOTE).facts}
    assert (facts["Still to be given back"], facts["To be given back by"]) == ("£12.50", "Sat 28 Nov")
    assert not {"Due", "Still to pay"} & facts.keys()


def test_a_bill_says_what_is_to_be_paid_as_before() -> None:
    facts = {fact.label: fact.value for fact in view(replace(BILLS[0], remaining=gbp("3.00"))).facts}
    assert facts["Still to pay"] == "£3.00"
    assert "Due" in facts
