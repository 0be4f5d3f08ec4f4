"""A ticket's story for the eye: whose turn it was when, where the history contradicts itself, and how to contest it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from selfcare.case.ticket_story import Doubt, Turn, doubts, last_sign, reopened, silence, spans
from selfcare.domain.commands import OpenTicket
from selfcare.domain.records import Struct
from selfcare.domain.tickets import FOLLOWS, EntityRef, Ticket, TicketState
from selfcare.i18n import Words

from .facts import FactView, Tone
from .reports import Draft, Subject


class SpanView(Struct, frozen=True):
    """A stretch of the picture from `begins` to `ends`, 0 to 1; `tone` is its tint, `label` whose turn it was."""

    begins: float
    ends: float
    tone: Tone
    label: str


class MarkView(Struct, frozen=True):
    """A moment on the picture, 0 to 1, with what it is and when."""

    at: float
    label: str
    when: str
    tone: Tone


class PictureView(Struct, frozen=True):
    """A ticket's course from left to right, and the same said in one sentence."""

    spans: tuple[SpanView, ...]
    marks: tuple[MarkView, ...]
    spoken: str


def ticket_picture(ticket: Ticket, words: Words, today: date, now: datetime, zone: ZoneInfo) -> PictureView | None:
    """Whose turn it was, where the promises lay and how long nothing is heard; None where that would be a guess."""
    turns = spans(ticket, now)
    if not turns or ticket.id.startswith("waiting:"):
        return None
    first = turns[0].begins
    promises = [m for m in (*ticket.moved_from, *((ticket.promised,) if ticket.promised else ())) if m >= first]
    last = max([turns[-1].ends, *promises])
    whole: float = (last - first).total_seconds()
    if whole <= 0:
        return None

    def place(moment: datetime) -> float:
        return float((moment - first).total_seconds()) / whole

    shown: list[SpanView] = []
    quiet = silence(ticket, now)
    since = now - quiet if quiet is not None else None
    for one in turns:
        cut = since if since is not None and one is turns[-1] and one.begins < since < one.ends else None
        if cut is not None:
            shown.append(_span(place(one.begins), place(cut), one.turn, cut - one.begins, words))
            label = words.tr("nothing heard: {length}", length=words.length(one.ends - cut))
            shown.append(SpanView(place(cut), place(one.ends), Tone.BAD, label))
        else:
            shown.append(_span(place(one.begins), place(one.ends), one.turn, one.ends - one.begins, words))
    marks = [MarkView(0.0, words.tr("Reported"), words.instant(first, zone, today), Tone.QUIET)]
    for moment in promises:
        is_moved = moment != ticket.promised
        label = words.tr("Promised, then moved") if is_moved else words.tr("Promised")
        if ticket.promised is None and moment == ticket.moved_from[-1]:
            label = words.tr("Promised, then withdrawn")
        ended = now if ticket.is_open else ticket.finished
        tone = Tone.WARN if is_moved else Tone.BAD if ended is not None and ended > moment else Tone.ACCENT
        marks.append(MarkView(place(moment), label, words.instant(moment, zone, today), tone))
    if ticket.is_open:
        marks.append(MarkView(place(now), words.tr("Now"), words.instant(now, zone, today), Tone.QUIET))
    else:
        end = turns[-1].begins if turns[-1].turn is Turn.NOBODY else turns[-1].ends
        if end > first:
            marks.append(MarkView(place(end), words.tr("Finished"), words.instant(end, zone, today), Tone.GOOD))
    marks.sort(key=lambda mark: mark.at)
    said = [one.label for one in shown if one.ends - one.begins > 0]
    said += [words.tr("{label}: {day}", label=mark.label, day=mark.when) for mark in marks]
    return PictureView(tuple(shown), tuple(marks), ". ".join(said))


def _span(begins: float, ends: float, turn: Turn, length: timedelta, words: Words) -> SpanView:
    long = words.length(length)
    tone, label = {
        Turn.OPERATOR: (Tone.ACCENT, words.tr("your operator’s turn: {length}", length=long)),
        Turn.CUSTOMER: (Tone.WARN, words.tr("your turn: {length}", length=long)),
        Turn.UNKNOWN: (Tone.QUIET, words.tr("whose turn is not known: {length}", length=long)),
        Turn.NOBODY: (Tone.QUIET, words.tr("called finished: {length}", length=long)),
    }[turn]
    return SpanView(begins, ends, tone, label)


def story_facts(ticket: Ticket, words: Words, today: date, now: datetime, zone: ZoneInfo) -> tuple[FactView, ...]:
    """The length of the silence, how often it was reopened, and the end against the promised one."""
    found: list[FactView] = []
    quiet = silence(ticket, now)
    last = last_sign(ticket)
    if quiet is not None and last is not None:
        since = words.tr("last sign {when}", when=words.instant(last, zone, today))
        found.append(FactView(words.tr("Nothing heard for"), words.length(quiet), note=since))
    again = reopened(ticket)
    if again:
        told = words.trn(
            "{count} time, after being called finished", "{count} times, after being called finished", again
        )
        found.append(FactView(words.tr("Open again"), told))
    promised, ended = ticket.promised, ticket.finished
    if promised is not None and ticket.is_possible(promised) and ended is not None:
        late = ended - promised
        if abs(late) < timedelta(minutes=1):
            found.append(FactView(words.tr("Against the promise"), words.tr("on time")))
        elif late > timedelta():
            told = words.tr("{length} later than promised", length=words.length(late))
            found.append(FactView(words.tr("Against the promise"), told))
        else:
            told = words.tr("{length} sooner than promised", length=words.length(late))
            found.append(FactView(words.tr("Against the promise"), told))
    return tuple(found)


def doubt_sentences(ticket: Ticket, words: Words, now: datetime) -> tuple[str, ...]:
    """What in the history contradicts itself, one sentence each; the program takes no side."""
    said = {
        Doubt.SOLVED_BEFORE_REPORTED: words.tr("It is said to have been solved before it was reported."),
        Doubt.OPEN_BUT_SOLVED: words.tr("It is open, and yet has a moment at which it was solved."),
        Doubt.STATE_AND_COURSE: words.tr("Its last step and the state it is in do not agree."),
        Doubt.STEP_BEFORE_REPORTED: words.tr("A step is dated before the report."),
        Doubt.STEP_IN_FUTURE: words.tr("Something is noted with a moment that is still to come."),
        Doubt.PROMISED_BEFORE_REPORTED: words.tr("The promised end lies before the report."),
    }
    return tuple(said[doubt] for doubt in doubts(ticket, now))


def can_contest(ticket: Ticket) -> bool:
    """The operator calls it finished (not refused), so the customer may say that it is not."""
    return ticket.state in {TicketState.RESOLVED, TicketState.CLOSED} and not ticket.id.startswith("waiting:")


def follow_up_draft(ticket: Ticket, words: Words, today: date, zone: ZoneInfo) -> Draft:
    """A new ticket that contests a finished one: linked to it, about the same things, with its facts filled in."""
    name = ticket.title or words.tr("Ticket without a title")
    facts = [FactView(words.tr("Earlier ticket"), ticket.id)]
    if ticket.created is not None:
        facts.append(FactView(words.tr("Reported"), words.instant(ticket.created, zone, today)))
    ended = ticket.finished
    if ended is not None:
        facts.append(FactView(words.tr("Called finished"), words.instant(ended, zone, today)))
    if ticket.promised is not None:
        facts.append(FactView(words.tr("Promised by"), words.instant(ticket.promised, zone, today)))
    about = (EntityRef("TroubleTicket", ticket.id, FOLLOWS), *(ref for ref in ticket.about if ref.role != FOLLOWS))
    title = words.tr("Not fixed: {title}", title=name)[:200]
    text = words.tr("You closed ticket {id}. It is not fixed: the trouble is still there.", id=ticket.id)
    return Draft(
        Subject(ticket.id, name, title, tuple(facts), about),
        title,
        text,
        ticket.severity if ticket.severity in {"Critical", "Major", "Minor"} else "Major",
        ticket.kind or "Incident",
    )


class ToldBefore(Struct, frozen=True):
    """The same trouble is told already: which ticket, and whether a remark may be added to it instead."""

    ticket_id: str
    text: str
    is_open: bool
    may_join: bool


def told_before_view(ticket: Ticket, words: Words, today: date, zone: ZoneInfo) -> ToldBefore:
    """The question before the same trouble goes out a second time."""
    when = words.instant(ticket.created, zone, today) if ticket.created is not None else words.tr("day not stated")
    name = ticket.title or ticket.id
    if ticket.id.startswith("waiting:"):
        text = words.tr("You wrote this already, {when}: “{title}”. It waits to be sent.", when=when, title=name)
    elif ticket.is_open:
        text = words.tr("Ticket {id} of {when} is still open: “{title}”. If it is the same trouble, add to it.",
                        when=when, title=name, id=ticket.id)  # fmt: skip
    else:
        text = words.tr("You reported the same {when}: “{title}”, ticket {id}, called finished. "
                        "Your ticket will name it.", when=when, title=name, id=ticket.id)  # fmt: skip
    return ToldBefore(ticket.id, text, ticket.is_open, not ticket.id.startswith("waiting:"))


def note_of(command: OpenTicket) -> str:
    """The same words as a remark on the ticket that is there already."""
    title, text = command.title.strip(), command.text.strip()
    return text if not title or text.startswith(title) else f"{title}\n\n{text}"
