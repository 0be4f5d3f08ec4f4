"""Stand-ins for the open account, over plain domain objects: what a page loads from in its tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from selfcare.account.noted_desks import KEPT_AS, with_desks
from selfcare.billing.flags import Judgement
from selfcare.billing.known import known_from
from selfcare.billing.normal import judged
from selfcare.billing.weighing import Record
from selfcare.domain.appointments import Appointment
from selfcare.domain.bills import Bill, BillLine
from selfcare.domain.commands import Command
from selfcare.domain.contacts import Contact, Message
from selfcare.domain.contract import Contract
from selfcare.domain.customer import Account, Customer
from selfcare.domain.freshness import Freshness
from selfcare.domain.lines import Line
from selfcare.domain.offers import Offer
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.orders import Order
from selfcare.domain.papers import Paper
from selfcare.domain.payments import Payment
from selfcare.domain.problems import Problem
from selfcare.domain.support import Support
from selfcare.domain.tickets import Ticket
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.store.search import BillQuery, BillRow, BillWindow
from tests import samples
from tests.samples import SEEN, TODAY

ALL_TOPICS = tuple(Topic)


@dataclass
class FakeReader:
    """Stands where account.read.Reader stands, over plain objects; every part may be replaced."""

    the_customer: Customer | None = field(default_factory=samples.customer)
    the_accounts: tuple[Account, ...] = field(default_factory=lambda: (samples.account(),))
    the_bills: tuple[Bill, ...] = field(default_factory=samples.bills)
    the_payments: tuple[Payment, ...] = field(default_factory=samples.payments)
    the_lines: tuple[Line, ...] = field(default_factory=samples.lines)
    the_contracts: tuple[Contract, ...] = field(default_factory=samples.contracts)
    the_letters: tuple[Paper, ...] = field(default_factory=samples.letters)
    the_tickets: tuple[Ticket, ...] = field(default_factory=samples.tickets)
    the_problems: tuple[Problem, ...] = field(default_factory=samples.problems)
    the_appointments: tuple[Appointment, ...] = ()
    the_contacts: tuple[Contact, ...] = field(default_factory=samples.contacts)
    the_messages: tuple[Message, ...] = field(default_factory=samples.messages)
    the_orders: tuple[Order, ...] = ()
    the_offers: tuple[Offer, ...] = ()
    the_waiting: tuple[Waiting, ...] = ()
    the_papers: dict[str, bytes] = field(default_factory=dict)
    the_freshness: dict[Topic, Freshness] = field(default_factory=dict)
    the_support: Support | None = field(default_factory=samples.support)
    the_drafts: dict[str, bytes] = field(default_factory=dict)

    def freshness(self, *topics: Topic) -> tuple[Freshness, ...]:
        return tuple(self.the_freshness.get(t, Freshness(t, SEEN, SEEN)) for t in (topics or ALL_TOPICS))

    def customer(self) -> Customer | None:
        return self.the_customer

    def accounts(self) -> tuple[Account, ...]:
        return self.the_accounts

    def bills(self, limit: int | None = None) -> tuple[Bill, ...]:
        return self.the_bills[:limit]

    def unpaid_bills(self) -> tuple[Bill, ...]:
        return tuple(bill for bill in self.the_bills if not bill.is_paid)

    def bill(self, bill_id: str) -> Bill | None:
        return next((b for b in self.the_bills if b.id == bill_id), None)

    def bill_lines(self, bill_id: str) -> tuple[BillLine, ...]:
        return samples.bill_lines(bill_id)

    def judgements(self, today: date) -> tuple[Judgement, ...]:
        records = [Record(bill, self.bill_lines(bill.id)) for bill in self.the_bills[:120]]
        return judged(records, known_from(self.the_lines, self.the_contracts)).on(today)

    def bill_window(self, query: BillQuery) -> BillWindow:
        found = [b for b in self.the_bills if _matches(b, query)]
        found.sort(key=lambda b: b.day or TODAY, reverse=query.descending)
        if query.before:
            found = found[[b.id for b in found].index(query.before) + 1 :]
        rows = tuple(_row(b) for b in found[query.offset : query.offset + query.limit])
        return BillWindow(rows, len(found), query.offset)

    def unsearched_bills(self) -> int:
        return 0

    def bill_years(self) -> tuple[int, ...]:
        return tuple(sorted({b.day.year for b in self.the_bills if b.day}, reverse=True))

    def draft(self, key: str) -> bytes | None:
        return self.the_drafts.get(key)

    def payments(self) -> tuple[Payment, ...]:
        return self.the_payments

    def paper(self, paper_id: str) -> bytes | None:
        return self.the_papers.get(paper_id)

    def papers_here(self, ids: Sequence[str]) -> set[str]:
        return set(ids) & set(self.the_papers)

    def lines(self) -> tuple[Line, ...]:
        return self.the_lines

    def contracts(self) -> tuple[Contract, ...]:
        return self.the_contracts

    def letters(self) -> tuple[Paper, ...]:
        return self.the_letters

    def offers(self) -> tuple[Offer, ...]:
        return self.the_offers

    def tickets(self) -> tuple[Ticket, ...]:
        return self.the_tickets

    def appointments(self) -> tuple[Appointment, ...]:
        return self.the_appointments

    def problems(self) -> tuple[Problem, ...]:
        return self.the_problems

    def contacts(self) -> tuple[Contact, ...]:
        return self.the_contacts

    def messages(self) -> tuple[Message, ...]:
        return self.the_messages

    def orders(self) -> tuple[Order, ...]:
        return self.the_orders

    def waiting(self) -> tuple[Waiting, ...]:
        return self.the_waiting

    def support(self) -> Support | None:
        return with_desks(self.the_support, self.the_drafts.get(KEPT_AS))

    def counts(self) -> dict[Topic, int]:
        return {Topic.BILLS: len(self.the_bills), Topic.TICKETS: len(self.the_tickets)}


def _matches(bill: Bill, query: BillQuery) -> bool:
    text = f"{bill.number} {bill.total.value if bill.total else ''}"
    return (
        (not query.text or query.text.replace(",", "") in text)
        and (not query.states or bill.state.value in query.states)
        and (query.year is None or (bill.day is not None and bill.day.year == query.year))
    )


def _row(bill: Bill) -> BillRow:
    return BillRow(
        bill.id,
        bill.number,
        bill.day.isoformat() if bill.day else "",
        bill.due.isoformat() if bill.due else "",
        str(bill.total.value) if bill.total else "",
        bill.total.unit if bill.total else "",
        bill.state.value,
        bill.no_longer_listed,
        bill.account_id,
    )


@dataclass
class FakeSession:
    """Stands where account.session.Session stands; remembers what was asked for."""

    reader: FakeReader = field(default_factory=FakeReader)
    profile: OperatorProfile = field(default_factory=samples.profile)
    asked: list[object] = field(default_factory=list)
    drafts: dict[str, bytes] = field(default_factory=dict)
    notes: dict[str, bytes] = field(default_factory=dict)
    may_drop: bool = True

    def seal(self) -> str:
        return f"{len(self.reader.bills())} {self.reader.freshness(Topic.BILLS)[0].seen}"

    def keep_note(self, key: str, text: bytes) -> None:
        self.notes[key] = text

    def note(self, key: str) -> bytes | None:
        return self.notes.get(key)

    def submit(self, command: Command, confirm: str) -> Waiting:
        self.asked.append(command)
        asked = Waiting(f"w{len(self.asked)}", command, WaitingState.NEW, SEEN)
        self.reader.the_waiting = (*self.reader.the_waiting, asked)
        return asked

    def drop(self, waiting_id: str) -> bool:
        self.asked.append(("drop", waiting_id))
        return self.may_drop

    def retry(self, waiting_id: str) -> None:
        self.asked.append(("retry", waiting_id))

    def check_again(self, waiting_id: str) -> None:
        self.asked.append(("check", waiting_id))

    def save_draft(self, key: str, content: bytes) -> None:
        self.drafts[key] = content
        self.reader.the_drafts[key] = content

    def draft(self, key: str) -> bytes | None:
        return self.drafts.get(key, self.reader.draft(key))

    def drop_draft(self, key: str) -> None:
        self.drafts.pop(key, None)
        self.reader.the_drafts.pop(key, None)
