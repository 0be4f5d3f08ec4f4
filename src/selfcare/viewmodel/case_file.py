"""The customer's own memory: who was spoken to, for how long, what was sent, and what became of every promise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from selfcare.case.promises import Promise, PromiseOf, PromiseSource, PromiseState, counts, promises_from
from selfcare.domain.contacts import Contact, Message
from selfcare.domain.freshness import Freshness
from selfcare.domain.orders import Order
from selfcare.domain.problems import Problem
from selfcare.domain.records import Struct
from selfcare.domain.tickets import Ticket
from selfcare.domain.topics import Topic
from selfcare.i18n import Words

from .ages import Absence, Known, absence_of, known_of
from .facts import TagView, Tone, freshness_of, quoted
from .known_words import channel_word


class PromiseRow(Struct, frozen=True):
    """One promise: what, by when, how it stands. `target` opens what it was read from."""

    title: str
    tag: TagView
    sentence: str
    target: str
    is_missed: bool


class EntryView(Struct, frozen=True):
    """One contact or message on the line of time. `kind` is "contact" or "message"."""

    kind: str
    when: str
    far: str
    title: str
    text: str
    quote: str


class TotalView(Struct, frozen=True):
    """One figure that nobody can contradict, and what it counts."""

    figure: str
    label: str
    tone: Tone = Tone.QUIET


class CaseFileView(Struct, frozen=True):
    """The page."""

    title: str
    subtitle: str
    totals: tuple[TotalView, ...]
    promises: tuple[PromiseRow, ...]
    no_promises: str
    entries: tuple[EntryView, ...]
    absence: Absence | None


class CaseFacts(Struct, frozen=True):
    """Everything the page needs from the store."""

    zone: ZoneInfo
    contacts: tuple[Contact, ...] = ()
    messages: tuple[Message, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    orders: tuple[Order, ...] = ()
    problems: tuple[Problem, ...] = ()
    freshness: tuple[Freshness, ...] = ()


def case_file_view(facts: CaseFacts, words: Words, today: date, now: datetime) -> CaseFileView:
    """The whole page from what the store holds."""
    listed = absence_of(freshness_of(Topic.CONTACTS, facts.freshness), "", words).kind == "nothing"
    promises = promises_from(facts.tickets, facts.orders, facts.problems, now)
    order = [
        PromiseState.MISSED, PromiseState.OPEN, PromiseState.LOST, PromiseState.MOVED, PromiseState.KEPT
    ]  # fmt: skip
    shown = sorted(promises, key=lambda p: order.index(p.state))
    entries = _entries(facts, words, today)
    missing = None
    if not entries:
        missing = absence_of(
            freshness_of(Topic.CONTACTS, facts.freshness),
            words.tr("No contacts noted"),
            words,
            words.tr("Your operator lists no call, visit or message of yours."),
        )
    return CaseFileView(
        title=words.tr("Case file"),
        subtitle=words.tr("Who said what, when, and what became of it."),
        totals=_totals(
            facts.contacts,
            promises,
            words,
            are_listed=listed,
            are_promises_known=known_of((Topic.TICKETS,), facts.freshness) is Known.NONE,
        ),
        promises=tuple(promise_row(p, words, today, now, facts.zone) for p in shown),
        no_promises=_no_promises(facts, words),
        entries=entries,
        absence=missing,
    )


def _no_promises(facts: CaseFacts, words: Words) -> str:
    """Why no promise is shown: not offered, never read and really none are different sentences."""
    match known_of((Topic.TICKETS, Topic.ORDERS, Topic.PROBLEMS), facts.freshness):
        case Known.NOT_OFFERED:
            return words.tr(
                "Your operator offers nothing here that states a promise. That does not mean that none was made."
            )
        case Known.UNREAD:
            return words.tr("Not everything that may state a promise has been read yet.")
        case Known.PARTLY:
            return words.tr("No promise with a date is known. Your operator does not offer all that may state one.")
    return words.tr("No promise with a date is known.")


def time_spent(contacts: Iterable[Contact]) -> timedelta:
    """How long all contacts together took; one without both ends, or that ends before it starts, counts nothing."""
    spans = (c.ended - c.started for c in contacts if c.started is not None and c.ended is not None)
    return sum((s for s in spans if s > timedelta()), timedelta())


def people_spoken_to(contacts: Iterable[Contact]) -> int:
    """Different names that the operator gave for its people; the nameless are not counted."""
    return len({c.agent.strip().casefold() for c in contacts if c.agent.strip()})


def promise_row(promise: Promise, words: Words, today: date, now: datetime, zone: ZoneInfo) -> PromiseRow:
    """A promise in words, with its clock."""
    due = words.instant(promise.due, zone, today)
    late = words.length(promise.late_by(now))
    match promise.state:
        case PromiseState.OPEN:
            tag = TagView(words.tr("open"), Tone.ACCENT)
            text = words.tr("Due {due}, in {length}.", due=due, length=words.length(promise.due - now))
        case PromiseState.KEPT:
            tag = TagView(words.tr("kept"), Tone.GOOD)
            text = words.tr("Was due {due}.", due=due)
        case PromiseState.MISSED:
            tag = TagView(words.tr("missed"), Tone.BAD)
            if promise.ended is not None:
                text = words.tr("Was due {due}, done {length} later.", due=due, length=late)
            else:
                text = words.tr("Was due {due}, {length} ago.", due=due, length=late)
        case PromiseState.LOST:
            tag = TagView(words.tr("not listed any more"), Tone.WARN)
            text = words.tr(
                "Was due {due}. Your operator no longer lists the ticket, so nobody can see whether it was kept.",
                due=due,
            )
        case PromiseState.MOVED:
            tag = TagView(words.tr("moved"), Tone.WARN)
            text = words.tr("Was due {due}; replaced by a later one without a word.", due=due)
    return PromiseRow(_promise_title(promise, words), tag, text, _target(promise), promise.state is PromiseState.MISSED)


def _promise_title(promise: Promise, words: Words) -> str:
    what = {
        PromiseOf.ANSWER: words.tr("A solution"),
        PromiseOf.REPAIR: words.tr("An end to the problem"),
        PromiseOf.UNLOCK: words.tr("The handset unlocked"),
        PromiseOf.CODE: words.tr("The code to take the number along"),
        PromiseOf.ENDING: words.tr("The end of the line"),
        PromiseOf.ORDER: words.tr("The order carried out"),
    }[promise.what]
    if promise.title:
        return words.tr("{what}: {title}", what=what, title=promise.title)
    return what


def _target(promise: Promise) -> str:
    if promise.source is PromiseSource.TICKET:
        return f"help/ticket/{promise.source_id}"
    if promise.source is PromiseSource.PROBLEM:
        return f"help/problem/{promise.source_id}"
    return "waiting"


def _totals(
    contacts: tuple[Contact, ...],
    promises: tuple[Promise, ...],
    words: Words,
    *,
    are_listed: bool,
    are_promises_known: bool,
) -> tuple[TotalView, ...]:
    """What can be counted. Contacts or promises that the operator does not list are not none, so they are not counted
    as none."""
    found = counts(promises)
    spent = time_spent(contacts)
    people = people_spoken_to(contacts)
    missed = found[PromiseState.MISSED]
    number = words.number
    kept = found[PromiseState.KEPT]
    of_contacts = (
        TotalView(number(len(contacts)), words.tr("contacts")),
        TotalView(words.length(spent) if spent else words.number(0), words.tr("on the phone, in shops, in chats")),
        TotalView(number(people), words.tr("people spoken to, by name")),
    )
    of_promises = (
        TotalView(number(found[PromiseState.OPEN]), words.tr("promises open")),
        TotalView(number(kept), words.tr("promises kept"), Tone.GOOD if kept else Tone.QUIET),
        TotalView(number(missed), words.tr("promises missed"), Tone.BAD if missed else Tone.QUIET),
    )
    return (of_contacts if are_listed or contacts else ()) + (of_promises if are_promises_known or promises else ())


def _entries(facts: CaseFacts, words: Words, today: date) -> tuple[EntryView, ...]:
    dated: list[tuple[datetime | None, EntryView]] = []
    for contact in facts.contacts:
        when, far = _when(contact.started, words, today, facts.zone)
        dated.append((contact.started, _contact(contact, when, far, words)))
    for message in facts.messages:
        when, far = _when(message.sent, words, today, facts.zone)
        dated.append((message.sent, _message(message, when, far, words)))
    known = sorted((d for d in dated if d[0] is not None), key=lambda d: d[0].timestamp() if d[0] else 0.0)
    return tuple(view for _, view in (*reversed(known), *(d for d in dated if d[0] is None)))


def _when(moment: datetime | None, words: Words, today: date, zone: ZoneInfo) -> tuple[str, str]:
    if moment is None:
        return words.tr("day not stated"), ""
    local = moment.astimezone(zone)
    far = words.tr("{time}, {far}", time=words.clock(moment, zone), far=words.far(local.date(), today))
    return words.day(local.date(), today), far


def _contact(contact: Contact, when: str, far: str, words: Words) -> EntryView:
    parts = [_direction(contact, words)]
    if contact.agent:
        parts.append(words.tr("with {agent}", agent=contact.agent))
    if contact.started is not None and contact.ended is not None and contact.ended > contact.started:
        parts.append(words.length(contact.ended - contact.started))
    if contact.resolution:
        parts.append(words.tr("Result: {result}", result=quoted(contact.resolution, words)))
    if contact.no_longer_listed:
        parts.append(_unlisted(words))
    said = "\n".join(quoted(note.text, words) for note in contact.notes if note.text.strip())
    return EntryView("contact", when, far, contact.reason or contact.what, " · ".join(parts), said)


def _direction(contact: Contact, words: Words) -> str:
    channel = channel_word(contact.channel, words) or words.tr("contact")
    if contact.is_inbound is None:
        return channel[:1].upper() + channel[1:]
    if contact.is_inbound:
        return words.tr("You, by {channel}", channel=channel)
    return words.tr("Your operator, by {channel}", channel=channel)


def _message(message: Message, when: str, far: str, words: Words) -> EntryView:
    channel = channel_word(message.channel, words) or words.tr("message")
    title = message.subject or words.tr("Message from your operator")
    by = words.tr("Your operator, by {channel}", channel=channel)
    return EntryView(
        "message",
        when,
        far,
        title,
        f"{by} · {_unlisted(words)}" if message.no_longer_listed else by,
        quoted(message.text, words),
    )


def _unlisted(words: Words) -> str:
    return words.tr("no longer listed by your operator, kept here")
