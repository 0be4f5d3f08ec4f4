"""The customer's things one by one, as they stand on the pages of the farewell pack, in words; days with their year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from selfcare.case.promises import promises_from
from selfcare.domain.bills import OWN_STATES, Bill, BillLine, is_overdue
from selfcare.domain.lines import services_of
from selfcare.domain.records import Struct, replace
from selfcare.domain.tickets import Note, Ticket
from selfcare.i18n import Words

from .bill_lines import line_amount
from .bills import state_of
from .case_promises import promise_row
from .facts import amount_text
from .farewell_html import Entry, Table
from .farewell_journal import journal_text, receipt_in
from .farewell_owned import Owned
from .farewell_papers import OwnedPaper, PaperNames, papers_of_bill, papers_of_contract, papers_of_letter
from .known_words import channel_word, severity_word
from .leaving_numbers import number_text
from .tickets import state_tag as ticket_tag
from .waiting import request_title, state_tag


class Telling(Struct, frozen=True):
    """In what language, as of when and with which names of files the pages tell."""

    words: Words
    zone: ZoneInfo
    at: datetime
    names: PaperNames

    @property
    def today(self) -> date:
        """The day of the pack in the operator's zone."""
        return self.at.astimezone(self.zone).date()

    def day(self, day: date | None) -> str:
        """A day; empty where it is not stated."""
        return "" if day is None else self.words.short_day(day)

    def instant(self, moment: datetime | None) -> str:
        """A day and a time; empty where it is not stated."""
        return "" if moment is None else self.words.instant(moment, self.zone)

    def span(self, start: date | None, end: date | None) -> str:
        """From a day to a day; empty where one is not stated."""
        if start is None or end is None:
            return ""
        return self.words.tr("{start} to {end}", start=self.day(start), end=self.day(end))

    def pdfs(self, papers: Iterable[OwnedPaper]) -> tuple[tuple[str, str], ...]:
        """Links to the PDFs that are in the pack."""
        paths = [(self.names.path_of(paper), paper) for paper in papers]
        return tuple((path, self.words.tr("PDF: {name}", name=paper.title)) for path, paper in paths if path)


def bills(owned: Owned, tell: Telling, operator_of: Callable[[Bill], str] | None = None) -> Iterator[Entry]:
    """Every bill with its lines, a page or more for each year; with its operator where there may be several."""
    words = tell.words
    for bill in owned.bills():
        operator = operator_of(bill) if operator_of is not None else ""
        lines = owned.bill_lines(bill.id)
        day = tell.day(bill.day) or words.tr("no date")
        yield Entry(
            title=words.tr("{day}: {amount}", day=day, amount=amount_text(bill, "total", words)),
            facts=(*_bill_facts(bill, tell), (words.tr("Operator"), operator)),
            tables=(_bill_lines(lines, tell),) if lines else (),
            links=tell.pdfs(papers_of_bill(owned, bill)),
            group=str(bill.day.year) if bill.day is not None else "undated",
        )


def _bill_facts(bill: Bill, tell: Telling) -> tuple[tuple[str, str], ...]:
    words = tell.words
    remaining = words.money(bill.remaining) if bill.remaining is not None else ""
    told = bill if is_overdue(bill, tell.today) else replace(bill, due=None)
    return (
        (words.tr("Number"), bill.number or bill.id),
        (words.tr("State"), state_of(told, None, words, tell.today)[0]),
        (words.tr("Period"), tell.span(bill.period_start, bill.period_end)),
        (words.tr("Due"), tell.day(bill.due)),
        (words.tr("Still to pay"), remaining),
        (words.tr("Operator’s own word"), bill.state_word if bill.state_word not in OWN_STATES else ""),
    )


def _bill_lines(lines: Iterable[BillLine], tell: Telling) -> Table:
    words = tell.words
    nameless = words.tr("Line without a name")
    rows = [
        (x.name or x.product_name or nameless, tell.span(x.starts, x.ends) or tell.day(x.day),
         line_amount(x, words))
        for x in lines
    ]  # fmt: skip
    return Table(
        words.tr("Lines of the bill"),
        (words.tr("What for"), words.tr("When"), words.tr("Amount")),
        rows,
        frozenset({2}),
        words.trn("{count} line", "{count} lines", len(rows)),
    )


def payments(owned: Owned, tell: Telling) -> Iterator[Entry]:
    """Every payment."""
    words = tell.words
    for p in owned.payments():
        day = tell.day(p.day) or words.tr("no date")
        yield Entry(
            words.tr("{day}: {amount}", day=day, amount=words.money(p.amount)),
            (
                (words.tr("Number"), p.id),
                (words.tr("For the bills"), ", ".join(p.bill_ids)),
                (words.trc("farewell", "How"), p.method),
                (words.tr("Operator’s own word"), p.state_word),
            ),
        )


def letters(owned: Owned, tell: Telling) -> Iterator[Entry]:
    """Every letter."""
    words = tell.words
    for x in owned.letters():
        facts = ((words.tr("Written"), tell.day(x.day)), (words.tr("Operator’s own word"), x.kind_word))
        text = x.text if x.text != x.name else ""
        yield Entry(
            x.name or words.tr("Letter without a name"), facts, text, links=tell.pdfs(papers_of_letter(owned, x))
        )


def contracts(owned: Owned, tell: Telling) -> Iterator[Entry]:
    """Every contract with its clauses and the changes of its price."""
    words = tell.words
    for c in owned.contracts():
        changes = [
            (tell.day(x.starts) or tell.day(x.told), words.money(x.before), words.money(x.after), x.text)
            for x in c.price_changes
        ]
        columns = (
            words.trc("farewell", "From"),
            words.trc("farewell", "Before"),
            words.trc("farewell", "After"),
            words.tr("Text"),
        )
        yield Entry(
            c.name or words.tr("Contract without a name"),
            (
                (words.tr("Number"), c.number or c.id),
                (words.tr("Operator’s own word"), c.state_word),
                (words.tr("Start"), tell.day(c.starts)),
                (words.tr("End of the commitment"), tell.day(c.ends)),
                (words.tr("Leaving early"), words.money(c.early_charge) if c.early_charge is not None else ""),
            ),
            tables=(
                Table(words.tr("Clauses"), (words.tr("Number"), words.tr("Text")), [(t.id, t.text) for t in c.terms]),
                Table(words.tr("Price changes"), columns, changes, frozenset({1, 2})),
            ),
            links=tell.pdfs(papers_of_contract(owned, c)),
        )


def tickets(owned: Owned, tell: Telling) -> Iterator[Entry]:
    """Every ticket with its course and every remark."""
    for ticket in owned.tickets():
        yield Entry(
            ticket.title or tell.words.tr("Ticket without a title"),
            _ticket_facts(ticket, tell),
            ticket.text,
            (_steps(ticket, tell), notes_table(ticket.notes, tell)),
        )


def _ticket_facts(ticket: Ticket, tell: Telling) -> tuple[tuple[str, str], ...]:
    words = tell.words
    return (
        (words.tr("Number"), ticket.id),
        (words.tr("State"), ticket_tag(ticket.state, ticket.state_word, words).text),
        (words.tr("Kind"), ticket.kind),
        (words.tr("Severity"), severity_word(ticket.severity, words)),
        (words.tr("Opened"), tell.instant(ticket.created)),
        (words.tr("Promised by"), tell.instant(ticket.promised) if ticket.promised else ticket.promised_said),
        (words.tr("Promised before"), words.listing([tell.instant(m) for m in ticket.moved_from])),
        (words.tr("Solved"), tell.instant(ticket.resolved)),
    )


def _steps(ticket: Ticket, tell: Telling) -> Table:
    words = tell.words
    rows = [
        (tell.instant(s.at) or words.tr("no date"), ticket_tag(s.state, s.state_word, words).text, s.reason)
        for s in ticket.course
    ]
    return Table(words.tr("What happened"), (words.tr("When"), words.tr("State"), words.tr("Why")), rows)


def notes_table(notes: Iterable[Note], tell: Telling) -> Table:
    """Remarks: when, by whom, what."""
    words = tell.words
    rows = [(tell.instant(n.at) or words.tr("no date"), n.author, n.text) for n in notes]
    return Table(words.tr("Remarks"), (words.tr("When"), words.tr("Who"), words.tr("Text")), rows)


def promises(owned: Owned, tell: Telling) -> Iterator[Entry]:
    """Every promise, also those that were moved."""
    words = tell.words
    found = promises_from(
        owned.tickets(),
        owned.orders(),
        owned.problems(),
        tell.at,
        owned.notebook(),
        tell.zone,
        owned.appointments(),
        services_of(owned.lines()),
    )
    for p in found:
        row = promise_row(p, words, tell.today, tell.at, tell.zone)
        yield Entry(
            row.title,
            (
                (words.tr("State"), row.tag.text),
                (words.tr("Promised by"), tell.instant(p.due)),
                (words.trc("farewell", "Made"), tell.instant(p.given)),
                (words.trc("farewell", "Done"), tell.instant(p.ended)),
                (words.tr("Number"), p.source_id),
            ),
        )


def contacts(owned: Owned, tell: Telling) -> Iterator[Entry]:
    """Every contact."""
    words = tell.words
    who = {True: words.tr("you called"), False: words.tr("your operator called"), None: ""}
    for c in owned.contacts():
        length = ""
        if c.started is not None and c.ended is not None and c.ended > c.started:
            length = words.length(c.ended - c.started)
        yield Entry(
            c.reason or c.what or words.tr("Contact without a reason"),
            (
                (words.tr("When"), tell.instant(c.started)),
                (words.tr("Channel"), channel_word(c.channel, words)),
                (words.tr("Who called"), who[c.is_inbound]),
                (words.trc("farewell", "With"), ", ".join(c.agents)),
                (words.tr("Length"), length),
                (words.tr("Result"), c.resolution),
            ),
            tables=(notes_table(c.notes, tell),),
        )


def messages(owned: Owned, tell: Telling) -> Iterator[Entry]:
    """Every message that the operator sent."""
    words = tell.words
    for m in owned.messages():
        facts = ((words.tr("When"), tell.instant(m.sent)), (words.tr("Channel"), channel_word(m.channel, words)))
        yield Entry(m.subject or words.tr("Message from your operator"), facts, m.text)


def orders(owned: Owned, tell: Telling) -> Iterator[Entry]:
    """Every order."""
    words = tell.words
    for o in owned.orders():
        code = f"{o.code.scheme} {o.code.code}" if o.code is not None else ""
        yield Entry(
            o.category or words.trc("farewell", "Order"),
            (
                (words.tr("Number"), o.id),
                (words.tr("Operator’s own word"), o.state_word),
                (words.tr("Asked for"), tell.instant(o.ordered)),
                (words.tr("Wanted by"), tell.instant(o.wanted)),
                (words.tr("Promised by"), tell.instant(o.expected)),
                (words.trc("farewell", "Done"), tell.instant(o.completed)),
                (words.trc("farewell", "Code"), code),
                (words.tr("Last day of the line"), tell.day(o.ends)),
            ),
            tables=(notes_table(o.notes, tell),),
        )


def requests(owned: Owned, tell: Telling) -> Iterator[Entry]:
    """Every request of the customer's, with its journal."""
    words = tell.words
    country, known, journal = owned.profile.country, owned.tickets(), owned.journal()
    lines = [replace(line, number=number_text(line.number, country)) for line in owned.lines()]
    for item in owned.requests():
        own = [
            (tell.instant(e.at), journal_text(e, item, words), receipt_in(e)) for e in journal if e.action_id == item.id
        ]
        yield Entry(
            request_title(item.command, lines, known, words),
            (
                (words.tr("State"), state_tag(item, words).text),
                (words.tr("Asked for"), tell.instant(item.created)),
                (words.tr("First sent"), tell.instant(item.sent)),
                (words.tr("Operator’s number"), item.receipt),
                (words.tr("Operator’s reason"), item.reason),
            ),
            tables=(
                Table(words.tr("Journal"), (words.tr("When"), words.tr("What"), words.tr("Operator’s number")), own),
            ),
        )
