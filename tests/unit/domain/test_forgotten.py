"""A notice that the operator accepted and no longer shows is nobody's quiet "nothing for you to do"."""

from datetime import UTC, date, datetime

from msgspec.structs import replace

from selfcare.domain.commands import GiveNotice, RequestCode
from selfcare.domain.forgotten import forgotten
from selfcare.domain.orders import Order, OrderState
from selfcare.domain.waiting import Waiting, WaitingState

AT = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)
ORDER = Order("O-1", "W-1", "termination", OrderState.IN_PROGRESS, "inProgress", AT, None, None, None, ("PR-1",))
GONE = replace(ORDER, no_longer_listed=True)
GIVEN = Waiting("W-1", GiveNotice("PR-1", "", date(2026, 12, 31)), WaitingState.ACCEPTED, AT, sent=AT, receipt="O-1")


def test_a_notice_whose_order_has_gone_before_it_was_finished() -> None:
    assert forgotten((GIVEN,), (GONE,)) == (GIVEN,)
    assert forgotten((GIVEN,), (replace(GONE, external_id=""),)) == (GIVEN,)
    assert forgotten((GIVEN,), (replace(GONE, id="O-9"),)) == (GIVEN,)


def test_what_is_listed_finished_or_no_notice_is_not() -> None:
    assert forgotten((GIVEN,), (ORDER,)) == ()
    assert forgotten((GIVEN,), ()) == ()
    assert forgotten((GIVEN,), (replace(GONE, state=OrderState.COMPLETED),)) == ()
    assert forgotten((replace(GIVEN, state=WaitingState.DONE),), (GONE,)) == ()
    assert forgotten((replace(GIVEN, command=RequestCode("PR-1", "+447700900123", "PAC")),), (GONE,)) == ()
