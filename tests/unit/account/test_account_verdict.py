"""What an answer means for a request: carried out, refused, not sent, or not to be known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from selfcare.account.precondition import has_changed, target_of, waits_behind
from selfcare.account.verdict import after_asked, judge, wait_after
from selfcare.account.wording import read_command, read_failure, write_command, write_failure
from selfcare.domain import failures
from selfcare.domain.commands import (
    COMMANDS,
    AddNote,
    Command,
    DropOption,
    GiveNotice,
    OpenTicket,
    OrderOption,
    RequestCode,
    RequestUnlock,
    SendContact,
    WithdrawNotice,
)
from selfcare.domain.contract import Contract
from selfcare.domain.failures import (
    BadCertificate,
    Failure,
    NotAnAnswer,
    NotOffered,
    Offline,
    Refused,
    ServerTrouble,
    SignedOut,
    TimedOut,
    TooLarge,
    TooOften,
)
from selfcare.domain.money import Money
from selfcare.domain.records import replace
from selfcare.domain.tickets import EntityRef
from selfcare.domain.waiting import WaitingState

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
NEW, UNKNOWN, REJECTED, ASK = WaitingState.NEW, WaitingState.UNKNOWN, WaitingState.REJECTED, WaitingState.ASK
EVERY: tuple[Command, ...] = (
    OpenTicket("A", "é\n\"x\"", "Bill Dispute", "Minor", (EntityRef("CustomerBill", "7", "disputed"),)),
    AddNote("t", "text"),
    RequestCode("l", "+447700900123", "PAC"),
    RequestUnlock("h", "356938035643809", "l"),
    GiveNotice("l", "c", date(2026, 12, 24), "why", date(2027, 1, 31), Money(Decimal("120"), "GBP")),
    WithdrawNotice("o", "changed my mind"),
    DropOption("o-1", "l", "Data pass"),
    OrderOption("l", "PO-1", "Data", Money(Decimal("5.00"), "GBP"), "month", Money(Decimal(1), "GBP"), 12, "Bound."),
    SendContact("N-1", "phone", True, NOW, None, "Level 2 was told.", (EntityRef("TroubleTicket", "t", "about"),)),
)  # fmt: skip


@pytest.mark.parametrize("failure", [Offline(), BadCertificate(), SignedOut(), NotOffered("TMF621")])
@pytest.mark.parametrize("before", [NEW, UNKNOWN])
def test_what_never_left_is_as_it_was(failure: Failure, before: WaitingState) -> None:
    verdict = judge(failure, before, 1)
    assert (verdict.state, verdict.unsent, verdict.look) == (before, True, False)


@pytest.mark.parametrize(
    "failure",
    [TimedOut(), NotAnAnswer("html"), NotAnAnswer("truncated"), TooLarge("body"), ServerTrouble(500),
     ServerTrouble(502), ServerTrouble(504), failures.Unreadable("answer.id")],
)  # fmt: skip
def test_no_valid_answer_means_that_nobody_knows(failure: Failure) -> None:
    verdict = judge(failure, NEW, 1)
    assert (verdict.state, verdict.unsent, verdict.doubt) == (UNKNOWN, False, False)


def test_the_same_error_twice_may_be_a_stored_one() -> None:
    assert judge(ServerTrouble(500), UNKNOWN, 2).doubt
    assert not judge(ServerTrouble(503), UNKNOWN, 2).doubt


def test_patience_is_kept_as_long_as_asked() -> None:
    verdict = judge(TooOften(NOW), NEW, 1)
    assert (verdict.state, verdict.retry_at) == (UNKNOWN, NOW)


@pytest.mark.parametrize("status", [408, 425, 429])
def test_asked_for_patience_nothing_was_carried_out(status: int) -> None:
    fresh, again = (judge(TooOften(NOW, status), before, 1) for before in (NEW, UNKNOWN))
    assert (fresh.state, fresh.retry_at, fresh.unsent) == (NEW, NOW, False)
    assert again.state is UNKNOWN
    assert judge(TooOften(NOW, 503), NEW, 1).state is UNKNOWN


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 415, 422])
def test_no_is_no_unless_an_earlier_try_may_have_arrived(status: int) -> None:
    fresh, again = (judge(Refused(status, "Because"), before, 1) for before in (NEW, UNKNOWN))
    assert (fresh.state, fresh.reason, fresh.look) == (REJECTED, "Because", False)
    assert (again.state, again.look) == (REJECTED, True)


@pytest.mark.parametrize(
    ("refusal", "state", "why", "look"),
    [
        (Refused(409, "Already terminated"), ASK, "askedAlready", True),
        (Refused(409, "A request with this key is in progress"), UNKNOWN, "", False),
        (Refused(412, "Changed"), ASK, "changed", False),
        (Refused(428, ""), ASK, "changed", False),
        (Refused(422, "Idempotency-Key was used with another payload"), ASK, "mismatch", False),
        (Refused(422, "severity is wrong"), REJECTED, "", False),
        (Refused(408), NEW, "", False),
    ],
)
def test_some_refusals_need_more_than_no(refusal: Refused, state: WaitingState, why: str, look: bool) -> None:
    verdict = judge(refusal, NEW, 1)
    assert (verdict.state, verdict.why, verdict.look) == (state, why, look)


BUSY = Refused(409, "Another order (O-771) is in progress for this line")


@pytest.mark.parametrize(("attempts", "keeps_keys"), [(1, False), (2, False), (4, True), (9, True)])
def test_what_is_in_progress_there_is_a_no_unless_it_can_be_this_key_and_not_for_long(
    attempts: int, keeps_keys: bool
) -> None:
    verdict = judge(BUSY, UNKNOWN, attempts, keeps_keys=keeps_keys)
    assert (verdict.state, verdict.why, verdict.look, verdict.reason) == (ASK, "askedAlready", True, BUSY.reason)


def test_what_may_be_this_key_in_progress_is_waited_for_and_the_reason_is_kept() -> None:
    verdict = judge(BUSY, NEW, 3)
    assert (verdict.state, verdict.event, verdict.reason) == (UNKNOWN, "stillWorking", BUSY.reason)


def test_waiting_grows_and_never_hammers() -> None:
    waits = [wait_after(attempts, 0.0) for attempts in range(1, 12)]
    assert waits[:4] == [timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=15), timedelta(minutes=30)]
    assert waits == sorted(waits)
    assert wait_after(500, 1.0) == timedelta(hours=24)
    assert wait_after(3, 1.0) == timedelta(minutes=30)


@pytest.mark.parametrize("command", EVERY, ids=lambda command: command.kind)
def test_a_command_is_read_as_it_was_written(command: Command) -> None:
    assert read_command(command.kind, write_command(command)) == command


def test_every_command_is_tried() -> None:
    assert {type(command) for command in EVERY} == set(COMMANDS)


@pytest.mark.parametrize(
    "failure",
    [Offline(), NotAnAnswer("html"), ServerTrouble(502), TooOften(NOW), TooOften(), Refused(403, "No “entry”", "60"),
     failures.Unreadable("a.b"), failures.ListChanged("customerBill"), failures.ListMissing("x"),
     failures.ListBroken("x"), failures.PaperTrouble("missing")],
    ids=str,
)  # fmt: skip
def test_a_failure_is_read_as_it_was_written(failure: Failure) -> None:
    assert read_failure(*write_failure(failure)) == failure


def test_an_unknown_failure_is_none() -> None:
    assert read_failure("", "") is None
    assert read_failure("FromTheFuture", '{"a": 1}') is None
    assert read_failure("Failure", "") is None


GBP = Money(Decimal("120.00"), "GBP")


def notice(ends: date | None = date(2027, 1, 31), cost: Money | None = GBP) -> GiveNotice:
    return GiveNotice("l", "c", date(2026, 12, 24), "", ends, cost)


def contract(ends: date | None = date(2027, 1, 31), cost: Money | None = GBP, name: str = "c") -> Contract:
    return Contract(name, "", "", "", None, ends, early_charge=cost)


@pytest.mark.parametrize(
    ("seen", "stated", "changed"),
    [
        (notice(), (contract(),), False),
        (notice(), (contract(date(2027, 2, 28)),), True),
        (notice(), (contract(cost=Money(Decimal("120.01"), "GBP")),), True),
        (notice(), (contract(cost=Money(Decimal("90.00"), "GBP")),), False),
        (notice(), (contract(cost=Money(Decimal("90.00"), "EUR")),), True),
        (notice(), (contract(cost=None),), True),
        (notice(cost=None), (contract(cost=None),), False),
        (notice(cost=None), (contract(),), True),
        (notice(cost=None), (contract(cost=Money(Decimal("0.00"), "GBP")),), False),
        (notice(ends=None), (contract(ends=None),), False),
        (notice(), (contract(ends=None),), False),
        (notice(), (contract(name="other"),), True),
        (notice(), (replace(contract(), no_longer_listed=True),), True),
        (notice(), (), False),
        (WithdrawNotice("o"), (contract(),), False),
    ],
)
def test_notice_holds_only_for_what_the_customer_saw(
    seen: Command, stated: tuple[Contract, ...], changed: bool
) -> None:
    assert has_changed(seen, stated) is changed


def test_requests_about_one_thing_wait_for_each_other() -> None:
    assert target_of(EVERY[4]) == target_of(EVERY[3]) == "line_id:l"
    assert waits_behind(EVERY[2]) == {"line_id:l", target_of(EVERY[2])}, "a code waits for the unlock"
    assert target_of(EVERY[2]) not in waits_behind(EVERY[4]), "a notice does not wait for a code"
    assert waits_behind(EVERY[0]) == frozenset()
    assert [target_of(EVERY[n]) for n in (0, 1, 5)] == ["", "ticket_id:t", "order_id:o"]


@pytest.mark.parametrize(("minutes", "latest"), [(0.5, 1.5), (10, 20), (600, 1200)])
def test_those_who_were_told_the_same_come_back_spread_and_none_too_early(minutes: float, latest: float) -> None:
    told = NOW + timedelta(minutes=minutes)
    assert after_asked(NOW, told, 0.0) == told
    assert after_asked(NOW, told, 1.0) == NOW + timedelta(minutes=latest)
    assert told < after_asked(NOW, told, 0.5) < NOW + timedelta(minutes=latest)
