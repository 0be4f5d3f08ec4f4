"""The sections of a dossier as tables: time line, promises, contacts, tickets, bills, letters, claims, files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from selfcare.case.contacts import Told
from selfcare.case.notebook import Purpose, Word
from selfcare.case.promises import Promise, PromiseState
from selfcare.domain.bills import Bill
from selfcare.domain.complaints import Complaint
from selfcare.domain.contacts import Message
from selfcare.domain.papers import Paper
from selfcare.domain.payments import Payment
from selfcare.domain.problems import Problem
from selfcare.domain.records import replace
from selfcare.i18n import Words
from selfcare.i18n.whole_days import whole_days
from selfcare.paper.dossier import PrintedSection

from .bill import payment_tags
from .case_complaint import complaint_fields
from .case_entries import purpose_text, way_text
from .case_ladder import StepRow, ladder_view
from .case_promises import promise_row, promise_title, undated_row
from .dossier_cells import day_text, moment_text, nothing_text, said_text
from .dossier_claims import ClaimRow
from .dossier_files import Marked
from .dossier_scope import Names, Scope, in_parts, shortened
from .dossier_tickets import ticket_turns
from .facts import amount_text, quoted
from .known_words import channel_word

if TYPE_CHECKING:
    from .case_file import CaseFacts
    from .dossier import DossierFacts

_LINE = 200
"""Signs of what was said that stand in the time line; all of it stands among the contacts."""


def time_section(
    told: Iterable[Told], promises: Iterable[Promise], facts: DossierFacts, scope: Scope, names: Names, words: Words
) -> PrintedSection:
    """Everything that happened in one list, oldest first."""
    zone = facts.case.zone
    rows: list[tuple[datetime, str]] = []
    contact = words.tr("Contact")
    rows += [
        (one.started, said_text(contact, shortened(_what(one, words), _LINE), words))
        for one in told
        if one.started is not None
    ]
    for promise in promises:
        if promise.given is not None:
            what = promise_title(promise, words)
            due = words.instant(promise.due, zone)
            rows.append((promise.given, words.tr("Promised: {what}, by {due}", what=what, due=due)))
        if promise.state is PromiseState.MISSED:
            rows.append((promise.due, words.tr("Missed: {what}", what=promise_title(promise, words))))
    for ticket in facts.case.tickets:
        if ticket.created is not None:
            rows.append((ticket.created, words.tr("Ticket {id} opened: {title}", id=ticket.id, title=ticket.title)))
        rows += ticket_turns(ticket, words)
    for problem in facts.case.problems:
        if problem.began is not None:
            rows.append((problem.began, words.tr("Known problem begins: {title}", title=problem.title)))
        if problem.ended is not None:
            rows.append((problem.ended, words.tr("Known problem ends: {title}", title=problem.title)))
    for spell in facts.case.all_spells:
        rows.append((spell.began, words.tr("Without service from now on, by the customer’s own note")))
        if spell.ended is not None:
            rows.append((spell.ended, words.tr("Service is back, by the customer’s own note")))
    for message in facts.case.messages:
        if message.sent is not None:
            said = message.subject or shortened(message.text, 120)
            rows.append((message.sent, words.tr("Message from the operator: {said}", said=quoted(said, words))))
    rows += [row for row in _complaint_days(facts.case, words) if scope.has_moment(row[0], zone)]
    rows.sort(key=lambda row: row[0].timestamp())
    shown = tuple((_when(at, words, zone), names.of(said)) for at, said in rows)
    return PrintedSection(
        words.tr("Time line"), (words.tr("When"), words.tr("What")), (3, 10), shown, empty=nothing_text(words)
    )


def _complaint_days(case: CaseFacts, words: Words) -> list[tuple[datetime, str]]:
    """The steps of the complaint, each on its day; the customer states no hour."""
    complaint = case.notebook.complaint
    days = ((label, getattr(complaint, name)) for name, label in complaint_fields(case.country, words))
    return [
        (datetime.combine(day, time(0), case.zone), said_text(words.tr("Complaint"), label, words))
        for label, day in days
        if day is not None
    ]


def _when(at: datetime, words: Words, zone: ZoneInfo) -> str:
    """A moment on one line; a day alone where nobody states the hour."""
    local = at.astimezone(zone)
    if at.tzinfo is zone and local.time() == time(0):
        return words.short_day(local.date())
    return moment_text(at, words, zone).replace("\n", ", ")


def promise_section(
    promises: Sequence[Promise],
    soon: Sequence[Word],
    names: Names,
    words: Words,
    now: datetime,
    zone: ZoneInfo,
) -> PrintedSection:
    """Every promise: what, when it was given, by when, and what became of it."""
    rows = []
    for promise in sorted(promises, key=lambda p: (p.given or p.due).timestamp()):
        row = promise_row(promise, words, None, now, zone)
        what = f"{row.title}\n{row.quote}" if row.quote else row.title
        given = moment_text(promise.given, words, zone)
        stand = whole_days(f"{row.tag.text}\n{row.sentence}")
        rows.append((names.of(what), given, moment_text(promise.due, words, zone), stand))
    for word in soon:
        row = undated_row(replace(word, who=names.who(word.who)), words, None, now, zone)
        what, stand = names.of(f"{row.title}\n{row.quote}"), whole_days(f"{row.tag.text}\n{row.sentence}")
        rows.append((what, moment_text(word.given, words, zone), "–", stand))
    heads = (words.tr("What"), words.tr("Given"), words.tr("Due"), words.tr("What became of it"))
    note = words.tr("Every date that was named is listed, also one that was replaced without a word.")
    return PrintedSection(words.tr("Promises"), heads, (6, 3, 3, 6), tuple(rows), note, nothing_text(words))


def contact_section(
    told: Iterable[Told], files: Sequence[Marked], names: Names, words: Words, zone: ZoneInfo
) -> PrintedSection:
    """Every contact, with who says it happened."""
    numbers = {mark.proof.kept_as: mark.number for mark in files}
    rows = []
    for one in sorted(told, key=lambda t: t.started.timestamp() if t.started else 0.0):
        both = one.noted is not None and one.logged is not None
        source = words.tr("customer and operator") if both else words.tr("customer")
        if one.noted is None:
            source = words.tr("operator")
        length = words.length(one.length) if one.length else "–"
        said = [_what(one, words)]
        if one.noted is not None:
            said += [numbers[f.kept_as] for f in one.noted.files if f.kept_as in numbers]
        who = ", ".join(names.who(agent) for agent in one.agents) or "–"
        rows.append(
            (moment_text(one.started, words, zone), _how(one, words), who, length,
             names.of("\n".join(said)), source)
        )  # fmt: skip
    heads = (
        words.tr("When"), words.tr("How"), words.tr("With"), words.tr("Length"), words.tr("What was said"),
        words.tr("Told by"),
    )  # fmt: skip
    return PrintedSection(
        words.tr("Contacts"), heads, (3, 4, 3, 2, 7, 2), tuple(rows), empty=nothing_text(words), is_small=True
    )


def _how(one: Told, words: Words) -> str:
    if one.noted is not None:
        who = words.tr("customer to operator") if one.noted.is_inbound else words.tr("operator to customer")
        parts = [way_text(one.noted.way.value, words), who]
        if one.noted.purpose is Purpose.SALES:
            parts.append(purpose_text(one.noted.purpose, words))
        if one.noted.transfers:
            parts.append(words.trn("passed on {count} time", "passed on {count} times", one.noted.transfers))
        return "\n".join(parts)
    if one.logged is None:
        return ""
    way = channel_word(one.logged.channel, words)
    if one.logged.is_inbound is None:
        return way
    who = words.tr("customer to operator") if one.logged.is_inbound else words.tr("operator to customer")
    return f"{way}\n{who}"


def _what(one: Told, words: Words) -> str:
    parts = []
    if one.noted is not None:
        parts.append(one.noted.said or words.tr("noted without words"))
        if one.noted.reference:
            parts.append(words.tr("reference {number}", number=one.noted.reference))
    if one.logged is not None:
        logged = one.logged.what or one.logged.reason
        parts.append(words.tr("{number}: {said}", number=one.logged.id, said=logged))
        if one.logged.resolution:
            parts.append(words.tr("Result: {result}", result=quoted(one.logged.resolution, words)))
    return " · ".join(part for part in parts if part)


def problem_section(problems: Sequence[Problem], names: Names, words: Words, zone: ZoneInfo) -> PrintedSection:
    """The known problems, announced ends against real ones."""
    rows = []
    for problem in problems:
        ends = [e for e in (*problem.moved_from, problem.expected_end) if e is not None]
        announced = "\n".join(moment_text(end, words, zone).replace("\n", ", ") for end in ends) or words.trc(
            "announced end", "none"
        )
        ended = moment_text(problem.ended, words, zone) if problem.ended else words.tr("not ended")
        rows.append((names.of(problem.title), moment_text(problem.began, words, zone), announced, ended))
    heads = (words.tr("What"), words.tr("Began"), words.tr("Announced end"), words.tr("Real end"))
    return PrintedSection(words.tr("Known problems"), heads, (7, 3, 4, 3), tuple(rows), empty=nothing_text(words))


def bill_section(
    bills: Sequence[Bill], payments: Sequence[Payment], files: Sequence[Marked], words: Words
) -> PrintedSection:
    """The bills, what was paid on each, and where its paper stands."""
    numbers = {mark.proof.kept_as: mark.number for mark in files}
    rows = []
    for bill in sorted(bills, key=lambda b: b.day or date.min):
        paid = [
            said_text(day_text(p.day, words), f"{words.money(p.amount)}, {_paid(p, words)}", words)
            for p in payments
            if bill.id in p.bill_ids
        ]
        proof = next((numbers[paper.id] for paper in bill.papers if paper.id in numbers), "–")
        left = amount_text(bill, "remaining", words)
        rows.append(
            (bill.number, day_text(bill.day, words), day_text(bill.due, words), amount_text(bill, "total", words), left,
             "\n".join(paid) or "–", proof)
        )  # fmt: skip
    heads = (
        words.tr("Number"), words.tr("Written"), words.tr("Due"), words.tr("Total"), words.tr("Left to pay"),
        words.tr("Payments"), words.tr("Proof"),
    )  # fmt: skip
    return PrintedSection(
        words.tr("Bills and payments"),
        heads,
        (4, 3, 3, 3, 3, 6, 2),
        tuple(rows),
        empty=nothing_text(words),
        is_small=True,
    )


def _paid(payment: Payment, words: Words) -> str:
    """Where a payment stands; in the operator's own word where we do not know it, by its number where there is none."""
    known = payment_tags(words).get(payment.state)
    return known[0] if known is not None else quoted(payment.state_word, words) or payment.id


def letter_section(
    letters: Sequence[Paper],
    messages: Sequence[Message],
    files: Sequence[Marked],
    names: Names,
    words: Words,
    zone: ZoneInfo,
) -> PrintedSection:
    """Letters and messages of the operator's."""
    numbers = {mark.proof.kept_as: mark.number for mark in files}
    rows: list[tuple[str, ...]] = []
    for letter in sorted(letters, key=lambda one: one.day or date.min):
        proof = next((numbers[file.id] for file in letter.files if file.id in numbers), "–")
        rows.append((day_text(letter.day, words), words.trc("channel", "letter"), letter.name, proof))
    for message in sorted(messages, key=lambda one: one.sent.timestamp() if one.sent else 0.0):
        said = f"{message.subject}\n{quoted(message.text, words)}"
        rows.append(
            (moment_text(message.sent, words, zone), channel_word(message.channel, words), names.of(said.strip()), "–")
        )
    heads = (words.tr("When"), words.tr("How"), words.tr("What"), words.tr("Proof"))
    return PrintedSection(
        words.tr("Letters and messages"), heads, (3, 3, 10, 2), tuple(rows), empty=nothing_text(words), is_small=True
    )


def claim_section(claims: Sequence[ClaimRow], words: Words) -> PrintedSection:
    """What is claimed, worked out; what is not certain says so."""
    rows = tuple(
        (
            claim.what,
            claim.how if claim.is_certain else f"{claim.how}\n{words.tr('Not certain; to be checked.')}",
            words.money(claim.amount) if claim.amount is not None else words.tr("no set sum"),
        )
        for claim in claims
    )
    heads = (words.tr("Claim"), words.tr("How it is worked out"), words.tr("Amount"))
    return PrintedSection(
        words.tr("Claims worked out"), heads, (6, 8, 3), rows, empty=words.tr("None follows from these facts alone.")
    )


def ladder_section(complaint: Complaint | None, case: CaseFacts, words: Words, today: date) -> PrintedSection:
    """The way up and where the complaint stands on it; None where it is about something else."""
    view = None
    if complaint is not None:
        view = ladder_view(complaint, case.country, case.rules, words, today, case.whose, is_printed=True)
    rows: tuple[tuple[str, ...], ...] = ()
    if view is not None:
        unsure = words.tr("Not certain; to be checked.")
        rows = tuple((f"{one.title}\n{one.where}".strip(), one.tag.text, _step_days(one, unsure)) for one in view.steps)
    heads = (words.tr("Step"), words.tr("Stand"), words.tr("Days"))
    return PrintedSection(words.tr("Where the complaint stands"), heads, (6, 3, 8), rows, empty=nothing_text(words))


def _step_days(step: StepRow, unsure: str) -> str:
    return whole_days(" ".join([step.days, *([unsure] if step.caution else [])]))


def file_section(files: Sequence[Marked], words: Words) -> PrintedSection:
    """The files of the folder with their fingerprints."""
    rows = tuple(
        (mark.number, f"{mark.proof.what}\n{mark.path}", words.number(mark.size), in_parts(mark.sha256))
        for mark in files
    )
    heads = (words.tr("No."), words.tr("File"), words.tr("Bytes"), "SHA-256")
    note = words.tr("These files lie in the same folder as this document.")
    return PrintedSection(words.tr("Files"), heads, (1, 6, 2, 6), rows, note, nothing_text(words), is_small=True)
