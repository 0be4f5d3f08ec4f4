"""What happened, in order: contacts as both sides tell them, and the messages that the operator sent."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from selfcare.case.contacts import Told
from selfcare.case.notebook import Noted, Purpose, Way
from selfcare.domain.commands import SendContact
from selfcare.domain.contacts import Contact, Message
from selfcare.domain.records import Struct, replace
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.i18n import Words

from .facts import TagView, Tone, quoted
from .known_words import channel_word

MESSAGE, CONTACT = "CommunicationMessage", "PartyInteraction"


class EntryView(Struct, frozen=True):
    """One contact or message on the line of time. `kind` is "contact", "noted" or "message".

    `noted_id` names the customer's own note, which can be changed; `may_send` that it can go into the operator's log.
    `source` names a message or an entry of the operator's from which a promise can be taken into the ledger.
    """

    kind: str
    when: str
    far: str
    title: str
    text: str
    quote: str
    noted_id: str = ""
    tag: TagView | None = None
    files: tuple[tuple[str, str], ...] = ()
    may_send: bool = False
    source: str = ""


def entries_of(
    told: Iterable[Told],
    messages: Iterable[Message],
    waiting: Iterable[Waiting],
    words: Words,
    today: date,
    zone: ZoneInfo,
    *,
    has_log: bool,
    taken: Collection[str] = (),
) -> tuple[EntryView, ...]:
    """Everything that happened, newest first, what has no day last. `has_log`: the operator keeps a log of contacts.
    `taken` names the messages and entries of which a promise is in the ledger already."""
    sent = {w.command.contact_id: w.state for w in waiting if isinstance(w.command, SendContact)}
    dated: list[tuple[datetime | None, EntryView]] = []
    for one in told:
        when = _when(one.started, words, today, zone)
        if one.noted is not None:
            state = sent.get(one.noted.id)
            dated.append((one.started, _noted(one, one.noted, when, words, state, has_log=has_log)))
        elif one.logged is not None:
            if one.logged.is_day_alone and one.started is not None:
                when = _day_alone(one.started.astimezone(zone).date(), words, today)
            dated.append((one.started, _from(one.logged, _contact(one.logged, when, words), taken)))
    dated += [
        (one.sent, _from(one, _message(one, _when(one.sent, words, today, zone), words), taken)) for one in messages
    ]
    known = sorted((d for d in dated if d[0] is not None), key=lambda d: d[0].timestamp() if d[0] else 0.0)
    return tuple(view for _, view in (*reversed(known), *(d for d in dated if d[0] is None)))


def source_of(one: Message | Contact) -> str:
    """How a message or an entry of the log is named on the case file: "CommunicationMessage/M-1"."""
    return f"{MESSAGE if isinstance(one, Message) else CONTACT}/{one.id}"


def _from(one: Message | Contact, view: EntryView, taken: Collection[str]) -> EntryView:
    source = source_of(one)
    return view if source in taken else replace(view, source=source)


def way_text(way: str, words: Words) -> str:
    """How somebody was spoken to."""
    return words.trc("channel", "visit at home") if way == Way.VISIT else channel_word(way, words)


def purpose_text(purpose: Purpose, words: Words) -> str:
    """What a contact was, however it was dressed."""
    return words.tr("a sales call") if purpose is Purpose.SALES else words.tr("service")


def _when(moment: datetime | None, words: Words, today: date, zone: ZoneInfo) -> tuple[str, str]:
    if moment is None:
        return words.tr("day not stated"), ""
    local = moment.astimezone(zone)
    far = words.tr("{time}, {far}", time=words.clock(moment, zone), far=words.far(local.date(), today))
    return words.start(words.day(local.date(), today)), far


def _day_alone(day: date, words: Words, today: date) -> tuple[str, str]:
    return words.start(words.day(day, today)), words.far(day, today)


def _noted(
    told: Told, noted: Noted, when: tuple[str, str], words: Words, sent: WaitingState | None, *, has_log: bool
) -> EntryView:
    way = way_text(noted.way.value, words)
    parts = [_by(way, words, is_customer=noted.is_inbound, place=noted.way.value)]
    if told.agents:
        parts.append(words.tr("with {agent}", agent=words.listing(list(told.agents))))
    if told.length:
        parts.append(words.length(told.length))
    if noted.transfers:
        parts.append(words.trn("passed on {count} time", "passed on {count} times", noted.transfers))
    if noted.reference:
        parts.append(words.tr("reference {number}", number=noted.reference))
    if told.logged is not None and told.logged.resolution:
        parts.append(words.tr("Your operator writes: {result}", result=quoted(told.logged.resolution, words)))
    tag, may_send = _log_tag(told, sent, words, has_log=has_log)
    if noted.is_running:
        tag, may_send = TagView(words.tr("running"), Tone.ACCENT), False
    elif noted.purpose is Purpose.SALES:
        tag = TagView(words.tr("sales"), Tone.WARN)
    first, _, rest = noted.said.partition("\n")
    long = len(first) > _TITLE
    title = first if first and not long else words.tr("Contact noted by you")
    files = tuple((one.name, one.kept_as) for one in noted.files)
    said = noted.said if long else rest.strip()
    return EntryView("noted", *when, title, " · ".join(parts), quoted(said, words), noted.id, tag, files, may_send)


_TITLE = 90
"""Signs that a note's first line may have to stand as its title."""


def _log_tag(told: Told, sent: WaitingState | None, words: Words, *, has_log: bool) -> tuple[TagView | None, bool]:
    if told.logged is not None:
        return TagView(words.tr("in your operator’s log too"), Tone.GOOD), False
    if sent in {WaitingState.DONE, WaitingState.ACCEPTED}:
        return TagView(words.tr("sent to your operator’s log"), Tone.ACCENT), False
    if sent not in {None, WaitingState.REJECTED, WaitingState.DROPPED}:
        return TagView(words.tr("waiting to be sent"), Tone.WARN), False
    return (TagView(words.tr("not in your operator’s log"), Tone.QUIET), True) if has_log else (None, False)


def _contact(contact: Contact, when: tuple[str, str], words: Words) -> EntryView:
    parts = [_direction(contact, words)]
    if contact.agents:
        parts.append(words.tr("with {agent}", agent=words.listing(list(contact.agents))))
    length = Told(None, contact).length
    if length:
        parts.append(words.length(length))
    if contact.resolution:
        parts.append(words.tr("Result: {result}", result=quoted(contact.resolution, words)))
    if contact.no_longer_listed:
        parts.append(_unlisted(words))
    said = "\n".join(quoted(note.text, words) for note in contact.notes if note.text.strip())
    return EntryView("contact", *when, contact.what or contact.reason, " · ".join(parts), said)


def _direction(contact: Contact, words: Words) -> str:
    channel = channel_word(contact.channel, words) or words.tr("contact")
    if contact.is_inbound is None:
        return channel[:1].upper() + channel[1:]
    return _by(channel, words, is_customer=contact.is_inbound, place=contact.channel)


def _by(channel: str, words: Words, *, is_customer: bool, place: str) -> str:
    """Who turned to whom, and how; in a shop and at home people meet, they do not come "by shop"."""
    match place.strip().casefold():
        case "shop" | "store":
            return words.tr("You, in a shop") if is_customer else words.tr("Your operator, in a shop")
        case "visit":
            return words.tr("You, at home") if is_customer else words.tr("Your operator, at your home")
    if is_customer:
        return words.tr("You, by {channel}", channel=channel)
    return words.tr("Your operator, by {channel}", channel=channel)


def _message(message: Message, when: tuple[str, str], words: Words) -> EntryView:
    channel = channel_word(message.channel, words) or words.tr("message")
    title = message.subject or words.tr("Message from your operator")
    by = words.tr("Your operator, by {channel}", channel=channel)
    parts = [by]
    if message.sent is None and message.state_word:
        parts.append(words.tr("not sent yet, or not at all: {word}", word=quoted(message.state_word, words)))
    if message.no_longer_listed:
        parts.append(_unlisted(words))
    return EntryView("message", *when, title, " · ".join(parts), quoted(message.text, words))


def _unlisted(words: Words) -> str:
    return words.tr("no longer listed by your operator, kept here")
