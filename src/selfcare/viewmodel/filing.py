"""Filing a bill of an archive by hand: what is asked, what was read already, and what is wrong with what was typed."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from selfcare.domain.bills import OWN_STATES, TO_FILE
from selfcare.domain.found_bill import FoundBill
from selfcare.domain.money import Money
from selfcare.domain.records import Struct, replace
from selfcare.i18n import Words
from selfcare.paper.written_days import written_days

from .ages import Absence
from .bill import Fact
from .naming import naming_button
from .typed_amount import read_amount

if TYPE_CHECKING:
    from selfcare.domain.bills import Bill
    from selfcare.domain.customer import Account

    from .bill import BillView

_UNIT = re.compile(r"[A-Z]{3}")


class Typed(Struct, frozen=True):
    """What stands in the fields."""

    operator: str = ""
    number: str = ""
    day: str = ""
    amount: str = ""
    unit: str = ""


class FilingView(Struct, frozen=True):
    """The question, the names of its fields, and what stands in them first."""

    title: str
    text: str
    yes: str
    operator: str
    number: str
    day: str
    amount: str
    unit: str
    first: Typed


def own_bill(bill: Bill, account: Account | None) -> FoundBill | None:
    """What a bill of an archive says; None for a bill of an operator's."""
    if bill.state_word not in OWN_STATES:
        return None
    number = "" if bill.state_word == TO_FILE and bill.number.casefold().endswith((".pdf", ".xml")) else bill.number
    operator = account.name if account is not None and account.id == bill.account_id else ""
    return FoundBill(number, bill.day, None, bill.total, operator=operator)


def own_bill_view(view: BillView, own: FoundBill, words: Words) -> BillView:
    """A bill of an archive in words: there is no operator to be asked, and nobody says whether it is paid."""
    absence = view.lines_absence
    if absence is not None:
        absence = Absence("nothing", words.tr("Only the total is known"), words.tr("Its lines stand on the PDF."))
    said = words.tr("From your own papers. Whether it is paid is not known here.")
    if not own.is_whole:
        said = words.tr("Number, date or total could not be read. File it by hand.")
    facts = tuple(fact for fact in view.facts if fact.label != words.tr("Operator’s own word"))
    read = {
        words.tr("Your operator lists no lines, so the sum cannot be checked."): words.tr(
            "No lines could be read from this bill, so the sum cannot be checked."
        ),
        words.tr("Your operator states no total that can be read, so the sum cannot be checked."): words.tr(
            "No total could be read from this bill, so the sum cannot be checked."
        ),
    }
    untold = view.untold
    if not own.operator:
        untold = words.tr("No operator was found on it, so it is held against no other bill.")
    papers = tuple(paper for paper in view.papers if not paper.name.casefold().endswith(".xml"))
    if len(view.papers) > 1:
        others = words.tr("Other versions of it are kept as well: see “About this bill”.")
        said = f"{said} {others}"
        facts += tuple(
            Fact(paper.name, words.tr("e-invoice, kept with it")) for paper in view.papers if paper not in papers
        )
    checks = tuple(replace(row, text=read.get(row.text, row.text)) for row in view.checks)
    return replace(
        view,
        facts=facts,
        checks=checks,
        sentence=said,
        may_dispute=False,
        may_ask_plan=False,
        lines_absence=absence,
        untold=untold,
        naming="" if own.operator else naming_button(words),
        papers=papers,
        debit=(),
        paper_absence=None,
        no_payments="",
    )


def filing_view(found: FoundBill, currency: str, words: Words) -> FilingView:
    """The question; `currency` stands there where the bill has none yet."""
    return FilingView(
        title=words.tr("File this bill"),
        text=words.tr("Write down what stands on the bill. What could be read is there already."),
        yes=words.tr("File it"),
        operator=words.tr("Operator"),
        number=words.tr("Number"),
        day=words.tr("Date"),
        amount=words.tr("Total with taxes"),
        unit=words.tr("Currency"),
        first=Typed(
            found.operator,
            found.number,
            found.day.isoformat() if found.day is not None else "",
            format(found.total.value, "f") if found.total is not None else "",
            found.total.unit if found.total is not None else currency,
        ),
    )


def read_filing(typed: Typed, today: date, words: Words) -> FoundBill | str:
    """The bill that was typed, or the sentence that says what is wrong with it."""
    number = " ".join(typed.number.split())[:60]
    if not number:
        return words.tr("Type the number of the bill.")
    days = list(written_days(typed.day.strip()))
    if len(days) != 1 or days[0].day > today:
        return words.tr("Type the date of the bill, for example 2026-11-03. It cannot be later than today.")
    amount = read_amount(typed.amount)
    if amount is None:
        return words.tr("Type the total like 41.99 or 45 923,61.")
    unit = typed.unit.strip().upper()
    if not _UNIT.fullmatch(unit):
        return words.tr("Type the currency in three letters, like EUR or GBP.")
    operator = " ".join(typed.operator.split())[:60]
    return FoundBill(number, days[0].day, None, Money(amount, unit), operator=operator)
