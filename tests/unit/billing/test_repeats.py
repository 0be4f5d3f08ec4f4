"""One time billed twice is worth a word, however late, and whatever the second bill is called or comes to."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from bills_of import flags_of, gbp, line, plain
from msgspec.structs import replace

from selfcare.billing.flags import Flag, Oddity
from selfcare.billing.weighing import Record
from selfcare.domain.bills import BillLine, LineKind

YEAR = [plain(n) for n in range(20)]


def again(days: int, *lines: BillLine, number: str = "B15x", total: str = "32.00") -> list[Flag]:
    first = YEAR[15]
    day = first.bill.day
    assert day is not None
    bill = replace(first.bill, id="B15x", number=number, day=day + timedelta(days=days), total=gbp(total))
    return [flag for flag in flags_of([*YEAR, Record(bill, lines or first.lines)]) if flag.bill_id == "B15x"]


@pytest.mark.parametrize("days", [0, 2, 40, 50, 60, 120])
def test_the_same_time_is_billed_again_however_late(days: int) -> None:
    (flag,) = again(days)
    assert (flag.kind, flag.other, flag.amount, flag.usual) == (Oddity.DUPLICATE, "B15", gbp("32.00"), None)


def test_a_cent_a_fee_or_another_name_hides_no_repeat() -> None:
    plan, voicemail = YEAR[15].lines
    dearer = replace(plan, gross=gbp("30.01"))
    fee = line(15, "Reprint fee", "1.50", LineKind.ONE_TIME)
    renamed = replace(plan, name="Plan mobile", product_id="", gross=gbp("32.00"))
    for lines, total in (((dearer, voicemail), "32.01"), ((plan, voicemail, fee), "33.50"), ((renamed,), "32.00")):
        (flag,) = again(2, *lines, total=total)
        assert flag.kind is Oddity.DUPLICATE
        assert flag.usual == (gbp("32.00") if total != "32.00" else None)


def test_what_comes_on_top_of_a_repeat_is_judged_too() -> None:
    sea = line(15, "Data at sea", "900.00", LineKind.USAGE)
    found = again(2, *YEAR[15].lines, sea, total="932.00")
    assert [flag.kind for flag in found] == [Oddity.DUPLICATE, Oddity.LINE, Oddity.TOTAL]


def test_one_number_on_two_bills_is_a_repeat_unless_every_bill_bears_it() -> None:
    first = YEAR[15].bill
    late = replace(YEAR[18], bill=replace(YEAR[18].bill, number=first.number))
    bills = [*YEAR[:18], late]
    assert [(flag.kind, flag.bill_id) for flag in flags_of(bills)] == [(Oddity.DUPLICATE, "B18")]
    account = [replace(one, bill=replace(one.bill, number="4711")) for one in YEAR]
    assert flags_of(account) == []


def test_a_bill_of_its_own_for_the_same_time_is_none() -> None:
    handset = line(15, "Handset", "9.00", LineKind.ONE_TIME)
    assert again(2, handset, total="9.00") == []


def test_one_written_anew_months_after_its_credit_note_is_none() -> None:
    first = YEAR[15].bill
    assert first.day is not None
    note = replace(
        first, id="N", number="N", day=first.day + timedelta(days=50), category="creditNote",
        total=replace(gbp("32.00"), value=Decimal("-32.00")),
    )  # fmt: skip
    anew = replace(first, id="B15y", number="B15y", day=first.day + timedelta(days=60))
    assert flags_of([*YEAR, Record(note), Record(anew, YEAR[15].lines)]) == []
