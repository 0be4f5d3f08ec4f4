"""Of several requests for the same thing the last word counts: a refusal does not come back once it was got over."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from selfcare.domain.commands import GiveNotice, RequestCode, WithdrawNotice
from selfcare.domain.orders import Order, OrderState
from selfcare.domain.waiting import WITHDRAWN, Waiting, WaitingState
from selfcare.leaving.asked import NoticeAsked, asked, notice_of

FIRST = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)
AGAIN = FIRST + timedelta(days=1)
BACK = FIRST + timedelta(days=4)
GIVE = GiveNotice("PR-1", "AG-1", (FIRST + timedelta(days=14)).date())


def order(number: int, state: OrderState, at: datetime, category: str = "termination") -> Order:
    return Order(f"O-{number}", f"W-{number}", category, state, state.value, at, None, None, None, ("PR-1",))


def notice(orders: tuple[Order, ...], waiting: tuple[Waiting, ...] = ()) -> NoticeAsked:
    return notice_of(orders, waiting, "PR-1", "Europe/London")


REFUSED = order(1, OrderState.REJECTED, FIRST)
CANCELLED = order(2, OrderState.CANCELLED, AGAIN)
OLD = Waiting("W-1", GIVE, WaitingState.REJECTED, FIRST, sent=FIRST, receipt="O-1")
NEW = Waiting("W-2", GIVE, WaitingState.DROPPED, AGAIN, sent=AGAIN, receipt="O-2", why=WITHDRAWN)
UNDONE = Waiting("W-3", WithdrawNotice("O-2"), WaitingState.DONE, BACK, sent=BACK)


def test_refused_given_again_and_taken_back_is_taken_back_and_not_refused() -> None:
    found = notice((REFUSED, CANCELLED), (OLD, NEW, UNDONE))
    assert found == NoticeAsked(taken_back=True, taken_back_at=BACK)
    followed = replace(NEW, state=WaitingState.ACCEPTED, why="")
    assert notice((REFUSED, CANCELLED), (OLD, followed, UNDONE)) == found


def test_a_second_notice_that_was_given_up_before_it_left_ends_the_refusal_too() -> None:
    unsent = replace(NEW, sent=None, receipt="", why="", settled=BACK)
    assert notice((REFUSED,), (OLD, unsent)) == NoticeAsked(taken_back=True, taken_back_at=BACK)
    earlier = replace(unsent, created=FIRST - timedelta(days=1))
    given = notice((REFUSED,), (OLD, earlier)).given
    assert given is not None
    assert given.refused
    unclear = notice((REFUSED,), (replace(OLD, state=WaitingState.DROPPED, created=AGAIN),)).given
    assert unclear is not None
    assert unclear.refused


def test_a_notice_refused_after_one_that_was_taken_back_is_refused() -> None:
    found = notice((order(1, OrderState.CANCELLED, FIRST), order(2, OrderState.REJECTED, AGAIN)))
    assert found.given is not None
    assert (found.given.refused, found.given.order_id, found.taken_back) == (True, "O-2", False)


def test_a_notice_that_nothing_here_took_back_was_not_taken_back_by_the_customer() -> None:
    said_no = replace(OLD, receipt="O-2", id="W-2", created=AGAIN)
    for waiting in ((), (said_no,), (said_no, replace(UNDONE, state=WaitingState.REJECTED))):
        found = notice((CANCELLED,), waiting)
        assert (found.taken_back, found.unasked) == (True, True)
    for own in ((UNDONE,), (NEW,), (replace(UNDONE, state=WaitingState.NEW),)):
        assert not notice((CANCELLED,), own).unasked


def test_a_notice_that_has_gone_from_the_list_before_its_end_is_marked() -> None:
    gone = replace(order(1, OrderState.IN_PROGRESS, FIRST), no_longer_listed=True)
    for one, unlisted in (
        (gone, True),
        (replace(gone, no_longer_listed=False), False),
        (replace(gone, state=OrderState.COMPLETED), False),
    ):
        given = notice((one,)).given
        assert given is not None
        assert given.unlisted is unlisted


def test_the_day_of_a_taking_back_is_that_of_the_last_notice() -> None:
    first = Waiting("W-4", WithdrawNotice("O-1"), WaitingState.DONE, FIRST + timedelta(hours=1))
    by_telephone = replace(CANCELLED, dropped=BACK)
    found = notice((order(1, OrderState.CANCELLED, FIRST), by_telephone), (first,))
    assert found == NoticeAsked(taken_back=True, taken_back_at=BACK, unasked=True)


def test_an_open_notice_stands_beside_a_later_one_that_came_to_nothing() -> None:
    for later in (CANCELLED, replace(CANCELLED, state=OrderState.REJECTED)):
        found = notice((order(1, OrderState.IN_PROGRESS, FIRST), later), (UNDONE,))
        assert found.given is not None
        assert (found.given.order_id, found.given.refused) == ("O-1", False)
        assert (found.taken_back, found.withdrawal) == (False, None)


def test_a_code_that_was_refused_and_later_called_off_is_not_asked_for() -> None:
    orders = (
        order(1, OrderState.REJECTED, FIRST, "portOutCode"),
        order(2, OrderState.CANCELLED, AGAIN, "portOutCode"),
    )
    assert asked(orders, (), "portOutCode", RequestCode, "PR-1") is None
    assert asked(orders[:1], (), "portOutCode", RequestCode, "PR-1") is not None


def test_a_notice_that_was_not_even_taken_is_refused_too() -> None:
    no = replace(OLD, receipt="", reason="Not by this way.", settled=FIRST)
    given = notice((), (no,)).given
    assert given is not None
    assert (given.at, given.sent, given.refused, given.refusal) == (FIRST, True, True, "Not by this way.")
    assert notice((CANCELLED,), (no,)).taken_back
    unsent = replace(NEW, sent=None, receipt="", why="")
    assert notice((), (no, unsent)).taken_back
    again = notice((), (no, replace(unsent, state=WaitingState.NEW))).given
    assert again is not None
    assert (again.sent, again.refused) == (False, False)
    earlier = replace(unsent, created=FIRST - timedelta(days=1))
    assert notice((), (earlier, no)).given == given


def test_the_operator_has_a_notice_only_by_its_own_word() -> None:
    found = {}
    for state in (
        WaitingState.NEW, WaitingState.SENDING, WaitingState.UNKNOWN, WaitingState.ASK, WaitingState.ACCEPTED,
        WaitingState.DONE,
    ):  # fmt: skip
        given = notice((), (Waiting("W-5", GIVE, state, FIRST, attempts=1, sent=FIRST),)).given
        assert given is not None
        assert (given.wanted, given.ends, given.order_id) == (GIVE.day, None, "")
        found[state.value] = (given.sent, given.doubt, given.asks)
    assert found == {
        "new": (False, False, False),
        "sending": (False, True, False),
        "unknown": (False, True, False),
        "ask": (False, False, True),
        "accepted": (True, False, False),
        "done": (True, False, False),
    }
