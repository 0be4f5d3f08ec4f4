"""What the cards of Home are made of, and the facts that they are built from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selfcare.domain.records import Struct

from .ages import Absence
from .bars import BarsView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from selfcare.billing.flags import Judgement
    from selfcare.billing.option_charges import OptionCharges
    from selfcare.case.promises import Promise
    from selfcare.domain.bills import Bill, BillLine
    from selfcare.domain.contract import Contract
    from selfcare.domain.customer import Account, Customer
    from selfcare.domain.freshness import Freshness
    from selfcare.domain.lines import Line
    from selfcare.domain.payments import Payment
    from selfcare.domain.problems import Problem
    from selfcare.domain.tickets import Ticket
    from selfcare.domain.waiting import Waiting
    from selfcare.leaving.departures import Departure


class Step(Struct, frozen=True):
    """A button: what it says and where it leads ("bills/780123467")."""

    label: str
    target: str


class UrgentCard(Struct, frozen=True):
    """Something that needs the customer: a tag, a sentence, the facts, and what can be done; the first is the best."""

    tag: str
    tag_kind: str
    title: str
    text: str
    steps: tuple[Step, ...] = ()


class SideCard(Struct, frozen=True):
    """Something good to know: a small heading, a sentence, facts, perhaps one way on."""

    over: str
    title: str
    text: str
    step: Step | None = None


class PaymentCard(Struct, frozen=True):
    """The next payment, why it differs, and the months before as bars."""

    over: str
    amount: str
    text: str
    bars: BarsView | None
    step: Step | None = None


class HomeView(Struct, frozen=True):
    """The page: what is urgent at the left, what is good to know at the right. `calm` stands alone if all is quiet."""

    title: str
    below: str
    urgent: tuple[UrgentCard, ...]
    payment: PaymentCard | None
    side: tuple[SideCard, ...]
    calm: Absence | None


class HomeFacts(Struct, frozen=True):
    """What Home is made of, as read on the store lane. `bills` are the newest, newest first; `lines_of` are the lines
    of the bills that an explanation needs, by bill id."""

    customer: Customer | None
    accounts: Sequence[Account]
    bills: Sequence[Bill]
    lines_of: dict[str, Sequence[BillLine]]
    payments: Sequence[Payment]
    lines: Sequence[Line]
    contracts: Sequence[Contract]
    tickets: Sequence[Ticket]
    problems: Sequence[Problem]
    promises: Sequence[Promise]
    waiting: Sequence[Waiting]
    bills_age: Freshness | None
    parts: tuple[Freshness, ...]
    """How fresh bills, tickets, products, services and contracts are: of what is not offered nothing is claimed."""
    judged: Mapping[str, Judgement] = {}
    """What is strange about the newest bills, by bill id; under "" the months without a bill."""
    charges: Mapping[str, OptionCharges] = {}
    """What bills charged for options that do not work or that nobody ordered, by option id."""
    unasked: frozenset[str] = frozenset()
    """The options for which the operator shows no order, by id."""
    early: Mapping[str, OptionCharges] = {}
    """What bills charged for a time before an option began, by option id."""
    can_report: bool = True
    """The operator takes tickets (TMF621); where it takes none, a noted call is the evidence."""
    noted: Sequence[Contract] = ()
    """Ends of commitments that the customer noted."""
    departing: Mapping[str, Departure] = {}
    """The lines on their way out by the operator's word, by id."""
    unpaid: Sequence[Bill] = ()
    """Older bills that are not paid, newest first; those of `bills` are not among them."""
    out: tuple[UrgentCard, ...] = ()
    out_side: tuple[SideCard, ...] = ()
    """What comes next of the ways out that are followed."""
    forgotten: tuple[Waiting, ...] = ()
    """Notices that the operator accepted and no longer shows."""

    @property
    def open_bills(self) -> list[Bill]:
        """Every bill that is to be paid, newest first."""
        return [bill for bill in (*self.bills, *self.unpaid) if not bill.is_paid and not bill.is_credit_note]

    def is_odd(self, bill: Bill, earlier: Sequence[Bill]) -> bool:
        """By all that is known of it, else by its total alone."""
        found = self.judged.get(bill.id)
        if found is not None:
            return found.is_odd
        from selfcare.domain.bills import is_abnormal

        return is_abnormal(bill, earlier)
