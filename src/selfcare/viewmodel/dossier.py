"""The dossier: the customer's whole story on one page, then what proves it, for a clerk who knows nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from selfcare.billing.option_charges import OptionCharges
from selfcare.case.contacts import Told, Totals, dead_lines, totals_of, without_service
from selfcare.case.notebook import DeadTime
from selfcare.case.promises import Promise, PromiseState, record_of, undated
from selfcare.case.ticket_story import is_own
from selfcare.domain.appointments import Appointment
from selfcare.domain.bills import Bill
from selfcare.domain.complaints import Complaint
from selfcare.domain.customer import Customer, MediumKind
from selfcare.domain.lines import Line
from selfcare.domain.papers import Paper
from selfcare.domain.payments import Payment
from selfcare.domain.records import Struct, replace
from selfcare.i18n import Words
from selfcare.i18n.whole_days import whole_days
from selfcare.paper.dossier import PrintedDossier, PrintedFigure
from selfcare.paper.letter import Form

from .case_complaint import complaint_fields
from .case_file import CaseFacts, contacts_word, people_word, silent_figure
from .case_pairs import told_of
from .case_promises import promise_row, promise_title, record_sentence
from .case_spells import spell_text
from .dossier_claims import claims_of
from .dossier_files import Marked
from .dossier_scope import Names, Scope, shortened
from .dossier_sections import (
    bill_section,
    claim_section,
    contact_section,
    file_section,
    ladder_section,
    letter_section,
    problem_section,
    promise_section,
    time_section,
)
from .dossier_tickets import ticket_section

_POINTS = 5
"""Missed promises that are told on the first page: it must stay one page, whatever was said."""


class DossierFacts(Struct, frozen=True):
    """Everything a dossier is made from; `files` are the proofs that are here, numbered. `charges` is what bills charge
    for options that do not work or are `unasked`, by the option's id."""

    case: CaseFacts
    customer: Customer | None = None
    bills: tuple[Bill, ...] = ()
    payments: tuple[Payment, ...] = ()
    letters: tuple[Paper, ...] = ()
    fixed_ids: frozenset[str] = frozenset()
    files: tuple[Marked, ...] = ()
    lines: tuple[Line, ...] = ()
    charges: Mapping[str, OptionCharges] = {}
    unasked: frozenset[str] = frozenset()


class Chosen(Struct, frozen=True):
    """What of the facts is within the scope."""

    told: tuple[Told, ...]
    promises: tuple[Promise, ...]
    totals: Totals
    facts: DossierFacts


def chosen_of(facts: DossierFacts, scope: Scope, now: datetime) -> Chosen:
    """The part of the story that was asked for; promises hang on what they were made on."""
    case, zone = facts.case, facts.case.zone
    notebook = case.notebook
    told = tuple(one for one in told_of(notebook.contacts, case.contacts, case.waiting) if _is_told(one, scope, zone))
    within = replace(
        case,
        notebook=replace(
            notebook,
            contacts=tuple(one.noted for one in told if one.noted is not None),
            words=tuple(w for w in notebook.words if scope.has_moment(w.given, zone) and scope.has_own(w.about)),
            complaint=notebook.complaint if scope.with_complaint else Complaint(),
            without_service=_within(notebook.without_service, scope, zone),
        ),
        spells=_within(case.spells, scope, zone),
        contacts=tuple(one.logged for one in told if one.logged is not None),
        messages=tuple(m for m in case.messages if scope.has_moment(m.sent, zone)) if not scope.about else (),
        tickets=tuple(
            t for t in case.tickets
            if not t.id.startswith("waiting:") and scope.has_moment(t.created, zone) and scope.has_topic(t.about, t.id)
        ),
        appointments=tuple(
            one for one in case.appointments
            if scope.has_moment(_day_of(one), zone) and scope.has_topic(one.about, one.id)
        ),
        orders=tuple(
            o for o in case.orders if scope.has_moment(o.ordered, zone) and scope.has_topic((), o.id, *o.product_ids)
        ),
        problems=tuple(
            p for p in case.problems
            if scope.has_moment(p.began, zone) and scope.has_topic((), p.id, *p.ticket_ids, *p.service_ids)
        ),
    )  # fmt: skip
    silent = without_service(within.tickets, within.problems, now, within.all_spells)
    bills = tuple(b for b in facts.bills if scope.has_day(b.day) and scope.has_bill(b.id))
    letters = tuple(one for one in facts.letters if scope.has_day(one.day) and scope.has_topic(one.about, one.id))
    charges = {key: one for key, one in facts.charges.items() if scope.has_own((), key)}
    return Chosen(
        told,
        within.promises(now),
        totals_of(told, silent),
        replace(facts, case=within, bills=bills, letters=letters, charges=charges),
    )


def _is_told(one: Told, scope: Scope, zone: ZoneInfo) -> bool:
    """A contact belongs to the topic where the customer's note or the operator's entry says so: the two stay one."""
    noted, logged = one.noted, one.logged
    if noted is not None and scope.has_moment(noted.started, zone) and scope.has_own(noted.about, noted.reference):
        return True
    return logged is not None and scope.has_moment(logged.started, zone) and scope.has_topic(logged.about, logged.id)


def _day_of(one: Appointment) -> datetime | None:
    """When an appointment was made; where nobody says, the day that it was for."""
    return one.created or (one.window.ends if one.window is not None else None)


def _within(spells: tuple[DeadTime, ...], scope: Scope, zone: ZoneInfo) -> tuple[DeadTime, ...]:
    return tuple(
        s for s in spells
        if scope.has_moment(s.began, zone) and scope.has_own((), s.line_id)
    )  # fmt: skip


def dossier(facts: DossierFacts, scope: Scope, words: Words, today: date, now: datetime) -> PrintedDossier:
    """The dossier as it will be printed."""
    chosen = chosen_of(facts, scope, now)
    names = names_in(chosen, scope)
    chosen = replace(chosen, promises=names.promises(chosen.promises))
    case = chosen.facts.case
    own = facts.customer.name if facts.customer is not None else ""
    claims = claims_of(chosen.facts, words, now)
    sections = (
        time_section(chosen.told, chosen.promises, chosen.facts, scope, names, words),
        promise_section(chosen.promises, undated(case.notebook), names, words, now, case.zone),
        contact_section(chosen.told, facts.files, names, words, case.zone),
        ticket_section(case.tickets, names, words, now, case.zone),
        problem_section(case.problems, names, words, case.zone),
        bill_section(chosen.facts.bills, facts.payments, facts.files, words),
        letter_section(chosen.facts.letters, case.messages, facts.files, names, words, case.zone),
        claim_section(claims, words),
        ladder_section(case.notebook.complaint if scope.with_complaint else None, case, words, today),
        file_section(facts.files, words),
    )
    return PrintedDossier(
        language=words.language,
        region=case.country,
        day=today,
        title=words.tr("Dossier: {name} and {operator}", name=own or words.tr("customer"), operator=case.operator),
        below=_below(scope, words, today),
        facts=tuple((label, names.of(said)) for label, said in _facts(chosen.facts, words)),
        figures=_figures(chosen, words, now),
        points_word=words.tr("In short"),
        points=names_of(_points(chosen, words, today, now), names),
        contents_word=words.tr("Contents"),
        sections=sections,
        small=_small(words, scope),
        form={"FR": Form.FR, "US": Form.US}.get(case.country, Form.GB),
    )


def names_in(chosen: Chosen, scope: Scope) -> Names:
    """How the operator's people are told; the customer, and who writes as the customer, is none of them."""
    case, customer = chosen.facts.case, chosen.facts.customer
    own = customer.name if customer is not None else ""
    agents = [name for one in chosen.told for name in one.agents]
    agents += [note.author for ticket in case.tickets for note in ticket.notes if not is_own(note)]
    agents += [word.who for word in case.notebook.words]
    agents = [name for name in agents if name.strip() and name not in {own, case.operator}]
    return Names(agents, initials=scope.initials, own=own)


def names_of(texts: list[str], names: Names) -> tuple[str, ...]:
    """Texts with their names as they are to be said."""
    return tuple(whole_days(names.of(text)) for text in texts)


def _below(scope: Scope, words: Words, today: date) -> str:
    parts = []
    if scope.title:
        parts.append(words.tr("About: {topic}", topic=scope.title))
    if scope.start is not None or scope.end is not None:
        start = words.short_day(scope.start) if scope.start is not None else words.tr("the beginning")
        end = words.short_day(scope.end) if scope.end is not None else words.short_day(today)
        parts.append(words.tr("From {start} to {end}", start=start, end=end))
    parts.append(words.tr("Made on {day}", day=words.long_day(today)))
    return " · ".join(parts)


def _facts(facts: DossierFacts, words: Words) -> tuple[tuple[str, str], ...]:
    case, customer = facts.case, facts.customer
    complaint = case.notebook.complaint
    rows = [(words.tr("Customer"), customer.name if customer is not None else "")]
    if customer is not None:
        rows.append((words.trc("letter", "Customer number"), customer.id))
        rows += _reach(customer, words)
    rows += [(words.tr("Operator"), case.operator), (words.tr("About"), shortened(complaint.topic, 200))]
    rows.append((words.tr("What is asked for"), shortened(complaint.wanted, 300)))
    rows += _days(complaint, case.country, words)
    return tuple(row for row in rows if row[1])


def _reach(customer: Customer, words: Words) -> list[tuple[str, str]]:
    """Where the customer can be reached, one of each kind: the preferred one, else the first."""
    kinds = (
        (MediumKind.POST, words.tr("Postal address")),
        (MediumKind.EMAIL, words.tr("E-mail")),
        (MediumKind.PHONE, words.tr("Phone")),
    )
    found = []
    for kind, label in kinds:
        ways = sorted((m for m in customer.media if m.kind is kind), key=lambda m: not m.is_preferred)
        found += [(label, way.text) for way in ways[:1]]
    return found


def _days(complaint: Complaint, country: str, words: Words) -> list[tuple[str, str]]:
    days = ((label, getattr(complaint, name)) for name, label in complaint_fields(country, words))
    return [(label, words.short_day(day)) for label, day in days if day is not None]


def _figures(chosen: Chosen, words: Words, now: datetime) -> tuple[PrintedFigure, ...]:
    totals, record = chosen.totals, record_of(chosen.promises, now)
    figures = [
        (words.number(totals.contacts), contacts_word(totals.contacts, words)),
        (words.length(totals.spent), words.tr("on the phone, in shops, in chats")),
        (words.number(totals.people), people_word(totals.people, words)),
        (words.number(record.missed), words.trn("promise missed", "promises missed", record.missed)),
        (words.number(record.kept), words.trn("promise kept", "promises kept", record.kept)),
        (words.number(record.open), words.trn("promise open", "promises open", record.open)),
    ]
    if totals.transfers:
        figures.append(
            (words.number(totals.transfers), words.trn("time passed on", "times passed on", totals.transfers))
        )
    if totals.silent:
        figures.append(silent_figure(totals.silent, words))
    return tuple(PrintedFigure(figure, label) for figure, label in figures)


def _points(chosen: Chosen, words: Words, today: date, now: datetime) -> list[str]:
    """What a clerk must know, in a few sentences: the record, the worst promises, what is open."""
    case = chosen.facts.case
    found = []
    record = record_sentence(record_of(chosen.promises, now), case.operator, words)
    if record:
        found.append(record)
    missed = sorted(
        (p for p in chosen.promises if p.state is PromiseState.MISSED), key=lambda p: p.late_by(now), reverse=True
    )
    for promise in missed[:_POINTS]:
        row = promise_row(promise, words, None, now, case.zone)
        parts = (promise_title(promise, words)[:110], shortened(row.quote, 140), row.sentence)
        found.append(" – ".join(part for part in parts if part))
    if len(missed) > _POINTS:
        more = len(missed) - _POINTS
        found.append(
            words.trn("{count} more in the section on promises.", "{count} more in the section on promises.", more)
        )
    found += _silent(case, words)
    open_tickets = [t for t in case.tickets if t.is_open]
    if open_tickets:
        found.append(
            words.trn("{count} ticket is still open: {ids}.", "{count} tickets are still open: {ids}.",
                      len(open_tickets), ids=", ".join(t.id for t in open_tickets[:10]))
        )  # fmt: skip
    silent = [one for one in chosen.told if one.is_denied] if case.contacts else []
    if silent:
        found.append(
            words.trn(
                "{count} contact that the customer noted is not in the operator’s own log.",
                "{count} contacts that the customer noted are not in the operator’s own log.",
                len(silent),
            )
        )
    return found or [words.tr("Nothing is recorded for this choice.")]


def _silent(case: CaseFacts, words: Words) -> list[str]:
    """What the hours without service are counted from, so that nobody can call them a guess."""
    found = []
    ids = ", ".join(ticket.id for ticket in dead_lines(case.tickets)[:_POINTS])
    if ids:
        found.append(words.tr("Without service by the operator’s critical tickets: {ids}.", ids=ids))
    spells = [spell_text(spell, words, case.zone) for spell in case.all_spells[:_POINTS]]
    if spells:
        told = words.listing(spells)
        found.append(words.tr("Without service by the customer’s own notes: {spells}.", spells=told))
    return found


def _small(words: Words, scope: Scope) -> str:
    parts = [words.tr("Texts in quotation marks are as they were written. Times are those of the operator’s country.")]
    if scope.initials:
        parts.append(words.tr("The operator’s people are told by their initials; the customer keeps their names."))
        parts.append(
            words.tr(
                "Where a text named them in full, initials in square brackets stand in place of the name. The files in "
                "the folder are as they came."
            )
        )
    parts.append(words.tr("Each file is listed at the end with its SHA-256, by which it can be told unchanged."))
    return " ".join(parts)
