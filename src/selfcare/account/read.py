"""Reads what is kept on this computer, as the customer thinks of it: bills, lines, tickets, with what is waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, cast

from selfcare.api.home_money import ground_of
from selfcare.api.products import read_lines, with_codes
from selfcare.domain.appointments import Appointment
from selfcare.domain.bills import Bill, BillLine, BillState
from selfcare.domain.contacts import Contact, Message
from selfcare.domain.contract import Contract
from selfcare.domain.customer import Account, Customer
from selfcare.domain.freshness import Freshness
from selfcare.domain.lines import Line
from selfcare.domain.offers import Offer
from selfcare.domain.operator import OperatorProfile
from selfcare.domain.orders import Order
from selfcare.domain.papers import Paper, letters_among, with_papers
from selfcare.domain.payments import Payment
from selfcare.domain.problems import Problem
from selfcare.domain.records import replace
from selfcare.domain.support import Support
from selfcare.domain.tickets import Ticket
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import Waiting, lay_over_tickets
from selfcare.store.search import BillQuery, BillWindow
from selfcare.store.vault import Vault

from . import documents
from .earlier import Seen, earlier_ends, seen_from, with_calls
from .freshness import freshness_of
from .noted_desks import KEPT_AS, with_desks
from .own_words import understood
from .renamed import renamed
from .visits import with_times
from .wording import waiting_of

if TYPE_CHECKING:
    from selfcare.billing.flags import Judgement
    from selfcare.billing.normal import Judged

JUDGED = 120
"""So many of the newest bills are judged: ten years of one a month."""

UNSETTLED = ("", *(state.value for state in BillState if state is not BillState.SETTLED))
"""The states in which a bill may be to pay."""

_T = TypeVar("_T")


class Reader:
    """Everything a page may show. Belongs to the store lane; what was decoded is kept until it is different.

    A document that cannot be understood is left out here and counted in `freshness`.
    """

    def __init__(self, vault: Vault, profile: OperatorProfile) -> None:
        self._vault = vault
        self._profile = profile
        self._zone = ground_of(profile)
        self._made: dict[object, tuple[tuple[int, ...], Any]] = {}

    def freshness(self, *topics: Topic) -> tuple[Freshness, ...]:
        """The age of each of these topics, in their order."""
        return tuple(freshness_of(topic, self._vault.cache, self._profile) for topic in topics)

    def customer(self) -> Customer | None:
        """Who the customer is; None before the first reading."""
        return self._kept("customer", documents.CUSTOMER_KINDS, self._customer)

    def accounts(self) -> tuple[Account, ...]:
        """The accounts that bills are written to."""
        return self._list("billingAccount")

    def unsearched_bills(self) -> int:
        """How many bills the search does not find yet, because many came at once."""
        return self._vault.cache.unsearched()

    def bill_window(self, query: BillQuery) -> BillWindow:
        """A part of the list of bills, light and quick, for a table of any length."""
        return self._vault.cache.bill_rows(replace(query, lines=self._with_parts(query.lines)))

    def bill_years(self) -> tuple[int, ...]:
        """The years in which bills were written, newest first."""
        return tuple(self._vault.cache.bill_years())

    def bills(self, limit: int | None = None) -> tuple[Bill, ...]:
        """The newest bills, or all of them; newest first."""
        return self._kept(("bills", limit), (documents.BILL,), lambda: self._bills(limit))

    def unpaid_bills(self, most: int = 200) -> tuple[Bill, ...]:
        """The bills that are not settled by the operator's word, newest first, however old; of very many so many."""
        return self._kept(("unpaid", most), (documents.BILL,), lambda: self._unpaid(most))

    def bill(self, bill_id: str) -> Bill | None:
        """One bill."""
        row = self._vault.cache.row(documents.BILL, bill_id)
        found = documents.read_documents(documents.BILL, [row], self._zone) if row is not None else []
        return understood(self._profile, documents.BILL, found)[0] if found else None

    def bill_lines(self, bill_id: str) -> tuple[BillLine, ...]:
        """The lines of one bill, in the operator's order; empty too where they have not been read."""
        return self._kept(("lines", bill_id), (documents.BILL_LINE,), lambda: self._bill_lines(bill_id))

    def judgements(self, today: date) -> tuple[Judgement, ...]:
        """What is strange about the newest bills, oldest first, and the months without one until a day."""
        kinds = (documents.BILL, documents.BILL_LINE, *documents.LINE_KINDS)
        return self._kept("judged", kinds, self._judged).on(today)

    def payments(self) -> tuple[Payment, ...]:
        """The payments that the operator knows of, newest first."""
        return self._list("payment")

    def paper(self, paper_id: str) -> bytes | None:
        """The bytes of a paper (PaperRef.id), if it is here."""
        return self._vault.papers.get(paper_id)

    def papers_here(self, paper_ids: Iterable[str]) -> set[str]:
        """Which of these papers can be shown without the operator."""
        return self._vault.papers.has(paper_ids)

    def lines(self) -> tuple[Line, ...]:
        """The customer's lines with their plan, handset and options, and what the network says of them."""
        kinds = (*documents.LINE_KINDS, documents.TICKET, documents.ORDER)
        return self._kept("all lines", kinds, self._lines)

    def contracts(self) -> tuple[Contract, ...]:
        """The contracts, each with its papers."""
        kinds = (documents.CONTRACT, documents.PAPER)
        return self._kept("contracts", kinds, lambda: with_papers(self._list(documents.CONTRACT), self._papers()))

    def letters(self) -> tuple[Paper, ...]:
        """The papers that belong neither to one of the contracts nor to a bill as its copy, newest first."""
        kinds = (documents.CONTRACT, documents.PAPER)
        return self._kept("letters", kinds, lambda: letters_among(self._papers(), self._list(documents.CONTRACT)))

    def tickets(self) -> tuple[Ticket, ...]:
        """The tickets, newest first, with earlier promises, and what the customer has asked for laid over them."""
        return lay_over_tickets(self.told_tickets(), self.waiting())

    def told_tickets(self) -> tuple[Ticket, ...]:
        """The tickets as the operator tells them, newest first, with the ends it had promised before."""
        return self._kept("tickets", (documents.TICKET,), self._tickets)

    def problems(self) -> tuple[Problem, ...]:
        """The known problems that the operator publishes, with the ends it had promised before."""
        return self._kept("problems", (documents.PROBLEM,), self._problems)

    def appointments(self) -> tuple[Appointment, ...]:
        """Visits and agreed call-backs, newest first, with the times that they had before."""
        found, cache = self._list(documents.APPOINTMENT), self._vault.cache
        return with_times(found, cache.first_seen(documents.TIMED_AS), cache.first_seen(documents.STOOD_AS))

    def contacts(self) -> tuple[Contact, ...]:
        """Who was spoken to and when, newest first."""
        return self._list(documents.CONTACT)

    def messages(self) -> tuple[Message, ...]:
        """What the operator sent, newest first."""
        return self._list(documents.MESSAGE)

    def orders(self) -> tuple[Order, ...]:
        """What the operator was asked to change, newest first, with the dates it had named before."""
        return self._kept("orders", (documents.ORDER,), self._orders)

    def offers(self) -> tuple[Offer, ...]:
        """The options that the operator says may be ordered (TMF620)."""
        return self._list(documents.OFFER)

    def support(self) -> Support | None:
        """How the operator can be reached, from its profile, and as the customer noted it."""
        return with_desks(self._profile.support, self._vault.actions.draft(KEPT_AS))

    def waiting(self) -> tuple[Waiting, ...]:
        """Every request of the customer's, newest first, also those that are settled."""
        moments = self._vault.actions.moments()
        return tuple(waiting_of(a, moments.get(a.id)) for a in reversed(self._vault.actions.all()))

    def draft(self, key: str) -> bytes | None:
        """What the customer had begun."""
        return self._vault.actions.draft(key)

    def counts(self) -> dict[Topic, int]:
        """How many things of each topic are here; for WAITING, those that still need somebody."""
        found = dict.fromkeys(Topic, 0)
        for topic, kind in documents.KIND_OF_TOPIC:
            found[topic] += self._vault.cache.count(kind)
        found[Topic.PAPERS] = self._vault.papers.count()
        found[Topic.WAITING] = sum(1 for item in self.waiting() if item.is_open)
        return found

    def size(self) -> int:
        """How many bytes of papers are kept."""
        return self._vault.papers.size()

    def _kept(self, name: object, kinds: tuple[str, ...], make: Callable[[], _T]) -> _T:
        stamps = tuple(self._vault.cache.stamp(kind) for kind in kinds)
        found = self._made.get(name)
        if found is not None and found[0] == stamps:
            return cast("_T", found[1])
        made = make()
        if len(self._made) > 200:
            self._made.clear()
        self._made[name] = (stamps, made)
        return made

    def _list(self, kind: str) -> tuple[Any, ...]:
        return self._kept(kind, (kind,), lambda: self._read(kind))

    def _read(self, kind: str) -> tuple[Any, ...]:
        rows = self._vault.cache.all(kind, newest_first=False)
        return understood(self._profile, kind, documents.read_documents(kind, rows, self._zone))

    def _bills(self, limit: int | None) -> tuple[Bill, ...]:
        rows = self._vault.cache.all(documents.BILL, limit)
        found: list[Bill] = documents.read_documents(documents.BILL, rows, self._zone)
        return understood(self._profile, documents.BILL, found)

    def _unpaid(self, most: int) -> tuple[Bill, ...]:
        query = BillQuery(states=UNSETTLED, sort="state", limit=most, counted=False)
        found = [self.bill(row.id) for row in self._vault.cache.bill_rows(query).rows]
        unpaid = [bill for bill in found if bill is not None and not bill.is_paid]
        return tuple(sorted(unpaid, key=lambda bill: bill.day or date.max, reverse=True))

    def _bill_lines(self, bill_id: str) -> tuple[BillLine, ...]:
        rows = self._vault.cache.of_parent(documents.BILL_LINE, bill_id)
        return tuple(documents.read_documents(documents.BILL_LINE, rows, self._zone))

    def _judged(self) -> Judged:
        from selfcare.billing.known import known_from
        from selfcare.billing.normal import judged
        from selfcare.billing.weighing import Record

        records = (Record(bill, self._bill_lines(bill.id)) for bill in self._bills(JUDGED))
        return judged(records, known_from(self.lines(), self.contracts()))

    def _with_parts(self, line_ids: tuple[str, ...]) -> tuple[str, ...]:
        """A line and everything sold on it: a bill names the option that it charges, not the line."""
        wanted = [line for line in self.lines() if line.id in line_ids] if line_ids else []
        parts = [part.id for line in wanted for part in (*line.options, line.main, line.handset) if part is not None]
        return tuple(dict.fromkeys((*line_ids, *parts)))

    def _customer(self) -> Customer | None:
        return documents.customer_of({kind: self._vault.cache.all(kind) for kind in documents.CUSTOMER_KINDS})

    def _lines(self) -> tuple[Line, ...]:
        lines = read_lines(self._read("product"), self._read("service"), self._list(documents.CONTRACT))
        coded = {line_id for order in self.orders() if order.code is not None for line_id in order.product_ids}
        return with_codes(lines, self.tickets(), coded)

    def _papers(self) -> tuple[Paper, ...]:
        return tuple(documents.papers_apart(self._vault.cache, self._zone))

    def _tickets(self) -> tuple[Ticket, ...]:
        tickets: tuple[Ticket, ...] = self._read(documents.TICKET)
        calls = self._vault.cache.first_seen(documents.CALLED_AS)
        before = renamed(tickets)
        old = {one for ids in before.values() for one in ids}

        def remembered(ticket: Ticket) -> Ticket:
            ids = (*before.get(ticket.id, ()), ticket.id)
            seen = sorted((one for own in ids for one in self._seen(own)), key=lambda one: one[::-1])
            moved, when = earlier_ends(seen, ticket.promised, self._zone)
            called = sorted((one for own in ids for one in calls.get(call_name(own), ())), key=lambda one: one[::-1])
            return with_calls(replace(ticket, moved_from=moved, moved_when=when), called, self._zone)

        return tuple(remembered(ticket) for ticket in tickets if ticket.id not in old)

    def _problems(self) -> tuple[Problem, ...]:
        problems: tuple[Problem, ...] = self._read(documents.PROBLEM)

        def remembered(one: Problem) -> Problem:
            moved, when = earlier_ends(self._seen(promise_name(one)), one.expected_end, self._zone)
            return replace(one, moved_from=moved, moved_when=when)

        return tuple(remembered(problem) for problem in problems)

    def _orders(self) -> tuple[Order, ...]:
        orders: tuple[Order, ...] = self._read(documents.ORDER)

        def remembered(one: Order) -> Order:
            moved, when = earlier_ends(self._seen(promise_name(one)), one.expected)
            return replace(one, moved_from=moved, moved_when=when)

        return tuple(remembered(order) for order in orders)

    def _seen(self, name: str) -> Seen:
        return seen_from(self._vault.cache.promises(name))


def call_name(ticket_id: str) -> str:
    """The name under which the call backs promised for a ticket are remembered."""
    return f"{documents.CALLED_AS}{ticket_id}"


def promise_name(thing: Ticket | Problem | Order) -> str:
    """The name under which the ends promised for a ticket, a problem or an order are remembered."""
    kind = documents.PROBLEM if isinstance(thing, Problem) else documents.ORDER
    return f"{documents.PROMISED_AS[documents.TICKET if isinstance(thing, Ticket) else kind]}{thing.id}"
