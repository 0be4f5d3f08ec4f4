"""What the page of bills reads on the store lane: rows, filters, the chart, and one bill with what explains it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from selfcare.domain.bills import Bill
from selfcare.domain.money import Money
from selfcare.domain.payments import PaymentState
from selfcare.domain.records import Struct, replace
from selfcare.domain.topics import Topic
from selfcare.store.search import BillQuery
from selfcare.ui.context import Reading
from selfcare.ui.widgets.rows import PAGE
from selfcare.viewmodel.ages import absence_of
from selfcare.viewmodel.bars import bars_of
from selfcare.viewmodel.bill import BillView, bill_view
from selfcare.viewmodel.bills import (
    BillsView,
    ListedBill,
    as_bill,
    below_title,
    line_choices,
    listed,
    state_choices,
    year_choices,
)
from selfcare.viewmodel.facts import with_shown_numbers
from selfcare.viewmodel.unusual import before_of

AROUND = 24
"""How many older bills are read along, to know what is usual and what came before."""

SEEN = 24
"""Rows that answer a key stroke: as many as a window shows. The others come when they are looked at."""


class RowsFound(Struct, frozen=True):
    """The first rows of a list. `total` counts every row, `after` is the store's offset of the next bill."""

    rows: tuple[ListedBill, ...]
    total: int
    after: int
    newest: str


class OneBill(Struct, frozen=True):
    """One bill in words, with what its actions need."""

    view: BillView
    to_pay: Money | None
    day: date | None


def rows_found(reading: Reading, query: BillQuery, paid: Mapping[str, date]) -> RowsFound:
    """The first rows for a query."""
    compare = not query.text and not query.states and query.sort == "day" and query.descending
    first = SEEN if query.text else PAGE
    window = reading.reader.bill_window(replace(query, offset=0, limit=first + (AROUND if compare else 0)))
    bills = [as_bill(r) for r in window.rows]
    rows = listed(bills[:first], bills[first:], paid, reading.words, reading.today, compare=compare)
    shown = min(first, len(bills))
    newest = next((b.id for b in bills if not b.is_credit_note), bills[0].id if bills else "")
    return RowsFound(rows, window.total + len(rows) - shown, shown, newest)


def more_rows(reading: Reading, query: BillQuery, paid: Mapping[str, date]) -> tuple[ListedBill, ...]:
    """The rows of a later page."""
    window = reading.reader.bill_window(replace(query, limit=query.limit + AROUND))
    bills = [as_bill(r) for r in window.rows]
    compare = not query.text and not query.states and query.sort == "day" and query.descending
    limit = query.limit
    return listed(bills[:limit], bills[limit:], paid, reading.words, reading.today, compare=compare, gaps=False)


def bills_loaded(reading: Reading, query: BillQuery, paid: Mapping[str, date]) -> BillsView:
    """The whole page, with the days of payment as far as they are known; they may take a moment longer."""
    reader, words = reading.reader, reading.words
    found = rows_found(reading, query, paid)
    years = reader.bill_years()
    total = reader.bill_window(BillQuery(limit=1)).total
    absence = None
    if not total:
        absence = absence_of(
            reader.freshness(Topic.BILLS)[0],
            words.tr("No bill yet"),
            words,
            words.tr("Your operator has not written one."),
        )
    return BillsView(
        below=below_title(total, years, words),
        rows=found.rows,
        total=found.total,
        after=found.after,
        bars=bars_of(reader.bills(limit=50), words, 24),
        years=year_choices(years, words),
        lines=line_choices(with_shown_numbers(reader.lines(), reading.profile.country), words),
        states=state_choices(words),
        newest=found.newest,
        absence=absence,
    )


def paid_days(reading: Reading) -> dict[str, date]:
    """When each bill was paid, by the operator's list of payments."""
    days: dict[str, date] = {}
    for payment in reading.reader.payments():
        if payment.day is None or payment.state not in {PaymentState.CREDITED, PaymentState.TAKEN}:
            continue
        for bill_id in payment.bill_ids:
            days[bill_id] = max(payment.day, days.get(bill_id, payment.day))
    return days


def one_bill(reading: Reading, bill_id: str) -> OneBill | None:
    """One bill with its lines, those of the bill before, and what was usual; None if it is not here."""
    reader = reading.reader
    bill = reader.bill(bill_id)
    if bill is None:
        return None
    earlier = _earlier(reading, bill)
    before = before_of(bill, earlier)
    accounts = reader.accounts()
    account = next((a for a in accounts if a.id == bill.account_id), accounts[0] if len(accounts) == 1 else None)
    lines_age, papers_age = reader.freshness(Topic.BILL_LINES, Topic.PAPERS)
    view = bill_view(
        bill,
        reader.bill_lines(bill.id),
        earlier,
        reader.bill_lines(before.id) if before is not None else (),
        reader.payments(),
        account,
        reader.papers_here([p.id for p in bill.papers]),
        (lines_age, papers_age),
        reading.words,
        reading.today,
    )
    return OneBill(view, bill.remaining if bill.remaining is not None else bill.total, bill.day)


def _earlier(reading: Reading, bill: Bill) -> list[Bill]:
    """The light rows of the bills before, newest first, from its own year and the two before."""
    if bill.day is None:
        return []
    found: list[Bill] = []
    for year in range(bill.day.year, bill.day.year - 3, -1):
        window = reading.reader.bill_window(BillQuery(year=year, limit=400))
        found += [as_bill(r) for r in window.rows]
        older = [b for b in found if b.id != bill.id and b.day is not None and b.day < bill.day]
        if len(older) >= AROUND:
            break
    older = [b for b in found if b.id != bill.id and b.day is not None and b.day < bill.day]
    return older[:AROUND]
