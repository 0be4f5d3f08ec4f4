"""A ticket as a course in time: what was said when, what is promised next, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from selfcare.case.ticket_story import SILENCE, is_own, silence
from selfcare.domain.commands import AddNote
from selfcare.domain.moved import is_moved_ahead, replaced_at
from selfcare.domain.records import Struct, replace
from selfcare.domain.tickets import FOLLOWS, Ticket, TicketState
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.i18n import Words

from .dossier_scope import shortened
from .facts import FactView, TagView, Tone, quoted, refusal_sentence, stated
from .known_words import severity_word
from .ticket_story import PictureView, can_contest, doubt_sentences, story_facts, ticket_picture


class Mark(StrEnum):
    """How a step on a line of time is drawn."""

    PAST = "past"
    NOW = "now"
    NEXT = "next"
    MISSED = "missed"
    UNSENT = "unsent"
    GONE = "gone"
    """It lies ahead and is no longer what counts: a date that was moved or taken away."""


class StepView(Struct, frozen=True):
    """One step on a line of time: when, how far that is, what happened, and the words that were said."""

    when: str
    far: str
    title: str
    text: str
    mark: Mark


class TicketView(Struct, frozen=True):
    """One ticket, short enough for a list and whole enough for its own page; `is_whole` is False for the list alone."""

    id: str
    title: str
    state: TagView
    turn: str
    promise: TagView | None
    opened: str
    opened_day: str
    text: str
    facts: tuple[FactView, ...]
    course: tuple[StepView, ...]
    can_note: bool
    note_hint: str
    problem_ids: tuple[str, ...]
    is_open: bool
    is_refused: bool
    haystack: str
    doubts: tuple[str, ...] = ()
    picture: PictureView | None = None
    can_contest: bool = False
    files: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    followed_by: tuple[str, ...] = ()
    is_whole: bool = True
    is_my_turn: bool = False


def ticket_view(
    ticket: Ticket,
    waiting: Iterable[Waiting],
    words: Words,
    today: date,
    now: datetime,
    zone: ZoneInfo,
    *,
    whole: bool = True,
) -> TicketView:
    """A ticket as the store holds it, with the customer's unsent words laid over it; without its course and facts
    where it is one of very many in a list (not `whole`)."""
    queue = tuple(waiting)
    unsent = ticket.id.startswith("waiting:")
    notes = [(w.command.text, w) for w in queue if isinstance(w.command, AddNote) and w.command.ticket_id == ticket.id]
    own = {said: w for said, w in notes if w.state is not WaitingState.REJECTED}
    refused = tuple((said, w) for said, w in notes if w.state is WaitingState.REJECTED)
    return TicketView(
        id=ticket.id,
        title=ticket.title or words.tr("Ticket without a title"),
        state=_unsent_tag(ticket, queue, words) if unsent else _state(ticket, words),
        turn=turn_sentence(ticket, words, now),
        promise=promise_tag(ticket, words, today, now, zone),
        opened=words.instant(ticket.created, zone, today) if ticket.created else "",
        opened_day=words.day(ticket.created.astimezone(zone).date(), today) if ticket.created else "",
        text=ticket.text if unsent else quoted(ticket.text, words),
        facts=(*_facts(ticket, words, today, zone), *story_facts(ticket, words, today, now, zone)) if whole else (),
        course=_course(ticket, own, refused, words, today, now, zone) if whole else (),
        can_note=not unsent,
        note_hint=words.tr("A note can be added as soon as your operator has a number for this ticket.")
        if unsent
        else words.tr("The note goes to your operator; until it is confirmed it is marked as waiting."),
        problem_ids=tuple(ref.id for ref in ticket.about if ref.kind.casefold() == "serviceproblem"),
        is_open=ticket.is_open,
        is_refused=ticket.state is TicketState.REJECTED,
        haystack=f"{ticket.title} {ticket.text} {ticket.id}".casefold(),
        doubts=doubt_sentences(ticket, words, now) if whole else (),
        picture=ticket_picture(ticket, words, today, now, zone) if whole else None,
        is_whole=whole,
        is_my_turn=is_my_turn(ticket),
        can_contest=can_contest(ticket),
        files=tuple(file.name or words.tr("file without a name") for file in ticket.files),
        follows=tuple(ref.id for ref in ticket.about if ref.role == FOLLOWS),
    )


def state_tag(state: TicketState, word: str, words: Words) -> TagView:
    """Where a ticket or a problem stands; a word that we do not know is quoted as it came."""
    if state is TicketState.UNKNOWN:
        return TagView(quoted(word, words) or words.tr("state not stated"))
    return {
        TicketState.ACKNOWLEDGED: TagView(words.tr("received"), Tone.ACCENT),
        TicketState.REJECTED: TagView(words.tr("refused"), Tone.BAD),
        TicketState.PENDING: TagView(words.tr("waiting"), Tone.WARN),
        TicketState.HELD: TagView(words.tr("put on hold"), Tone.WARN),
        TicketState.IN_PROGRESS: TagView(words.tr("being worked on"), Tone.ACCENT),
        TicketState.CANCELLED: TagView(words.tr("cancelled"), Tone.QUIET),
        TicketState.CLOSED: TagView(words.tr("closed"), Tone.QUIET),
        TicketState.RESOLVED: TagView(words.tr("solved, says your operator"), Tone.GOOD),
    }[state]


_LONGEST_SAID = 60
"""Signs of a promise without a day that stand in its tag; all of them stand among the facts."""


def promise_tag(ticket: Ticket, words: Words, today: date, now: datetime, zone: ZoneInfo) -> TagView | None:
    """The promise of an open ticket with its clock; None where nothing was promised or it is finished."""
    if not ticket.is_open:
        return None
    if ticket.promised is None:
        said = quoted(shortened(ticket.promised_said, _LONGEST_SAID), words)
        return TagView(words.tr("promised {said}, no clear day", said=said), Tone.WARN) if said else None
    if not ticket.is_possible(ticket.promised):
        return TagView(words.tr("promised for a day that had passed"), Tone.WARN)
    length = words.length(now - ticket.promised)
    if ticket.is_broken(now):
        return TagView(words.tr("promise missed {length} ago", length=length), Tone.BAD)
    when = words.instant(ticket.promised, zone, today)
    return TagView(words.tr("promised by {when}, in {length}", when=when, length=length), Tone.ACCENT)


def is_my_turn(ticket: Ticket) -> bool:
    """The operator waits for the customer: the one thing about a ticket that has to be done."""
    return ticket.waits_for_customer and not ticket.no_longer_listed and not ticket.id.startswith("waiting:")


def turn_sentence(ticket: Ticket, words: Words, now: datetime) -> str:
    """Whose turn it is; where it is the operator's and nothing was heard, the silence has a length."""
    if ticket.id.startswith("waiting:"):
        return words.tr("Not confirmed by your operator yet. See Waiting.")
    if ticket.no_longer_listed:
        return words.tr("Your operator no longer lists this ticket. It is kept here as it was last seen.")
    if ticket.state is TicketState.REJECTED:
        return refusal_sentence(_refusal(ticket), words)
    if not ticket.is_open:
        return words.tr("Finished, says your operator. If it is not fixed, say so.")
    if is_my_turn(ticket):
        return words.tr("Your turn: your operator waits for an answer from you.")
    if not ticket.is_stated:
        if ticket.state_word:
            return words.tr("Whose turn it is is not known: your operator has its own word for where it stands.")
        return words.tr("Whose turn it is is not known: your operator does not state where it stands.")
    if ticket.waits_for_somebody:
        reason = quoted(ticket.state_reason, words)
        return words.tr("Whose turn it is is not known. Your operator says why it waits: {reason}", reason=reason)
    quiet = silence(ticket, now)
    if quiet is not None and quiet > SILENCE:
        return words.tr("Your operator’s turn. Nothing heard for {length}.", length=words.length(quiet))
    return words.tr("Your operator’s turn.")


def _refusal(ticket: Ticket) -> str:
    """Why the operator refused a ticket, in its own words; "" if it does not say."""
    said = [c.reason for c in ticket.course if c.state is TicketState.REJECTED and c.reason.strip()]
    return ticket.state_reason.strip() or (said[-1] if said else "")


def _unsent_tag(ticket: Ticket, queue: tuple[Waiting, ...], words: Words) -> TagView:
    own = next((w for w in queue if f"waiting:{w.id}" == ticket.id), None)
    if own is not None and own.state is WaitingState.ACCEPTED:
        return TagView(words.tr("accepted, not listed yet"), Tone.ACCENT)
    if own is not None and own.state is WaitingState.ASK:
        return TagView(words.tr("needs you"), Tone.BAD)
    return TagView(words.tr("kept here, not sent yet"), Tone.WARN)


def _state(ticket: Ticket, words: Words) -> TagView:
    if ticket.no_longer_listed:
        return TagView(words.tr("not listed any more"), Tone.WARN)
    return state_tag(ticket.state, ticket.state_word, words)


def _facts(ticket: Ticket, words: Words, today: date, zone: ZoneInfo) -> tuple[FactView, ...]:
    if ticket.id.startswith("waiting:"):
        return (FactView(words.tr("Number"), words.tr("none yet")),)
    promised = words.instant(ticket.promised, zone, today) if ticket.promised else quoted(ticket.promised_said, words)
    found = [
        stated(words.tr("Number"), ticket.id, words),
        stated(words.tr("Promised by"), promised, words),
    ]
    if ticket.no_longer_listed:
        tag = state_tag(ticket.state, ticket.state_word, words)
        found.append(FactView(words.tr("State when last seen"), tag.text))
    if ticket.moved_from:
        earlier = words.listing([words.instant(m, zone, today) for m in ticket.moved_from])
        note = words.trn("moved {count} time", "moved {count} times", len(ticket.moved_from))
        found.append(FactView(words.tr("Promised before"), earlier, tag=TagView(note, Tone.WARN)))
    if ticket.resolved is not None:
        found.append(FactView(words.tr("Solved, says your operator"), words.instant(ticket.resolved, zone, today)))
    if ticket.severity:
        found.append(FactView(words.tr("Severity"), severity_word(ticket.severity, words)))
    return tuple(found)


class _Moment(Struct, frozen=True):
    at: datetime | None
    title: str
    text: str
    mark: Mark


def _course(
    ticket: Ticket,
    own: dict[str, Waiting],
    refused: tuple[tuple[str, Waiting], ...],
    words: Words,
    today: date,
    now: datetime,
    zone: ZoneInfo,
) -> tuple[StepView, ...]:
    moments = [_Moment(ticket.created, words.tr("You reported it"), "", Mark.PAST)] if ticket.created else []
    for change in ticket.course:
        tag = state_tag(change.state, change.state_word, words)
        moments.append(_Moment(change.at, _sentence(tag.text), quoted(change.reason, words), Mark.PAST))
    for note in ticket.notes:
        waiting = own.get(note.text)
        if waiting is not None and not note.author:
            title = words.tr("You, sent but not shown by your operator yet")
            if waiting.state is not WaitingState.ACCEPTED:
                title = words.tr("You, not sent yet")
            moments.append(_Moment(note.at, title, note.text, Mark.UNSENT))
        else:
            who = words.tr("You") if is_own(note) else note.author or words.tr("Somebody")
            moments.append(_Moment(note.at, who, quoted(note.text, words), Mark.PAST))
    for said, asked in refused:
        text = f"{said}\n{refusal_sentence(asked.reason, words)}"
        moments.append(_Moment(asked.created, words.tr("Your note was refused"), text, Mark.PAST))
    if ticket.promised is not None and not ticket.is_possible(ticket.promised):
        text = words.tr("This moment had passed when it was named: it counts as neither kept nor missed.")
        moments.append(_Moment(ticket.promised, words.tr("Promised"), text, Mark.PAST))
    elif ticket.promised is not None and ticket.is_open:
        missed = ticket.is_broken(now)
        title = words.tr("Promised, and missed") if missed else words.tr("Promised")
        text = words.tr("Your operator said that it would be solved by then.")
        moments.append(_Moment(ticket.promised, title, text, Mark.MISSED if missed else Mark.NEXT))
    elif ticket.promised is not None and not ticket.no_longer_listed:
        late = ticket.finished is not None and ticket.finished > ticket.promised
        title = words.tr("Promised, and missed") if late else words.tr("Promised")
        text = words.tr("Your operator said that it would be solved by then.")
        moments.append(_Moment(ticket.promised, title, text, Mark.MISSED if late else Mark.PAST))
    ended = now if ticket.is_open else ticket.finished
    when = replaced_at(ticket.moved_from, ticket.moved_when)
    for place, moment in enumerate(ticket.moved_from, 1):
        following = ticket.moved_from[place] if place < len(ticket.moved_from) else ticket.promised
        missed = ended is not None and moment < ended and ticket.is_possible(moment)
        missed = missed and not is_moved_ahead(moment, following, when[place - 1])
        title, text = words.tr("Promised, then moved"), words.tr("Another end was named instead.")
        if ticket.promised is None and moment == ticket.moved_from[-1]:
            title = words.tr("Promised, and missed") if missed else words.tr("Promised, then withdrawn")
            text = words.tr("Your operator took this date away and named no other.")
        moments.append(_Moment(moment, title, text, Mark.MISSED if missed else Mark.PAST))
    moments.sort(key=lambda m: (m.at is None, m.at or now))
    return tuple(_step(m if m.at is None or m.at <= now else _ahead(m), words, today, zone) for m in moments)


def _ahead(moment: _Moment) -> _Moment:
    return replace(moment, mark=Mark.GONE) if moment.mark is Mark.PAST else moment


def _step(moment: _Moment, words: Words, today: date, zone: ZoneInfo) -> StepView:
    if moment.at is None:
        return StepView(words.tr("day not stated"), "", moment.title, moment.text, moment.mark)
    local = moment.at.astimezone(zone)
    far = words.tr("{time}, {far}", time=words.clock(moment.at, zone), far=words.far(local.date(), today))
    return StepView(words.start(words.day(local.date(), today)), far, moment.title, moment.text, moment.mark)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
