"""A round with the demo operator over real HTTP: whole at first, nearly free afterwards, and readable offline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from selfcare.account.pull import Progress
from selfcare.account.session import Session, open_session
from selfcare.api.demo_login import demo_browser
from selfcare.api.profile import read_profile
from selfcare.domain import failures
from selfcare.domain.failures import Failure, Offline, PaperTrouble, SignedOut, SignInFailed
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from selfcare.store.search import BillQuery
from tests.sandbox_process import Sandbox

KEY = bytes(range(32))
READ = {t for t in Topic if t not in {Topic.SUPPORT, Topic.WAITING, Topic.LEAVING, Topic.SETTINGS}}
CANARIES = (b"Whitmore", b"447700900123", b"claire", b"241.37", b"Bearer", b"SQLite format")


def now() -> datetime:
    return datetime.now(UTC)


def open_account(
    sandbox: Sandbox, folder: Path, brand: str = "orvane-gb", clock: Callable[[], datetime] = now
) -> Session:
    return open_session(folder, KEY, read_profile(sandbox.profile(brand)), now=clock)


@pytest.fixture
def session(sandbox: Sandbox, tmp_path: Path) -> Iterator[Session]:
    """Claire, signed in and read once."""
    session = open_account(sandbox, tmp_path / "vault")
    session.sign_in(demo_browser, login_hint="claire")
    session.round(topics=READ - {Topic.PAPERS})
    assert session.trouble is None
    sandbox.reset_log()
    yield session
    session.close()


def test_the_first_round_fills_everything(sandbox: Sandbox, tmp_path: Path) -> None:
    steps: list[Progress] = []
    session = open_account(sandbox, tmp_path / "vault")
    session.sign_in(demo_browser, login_hint="claire")
    assert session.round(steps.append) == READ
    assert session.trouble is None
    reader = session.reader
    assert all(f.seen is not None and f.failure is None for f in reader.freshness(*READ))
    customer = reader.customer()
    assert customer is not None
    assert customer.name == "Claire Whitmore"
    bills = reader.bills()
    assert [b.day for b in bills] == sorted((b.day for b in bills if b.day), reverse=True)
    assert reader.bills(3) == bills[:3]
    assert reader.bill(bills[0].id) == bills[0]
    assert reader.bill_lines(bills[0].id)
    assert reader.bill_window(BillQuery(text=bills[0].number)).rows[0].id == bills[0].id
    newest = [paper.id for bill in bills[:24] for paper in bill.papers]
    assert reader.papers_here(newest) == set(newest)
    assert (reader.paper(newest[0]) or b"").startswith(b"%PDF-")
    assert len(reader.lines()) == 3
    for many in (reader.accounts(), reader.payments(), reader.contracts(), reader.tickets(), reader.problems(),
                 reader.contacts(), reader.messages(), reader.orders()):  # fmt: skip
        assert many
    assert reader.support() is not None
    assert {step.topic for step in steps} == READ
    assert any(step.total and step.done == step.total for step in steps if step.topic is Topic.BILLS)
    session.close()
    for path in (tmp_path / "vault").iterdir():
        assert not any(canary in path.read_bytes() for canary in CANARIES), path.name


def test_an_unchanged_account_costs_one_small_request_a_resource(session: Session, sandbox: Sandbox) -> None:
    session.round(topics=READ - {Topic.PAPERS})
    log = sandbox.log()
    assert {request["status"] for request in log["requests"]} == {304}
    assert all(request["count"] == 1 for request in log["requests"])
    assert (log["count"], log["bytes"]) == (17, 0)
    assert session.trouble is None


def test_papers_are_fetched_once_and_one_by_one_on_demand(session: Session, sandbox: Sandbox) -> None:
    bill = session.reader.bills()[-1]
    paper = bill.papers[0].id
    assert session.reader.paper(paper) is None
    content = session.fetch_paper(paper, bill.id)
    assert content.startswith(b"%PDF-")
    assert session.reader.paper(paper) == content
    sandbox.reset_log()
    assert session.fetch_paper(paper, bill.id) == content
    assert sandbox.log()["count"] == 0
    with pytest.raises(PaperTrouble):
        session.fetch_paper("no such paper")


def test_the_contracts_papers_and_letters_are_here_after_a_round_and_offline(
    new_sandbox: Callable[..., Sandbox], tmp_path: Path
) -> None:
    sandbox = new_sandbox()
    session = open_account(sandbox, tmp_path / "v")
    session.sign_in(demo_browser, login_hint="claire")
    session.round()
    profile = session.profile
    session.close()
    sandbox.stop()
    session = open_session(tmp_path / "v", KEY, profile, now=now)
    reader = session.reader
    contracts = reader.contracts()
    assert len(contracts) == 3
    for contract in contracts:
        (paper,) = contract.papers
        assert paper.name.startswith("Contract ")
        assert (reader.paper(paper.id) or b"").startswith(b"%PDF-")
    (letter,) = reader.letters()
    assert letter.name == "Your rights when prices change"
    assert (reader.paper(letter.files[0].id) or b"").startswith(b"%PDF-")
    assert reader.counts()[Topic.LETTERS] > len(contracts) + 1
    session.close()


def test_a_contract_paper_is_fetched_when_it_is_looked_at(session: Session) -> None:
    paper = session.reader.contracts()[0].papers[0]
    assert session.reader.paper(paper.id) is None
    assert session.fetch_paper(paper.id).startswith(b"%PDF-")
    assert session.reader.papers_here([paper.id]) == {paper.id}


def test_an_operator_without_a_document_store_is_said_to_have_none(sandbox: Sandbox, tmp_path: Path) -> None:
    profile = read_profile(sandbox.profile())
    session = open_session(
        tmp_path / "v", KEY, replace(profile, apis={**profile.apis, "TMF667": None}), now=now
    )  # fmt: skip
    session.sign_in(demo_browser, login_hint="claire")
    session.round(topics={Topic.CUSTOMER, Topic.ACCOUNTS, Topic.CONTRACTS, Topic.LETTERS})
    (found,) = session.reader.freshness(Topic.LETTERS)
    assert not found.offered
    assert session.reader.letters() == ()
    assert [contract.papers for contract in session.reader.contracts()] == [(), (), ()]
    session.close()


def test_everything_is_there_offline_with_its_age(new_sandbox: Callable[..., Sandbox], tmp_path: Path) -> None:
    sandbox = new_sandbox()
    session = open_account(sandbox, tmp_path / "v")
    session.sign_in(demo_browser, login_hint="claire")
    session.round()
    before = (session.reader.bills(), session.reader.lines(), session.reader.tickets(), session.reader.freshness(*READ))
    paper = before[0][0].papers[0].id
    session.close()
    profile = read_profile(sandbox.profile())
    sandbox.stop()
    session = open_session(tmp_path / "v", KEY, profile, now=now)
    reader = session.reader
    assert (reader.bills(), reader.lines(), reader.tickets(), reader.freshness(*READ)) == before
    assert (reader.paper(paper) or b"").startswith(b"%PDF-")
    assert session.is_signed_in
    changed = session.round()
    assert session.trouble == Offline()
    assert changed >= READ - {Topic.PAPERS}
    for was, found in zip(before[3], reader.freshness(*READ), strict=True):
        assert found.seen == was.seen
        assert found.failure == (None if found.topic is Topic.PAPERS else Offline())
    assert reader.bills() == before[0]
    session.close()


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("html:customerBill", failures.NotAnAnswer("html")),
        ("truncated:customerBill", failures.NotAnAnswer("truncated")),
        ("gzip-cut:customerBill", failures.NotAnAnswer("truncated")),
        ("cut-body:customerBill", failures.NotAnAnswer("truncated")),
        ("403:customerBill", failures.Refused(403)),
        ("500:customerBill", failures.ServerTrouble(500)),
        ("redirect:customerBill", failures.NotAnAnswer("redirect")),
    ],
)
def test_one_broken_resource_keeps_its_last_good_state_and_stops_no_other(
    session: Session, sandbox: Sandbox, fault: str, expected: Failure
) -> None:
    bills = session.reader.bills()
    (was,) = session.reader.freshness(Topic.BILLS)
    sandbox.set_faults(fault, "no-etag")
    session.round(topics=READ - {Topic.PAPERS})
    assert session.trouble is None
    (found,) = session.reader.freshness(Topic.BILLS)
    assert type(found.failure) is type(expected)
    assert getattr(found.failure, "what", "") == getattr(expected, "what", "")
    assert found.seen == was.seen
    assert session.reader.bills() == bills
    (orders,) = session.reader.freshness(Topic.ORDERS)
    assert orders.failure is None
    assert orders.seen is not None
    assert was.seen is not None
    assert orders.seen > was.seen
    sandbox.set_faults()
    session.round(topics={Topic.BILLS})
    assert session.reader.freshness(Topic.BILLS)[0].failure is None


@pytest.mark.parametrize(
    ("fault", "expected"), [("down", failures.TooOften), ("429", failures.TooOften), ("401", SignedOut)]
)
def test_what_every_resource_would_meet_ends_the_round(
    session: Session, sandbox: Sandbox, fault: str, expected: type[Failure]
) -> None:
    tickets = session.reader.tickets()
    sandbox.set_faults(fault)
    sandbox.reset_log()
    session.round()
    assert isinstance(session.trouble, expected)
    assert sandbox.log()["count"] <= 6
    assert all(isinstance(f.failure, expected) for f in session.reader.freshness(*READ - {Topic.PAPERS}))
    assert session.reader.tickets() == tickets


def test_a_list_that_changes_while_it_is_read_is_read_again(
    new_sandbox: Callable[..., Sandbox], tmp_path: Path
) -> None:
    sandbox = new_sandbox("--bills", "1500")
    session = open_account(sandbox, tmp_path / "v")
    session.sign_in(demo_browser, login_hint="claire")
    session.round(topics={Topic.CUSTOMER, Topic.ACCOUNTS, Topic.BILLS})
    (was,) = session.reader.freshness(Topic.BILLS)
    assert session.reader.counts()[Topic.BILLS] == 1500
    sandbox.set_faults("list-changes:customerBill", "no-etag")
    session.round(topics={Topic.BILLS})
    (found,) = session.reader.freshness(Topic.BILLS)
    assert (found.failure, found.seen) == (failures.ListChanged("customerBill"), was.seen)
    assert session.reader.counts()[Topic.BILLS] == 1500
    sandbox.set_faults("list-changes:customerBill=1", "no-etag")
    session.round(topics={Topic.BILLS})
    assert session.reader.freshness(Topic.BILLS)[0].failure is None
    assert session.reader.counts()[Topic.BILLS] == 1500
    session.close()


GONE = {
    "TMF678": (Topic.BILLS, Topic.BILL_LINES), "TMF621": (Topic.TICKETS,), "TMF637": (Topic.PRODUCTS,),
    "TMF651": (Topic.CONTRACTS,),
}  # fmt: skip
"""What an operator that no longer offers an API does not find any more."""


@pytest.mark.parametrize("api", GONE)
def test_an_api_that_is_not_there_any_more_takes_nothing_away(session: Session, sandbox: Sandbox, api: str) -> None:
    reader = session.reader
    was = (reader.bills(), reader.bill_lines(reader.bills()[0].id), reader.tickets(), reader.lines())
    contracts, ages = reader.contracts(), reader.freshness(*GONE[api])
    assert all(was)
    sandbox.set_faults(f"not-offered:{api}", "no-etag")
    session.round()
    assert (reader.bills(), reader.bill_lines(reader.bills()[0].id), reader.tickets(), reader.lines()) == was
    assert reader.contracts() == contracts
    for before, now in zip(ages, reader.freshness(*GONE[api]), strict=True):
        assert isinstance(now.failure, failures.ListMissing)
        assert now.seen == before.seen


@pytest.mark.parametrize("fault", ["unreadable", "no-id"])
def test_an_unreadable_document_is_counted_and_hides_no_other(session: Session, sandbox: Sandbox, fault: str) -> None:
    contacts = session.reader.contacts()
    sandbox.set_faults(f"{fault}:partyInteraction", "no-etag")
    session.round(topics={Topic.CONTACTS})
    (found,) = session.reader.freshness(Topic.CONTACTS)
    assert found.failure is None
    assert found.unreadable == 1
    assert session.reader.contacts() == contacts


def test_an_api_that_is_not_offered_is_not_an_empty_list(new_sandbox: Callable[..., Sandbox], tmp_path: Path) -> None:
    sandbox = new_sandbox("--faults", "not-offered:TMF656")
    session = open_account(sandbox, tmp_path / "v")
    session.sign_in(demo_browser, login_hint="nadia")
    session.round(topics=READ - {Topic.PAPERS})
    assert session.trouble is None
    problems, tickets = session.reader.freshness(Topic.PROBLEMS, Topic.TICKETS)
    assert (problems.offered, problems.seen) == (False, None)
    assert tickets.offered
    session.close()


def test_a_worn_out_token_is_renewed_without_a_word(session: Session, sandbox: Sandbox) -> None:
    sandbox.expire_tokens()
    session.round(topics={Topic.TICKETS})
    assert session.trouble is None
    assert session.is_signed_in


def test_another_customer_may_not_sign_in_here(session: Session, sandbox: Sandbox) -> None:
    with pytest.raises(SignInFailed) as caught:
        session.sign_in(demo_browser, login_hint="edith")
    assert caught.value.why == "account"
    session.round(topics={Topic.CUSTOMER})
    customer = session.reader.customer()
    assert customer is not None
    assert customer.name == "Claire Whitmore"


def test_signing_out_ends_the_session_and_keeps_the_documents(session: Session) -> None:
    bills = session.reader.bills()
    session.sign_out()
    assert not session.is_signed_in
    session.round()
    assert session.trouble == SignedOut()
    assert session.reader.bills() == bills


def test_forgetting_leaves_nothing(session: Session, tmp_path: Path) -> None:
    session.forget()
    assert not (tmp_path / "vault").exists()


def test_without_a_sign_in_nothing_is_asked(sandbox: Sandbox, tmp_path: Path) -> None:
    session = open_account(sandbox, tmp_path / "v")
    sandbox.reset_log()
    assert session.round() == set()
    assert session.trouble == SignedOut()
    assert session.push() == set()
    assert sandbox.log()["count"] == 0
    assert session.reader.customer() is None
    assert session.reader.freshness(Topic.BILLS)[0].seen is None
    session.close()


def test_a_round_may_be_stopped_at_once(sandbox: Sandbox, tmp_path: Path) -> None:
    session = open_account(sandbox, tmp_path / "v")
    session.sign_in(demo_browser, login_hint="claire")
    steps: list[Progress] = []
    session.round(steps.append, cancelled=lambda: any(step.topic is Topic.BILLS for step in steps))
    assert session.trouble is None
    assert session.reader.accounts()
    assert session.reader.bills() == ()
    assert session.reader.freshness(Topic.BILLS)[0].failure is None
    session.close()


def test_old_promises_are_remembered_when_the_operator_moves_them(
    new_sandbox: Callable[..., Sandbox], tmp_path: Path
) -> None:
    sandbox = new_sandbox()
    session = open_account(sandbox, tmp_path / "v")
    session.sign_in(demo_browser, login_hint="sam")
    session.round(topics=READ - {Topic.PAPERS})
    first = {t.id: t.promised for t in session.reader.tickets()}
    sandbox.advance(24 * 30)
    session.round(topics={Topic.TICKETS})
    for ticket in session.reader.tickets():
        was = first.get(ticket.id)
        assert (was in ticket.moved_from) == (was is not None and was != ticket.promised)
    session.close()
