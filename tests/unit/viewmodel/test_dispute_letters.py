"""A dispute whose text the customer changed: what it says and what goes along as data stay the same."""

from __future__ import annotations

from datetime import date

from selfcare.domain.bills import Bill, BillLine, BillState, LineKind
from selfcare.viewmodel.disputes import Matter, amount_sentence, carried_over, unsaid_amount
from tests import samples
from tests.samples import gbp

WORDS = samples.words()
BEFORE = "I dispute bill 7.\n\nCalls: £32.00\nDisputed: £32.00.\n\nPlease explain it."
AFTER = "I dispute bill 7.\n\nCalls: £32.00\nData: £9.00\nDisputed: £41.00.\n\nPlease explain it."


def matter(total: str, *lines: str) -> Matter:
    bill = Bill("b", "7", date(2026, 11, 3), None, gbp(total), None, BillState.SENT)
    found = (BillLine(str(n), "b", f"Line {n}", LineKind.USAGE, "usage", gbp(one), None) for n, one in enumerate(lines))
    return Matter(bill, tuple(found))


def test_what_was_written_stays_and_what_was_not_touched_follows() -> None:
    assert carried_over(BEFORE, BEFORE, AFTER) == AFTER
    written = BEFORE.replace("I dispute bill 7.", "I really dispute bill 7!") + "\n\nThank you"
    assert carried_over(written, BEFORE, AFTER) == AFTER.replace("I dispute bill 7.", "I really dispute bill 7!") + (
        "\n\nThank you"
    )
    assert carried_over(AFTER + "\n\nThank you", AFTER, BEFORE) == BEFORE + "\n\nThank you"
    own = "My own words alone"
    assert carried_over(own, BEFORE, AFTER) == own
    more = BEFORE.replace("Please", "It was usually £9.\n\nPlease")
    assert carried_over(BEFORE + "\n\nBye", BEFORE, more) == more + "\n\nBye"
    assert carried_over(more + "\n\nBye", more, BEFORE) == BEFORE + "\n\nBye"


def test_a_text_that_names_another_amount_is_told() -> None:
    case = matter("60.00", "32.00", "28.00")
    assert unsaid_amount(case, ("0",), "I do not owe £32.00.", WORDS) == ""
    for wrong in ("I do not owe it", "I do not owe £132.00", "I do not owe £32.005"):
        assert "£32.00 goes along" in unsaid_amount(case, ("0",), wrong, WORDS)


def test_charges_of_more_than_the_bill_are_not_called_the_whole_bill() -> None:
    said = amount_sentence(matter("60.00", "900.00", "-840.00"), ("0",), WORDS)
    assert said == "Disputed: £900.00, more than the bill of £60.00 asks for."
    assert amount_sentence(matter("60.00", "60.00"), ("0",), WORDS) == "Disputed: £60.00, the whole bill."
