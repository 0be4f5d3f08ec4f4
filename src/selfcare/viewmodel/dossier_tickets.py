"""The tickets in a dossier: what was told, their course, the ends promised, and in what they contradict themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from selfcare.case.promises import settled_once
from selfcare.case.ticket_story import SLACK, reopened
from selfcare.domain.tickets import FINISHED, Ticket, TicketState
from selfcare.i18n import Words
from selfcare.paper.dossier import PrintedSection

from .dossier_cells import moment_text, nothing_text, said_text
from .dossier_scope import Names
from .facts import quoted
from .known_words import severity_word
from .ticket_story import doubt_sentences
from .tickets import state_tag


def ticket_section(
    tickets: Sequence[Ticket], names: Names, words: Words, now: datetime, zone: ZoneInfo
) -> PrintedSection:
    """The tickets with their course, every end that was promised on them, and in what they contradict themselves."""
    rows = []
    for ticket in sorted(tickets, key=lambda t: t.created.timestamp() if t.created else 0.0):
        what = [ticket.title, quoted(ticket.text, words) if ticket.text != ticket.title else ""]
        for note in ticket.notes:
            author = names.who(note.author) or words.tr("customer")
            by = f"{author}, {moment_text(note.at, words, zone).replace(chr(10), ', ')}"
            what.append(said_text(by, quoted(note.text, words), words))
        what += _course(ticket, words, zone)
        what += [words.tr("Contradiction: {what}", what=said) for said in doubt_sentences(ticket, words, now)]
        ends = [
            moment_text(end, words, zone).replace("\n", ", ") for end in (*ticket.moved_from, ticket.promised) if end
        ]
        ends += [quoted(ticket.promised_said, words)] if ticket.promised_said else []
        state = "\n".join(_states(ticket, words))
        again = reopened(ticket)
        if again:
            state += "\n" + words.trn("reopened {count} time", "reopened {count} times", again)
        if ticket.severity:
            state += f"\n{severity_word(ticket.severity, words)}"
        said = names.of("\n".join(part for part in what if part))
        opened, settled = moment_text(ticket.created, words, zone), _settled(ticket, words, zone)
        rows.append((ticket.id, said, opened, state, "\n".join(ends) or "–", settled))
    heads = (
        words.tr("Number"), words.tr("What"), words.tr("Opened"), words.tr("State"), words.tr("Ends promised"),
        words.tr("Settled"),
    )  # fmt: skip
    return PrintedSection(
        words.tr("Tickets"), heads, (3, 8, 3, 3, 4, 3), tuple(rows), empty=nothing_text(words), is_small=True
    )


MOST_STEPS = 400
"""Steps of one ticket's course that stand on paper, the newest; how many more there are is said."""


def _course(ticket: Ticket, words: Words, zone: ZoneInfo) -> list[str]:
    """The ticket's course, step by step, in the operator's own order of time."""
    said = []
    left = len(ticket.course) - MOST_STEPS
    if left > 0:
        said.append(words.trn("{count} earlier step is left out.", "{count} earlier steps are left out.", left))
    for step in ticket.course[-MOST_STEPS:]:
        state = state_tag(step.state, step.state_word, words).text
        reason = f" ({quoted(step.reason, words)})" if step.reason.strip() else ""
        when = moment_text(step.at, words, zone).replace("\n", ", ")
        said.append(said_text(when, f"{state}{reason}", words))
    return [words.tr("Course:"), *said] if said else []


def _settled(ticket: Ticket, words: Words, zone: ZoneInfo) -> str:
    """When it was settled, as its operator states it or as its course tells; for one that went back to open that it was
    once, and is not."""
    if not ticket.is_open:
        return moment_text(ticket.finished, words, zone) if ticket.finished and not ticket.is_lost else "–"
    once = settled_once(ticket) or ticket.resolved
    return words.tr("{moment}, then open again", moment=moment_text(once, words, zone)) if once else "–"


def _states(ticket: Ticket, words: Words) -> tuple[str, ...]:
    """Where a ticket stands, and the operator's own word for it."""
    plain, own = state_tag(ticket.state, ticket.state_word, words).text, quoted(ticket.state_word, words)
    return (plain,) if own in {"", plain} else (plain, own)


def ticket_turns(ticket: Ticket, words: Words) -> list[tuple[datetime, str]]:
    """When a ticket was called settled, and when it was open again."""
    rows: list[tuple[datetime, str]] = []
    is_over = False
    for step in ticket.course:
        if step.at is None or step.state is TicketState.UNKNOWN or (step.state in FINISHED) == is_over:
            continue
        is_over = not is_over
        said = words.tr("Ticket {id} called settled", id=ticket.id)
        rows.append((step.at, said if is_over else words.tr("Ticket {id} is open again", id=ticket.id)))
    at = ticket.resolved
    if at is not None and not any(abs(step.at - at) <= SLACK for step in ticket.course if step.at is not None):
        rows.append((at, words.tr("Ticket {id} called settled", id=ticket.id)))
    return rows
