"""The tables of the farewell pack: for each kind of thing, its columns and its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal

from selfcare.case.promises import Promise, promises_from
from selfcare.domain.bills import OWN_STATES, Bill, BillLine, Tax
from selfcare.domain.lines import services_of
from selfcare.domain.tickets import EntityRef, Note

from .farewell_csv import Cell, Sheet, listed, pair, yes_no
from .farewell_owned import Owned
from .farewell_papers import PaperNames, all_papers, papers_of_bill


def sheets(owned: Owned, at: datetime, zone: tzinfo, *, with_pdfs: bool) -> Iterator[Sheet]:
    """Every table, in the order of the index."""
    yield Sheet("csv/accounts.csv", _ACCOUNTS, _accounts(owned))
    yield Sheet("csv/bills.csv", BILL_COLUMNS, _bills(owned, PaperNames(with_pdfs=with_pdfs)))
    yield bill_lines_sheet(owned)
    yield Sheet("csv/payments.csv", _PAYMENTS, _payments(owned))
    yield Sheet("csv/lines.csv", _LINES, _lines(owned))
    yield Sheet("csv/options.csv", _OPTIONS, _options(owned))
    yield Sheet("csv/contracts.csv", _CONTRACTS, _contracts(owned))
    yield Sheet("csv/contract-terms.csv", ("contract", "id", "text", "starts", "ends"), _terms(owned))
    yield Sheet("csv/price-changes.csv", _CHANGES, _changes(owned))
    yield Sheet("csv/tickets.csv", _TICKETS, _tickets(owned))
    yield Sheet("csv/ticket-notes.csv", ("ticket", "at", "author", "text"), _notes(_ticket_notes(owned)))
    yield Sheet("csv/ticket-steps.csv", ("ticket", "at", "state", "reason"), _steps(owned))
    yield Sheet("csv/promises.csv", _PROMISES, _promises(owned, at, zone))
    yield Sheet("csv/promised-ends.csv", ("of", "promised", "first_seen"), iter(owned.promised_ends()))
    yield Sheet("csv/appointments.csv", _APPOINTMENTS, _appointments(owned))
    columns = ("appointment", "at", "author", "text")
    yield Sheet("csv/appointment-notes.csv", columns, _notes(_appointment_notes(owned)))
    yield Sheet("csv/contacts.csv", _CONTACTS, _contacts(owned))
    yield Sheet("csv/contact-notes.csv", ("contact", "at", "author", "text"), _notes(_contact_notes(owned)))
    yield Sheet("csv/messages.csv", ("id", "sent", "channel", "subject", "text", "state"), _messages(owned))
    yield Sheet("csv/orders.csv", _ORDERS, _orders(owned))
    yield Sheet("csv/order-notes.csv", ("order", "at", "author", "text"), _notes(_order_notes(owned)))
    yield Sheet("csv/requests.csv", _REQUESTS, _requests(owned))
    yield Sheet("csv/journal.csv", ("request", "at", "event", "facts", "state"), _journal(owned))
    yield Sheet("csv/letters.csv", ("id", "day", "name", "kind", "text", "about"), _letters(owned))
    yield Sheet("csv/problems.csv", _PROBLEMS, _problems(owned))
    yield Sheet("csv/papers.csv", _PAPERS, _papers(owned, PaperNames(with_pdfs=with_pdfs)))


_ACCOUNTS = (
    "id", "name", "state", "payment_status", "balance", "balance_currency", "credit_limit", "credit_limit_currency",
    "direct_debit", "changed",
)  # fmt: skip
BILL_COLUMNS = (
    "id", "number", "day", "due", "period_start", "period_end", "total", "total_currency", "remaining",
    "remaining_currency", "net", "net_currency", "tax", "tax_currency", "state", "state_word", "category", "account",
    "still_listed", "pdf",
)  # fmt: skip
BILL_LINE_COLUMNS = (
    "id", "bill", "name", "kind", "kind_word", "day", "starts", "ends", "gross", "gross_currency", "net",
    "net_currency", "tax", "tax_currency", "product", "product_name", "is_billed",
)  # fmt: skip
_PAYMENTS = ("id", "day", "amount", "currency", "state", "state_word", "bills", "method", "authorization", "account")
_LINES = (
    "id", "name", "number", "access", "state", "state_word", "price", "currency", "period", "since", "ends", "account",
    "contract", "user", "term_months", "term_ends", "handset", "handset_serial", "handset_lock", "unlock_code",
    "price_is_without_tax",
)  # fmt: skip
_OPTIONS = (
    "id", "line", "name", "price", "currency", "period", "state", "state_word", "sold", "since", "ended", "works",
    "services", "clause", "description", "price_is_without_tax",
)  # fmt: skip
_CONTRACTS = (
    "id", "name", "number", "state", "starts", "ends", "ends_is_computed", "signed", "minimum_months", "notice",
    "notice_unit", "early_charge", "early_charge_currency", "early_charge_day", "renews_itself", "products",
)  # fmt: skip
_CHANGES = ("contract", "told", "starts", "before", "before_currency", "after", "after_currency", "text")
_TICKETS = (
    "id", "title", "text", "kind", "severity", "state", "state_word", "state_reason", "created", "changed", "promised",
    "promised_before", "wanted", "resolved", "own_id", "about",
)  # fmt: skip
_PROMISES = ("of", "id", "what", "title", "given", "due", "state", "ended", "also_told_in")
_APPOINTMENTS = (
    "id", "title", "category", "state", "state_word", "starts", "ends", "before", "created", "changed", "place",
    "about", "still_listed",
)  # fmt: skip
_CONTACTS = ("id", "what", "reason", "who_called", "channel", "agent", "started", "ended", "state", "result", "about")
_ORDERS = (
    "id", "own_id", "category", "state", "state_word", "ordered", "wanted", "expected", "completed", "products",
    "scheme", "code", "code_expires", "charge", "charge_currency", "ends",
)  # fmt: skip
_REQUESTS = (
    "id", "kind", "state", "created", "attempts", "first_sent", "receipt", "reason", "why", "api", "body",
    "idempotency_key", "issuer", "operator_clock_ahead_when_asked", "operator_clock_ahead_when_sent",
)  # fmt: skip
_PROBLEMS = (
    "id", "title", "text", "category", "state", "state_word", "began", "changed", "ended", "expected_end",
    "announced_before", "places",
)  # fmt: skip
_PAPERS = ("id", "of", "owner", "title", "day", "is_here", "file")

Rows = Iterator[tuple[Cell, ...]]


def _accounts(owned: Owned) -> Rows:
    for a in owned.accounts():
        debit = "" if a.direct_debit is None else a.direct_debit.name or a.direct_debit.account
        yield (a.id, a.name, a.state, a.payment_status, *pair(a.balance), *pair(a.credit_limit), debit, a.changed)


def _bills(owned: Owned, names: PaperNames) -> Rows:
    for bill in owned.bills():
        files = [path for paper in papers_of_bill(owned, bill) if (path := names.path_of(paper))]
        yield (*bill_cells(bill), listed(files))


def bill_lines_sheet(owned: Owned) -> Sheet:
    """The table of all bill lines."""
    return Sheet("csv/bill-lines.csv", BILL_LINE_COLUMNS, map(bill_line_cells, owned.all_bill_lines()))


def bill_cells(b: Bill) -> tuple[Cell, ...]:
    """The row of a bill, as far as its PDFs: they are the last column."""
    is_own = b.state_word in OWN_STATES  # our word for a paper that an operator said nothing of
    state, word = (b.state_word, "") if is_own else (b.state, b.state_word)
    return (
        b.id, b.number, b.day, b.due, b.period_start, b.period_end, *pair(b.total), *pair(b.remaining), *pair(b.net),
        *_tax(b.taxes), state, word, b.category, b.account_id, yes_no(not b.no_longer_listed),
    )  # fmt: skip


def bill_line_cells(x: BillLine) -> tuple[Cell, ...]:
    """The row of a bill line."""
    return (
        x.id, x.bill_id, x.name, x.kind, x.kind_word, x.day, x.starts, x.ends, *pair(x.gross), *pair(x.net),
        *_tax(x.taxes), x.product_id, x.product_name, yes_no(x.is_billed),
    )  # fmt: skip


def _tax(taxes: Iterable[Tax]) -> tuple[Decimal | None, str]:
    """All taxes together; empty where one is not stated, or where they are in several currencies."""
    amounts = [tax.amount for tax in taxes]
    stated = [amount for amount in amounts if amount is not None]
    if not stated or len(stated) < len(amounts) or len({amount.unit for amount in stated}) > 1:
        return None, ""
    return sum((amount.value for amount in stated), Decimal()), stated[0].unit


def _payments(owned: Owned) -> Rows:
    for p in owned.payments():
        yield (
            p.id, p.day, *pair(p.amount), p.state, p.state_word, listed(p.bill_ids), p.method, p.authorization,
            p.account_id,
        )  # fmt: skip


def _lines(owned: Owned) -> Rows:
    for x in owned.lines():
        h = x.handset
        handset = ("", "", "", "") if h is None else (h.name, h.serial, h.lock.value, h.unlock_code)
        yield (
            x.id, x.name, x.number, x.access, x.on_paper, x.on_paper_word, *pair(x.price), x.period, x.since, x.ends,
            x.account_id, x.contract_id, x.user_name, x.term_months, x.term_ends, *handset,
            yes_no(x.is_net),
        )  # fmt: skip


def _options(owned: Owned) -> Rows:
    for line in owned.lines():
        for o in (line.main, *line.options):
            if o is not None:
                services = listed(f"{s.name}: {s.word or s.health}" for s in o.services)
                yield (
                    o.id, line.id, o.name, *pair(o.price), o.period, o.on_paper, o.on_paper_word, o.sold, o.since,
                    o.ended, o.verdict, services, o.clause, o.description,
                    yes_no(o.is_net),
                )  # fmt: skip


def _contracts(owned: Owned) -> Rows:
    for c in owned.contracts():
        notice: tuple[Cell, Cell] = c.notice if c.notice is not None else (None, "")
        yield (
            c.id, c.name, c.number, c.state_word, c.starts, c.ends, yes_no(c.ends_is_computed), c.signed,
            c.minimum_months, *notice, *pair(c.early_charge), c.early_charge_day, yes_no(c.renews_itself),
            listed(c.product_ids),
        )  # fmt: skip


def _terms(owned: Owned) -> Rows:
    for c in owned.contracts():
        for term in c.terms:
            yield c.id, term.id, term.text, term.starts, term.ends


def _changes(owned: Owned) -> Rows:
    for c in owned.contracts():
        for x in c.price_changes:
            yield c.id, x.told, x.starts, *pair(x.before), *pair(x.after), x.text


def _tickets(owned: Owned) -> Rows:
    for t in owned.tickets():
        before = listed(moment.isoformat() for moment in t.moved_from)
        yield (
            t.id, t.title, t.text, t.kind, t.severity, t.state, t.state_word, t.state_reason, t.created, t.changed,
            t.promised or t.promised_said, before, t.wanted, t.resolved, t.external_id, _about(t.about),
        )  # fmt: skip


def _steps(owned: Owned) -> Rows:
    for t in owned.tickets():
        for step in t.course:
            yield t.id, step.at, step.state_word or step.state, step.reason


def _promises(owned: Owned, at: datetime, zone: tzinfo) -> Rows:
    for p in _every_promise(owned, at, zone):
        also = listed(f"{one.source}/{one.source_id}" for one in p.also)
        yield p.source, p.source_id, p.what, p.title, p.given, p.due, p.state, p.ended, also


def _every_promise(owned: Owned, at: datetime, zone: tzinfo) -> tuple[Promise, ...]:
    return promises_from(
        owned.tickets(),
        owned.orders(),
        owned.problems(),
        at,
        owned.notebook(),
        zone,
        owned.appointments(),
        services_of(owned.lines()),
    )


def _appointments(owned: Owned) -> Rows:
    for a in owned.appointments():
        starts, ends = (a.window.starts, a.window.ends) if a.window is not None else (None, None)
        before = listed(f"{w.starts.isoformat() if w.starts else ''}/{w.ends.isoformat()}" for w in a.moved_from)
        yield (
            a.id, a.title, a.category, a.state, a.state_word, starts, ends, before, a.created, a.changed, a.place,
            _about(a.about), yes_no(not a.no_longer_listed),
        )  # fmt: skip


def _appointment_notes(owned: Owned) -> Iterator[tuple[str, Note]]:
    return ((a.id, note) for a in owned.appointments() for note in a.notes)


def _contacts(owned: Owned) -> Rows:
    for c in owned.contacts():
        caller = "" if c.is_inbound is None else "customer" if c.is_inbound else "operator"
        yield (
            c.id, c.what, c.reason, caller, c.channel, listed(c.agents), c.started, c.ended, c.state_word, c.resolution,
            _about(c.about),
        )  # fmt: skip


def _messages(owned: Owned) -> Rows:
    for m in owned.messages():
        yield m.id, m.sent, m.channel, m.subject, m.text, m.state_word


def _orders(owned: Owned) -> Rows:
    for o in owned.orders():
        code: tuple[Cell, Cell, Cell] = ("", "", None)
        if o.code is not None:
            code = (o.code.scheme, o.code.code, o.code.expires)
        yield (
            o.id, o.external_id, o.category, o.state, o.state_word, o.ordered, o.wanted, o.expected, o.completed,
            listed(o.product_ids), *code, *pair(o.charge), o.ends,
        )  # fmt: skip


def _requests(owned: Owned) -> Rows:
    for a in owned.actions():
        yield (
            a.id, a.kind, a.state, a.created, a.attempts, a.first_sent, a.receipt, a.reason, a.why,
            f"{a.api} {a.method} {a.path}", a.body.decode("utf-8", "replace"),
            a.key, a.issuer, _seconds(a.asked_ahead), _seconds(a.sent_ahead),
        )  # fmt: skip


def _seconds(ahead: timedelta | None) -> Cell:
    """Seconds by which the operator's clock was ahead of this computer's; None where that was not known."""
    return f"{ahead.total_seconds():.0f}" if ahead is not None else None


def _journal(owned: Owned) -> Rows:
    for entry in owned.journal():
        yield entry.action_id, entry.at, entry.event, entry.facts, entry.state


def _letters(owned: Owned) -> Rows:
    for x in owned.letters():
        yield x.id, x.day, x.name, x.kind_word, x.text, _about(x.about)


def _problems(owned: Owned) -> Rows:
    for p in owned.problems():
        before = listed(moment.isoformat() for moment in p.moved_from)
        yield (
            p.id, p.title, p.text, p.category, p.state, p.state_word, p.began, p.changed, p.ended, p.expected_end,
            before, listed(p.places),
        )  # fmt: skip


def _papers(owned: Owned, names: PaperNames) -> Rows:
    for p in all_papers(owned):
        yield p.id, p.of, p.owner_id, p.title, p.day, yes_no(p.is_here), names.path_of(p)


def _notes(found: Iterable[tuple[str, Note]]) -> Rows:
    for owner, note in found:
        yield owner, note.at, note.author, note.text


def _ticket_notes(owned: Owned) -> Iterator[tuple[str, Note]]:
    return ((t.id, note) for t in owned.tickets() for note in t.notes)


def _contact_notes(owned: Owned) -> Iterator[tuple[str, Note]]:
    return ((c.id, note) for c in owned.contacts() for note in c.notes)


def _order_notes(owned: Owned) -> Iterator[tuple[str, Note]]:
    return ((o.id, note) for o in owned.orders() for note in o.notes)


def _about(refs: Iterable[EntityRef]) -> str:
    return listed(" ".join(filter(None, (ref.kind, ref.id, ref.role))) for ref in refs)
