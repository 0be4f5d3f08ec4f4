"""Which days of a complaint are asked for in a country, and the text for the form of whoever decides."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from selfcare.case.contacts import Totals
from selfcare.case.promises import Promise, PromiseState
from selfcare.domain.complaints import Complaint
from selfcare.domain.records import Struct
from selfcare.i18n import Words

from .case_promises import promise_title


class Applicant(Struct, frozen=True):
    """Who complains about whom."""

    name: str
    customer_id: str
    operator: str


def complaint_fields(country: str, words: Words) -> tuple[tuple[str, str], ...]:
    """The days that count, by their name in `Complaint`, in the order in which they come."""
    first = ("first", words.tr("First complaint"))
    return {
        "GB": (
            first,
            ("deadlock", words.tr("Deadlock letter received")),
            ("asked", words.tr("Ombudsman scheme asked")),
            ("accepted", words.tr("Its decision accepted by you")),
        ),
        "FR": (
            first,
            ("written", words.tr("First complaint in writing")),
            ("answered", words.tr("Answer that does not satisfy")),
            ("desk", words.tr("Consumer department asked")),
            ("desk_answered", words.tr("Its answer that does not satisfy")),
            ("asked", words.tr("Mediator asked, with the whole file")),
            ("paid", words.tr("Day you paid what you ask back")),
        ),
        "US": (
            first,
            ("asked", words.tr("Informal complaint sent to the FCC")),
            ("served", words.tr("Served on the carrier by the FCC")),
            ("desk_answered", words.tr("Carrier’s answer to it")),
            ("decided", words.tr("State commission’s decision, if it was asked")),
        ),
    }.get(country.upper(), (first,))


def application_text(
    who: Applicant,
    complaint: Complaint,
    totals: Totals,
    promises: tuple[Promise, ...],
    words: Words,
    today: date,
    now: datetime,
    zone: ZoneInfo,
) -> str:
    """The complaint as plain text, for the form of an ombudsman, a mediator or an authority: facts alone."""
    lines = [words.tr("Customer: {name}", name=who.name or "…")]
    if who.customer_id:
        lines.append(words.tr("Customer number: {number}", number=who.customer_id))
    lines.append(words.tr("Operator: {name}", name=who.operator))
    if complaint.topic:
        lines.append(words.tr("About: {topic}", topic=complaint.topic))
    days = (
        (complaint.first, words.tr("First complaint: {day}")),
        (complaint.written, words.tr("In writing: {day}")),
        (complaint.answered, words.tr("Answer that does not settle it: {day}")),
        (complaint.desk, words.tr("Second step: {day}")),
        (complaint.deadlock, words.tr("Deadlock letter: {day}")),
    )
    lines += [said.format(day=words.long_day(day)) for day, said in days if day is not None]
    lines.append("")
    if totals.contacts:
        count = words.trn("{count} contact", "{count} contacts", totals.contacts)
        spent = words.length(totals.spent)
        people = words.trn("{count} person", "{count} people", totals.people)
        lines.append(words.tr("So far: {contacts}, {spent}, {people}.", contacts=count, spent=spent, people=people))
    hours = int(totals.silent.total_seconds() // 3600)
    if not hours and totals.silent:
        lines.append(words.tr("{length} without service.", length=words.length(totals.silent)))
    if hours:
        lines.append(words.trn("{count} hour without service.", "{count} hours without service.", hours))
    missed = [p for p in promises if p.state is PromiseState.MISSED]
    if missed:
        lines.append(words.trn("{count} promise missed:", "{count} promises missed:", len(missed)))
    for promise in sorted(missed, key=lambda p: p.due):
        due = words.instant(promise.due, zone)
        late = words.length(promise.late_by(now))
        title = promise_title(promise, words)
        lines.append(words.tr("- {what}, due {due}, late by {late}", what=title, due=due, late=late))
    lines += [
        "",
        words.tr("What I ask for: {what}", what=complaint.wanted or "…"),
        "",
        words.tr("Stand: {day}", day=words.long_day(today)),
    ]
    return "\n".join(lines)
