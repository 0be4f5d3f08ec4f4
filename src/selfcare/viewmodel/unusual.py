"""What was usual before a bill, which bill came before it, and what will happen to it if nobody does anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo

from selfcare.domain.bills import Bill, is_overdue, may_be_one_account, usual_range
from selfcare.domain.customer import Account
from selfcare.domain.tickets import Ticket
from selfcare.i18n.words import Words


def before_of(bill: Bill, earlier: Sequence[Bill]) -> Bill | None:
    """The ordinary bill before this one in its currency and to its account."""
    for other in earlier:
        if other.id == bill.id or other.total is None or bill.total is None or other.is_credit_note:
            continue
        if not may_be_one_account(bill, other):
            continue
        if other.total.unit == bill.total.unit and other.day and bill.day and other.day <= bill.day:
            return other
    return None


def warning_of(bill: Bill, earlier: Sequence[Bill], words: Words) -> str:
    """What was usual before a bill that is not like the others."""
    usual = usual_range(bill, [b for b in earlier if b.id != bill.id][:24])
    if usual is None:
        return ""
    if usual.low == usual.high:
        return words.tr("You usually pay {amount}.", amount=words.money(usual.low))
    return words.tr("You usually pay {low} to {high}.", low=words.money(usual.low), high=words.money(usual.high))


def usual_of_mine(bill: Bill, earlier: Sequence[Bill], words: Words) -> str:
    """The same, as the customer writes it to the operator."""
    usual = usual_range(bill, [b for b in earlier if b.id != bill.id][:24])
    if usual is None:
        return ""
    if usual.low == usual.high:
        return words.tr("My bills are usually {amount}.", amount=words.money(usual.low))
    return words.tr("My bills are usually {low} to {high}.", low=words.money(usual.low), high=words.money(usual.high))


def dispute_sentence(ticket: Ticket, words: Words, zone: tzinfo, today: date) -> str:
    """When a dispute was asked for."""
    assert ticket.created is not None
    return words.tr("Dispute asked for on {day}.", day=words.day(ticket.created.astimezone(zone).date(), today))


def plan_sentence(ticket: Ticket, words: Words, zone: tzinfo, today: date) -> str:
    """When a plan was asked for."""
    assert ticket.created is not None
    return words.tr("A plan was asked for on {day}.", day=words.day(ticket.created.astimezone(zone).date(), today))


def dispute_way(ticket: Ticket, words: Words) -> tuple[str, str]:
    """What the button to a dispute says, and where it leads: to the ticket, or to the request that is on its way."""
    if ticket.id.startswith("waiting:"):
        return words.tr("See the request"), "waiting"
    return words.tr("Open the ticket"), f"help/ticket/{ticket.id}"


def debit_sentence(bill: Bill, account: Account | None, words: Words, today: date) -> str:
    """When and how it is to be paid, while it is not; or that it is no longer listed, which is not the same as paid."""
    if bill.no_longer_listed:
        return lost_sentence([bill], words)
    if bill.due is None:
        return words.tr("Your operator does not state by when it is to be paid.")
    day = words.day_far(bill.due, today)
    if is_overdue(bill, today):
        return words.tr("It was due on {day}.", day=day)
    if account is not None and account.direct_debit is not None:
        return words.tr("It will be debited on {day}.", day=day)
    return words.tr("It is to be paid by {day}.", day=day)


def lost_sentence(bills: Sequence[Bill], words: Words) -> str:
    """That bills which were to be paid are no longer listed: nobody said that they are paid."""
    if len(bills) == 1:
        number = bills[0].number or bills[0].id
        return words.tr(
            "Bill {number} is no longer listed by your operator; when last seen it was not paid.", number=number
        )
    return words.trn(
        "{count} bill is no longer listed by your operator; when last seen it was not paid.",
        "{count} bills are no longer listed by your operator; when last seen they were not paid.",
        len(bills),
    )
