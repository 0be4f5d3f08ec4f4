"""What the customer asked for goes out to the demo operator exactly once, whatever happens to the answers."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from selfcare.account.session import Session, open_session
from selfcare.api.demo_login import demo_browser
from selfcare.api.profile import read_profile
from selfcare.domain.commands import (
    AddNote,
    Command,
    Evidence,
    GiveNotice,
    OpenTicket,
    RequestCode,
    RequestUnlock,
    SendContact,
    WithdrawNotice,
)
from selfcare.domain.failures import Offline, SignedOut
from selfcare.domain.lines import SimLock
from selfcare.domain.orders import OrderState
from selfcare.domain.tickets import EntityRef
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import WITHDRAWN, Waiting, WaitingState
from selfcare.store.vault import open_vault
from tests.sandbox_process import Sandbox, start_sandbox

KEY = bytes(range(32))
TICKET = OpenTicket("No line since Monday", "The line is dead.", "Incident", "Major")
QUICK = {Topic.CUSTOMER, Topic.ACCOUNTS, Topic.PRODUCTS, Topic.CONTRACTS, Topic.TICKETS, Topic.ORDERS}


class Clock:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Account:
    """Claire's account, opened again after each end of the program."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.clock = Clock()
        self.folder = folder
        self.profile = read_profile(sandbox.profile())
        self.session = self.open()

    def open(self) -> Session:
        self.session = open_session(self.folder, KEY, self.profile, now=self.clock)
        return self.session

    def start_again(self) -> Session:
        self.session.close()
        return self.open()

    def sign_in(self) -> None:
        self.session.sign_in(demo_browser, login_hint="claire")

    def state(self, item: Waiting) -> WaitingState:
        return next(w.state for w in self.session.reader.waiting() if w.id == item.id)

    def later(self, **span: float) -> None:
        self.clock.ahead += timedelta(**span)


@pytest.fixture(scope="module")
def desk_for_tickets() -> Iterator[Sandbox]:
    """One demo operator for all tests that only open tickets and leave its clock alone."""
    with start_sandbox() as running:
        yield running


@pytest.fixture
def world(request: pytest.FixtureRequest, new_sandbox: Callable[..., Sandbox]) -> Sandbox:
    """An operator of the test's own, unless it is marked as one that only opens tickets."""
    if "tickets_only" not in request.fixturenames:
        return new_sandbox()
    shared: Sandbox = request.getfixturevalue("desk_for_tickets")
    shared.set_faults()
    return shared


@pytest.fixture
def tickets_only() -> None:
    """Marks a test that only opens tickets."""


@pytest.fixture
def account(world: Sandbox, tmp_path: Path) -> Iterator[Account]:
    account = Account(world, tmp_path / "vault")
    account.sign_in()
    account.session.round(topics=QUICK)
    world.reset_log()
    yield account
    account.session.close()


def effects(world: Sandbox, item: Waiting) -> int:
    return len(world.effects()["byExternalId"].get(item.id, []))


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_a_ticket_asked_for_offline_survives_a_restart_and_goes_out_once(
    new_sandbox: Callable[..., Sandbox], tmp_path: Path
) -> None:
    port = free_port()
    world = new_sandbox("--port", port)
    account = Account(world, tmp_path / "vault")
    account.sign_in()
    account.session.round(topics=QUICK)
    world.stop()
    item = account.session.submit(TICKET, "click-1")
    assert account.session.submit(TICKET, "click-1") == item
    account.session.push()
    assert account.session.trouble == Offline()
    assert account.state(item) is WaitingState.NEW
    account.start_again()
    assert [w.id for w in account.session.reader.waiting()] == [item.id]
    assert account.session.reader.tickets()[0].id == f"waiting:{item.id}"
    assert account.session.reader.waiting()[0].sent is None
    world = new_sandbox("--port", port)
    account.session.push()
    assert account.session.trouble == SignedOut()
    assert account.state(item) is WaitingState.NEW
    account.sign_in()
    assert Topic.TICKETS in account.session.push()
    assert account.state(item) is WaitingState.DONE
    for _ in range(3):
        account.session.round(topics=QUICK)
    assert effects(world, item) == 1
    ticket = next(t for t in account.session.reader.tickets() if t.external_id == item.id)
    assert ticket.title == TICKET.title
    assert ticket.id == account.session.reader.waiting()[0].receipt
    account.session.close()


def test_a_file_goes_out_with_a_dispute_and_is_not_kept_twice(account: Account, tickets_only: None) -> None:
    file = Evidence("chat.pdf", "application/pdf", 300_000, b"%PDF" + b"x" * 299_996)
    about = (EntityRef("CustomerBill", "B4471-31", "disputedBill"),)
    asked = OpenTicket("Wrong", "See the chat.", "Bill Dispute", "Major", about, reason="price", files=(file,))
    item = account.session.submit(asked, "click-1")
    kept = account.session.reader.waiting()[0].command
    assert isinstance(kept, OpenTicket)
    assert (kept.files[0].name, kept.files[0].content) == ("chat.pdf", b"")
    account.start_again()
    account.session.push()
    assert account.state(item) is WaitingState.DONE
    ticket = next(t for t in account.session.reader.tickets() if t.external_id == item.id)
    assert [one.name for one in ticket.files] == ["chat.pdf"]


@pytest.mark.parametrize(
    "fault", ["lost-response", "500-after-effect", "reset", "html", "truncated", "cut-body", "gzip-cut"]
)
@pytest.mark.usefixtures("tickets_only")
def test_a_lost_answer_never_doubles_a_request(account: Account, world: Sandbox, fault: str) -> None:
    world.set_faults(f"{fault}:troubleTicket=1")
    item = account.session.submit(TICKET, "click")
    account.session.push()
    assert account.state(item) is WaitingState.UNKNOWN
    account.start_again()
    account.session.push()
    assert account.state(item) is WaitingState.UNKNOWN
    account.later(seconds=40)
    account.session.push()
    assert account.state(item) is WaitingState.DONE
    assert effects(world, item) == 1


@pytest.mark.parametrize("fault", ["lost-response", "reset"])
@pytest.mark.usefixtures("tickets_only")
def test_after_the_key_is_forgotten_the_operator_is_asked_first(account: Account, world: Sandbox, fault: str) -> None:
    world.set_faults(f"{fault}:troubleTicket=1")
    item = account.session.submit(TICKET, "click")
    account.session.push()
    assert account.state(item) is WaitingState.UNKNOWN
    account.later(days=4)
    world.reset_log()
    account.session.push()
    assert all(r["method"] == "GET" for r in world.log()["requests"] if "troubleTicket" in r["path"])
    if fault == "reset":
        assert account.state(item) is WaitingState.UNKNOWN
        account.later(minutes=3)
        account.session.push()
    assert account.state(item) is WaitingState.DONE
    assert effects(world, item) == 1


@pytest.mark.usefixtures("tickets_only")
def test_a_stored_error_is_not_repeated_for_ever(account: Account, world: Sandbox) -> None:
    world.set_faults("500-sticky:troubleTicket")
    item = account.session.submit(TICKET, "click")
    for _ in range(4):
        account.session.push()
        assert account.state(item) is WaitingState.UNKNOWN
        account.later(minutes=40)
    world.set_faults()
    for _ in range(3):
        account.later(minutes=40)
        account.session.push()
    assert account.state(item) is WaitingState.DONE
    assert effects(world, item) == 1


@pytest.mark.usefixtures("tickets_only")
def test_what_was_on_its_way_when_the_program_ended_is_sent_once(account: Account, world: Sandbox) -> None:
    item = account.session.submit(TICKET, "click")
    account.session.close()
    vault = open_vault(account.folder, KEY)
    assert vault.actions.claim(item.id, account.clock(), timedelta(0)) is not None
    vault.close()
    account.open()
    assert account.state(item) is WaitingState.UNKNOWN
    account.session.push()
    assert account.state(item) is WaitingState.DONE
    assert effects(world, item) == 1


def test_a_refusal_is_told_with_its_reason_and_not_repeated(account: Account, world: Sandbox) -> None:
    world.set_faults("order-rejected")
    line = account.session.reader.lines()[0]
    item = account.session.submit(RequestCode(line.id, line.number, "PAC"), "click")
    account.session.push()
    account.session.round(topics=QUICK)
    refused = next(w for w in account.session.reader.waiting() if w.id == item.id)
    assert refused.state is WaitingState.REJECTED
    assert refused.reason
    assert not refused.is_open
    world.reset_log()
    account.session.push()
    assert world.log()["count"] == 0


def test_a_code_is_asked_for_followed_and_brought(account: Account, world: Sandbox) -> None:
    line = next(each for each in account.session.reader.lines() if each.handset is not None)
    assert line.handset is not None
    code = account.session.submit(RequestCode(line.id, line.number, "PAC"), "click-1")
    unlock = account.session.submit(RequestUnlock(line.handset.id, line.handset.serial, line.id), "click-2")
    account.session.push()
    assert account.state(unlock) is WaitingState.ACCEPTED
    assert account.state(code) in {WaitingState.ACCEPTED, WaitingState.DONE}
    world.advance(72)
    account.later(hours=72)
    account.session.round(topics=QUICK)
    assert (account.state(code), account.state(unlock)) == (WaitingState.DONE, WaitingState.DONE)
    order = next(o for o in account.session.reader.orders() if o.external_id == code.id)
    assert order.state is OrderState.COMPLETED
    assert order.code is not None
    assert order.code.scheme == "PAC"
    after = next(each for each in account.session.reader.lines() if each.id == line.id)
    assert after.handset is not None
    assert after.handset.lock is SimLock.UNLOCKED


def notice(account: Account, **changes: object) -> Command:
    line = next(each for each in account.session.reader.lines() if each.contract_id)
    contract = next(c for c in account.session.reader.contracts() if c.id == line.contract_id)
    facts: dict[str, object] = {"seen_ends": contract.ends, "seen_cost": contract.early_charge, **changes}
    day = account.clock().date() + timedelta(days=40)
    return GiveNotice(line.id, contract.id, day, **facts)  # type: ignore[arg-type]


def test_notice_is_given_and_taken_back(account: Account, world: Sandbox) -> None:
    item = account.session.submit(notice(account), "click")
    account.session.push()
    assert account.state(item) is WaitingState.ACCEPTED
    order = next(o for o in account.session.reader.orders() if o.external_id == item.id)
    back = account.session.submit(WithdrawNotice(order.id), "click-2")
    account.session.push()
    world.advance(24)
    account.later(hours=24)
    account.session.round(topics=QUICK)
    assert account.state(back) is WaitingState.DONE
    kept = next(w for w in account.session.reader.waiting() if w.id == item.id)
    assert (kept.state, kept.why, kept.receipt) == (WaitingState.DROPPED, WITHDRAWN, order.id)
    assert kept.sent is not None
    assert effects(world, item) == 1


def test_notice_on_a_contract_that_changed_underneath_comes_back(account: Account, world: Sandbox) -> None:
    item = account.session.submit(notice(account, seen_ends=account.clock().date()), "click")
    account.session.push()
    asked = account.session.reader.waiting()[0]
    assert (asked.state, asked.why) == (WaitingState.ASK, "changed")
    assert effects(world, item) == 0
    assert account.session.retry(item.id)
    account.session.push()
    assert account.state(item) is WaitingState.ACCEPTED
    assert effects(world, item) == 1


def test_a_request_that_waited_too_long_is_asked_about_and_may_be_dropped(account: Account, world: Sandbox) -> None:
    item = account.session.submit(notice(account), "click")
    account.later(days=3)
    account.session.push()
    account.later(minutes=3)
    account.session.push()
    asked = account.session.reader.waiting()[0]
    assert (asked.state, asked.why) == (WaitingState.ASK, "expired")
    assert account.session.drop(item.id)
    account.session.push()
    assert account.state(item) is WaitingState.DROPPED
    assert effects(world, item) == 0


def test_a_remark_is_added_to_what_stands_there(account: Account, world: Sandbox) -> None:
    ticket = next(t for t in account.session.reader.tickets() if t.notes)
    world.set_faults("lost-response:troubleTicket=1")
    item = account.session.submit(AddNote(ticket.id, "Nobody has called."), "click")
    shown = next(t for t in account.session.reader.tickets() if t.id == ticket.id)
    assert shown.notes[-1].text == "Nobody has called."
    account.session.push()
    assert account.state(item) is WaitingState.UNKNOWN
    account.later(minutes=1)
    account.session.push()
    assert account.state(item) is WaitingState.DONE
    account.session.round(topics=QUICK)
    after = next(t for t in account.session.reader.tickets() if t.id == ticket.id)
    assert [n.text for n in after.notes].count("Nobody has called.") == 1
    assert {n.text for n in ticket.notes} < {n.text for n in after.notes}


def test_a_noted_contact_goes_into_the_log_once_though_the_answer_is_lost(account: Account, world: Sandbox) -> None:
    began = account.clock() - timedelta(hours=2)
    noted = SendContact("N-1", "phone", True, began, began + timedelta(minutes=40), "Level 2 was told. Marc.")
    world.set_faults("lost-response:partyInteraction=1")
    item = account.session.submit(noted, "click")
    account.session.push()
    for _again in range(3):
        account.later(minutes=3)
        account.session.push()
    assert account.state(item) is WaitingState.DONE
    account.session.round(topics={Topic.CUSTOMER, Topic.CONTACTS})
    ours = [c for c in account.session.reader.contacts() if c.what == noted.text]
    assert len(ours) == 1
    assert ours[0].is_inbound
    assert ours[0].ended is not None
