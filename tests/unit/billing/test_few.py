"""The first bills of a new customer: too few to tell what is usual, enough to see what is far beyond all reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from bills_of import flags_of, gbp, line, month, plain
from msgspec.structs import replace

from selfcare.billing.flags import Oddity
from selfcare.billing.known import NOTHING, Known, Sold
from selfcare.billing.weighing import Record
from selfcare.domain.bills import LineKind

KNOWN = Known((Sold("P1", "Plan", gbp("30.00")), Sold("O1", "Voicemail", gbp("2.00"))))


def sea(place: int, amount: str = "45873.63") -> Record:
    return plain(place, line(place, "Roaming at sea", amount, LineKind.USAGE))


@pytest.mark.parametrize("before", range(6))
def test_a_ruinous_bill_is_flagged_however_new_the_customer_is(before: int) -> None:
    found = flags_of([*map(plain, range(before)), sea(before)], KNOWN)
    assert [(flag.kind, flag.amount, flag.usual) for flag in found] == [
        (Oddity.LINE, gbp("45873.63"), None),
        (Oddity.FAR, gbp("45873.63"), gbp("32.00")),
    ]
    assert found[0].name == "Roaming at sea"


def test_without_a_contract_the_bills_before_tell_it_and_of_a_first_one_nobody_knows() -> None:
    assert {flag.kind for flag in flags_of([plain(0), sea(1)])} == {Oddity.LINE, Oddity.FAR}
    assert flags_of([sea(0)]) == []


def test_a_first_holiday_a_fee_to_begin_with_and_a_part_of_a_month_are_none() -> None:
    fee = plain(0, line(0, "Activation", "40.00", LineKind.ONE_TIME))
    assert flags_of([fee, plain(1), sea(2, "48.00")], KNOWN) == []
    part = plain(0, without="Plan")
    assert flags_of([part, *map(plain, range(1, 5))], NOTHING) == []


def test_a_handset_bought_with_the_contract_is_none_and_hides_no_roaming() -> None:
    handset = line(1, "Handset", "649.00", LineKind.ONE_TIME, "H1")
    bought = replace(KNOWN, sold=(*KNOWN.sold, Sold("H1", "Handset", None, month(1))), bought=(month(1),))
    assert flags_of([plain(0), plain(1, handset)], bought) == []
    roaming = line(1, "Roaming", "900.00", LineKind.USAGE)
    assert {flag.name for flag in flags_of([plain(0), plain(1, handset, roaming)], bought)} == {"Roaming", ""}


def test_a_total_without_lines_is_judged_too_but_beside_a_handset() -> None:
    bare = [replace(one, lines=()) for one in (plain(0), plain(1), sea(2))]
    assert [flag.kind for flag in flags_of(bare, KNOWN)] == [Oddity.FAR]
    assert flags_of(bare, replace(KNOWN, bought=(month(3) - timedelta(days=9),))) == []


def test_what_was_far_above_does_not_excuse_the_next() -> None:
    found = flags_of([plain(0), sea(1), sea(2, "9000.00")], KNOWN)
    assert [flag.bill_id for flag in found if flag.kind is Oddity.FAR] == ["B1", "B2"]
