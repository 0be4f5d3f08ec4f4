"""Everything that is kept of one customer, walked one thing after the other however much there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from selfcare.api.home_money import ground_of
from selfcare.case import NOTEBOOK
from selfcare.case.notebook import Notebook, read_notebook
from selfcare.domain.appointments import Appointment
from selfcare.domain.bills import Bill, BillLine
from selfcare.domain.contacts import Contact, Message
from selfcare.domain.contract import Contract
from selfcare.domain.customer import Account, Customer
from selfcare.domain.failures import Unreadable
from selfcare.domain.freshness import Freshness
from selfcare.domain.lines import Line
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.orders import Order
from selfcare.domain.papers import Paper
from selfcare.domain.payments import Payment
from selfcare.domain.problems import Problem
from selfcare.domain.tickets import Ticket
from selfcare.domain.waiting import Waiting
from selfcare.leaving.drafts import DRAFT_KEY, plans_from_bytes
from selfcare.leaving.wizard import Answers
from selfcare.store.action import Action, JournalEntry
from selfcare.store.vault import Vault

from . import documents
from .read import Reader

TOPICS = tuple(topic for topic, _kind in documents.KIND_OF_TOPIC)


class Owned:
    """What the customer owns, as one vault holds it. What may be many comes one by one, newest first, and is never
    all in memory; what the operator says is left as it says it, without what still waits to be sent."""

    def __init__(self, vault: Vault, profile: OperatorProfile, since: date | None = None) -> None:
        """With `since`, bills and their lines are those of that day and later ones, and those of which nobody knows the
        day: a bill that may be of that time is left out of nothing."""
        self.profile = profile
        self._since = since
        self._vault = vault
        self._zone = ground_of(profile)
        self._reader = Reader(vault, profile)

    def of_bills_since(self, day: date | None) -> Owned:
        """The same with the bills of that day and later ones, and those without a day; with all where none is given."""
        return Owned(self._vault, self.profile, day)

    # ---- what the operator says

    def customer(self) -> Customer | None:
        """Who the customer is."""
        return self._reader.customer()

    def accounts(self) -> tuple[Account, ...]:
        """The accounts that bills are written to."""
        return self._reader.accounts()

    def lines(self) -> tuple[Line, ...]:
        """The lines with their options and handsets."""
        return self._reader.lines()

    def contracts(self) -> tuple[Contract, ...]:
        """The contracts with their papers."""
        return self._reader.contracts()

    def letters(self) -> tuple[Paper, ...]:
        """The papers that belong to no contract and are no copy of a bill."""
        return self._reader.letters()

    def tickets(self) -> tuple[Ticket, ...]:
        """The tickets, with every end that was promised before."""
        return self._reader.told_tickets()

    def problems(self) -> tuple[Problem, ...]:
        """The known problems, with every end that was announced before."""
        return self._reader.problems()

    def appointments(self) -> tuple[Appointment, ...]:
        """Visits and agreed call-backs, with every time that they had before."""
        return self._reader.appointments()

    def orders(self) -> tuple[Order, ...]:
        """What the operator was asked to change."""
        return self._reader.orders()

    def bills(self) -> Iterator[Bill]:
        """Every bill."""
        bills: Iterator[Bill] = self._walk(documents.BILL)
        since = self._since
        if since is None:
            return bills
        return (bill for bill in bills if bill.day is None or bill.day >= since)

    def bill_lines(self, bill_id: str) -> list[BillLine]:
        """The lines of one bill, in the operator's order."""
        rows = self._vault.cache.of_parent(documents.BILL_LINE, bill_id)
        found: list[BillLine] = documents.read_documents(documents.BILL_LINE, rows, self._zone)
        return found

    def all_bill_lines(self) -> Iterator[BillLine]:
        """Every line of every bill, also of bills that are not here."""
        if self._since is not None:
            return (line for bill in self.bills() for line in self.bill_lines(bill.id))
        return self._walk(documents.BILL_LINE)

    def payments(self) -> Iterator[Payment]:
        """Every payment."""
        return self._walk("payment")

    def contacts(self) -> Iterator[Contact]:
        """Every contact."""
        return self._walk("partyInteraction")

    def messages(self) -> Iterator[Message]:
        """Every message that the operator sent."""
        return self._walk("communicationMessage")

    def promised_ends(self) -> list[tuple[str, str, str]]:
        """Every end that was ever promised: of what, which, and when it was first seen; ISO instants."""
        return self._vault.cache.promised_ends()

    # ---- what the customer asked for

    def requests(self) -> tuple[Waiting, ...]:
        """Every request of the customer's, newest first."""
        return self._reader.waiting()

    def actions(self) -> list[Action]:
        """The same requests as they were sent or will be, oldest first."""
        return self._vault.actions.all()

    def journal(self) -> list[JournalEntry]:
        """What happened to the requests, in order."""
        return self._vault.actions.journal()

    # ---- what the customer wrote down

    def notebook(self) -> Notebook:
        """What the customer wrote down; an empty one where it cannot be read, which `notebook_kept` still has."""
        try:
            return read_notebook(self.notebook_kept())
        except ValueError:
            return Notebook()

    def notebook_kept(self) -> bytes:
        """The same as it is kept; empty where nothing was written down."""
        return self._vault.actions.draft(NOTEBOOK) or b""

    def note(self, kept_as: str) -> bytes | None:
        """The bytes of a file that the customer put to a contact."""
        return self._vault.actions.draft(kept_as)

    # ---- what the customer planned

    def plans(self) -> tuple[Answers, ...]:
        """What was answered about leaving, for each line; of a discreet plan nothing is ever kept."""
        return tuple((plans_from_bytes(self.plans_kept()).answers or {}).values())

    def plans_kept(self) -> bytes:
        """The same as it is kept; empty where nothing was planned."""
        return self._vault.actions.draft(DRAFT_KEY) or b""

    # ---- papers and documents as they came

    def papers_here(self, ids: Iterable[str]) -> set[str]:
        """Which of these papers are kept."""
        return self._vault.papers.has(ids)

    def paper(self, paper_id: str) -> bytes | None:
        """The bytes of a paper."""
        return self._vault.papers.get(paper_id)

    def paper_ids(self) -> Iterator[str]:
        """Every paper that is kept."""
        return self._vault.papers.ids()

    def paper_count(self) -> int:
        """How many papers are kept."""
        return self._vault.papers.count()

    def kinds(self) -> list[str]:
        """Every kind of document that is kept."""
        return self._vault.cache.kinds()

    def document_count(self) -> int:
        """About how many documents are kept."""
        return self._vault.cache.counted()

    def documents(self, kind: str) -> Iterator[bytes]:
        """The documents of a kind, byte for byte as the operator sent them."""
        return (row.body for row in self._vault.cache.walk(kind))

    def ages(self) -> tuple[Freshness, ...]:
        """How old each kind of thing is."""
        return self._reader.freshness(*TOPICS)

    def last_read(self) -> datetime | None:
        """When the operator was last heard on anything."""
        return max((age.seen for age in self.ages() if age.seen is not None), default=None)

    def _walk(self, kind: str) -> Iterator[Any]:
        for row in self._vault.cache.walk(kind):
            try:
                yield documents.read_document(kind, row, self._zone)
            except Unreadable:
                continue
