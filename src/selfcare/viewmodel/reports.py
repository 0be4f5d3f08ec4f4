"""What is prepared for the operator before the customer writes a word: a trouble, a question, a remark."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from selfcare.domain.commands import OpenTicket
from selfcare.domain.lines import Line
from selfcare.domain.options import Option
from selfcare.domain.problems import Problem
from selfcare.domain.records import Struct, replace
from selfcare.domain.tickets import EntityRef
from selfcare.i18n import Words

from .facts import FactView, price_text
from .option_money import complaint_text
from .verdicts import three_facts

INCIDENT = "Incident"
"""The ticket type for something that does not work (TMF621 troubleTicket.ticketType, free text)."""


class Subject(Struct, frozen=True):
    """Something a ticket can be about, as offered in a list; `facts` is what is already known and goes along."""

    id: str
    label: str
    title: str
    facts: tuple[FactView, ...] = ()
    about: tuple[EntityRef, ...] = ()


class Draft(Struct, frozen=True):
    """A ticket being written. The customer's own words come first, the facts we hold are added below them."""

    subject: Subject
    title: str
    text: str = ""
    severity: str = "Minor"
    ticket_type: str = INCIDENT


def subject_of_line(line: Line, words: Words) -> Subject:
    """A whole line: its number, its plan, who uses it."""
    label = line.number or line.name
    facts = [FactView(words.tr("Line"), label)]
    if line.name and line.name != label:
        facts.append(FactView(words.tr("Plan"), line.name))
    services = line.main.service_ids if line.main is not None else ()
    return Subject(
        id=line.id,
        label=words.tr("Line {number}", number=label),
        title=words.tr("{number} does not work", number=label),
        facts=tuple(facts),
        about=(EntityRef("Product", line.id), *(EntityRef("Service", i) for i in services)),
    )


def subject_of_option(option: Option, line: Line, words: Words, today: date) -> Subject:
    """An option on a line, with what was sold, what is on paper and what the operator reports."""
    number = line.number or line.name
    facts = [
        FactView(words.tr("Option"), option.name),
        FactView(words.tr("Line"), number),
        *three_facts(option, words, today),
    ]
    price = price_text(option.price, option.period, words, is_net=option.is_net)
    if price:
        facts.append(FactView(words.tr("Price"), price))
    if option.clause:
        facts.append(FactView(words.tr("The clause in the contract"), option.clause))
    return Subject(
        id=option.id,
        label=words.tr("{option} on {number}", option=option.name, number=number),
        title=words.tr("{option} on {number} does not work", option=option.name, number=number),
        facts=tuple(facts),
        about=(EntityRef("Product", option.id), *(EntityRef("Service", i) for i in option.service_ids)),
    )


def subjects(lines: Sequence[Line], words: Words, today: date) -> tuple[Subject, ...]:
    """Everything a ticket can be about, and "something else" at the end."""
    found: list[Subject] = []
    for line in lines:
        found.append(subject_of_line(line, words))
        found.extend(subject_of_option(option, line, words, today) for option in line.options if option.is_visible)
    found.append(Subject("", words.tr("Something else"), ""))
    return tuple(found)


def trouble_draft(subject: Subject, *, severity: str = "Major") -> Draft:
    """A ticket that says that something does not work, ready to be sent as it is or to be added to."""
    return Draft(subject, subject.title, "", severity)


def option_draft(
    option: Option,
    line: Line,
    problems: Sequence[Problem],
    words: Words,
    today: date,
    *,
    paid: str = "",
) -> Draft:
    """A ticket about an option, with the known problem behind it named and what was `paid` for it."""
    subject = with_paid(subject_of_option(option, line, words, today), paid, words)
    own = {*option.service_ids, *(s.id for s in option.services)}
    behind = next((p for p in problems if not p.is_over and own.intersection(p.service_ids)), None)
    about = subject.about
    if behind is not None:
        about = (*about, EntityRef("ServiceProblem", behind.id))
    text = complaint_text(option, is_unasked=False, words=words)
    return Draft(replace(subject, about=about), subject.title, text, "Major")


def problem_draft(
    problem_id: str, title: str, service_ids: Collection[str], subjects: Sequence[Subject], words: Words
) -> Draft | None:
    """A ticket about the first of my lines or options that a known problem touches, with the problem named."""
    own = set(service_ids)
    touched = (s for s in subjects if any(ref.kind == "Service" and ref.id in own for ref in s.about))
    subject = next(touched, None)
    if subject is None:
        return None
    about = (*subject.about, EntityRef("ServiceProblem", problem_id))
    text = words.tr("It is known as problem {id}: {title}.", id=problem_id, title=title)
    return Draft(replace(subject, about=about), subject.title, text, "Major")


def unasked_draft(option: Option, line: Line, words: Words, today: date, *, paid: str = "") -> Draft:
    """A ticket about an option that is there without an order."""
    subject = with_paid(subject_of_option(option, line, words, today), paid, words)
    title = words.tr("{option} on {number} was never ordered", option=option.name, number=line.number or line.name)
    return Draft(subject, title, complaint_text(option, is_unasked=True, words=words), "Major", "Bill Dispute")


def with_paid(subject: Subject, paid: str, words: Words) -> Subject:
    """The same with what was paid among its facts."""
    if not paid:
        return subject
    return replace(subject, facts=(*subject.facts, FactView(words.tr("Paid for it"), paid)))


def command_of(draft: Draft, words: Words) -> OpenTicket:
    """The request that is sent: the customer's words, then the facts line by line, as plain text."""
    parts = [draft.text.strip()] if draft.text.strip() else []
    if draft.subject.facts:
        parts.append("\n".join(words.tr("{name}: {value}", name=f.name, value=f.value) for f in draft.subject.facts))
    return OpenTicket(
        title=draft.title.strip(),
        text="\n\n".join(parts) or draft.title.strip(),
        ticket_type=draft.ticket_type,
        severity=draft.severity,
        about=draft.subject.about,
    )


def severities(words: Words) -> tuple[tuple[str, str], ...]:
    """How bad it is: the operator's word (TMF621 severity) and the customer's."""
    return (
        ("Critical", words.tr("Nothing works at all")),
        ("Major", words.tr("Something I pay for does not work")),
        ("Minor", words.tr("It works, with trouble")),
    )


def ticket_types(words: Words) -> tuple[tuple[str, str], ...]:
    """What kind of ticket: the operator's word (TMF621 ticketType) and the customer's."""
    return (
        (INCIDENT, words.tr("Something does not work")),
        ("Bill Dispute", words.tr("A bill is wrong")),
        ("paymentArrangement", words.tr("I would like to pay in parts")),
        ("Request", words.tr("A question or a request")),
    )
