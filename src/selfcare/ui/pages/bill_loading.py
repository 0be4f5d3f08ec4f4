"""What the page of bills reads on the store lane: rows, filters, the chart, and one bill with what explains it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from selfcare.billing.difference import last_comparable, year_ago
from selfcare.domain.bills import Bill, BillState, dispute_of, is_overdue, plan_of
from selfcare.domain.customer import Account
from selfcare.domain.found_bill import FoundBill
from selfcare.domain.money import Money
from selfcare.domain.payments import Payment, PaymentState
from selfcare.domain.records import Struct, field, replace
from selfcare.domain.topics import Topic
from selfcare.store.search import BillQuery, BillRow
from selfcare.ui.context import Reading
from selfcare.ui.widgets.rows import PAGE
from selfcare.viewmodel.ages import absence_of
from selfcare.viewmodel.bars import bars_of
from selfcare.viewmodel.bill import BillView, bill_view
from selfcare.viewmodel.bill_files import saved_names
from selfcare.viewmodel.bills import (
    UNUSUAL,
    BillsView,
    ListedBill,
    as_bill,
    below_title,
    line_choices,
    listed,
    no_own_bills,
    state_choices,
    year_choices,
)
from selfcare.viewmodel.disputes import Matter
from selfcare.viewmodel.facts import with_shown_numbers
from selfcare.viewmodel.filing import own_bill, own_bill_view

AROUND = 24
"""How many older bills are read along, to know what is usual and what came before."""

ROWS = 400
"""Rows of a year that are read at once."""

FOLLOWING = 96
"""Older bills that are read at once where several stand together."""

NEWEST = 2_000
"""Among so many of the newest bills that a filter leaves, the strange ones are looked for."""

SEEN = 24
"""Rows that answer a key stroke or another order: as many as a window shows; others come when they are looked at."""


class RowsFound(Struct, frozen=True):
    """The first rows of a list. `total` counts every row (-1: not counted yet), `after` is the store's offset of the
    next bill."""

    rows: tuple[ListedBill, ...]
    total: int
    after: int
    newest: str


class Reported(Struct, frozen=True):
    """What the operator's list of payments says: when each bill was paid, and what was taken but not credited.

    `judged` keeps what was made of a bill on a day: it is judged by those before it, however it was found.
    """

    paid: dict[str, date]
    taken: tuple[Payment, ...] = ()
    is_read: bool = False
    judged: dict[tuple[str, date], ListedBill] = field(default_factory=dict)

    def says_the_same(self, other: Reported) -> bool:
        """Whether both would make the same of every bill."""
        return (self.paid, self.taken, self.is_read) == (other.paid, other.taken, other.is_read)


class OneBill(Struct, frozen=True):
    """One bill in words, with what its actions need.

    `again` makes the view anew with lines from elsewhere, `before` is the last comparable bill among `earlier`.
    """

    view: BillView
    to_pay: Money | None
    matter: Matter
    bill: Bill | None = None
    before: Bill | None = None
    earlier: tuple[Bill, ...] = ()
    again: Callable[..., BillView] | None = None
    own: FoundBill | None = None
    """What a bill of an archive says, for it to be filed by hand."""

    names: Mapping[str, str] = field(default_factory=dict)
    """Under which name each of its PDFs is saved, by the id of the paper."""


def rows_found(reading: Reading, query: BillQuery, known: Reported) -> RowsFound:
    """The first rows for a query; while the customer types, all of them are counted later."""
    if query.states == (UNUSUAL,):
        return _unusual(reading, query, known)
    first = PAGE if _is_in_order(query) else SEEN
    around = AROUND if _is_in_order(query) else 0
    window = reading.reader.bill_window(replace(query, offset=0, limit=first + around, counted=_is_counted(query)))
    bills = _bills(reading, window.rows)
    if not known.is_read and (not _is_whole(query) or any(is_overdue(b, reading.today) for b in bills[:first])):
        known = reported(reading)
    rows = _listed(reading, query, known, bills, first, gaps=True)
    shown = min(first, len(bills))
    newest = next((b.id for b in bills if not b.is_credit_note), bills[0].id if bills else "")
    total = window.total + len(rows) - shown if window.total >= 0 else -1
    return RowsFound(rows, total, shown, newest)


def _unusual(reading: Reading, query: BillQuery, known: Reported) -> RowsFound:
    """The bills in which something is strange, all at once: they are few."""
    odd = {bill_id for bill_id, is_odd in _judged(reading).items() if is_odd}
    window = reading.reader.bill_window(replace(query, states=(), offset=0, limit=NEWEST, counted=False))
    bills = _bills(reading, tuple(row for row in window.rows if row.id in odd))
    rows = _listed(reading, query, known, bills, len(bills), gaps=False)
    return RowsFound(rows, len(rows), len(rows), bills[0].id if bills else "")


def _judged(reading: Reading) -> dict[str, bool]:
    return {one.bill_id: one.is_odd for one in reading.reader.judgements(reading.today)}


def _before_which_one_is_missing(reading: Reading) -> set[str]:
    unwritten = (one for one in reading.reader.judgements(reading.today) if not one.bill_id)
    return {flag.other for one in unwritten for flag in one.flags}


def counted(reading: Reading, query: BillQuery) -> int:
    """How many bills match."""
    return reading.reader.bill_window(replace(query, offset=0, limit=1)).total


def more_rows(reading: Reading, query: BillQuery, known: Reported) -> tuple[ListedBill, ...]:
    """The rows of a later page."""
    window = reading.reader.bill_window(replace(query, limit=query.limit + AROUND, counted=False))
    return _listed(reading, query, known, _bills(reading, window.rows), query.limit, gaps=False)


def _listed(
    reading: Reading, query: BillQuery, known: Reported, bills: list[Bill], first: int, *, gaps: bool
) -> tuple[ListedBill, ...]:
    def rows_of(some: list[Bill], following: list[Bill], earlier: dict[str, list[Bill]] | None) -> list[ListedBill]:
        return list(
            listed(
                some,
                following,
                known.paid,
                reading.words,
                reading.today,
                taken=known.taken,
                earlier=earlier,
                judged=_judged(reading),
                told=_before_which_one_is_missing(reading),
                gaps=gaps and _is_in_order(query),
            )
        )

    if _is_whole(query):
        rows = tuple(rows_of(bills[:first], bills[first:], None))
        if known.is_read:
            known.judged.update({(row.id, reading.today): row for row in rows if row.id})
        return rows
    if _is_in_order(query):
        return tuple(rows_of(bills[:first], bills[first:], _before(reading, bills[:first])))
    fresh = [bill for bill in bills[:first] if (bill.id, reading.today) not in known.judged]
    for bill, row in zip(fresh, rows_of(fresh, [], _before(reading, fresh)), strict=True):
        known.judged[bill.id, reading.today] = row
    return tuple(known.judged[bill.id, reading.today] for bill in bills[:first])


def _is_counted(query: BillQuery) -> bool:
    """Whether counting is quick: not what matches a text, nor the bills that a line has a part in."""
    return not query.text and not query.lines


def _is_in_order(query: BillQuery) -> bool:
    return not query.text and not query.states and query.sort == "day" and query.descending


def _is_whole(query: BillQuery) -> bool:
    is_cut = query.lines or query.year is not None or query.least is not None or query.most is not None
    return _is_in_order(query) and not is_cut


def _before(reading: Reading, bills: list[Bill]) -> dict[str, list[Bill]]:
    """The bills before each of these in the whole list, newest first; bills that stand together are read together."""
    found: dict[str, list[Bill]] = {}
    chain: list[Bill] = []
    places: dict[str, int] = {}
    for bill in bills:
        if bill.id not in places:
            chain, places = [bill], {bill.id: 0}
        first = places[bill.id] + 1
        while len(chain) < first + AROUND:
            at_once = AROUND if len(chain) == 1 else FOLLOWING
            query = BillQuery(before=chain[-1].id, limit=at_once, counted=False)
            older = [as_bill(row) for row in reading.reader.bill_window(query).rows]
            places |= {one.id: len(chain) + place for place, one in enumerate(older)}
            chain += older
            if len(older) < at_once:
                break
        found[bill.id] = chain[first : first + AROUND]
    return found


def _bills(reading: Reading, rows: tuple[BillRow, ...]) -> list[Bill]:
    """Light rows as bills; an operator's own word for a state stands in the bill alone."""
    bills: list[Bill] = []
    for light in rows:
        bill = as_bill(light)
        if bill.state is BillState.UNKNOWN and not bill.state_word:
            whole = reading.reader.bill(bill.id)
            bill = replace(bill, state_word=whole.state_word) if whole is not None else bill
        bills.append(bill)
    return bills


def bills_loaded(reading: Reading, query: BillQuery, known: Reported) -> BillsView:
    """The whole page, with the days of payment as far as they are known; they may take a moment longer."""
    reader, words = reading.reader, reading.words
    known.judged.clear()
    known = reported(reading) if known.is_read else known
    found = rows_found(reading, query, known)
    years = reader.bill_years()
    total = reader.bill_window(BillQuery(limit=1)).total
    absence = None
    if not total:
        absence = (
            no_own_bills(words)
            if reading.profile.is_archive
            else absence_of(
                reader.freshness(Topic.BILLS)[0],
                words.tr("No bill yet"),
                words,
                words.tr("Your operator has not written one."),
            )
        )
    return BillsView(
        below=below_title(total, years, words, reading.reader.unsearched_bills()),
        rows=found.rows,
        total=found.total,
        after=found.after,
        bars=bars_of(reader.bills(limit=50), words, 24, _judged(reading)),
        years=year_choices(years, words),
        lines=line_choices(with_shown_numbers(reader.lines(), reading.profile.country), words),
        states=state_choices(words),
        newest=found.newest,
        absence=absence,
        count=total,
    )


def reported(reading: Reading) -> Reported:
    """What the operator's list of payments says about each bill."""
    days: dict[str, date] = {}
    payments = reading.reader.payments()
    for payment in payments:
        if payment.day is None or payment.state not in {PaymentState.CREDITED, PaymentState.TAKEN}:
            continue
        for bill_id in payment.bill_ids:
            days[bill_id] = max(payment.day, days.get(bill_id, payment.day))
    taken = tuple(p for p in payments if p.state is PaymentState.TAKEN)
    return Reported(days, taken, is_read=True)


def one_bill(reading: Reading, bill_id: str) -> OneBill | None:
    """One bill with its lines, those of the bill before, and what was usual; None if it is not here."""
    reader = reading.reader
    bill = reader.bill(bill_id)
    if bill is None:
        return None
    earlier = _earlier(reading, bill)
    before = _whole(reading, bill, earlier, last_comparable)
    year = _whole(reading, bill, _a_year_before(reading, bill), year_ago)
    accounts = reader.accounts()
    account = next((a for a in accounts if a.id == bill.account_id), accounts[0] if len(accounts) == 1 else None)
    lines_age, papers_age, payments_age = reader.freshness(Topic.BILL_LINES, Topic.PAPERS, Topic.PAYMENTS)
    judgement = next((one for one in reader.judgements(reading.today) if one.bill_id == bill.id), None)
    make = partial(
        bill_view,
        earlier=earlier,
        payments=reader.payments(),
        account=account,
        here=reader.papers_here([p.id for p in bill.papers]),
        parts=(lines_age, papers_age),
        words=reading.words,
        today=reading.today,
        dispute=dispute_of(bill.id, reader.tickets()),
        plan=plan_of(bill.id, reader.tickets()),
        zone=reading.zone,
        judgement=judgement,
        pays=payments_age,
    )
    lines = reader.bill_lines(bill.id)
    view = make(
        bill,
        lines,
        lines_before=reader.bill_lines(before.id) if before is not None else (),
        year=(year, reader.bill_lines(year.id)) if year is not None else None,
    )
    to_pay = bill.remaining if bill.remaining is not None else bill.total
    own = own_bill(bill, account)
    if own is not None:
        view = own_bill_view(view, own, reading.words)
    matter = Matter(bill, lines, judgement.flags if judgement is not None else (), bool(view.proof))
    names = saved_names(bill, _written_by(reading, bill, accounts), reading.words)
    return OneBill(view, to_pay, matter, bill, before, tuple(earlier), make, own, names)


def _written_by(reading: Reading, bill: Bill, accounts: Sequence[Account]) -> str:
    """The operator of the account; in an archive whoever stands on the bill, "" where nobody does."""
    if not reading.profile.is_archive:
        return reading.profile.name
    return next((one.name for one in accounts if one.id == bill.account_id), "")


def _whole(
    reading: Reading, bill: Bill, rows: list[Bill], choose: Callable[[Bill, list[Bill]], Bill | None]
) -> Bill | None:
    """The chosen bill as a whole, put into the rows in its place: a light row does not know its category."""
    read: set[str] = set()
    for _ in range(AROUND):
        found = choose(bill, rows)
        if found is None or found.id in read or (whole := reading.reader.bill(found.id)) is None:
            return found
        read.add(found.id)
        rows[rows.index(found)] = whole
        if choose(bill, rows) is whole:
            return whole
    return None


def _a_year_before(reading: Reading, bill: Bill) -> list[Bill]:
    """The light rows of the bills around the same day of the year before."""
    if bill.day is None:
        return []
    first, last = bill.day - timedelta(days=385), bill.day - timedelta(days=344)
    found = [row for year in {last.year, first.year} for row in _older(reading, year, last, ROWS)]
    return [found_bill for found_bill in map(as_bill, found) if found_bill.day and found_bill.day >= first]


def _older(reading: Reading, year: int, day: date, most: int) -> list[BillRow]:
    """The rows of a year that are older than a day, newest first; looked for by halves where a year has thousands."""
    window = reading.reader.bill_window(BillQuery(year=year, limit=ROWS))
    wanted = day.isoformat()
    if window.total <= ROWS:
        return [row for row in window.rows if row.day < wanted][:most]
    low, high = 0, window.total
    while low < high:
        middle = (low + high) // 2
        one = reading.reader.bill_window(BillQuery(year=year, offset=middle, limit=1, counted=False)).rows
        if not one or one[0].day < wanted:
            high = middle
        else:
            low = middle + 1
    return list(reading.reader.bill_window(BillQuery(year=year, offset=low, limit=most, counted=False)).rows)


def _earlier(reading: Reading, bill: Bill) -> list[Bill]:
    """The light rows of the bills before, newest first, from its own year and the two before."""
    if bill.day is None:
        return []
    found: list[Bill] = []
    for year in range(bill.day.year, bill.day.year - 3, -1):
        found += [as_bill(row) for row in _older(reading, year, bill.day, AROUND) if row.id != bill.id]
        if len(found) >= AROUND:
            break
    return found[:AROUND]
