"""A change of holder, or a death: what is needed once, what stays on, what was sent, and what to do when dunned."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from selfcare.case.notebook import Noted, Way
from selfcare.domain.bills import Bill, is_overdue
from selfcare.domain.contacts import Contact
from selfcare.domain.contract import Contract
from selfcare.domain.records import Struct
from selfcare.domain.tickets import EntityRef, Ticket, TicketState
from selfcare.i18n import Words
from selfcare.leaving.holder_change import HOLDER_CHANGE, is_holder_change
from selfcare.leaving.rules import Rules

from .case_entries import way_text
from .case_noting import about_value
from .facts import FactView, quoted
from .reports import Draft, Subject

ABOUT = "Holder"
"""What a contact is about that the customer notes for it (the kind of its reference)."""

_RULES = ("UK-BRV-01", "FR-DTH-01")
_CLAUSE = re.compile(r"death|deceas|account holder|take[n ]* over|décès|décéd|titulaire|cession", re.IGNORECASE)


class HolderView(Struct, frozen=True):
    """The card. `draft` is the ticket ready to be sent, `ticket_id` one that is open already; one of them is there."""

    title: str
    needed: tuple[str, ...]
    clause: str
    rule: str
    sent: tuple[FactView, ...]
    dunned: str
    ticket_id: str
    draft: Draft


def holder_view(
    contracts: Sequence[Contract],
    tickets: Sequence[Ticket],
    contacts: Sequence[Contact],
    bills: Sequence[Bill],
    rules: Rules | None,
    words: Words,
    today: date,
    zone: ZoneInfo,
    notes: Sequence[Noted] = (),
) -> HolderView:
    """What is known and what to do, as of a day; a rule without certainty is shown in its own words alone.

    `notes` are the contacts that the customer noted: a registered letter is proof that it was sent.
    """
    own = [ticket for ticket in tickets if is_holder_change(ticket)]
    still = next((ticket for ticket in own if ticket.is_open), None)
    clauses = [term.text for contract in contracts for term in contract.terms if _CLAUSE.search(term.text)]
    rule = next((r for key in _RULES if rules is not None and (r := rules.find(key, today)) is not None), None)
    noted = _noted(notes, own)
    return HolderView(
        title=words.tr("Another holder, or after a death"),
        needed=(
            words.tr(
                "Needed once: the name and address of the new holder, the number of the account, and after a death a "
                "copy of the certificate. Send it all together, and keep the proof of posting."
            ),
            words.tr(
                "The line, its number and its options stay on while this is done. Do not end the contract first: the "
                "number may be lost."
            ),
            *_asked_again(own, words),
        ),
        clause=quoted(clauses[0], words) if clauses else "",
        rule=rule.sentence(words.language) if rule is not None else "",
        sent=(
            *(f for t in own for f in _told(t, words, today, zone)),
            *_by_post(contacts, own, words, today, zone),
            *(_note(note, words, today, zone) for note in noted),
        ),
        dunned=_dunned(bills, words, today) if own or noted else "",
        ticket_id=still.id if still is not None else "",
        draft=_draft(contracts, words),
    )


def _told(ticket: Ticket, words: Words, today: date, zone: ZoneInfo) -> tuple[FactView, ...]:
    when = words.instant(ticket.created, zone, today) if ticket.created is not None else words.tr("not stated")
    state = words.tr("open") if ticket.is_open else words.tr("closed")
    found = [FactView(ticket.title or ticket.id, words.tr("asked for {when}, {state}", when=when, state=state))]
    for step in ticket.course:
        if step.reason.strip() and step.at is not None:
            at = words.instant(step.at, zone, today)
            found.append(FactView(words.tr("Your operator, {when}", when=at), quoted(step.reason, words)))
    return tuple(found)


def _asked_again(own: Sequence[Ticket], words: Words) -> tuple[str, ...]:
    """How often papers were asked for, where that was more than once."""
    asked = sum(
        1 for t in own for s in t.course if s.state is TicketState.PENDING and "customer" in s.reason.casefold()
    )
    if asked < 2:
        return ()
    return (
        words.trn(
            "Your operator has asked for papers {count} time.",
            "Your operator has asked for papers {count} times.",
            asked,
        ),
    )


def _noted(notes: Sequence[Noted], own: Sequence[Ticket]) -> list[Noted]:
    """What the customer noted about it, and every letter since it was asked for; oldest first."""
    days = [ticket.created for ticket in own if ticket.created is not None]
    ids = {ticket.id for ticket in own}
    posted = {Way.LETTER, Way.REGISTERED}

    def belongs(note: Noted) -> bool:
        if any(ref.kind == ABOUT or ref.id in ids for ref in note.about):
            return True
        return (
            note.way in posted
            and note.is_inbound
            and about_value(note.about) == ""
            and bool(days)
            and note.started >= min(days)
        )

    return sorted((note for note in notes if belongs(note)), key=lambda note: note.started)


def _note(note: Noted, words: Words, today: date, zone: ZoneInfo) -> FactView:
    way = way_text(note.way.value, words)
    parts = [words.instant(note.started, zone, today), note.said.split("\n", 1)[0], note.reference]
    parts += [file.name for file in note.files]
    return FactView(words.tr("Your note, {way}", way=way), " · ".join(part for part in parts if part))


def _by_post(
    contacts: Sequence[Contact], own: Sequence[Ticket], words: Words, today: date, zone: ZoneInfo
) -> tuple[FactView, ...]:
    """Letters since the first request: what the operator cannot say it never had."""
    days = [ticket.created for ticket in own if ticket.created is not None]
    if not days:
        return ()
    letters = [
        c
        for c in contacts
        if c.channel.casefold() in {"letter", "post", "mail", "registered letter", "registeredletter"}
        and c.started
        and c.started >= min(days)
    ]
    return tuple(
        FactView(words.tr("Letter"), f"{letter.what}, {words.instant(letter.started, zone, today)}")
        for letter in letters
        if letter.started is not None
    )


def _dunned(bills: Sequence[Bill], words: Words, today: date) -> str:
    late = [bill for bill in bills if is_overdue(bill, today)]
    if not late:
        return ""
    return words.trn(
        "{count} bill is called unpaid meanwhile. If it is paid, send the proof of payment and dispute the reminder "
        "in writing; do not pay twice.",
        "{count} bills are called unpaid meanwhile. If they are paid, send the proofs of payment and dispute the "
        "reminder in writing; do not pay twice.",
        len(late),
    )


def _draft(contracts: Sequence[Contract], words: Words) -> Draft:
    about = tuple(EntityRef("Agreement", contract.id) for contract in contracts if not contract.no_longer_listed)
    numbers = [contract.number for contract in contracts if contract.number]
    facts = (FactView(words.tr("Contract"), ", ".join(numbers)),) if numbers else ()
    subject = Subject("holder", words.tr("Change of holder"), words.tr("Change of holder"), facts, about)
    text = words.tr(
        "Please put the contract in the name of:\n\nEverything you need is enclosed or follows by post, once. "
        "Please confirm that it is complete, keep the line on, and stop reminders until it is done."
    )
    return Draft(subject, subject.title, text, "Major", HOLDER_CHANGE)
