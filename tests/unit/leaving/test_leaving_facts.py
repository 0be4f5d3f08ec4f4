"""The facts of a line are the operator's words, each from its place; what was asked is found again."""

from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from selfcare.domain.bills import BillLine, LineKind
from selfcare.domain.commands import GiveNotice, RequestCode, RequestUnlock, WithdrawNotice
from selfcare.domain.lines import Line, PortingCode, SimLock
from selfcare.domain.orders import Order, OrderState
from selfcare.domain.tickets import Note
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.leaving.facts import LeavingFacts, facts_of
from tests import samples

NOW = datetime(2026, 11, 21, 10, 50, tzinfo=UTC)


def facts(
    line: Line | None = None, orders: tuple[Order, ...] = (), waiting: tuple[Waiting, ...] = (), **more: object
) -> LeavingFacts:
    return facts_of(
        line or samples.lines()[0],
        profile=samples.profile(),
        lines=samples.lines(),
        contracts=samples.contracts(),
        accounts=(samples.account(),),
        orders=orders,
        waiting=waiting,
        bills=samples.bills(),
        **more,  # type: ignore[arg-type]
    )


def order(category: str, state: OrderState, product: str, **more: object) -> Order:
    return Order("O-1", "W-1", category, state, state.value, NOW, None, None, None, (product,), **more)  # type: ignore[arg-type]


def waits(command: RequestCode | RequestUnlock | GiveNotice, state: WaitingState = WaitingState.NEW) -> Waiting:
    return Waiting("W-1", command, state, NOW)


def test_claires_facts() -> None:
    found = facts()
    assert (found.number, found.lock, found.unlock_hours, found.notice) == (
        "07700 900123",
        SimLock.LOCKED,
        48,
        (30, "day"),
    )
    assert found.commitment_ends == date(2026, 10, 15)
    assert (found.has_direct_debit, found.direct_debit) == (True, "···· 0189")
    assert (found.numbers, found.operator_charge) == (2, samples.gbp("0.00"))
    assert found.price_changes == (date(2026, 11, 11),)


def test_the_instalments_of_a_handset_are_known_where_each_is_a_month() -> None:
    line = samples.lines()[0]
    assert line.handset is not None
    assert (facts().instalment, facts().instalments_left) == (None, None)
    owed = replace(line.handset, instalments_left=7, price=samples.gbp("25.00"), period="month")
    found = facts(replace(line, handset=owed))
    assert (found.instalment, found.instalments_left) == (samples.gbp("25.00"), 7)
    assert facts(replace(line, handset=replace(owed, period="week"))).instalment is None


def test_under_a_contract_for_several_lines_the_lines_own_term_counts() -> None:
    assert facts(samples.lines()[2]).commitment_ends == date(2026, 12, 1)
    assert facts(samples.lines()[1]).commitment_ends == date(2020, 3, 1)


def test_a_line_without_a_contract_says_nothing() -> None:
    found = facts(replace(samples.lines()[0], id="PR-9", contract_id="", term_ends=None, handset=None))
    assert (found.commitment_ends, found.notice, found.operator_charge, found.lock) == (
        None,
        None,
        None,
        SimLock.NOT_STATED,
    )


def test_a_request_that_waits_here_is_asked_but_not_sent() -> None:
    found = facts(waiting=(waits(RequestUnlock("DV-1", "356938035643809", "PR-1")),)).unlock
    assert found is not None
    assert (found.at, found.sent, found.done) == (NOW, False, False)


def test_the_operators_order_is_its_word() -> None:
    found = facts(orders=(order("deviceUnlock", OrderState.COMPLETED, "DV-1"),)).unlock
    assert found is not None
    assert (found.sent, found.done, found.refused, found.order_id) == (True, True, False, "O-1")


def test_a_refusal_brings_its_reason() -> None:
    note = Note("Orvane", NOW, "The handset is not yours.")
    found = facts(orders=(order("deviceUnlock", OrderState.REJECTED, "DV-1", notes=(note,)),)).unlock
    assert found is not None
    assert (found.refused, found.refusal) == (True, "The handset is not yours.")


def test_asked_again_after_a_refusal() -> None:
    refused = replace(order("deviceUnlock", OrderState.REJECTED, "DV-1"), external_id="W-0", ordered=NOW)
    again = replace(waits(RequestUnlock("DV-1", "1", "PR-1")), created=NOW + timedelta(hours=1))
    found = facts(orders=(refused,), waiting=(again,)).unlock
    assert found is not None
    assert (found.refused, found.sent) == (False, False)


def test_a_cancelled_order_is_none() -> None:
    assert facts(orders=(order("termination", OrderState.CANCELLED, "PR-1"),)).notice_given is None


def test_a_code_from_an_order_and_from_the_line() -> None:
    code = PortingCode("PAC", "ORV482913", date(2026, 12, 20))
    done = replace(order("portOutCode", OrderState.COMPLETED, "PR-1", code=code), completed=NOW)
    found = facts(orders=(done,))
    assert (found.code, found.code_issued) == (code, NOW.date())
    assert found.code_of("PAC") == code
    assert found.code_of("STAC") is None
    assert facts(replace(samples.lines()[0], code=code)).code == code


def test_a_request_for_the_other_code_does_not_count() -> None:
    found = facts(waiting=(waits(RequestCode("PR-1", "07700 900123", "PAC")),))
    assert found.asked_code("PAC") is not None
    assert found.asked_code("STAC") is None


def test_another_lines_requests_are_not_mine() -> None:
    found = facts(orders=(order("termination", OrderState.ACKNOWLEDGED, "PR-3"),))
    assert found.notice_given is None


def test_notice_ends_when_the_operator_says() -> None:
    given = replace(order("termination", OrderState.ACKNOWLEDGED, "PR-1"), expected=NOW + timedelta(days=31))
    found = facts(orders=(given,)).notice_given
    assert found is not None
    assert found.ends == date(2026, 12, 22)


def test_rent_in_advance_from_the_newest_bill() -> None:
    rent = BillLine(
        "1", "B", "Plan", LineKind.RECURRING, "recurring", samples.gbp("22.00"), None, product_id="PR-1",
        starts=date(2026, 11, 1), ends=date(2026, 11, 30),
    )  # fmt: skip
    found = facts(bill_lines=(rent,))
    assert (found.rent, found.rent_from, found.rent_until) == (rent.gross, date(2026, 11, 1), date(2026, 11, 30))


def test_a_notice_that_was_cancelled_is_taken_back() -> None:
    back = Waiting("W-2", WithdrawNotice("O-1"), WaitingState.DONE, NOW + timedelta(hours=1), sent=NOW)
    given = waits(GiveNotice("PR-1", "AG-1", date(2026, 12, 31)), WaitingState.DROPPED)
    found = facts(orders=(order("termination", OrderState.CANCELLED, "PR-1"),), waiting=(back, given))
    assert (found.notice_given, found.taken_back, found.withdrawal) == (None, True, None)
    assert found.taken_back_at == NOW + timedelta(hours=1)
    assert facts(waiting=(given,)).taken_back
    assert not facts(samples.lines()[1], waiting=(given,)).taken_back


def test_a_taking_back_on_its_way_is_known() -> None:
    back = Waiting("W-2", WithdrawNotice("O-1"), WaitingState.NEW, NOW + timedelta(hours=1))
    orders = (order("termination", OrderState.IN_PROGRESS, "PR-1"),)
    found = facts(orders=orders, waiting=(back,))
    assert found.withdrawal is not None
    assert not found.withdrawal.sent
    assert not found.taken_back
    refused = replace(back, state=WaitingState.REJECTED)
    found = facts(orders=orders, waiting=(replace(refused, reason="Already reassigned"),))
    assert found.withdrawal is None
    assert found.withdrawal_refused is not None
    assert (found.withdrawal_refused.at, found.withdrawal_refused.refusal) == (back.created, "Already reassigned")
    again = replace(back, id="W-3", created=back.created + timedelta(hours=1))
    assert facts(orders=orders, waiting=(refused, again)).withdrawal_refused is None
    ended = (order("termination", OrderState.CANCELLED, "PR-1"),)
    assert facts(orders=ended, waiting=(refused,)).withdrawal_refused is None
