"""What was asked of the operator and is not settled: in plain words, where it stands, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from selfcare.domain.commands import (
    AddNote,
    Command,
    DropOption,
    GiveNotice,
    OpenTicket,
    OrderOption,
    RequestCode,
    RequestUnlock,
    SendContact,
    WithdrawNotice,
)
from selfcare.domain.lines import Line
from selfcare.domain.operator import Honours
from selfcare.domain.records import Struct
from selfcare.domain.tickets import Ticket
from selfcare.domain.waiting import (
    COPY,
    OTHER_ISSUER,
    REFUSED,
    TAKEN,
    UNCLEAR,
    WITHDRAWN,
    Waiting,
    WaitingState,
    as_it_is,
)
from selfcare.i18n import Words

from . import asked_words
from .changed_underneath import changed_look, changed_sentence
from .course import CourseStep, course_of
from .facts import FactView, TagView, Tone, price_text, refusal_sentence, stated
from .notice import Notice

SETTLED_SHOWN = timedelta(days=30)
"""How long a settled request stays on the page."""


class Deed(StrEnum):
    """What the customer can do with a request."""

    RETRY = "retry"
    DROP = "drop"
    CHECK = "check"
    LOOK = "look"


class ChoiceView(Struct, frozen=True):
    """One thing that can be done, as it stands on a button. `target` is the page that LOOK opens."""

    deed: Deed
    label: str
    is_first: bool = False
    target: str = ""


class WaitingItem(Struct, frozen=True):
    """One request. `course` is its way so far, `caution` what the operator does not promise, `drop_question` asks
    before it is dropped."""

    id: str
    title: str
    text: str
    tag: TagView
    sentence: str
    caution: str
    course: tuple[CourseStep, ...]
    facts: tuple[FactView, ...]
    choices: tuple[ChoiceView, ...]
    drop_question: str
    needs_customer: bool
    is_open: bool


class WaitingView(Struct, frozen=True):
    """The page: what needs the customer first, then what is on its way, then what is settled."""

    title: str
    subtitle: str
    open_items: tuple[WaitingItem, ...]
    settled: tuple[WaitingItem, ...]
    nothing: tuple[str, str] | None


class WaitingFacts(Struct, frozen=True):
    """Everything the page needs from the store."""

    zone: ZoneInfo
    waiting: tuple[Waiting, ...] = ()
    lines: tuple[Line, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    honours: Honours = Honours()
    forgotten: frozenset[str] = frozenset()
    """Ids of those that the operator accepted and no longer shows."""


def waiting_view(facts: WaitingFacts, words: Words, today: date, now: datetime) -> WaitingView:
    """The whole page from what the store holds."""
    ordered = sorted((as_it_is(w, now) for w in facts.waiting), key=lambda w: w.created, reverse=True)
    ordered.sort(key=lambda w: w.state is not WaitingState.ASK)
    still = tuple(_item(w, facts, words, today, now) for w in ordered if w.is_open)
    settled = tuple(_item(w, facts, words, today, now) for w in ordered if _is_settled_lately(w, now))
    nothing = None
    if not still and not settled:
        nothing = (
            words.tr("Nothing is waiting"),
            words.tr("What you ask of your operator stays here until it has answered, also without a network."),
        )
    return WaitingView(words.tr("Waiting"), _subtitle(still, facts.waiting, words), still, settled, nothing)


def _is_settled_lately(item: Waiting, now: datetime) -> bool:
    return not item.is_open and now - (item.settled or item.created) < SETTLED_SHOWN


def too_late(words: Words) -> Notice:
    """The customer wanted to take back what had left just before."""
    return Notice(
        words.tr("It could not be taken back: it had left already."),
        words.tr("What your operator says of it stands here as soon as it has answered."),
        "warn",
    )


def request_title(command: Command, lines: Sequence[Line], tickets: Sequence[Ticket], words: Words) -> str:
    """A request in plain words."""
    numbers = {line.id: line.number or line.name for line in lines}
    match command:
        case OpenTicket(title=title):
            return words.tr("Ticket: {title}", title=title)
        case AddNote(ticket_id=ticket_id):
            title = next((t.title for t in tickets if t.id == ticket_id), "") or ticket_id
            return words.tr("Note on the ticket “{title}”", title=title)
        case RequestCode(line_id=line_id, scheme=scheme, number=number):
            number = numbers.get(line_id, number)
            return words.tr("Ask for the {scheme} of {number}", scheme=scheme, number=number)
        case RequestUnlock(handset_id=handset_id, line_id=line_id):
            handset = next((ln.handset for ln in lines if ln.handset and ln.handset.id == handset_id), None)
            name = handset.name if handset else words.tr("the handset")
            number = numbers.get(line_id, "")
            if number:
                return words.tr("Ask to unlock {handset} on {number}", handset=name, number=number)
            return words.tr("Ask to unlock {handset}", handset=name)
        case GiveNotice(line_id=line_id, is_withdrawal=True):
            return words.tr("Withdraw from the contract of {number}", number=numbers.get(line_id, line_id))
        case GiveNotice(line_id=line_id, day=day):
            number = numbers.get(line_id, line_id)
            return words.tr("Give notice: {number} ends on {day}", number=number, day=words.day(day))
        case DropOption(line_id=line_id, name=name):
            return words.tr("Take {option} off {number}", option=name, number=numbers.get(line_id, line_id))
        case OrderOption(line_id=line_id, name=name):
            return words.tr("Order {option} for {number}", option=name, number=numbers.get(line_id, line_id))
        case WithdrawNotice():
            return words.tr("Take notice back")
        case SendContact(started=started):
            return words.tr("Put your contact of {day} into your operator’s log", day=words.day(started.date()))


def _item(item: Waiting, facts: WaitingFacts, words: Words, today: date, now: datetime) -> WaitingItem:
    is_forgotten = item.id in facts.forgotten
    return WaitingItem(
        id=item.id,
        title=request_title(item.command, facts.lines, facts.tickets, words),
        text=_words_along(item.command),
        tag=asked_words.forgotten_tag(words) if is_forgotten else state_tag(item, words),
        sentence=asked_words.forgotten(item, words) if is_forgotten else _sentence(item, words, today, now, facts.zone),
        caution=_caution(item, facts.honours, words),
        course=course_of(item, words, facts.zone, today),
        facts=_facts(item, words, now),
        choices=_choices(item, words),
        drop_question=_drop_question(item, words),
        needs_customer=item.state is WaitingState.ASK or is_forgotten,
        is_open=item.is_open,
    )


def _words_along(command: Command) -> str:
    """The customer's own words that go with a request."""
    match command:
        case OpenTicket(text=said) | AddNote(text=said) | RequestUnlock(note=said) | SendContact(text=said):
            return said
    return ""


def state_tag(item: Waiting, words: Words) -> TagView:
    """Where a request stands, in a few words: waiting, sent and confirmed are never one."""
    match item.state:
        case WaitingState.NEW:
            if item.sent is not None:
                return TagView(words.tr("kept here, to be sent again"), Tone.WARN)
            return TagView(words.tr("kept here, not sent yet"), Tone.WARN)
        case WaitingState.SENDING:
            return TagView(words.tr("being sent"), Tone.ACCENT)
        case WaitingState.UNKNOWN:
            return TagView(words.tr("being checked"), Tone.WARN)
        case WaitingState.ACCEPTED:
            return TagView(words.tr("accepted"), Tone.ACCENT)
        case WaitingState.DONE:
            if isinstance(item.command, OpenTicket):
                return TagView(words.tr("received"), Tone.ACCENT)
            return TagView(words.tr("done"), Tone.GOOD)
        case WaitingState.REJECTED:
            return TagView(words.tr("refused"), Tone.BAD)
        case WaitingState.ASK:
            return TagView(words.tr("needs you"), Tone.BAD)
        case WaitingState.DROPPED:
            return TagView(words.tr("withdrawn") if _was_withdrawn(item) else words.tr("taken back"))


def _was_withdrawn(item: Waiting) -> bool:
    """The operator had it and cancelled it; not what the customer gave up while nobody knew whether it had arrived."""
    return item.why == WITHDRAWN


def _sentence(item: Waiting, words: Words, today: date, now: datetime, zone: ZoneInfo) -> str:
    match item.state:
        case WaitingState.NEW:
            if item.attempts:
                return words.tr("Kept here. It has not gone through yet; it is tried again by itself.")
            return words.tr("Kept here, not sent yet. It goes out by itself as soon as that is possible.")
        case WaitingState.SENDING:
            return words.tr("It is on its way to your operator now.")
        case WaitingState.UNKNOWN if item.why == REFUSED:
            refused = refusal_sentence(item.reason, words)
            why = words.tr(
                "An earlier try may have arrived all the same; your operator is asked which of the two holds."
            )
            return words.tr("{first} {second}", first=refused, second=why)
        case WaitingState.UNKNOWN if item.why == TAKEN:
            return words.tr(
                "Your operator took it without giving it a number. It is looked for there until it shows, and not sent "
                "again by itself."
            )
        case WaitingState.UNKNOWN:
            return words.tr(
                "It was sent, but no clear answer came back. So that it is not done twice, your operator knows it "
                "again by its number, or is asked whether it arrived before it is sent again."
            )
        case WaitingState.ACCEPTED:
            if item.receipt:
                return words.tr("Accepted, number {number}. Not carried out yet.", number=item.receipt)
            return words.tr("Accepted. Not carried out yet.")
        case WaitingState.DONE:
            if isinstance(item.command, OpenTicket):
                return _received(item, words)
            return words.tr("Carried out, by your operator’s own word.")
        case WaitingState.REJECTED:
            return refusal_sentence(item.reason, words)
        case WaitingState.ASK:
            return _ask(item, words, today, zone)
        case WaitingState.DROPPED:
            return _dropped(item, words)


def _received(item: Waiting, words: Words) -> str:
    """A ticket is only received: what is done about it stands under Help."""
    if item.receipt:
        return words.tr(
            "Your operator has received it as ticket {receipt}. Follow it under Help.", receipt=item.receipt
        )
    return words.tr("Your operator has received it. Follow it under Help.")


def _dropped(item: Waiting, words: Words) -> str:
    if _was_withdrawn(item):
        return words.tr("Withdrawn. Your operator had it as {receipt} and cancelled it.", receipt=item.receipt)
    if item.sent is not None or item.receipt or item.why == COPY:
        return words.tr("It is not sent again. If your operator did receive it, it may still be carried out.")
    return words.tr("You took it back before it was sent. Your operator never saw it.")


def _ask(item: Waiting, words: Words, today: date, zone: ZoneInfo) -> str:
    if item.why == "expired":
        return words.tr(
            "You asked for it on {day}, and it has not gone through in time. It is not sent without asking you again: "
            "is it still wanted?",
            day=words.day(item.created.astimezone(zone).date(), today),
        )
    if item.why in asked_words.WHYS:
        return asked_words.sentence(item, words)
    if item.why == "changed":
        return changed_sentence(item.command, words, was_sent=item.sent is not None)
    if item.why == "cannotTell":
        return words.tr(
            "It was sent, and your operator cannot say whether it arrived. Sending it again may do it twice. "
            "Call your operator first if that would hurt."
        )
    if item.why == "mismatch":
        return words.tr(
            "Your operator answered with something other than what was asked. Please look before it goes on."
        )
    return words.tr("Only you can decide what happens next.")


def _caution(item: Waiting, honours: Honours, words: Words) -> str:
    """Where nobody could tell afterwards whether a request arrived, it is sent at most once, and that is said. Notes,
    contacts and what takes a notice back are found by what they say."""
    can_be_found = isinstance(item.command, AddNote | SendContact | WithdrawNotice)
    if honours.key_life is not None or honours.external_id_filter or can_be_found:
        return ""
    if item.state not in {WaitingState.NEW, WaitingState.SENDING, WaitingState.UNKNOWN}:
        return ""
    return words.tr(
        "Your operator does not promise to notice a request that comes twice. So it is sent once at most; if the "
        "answer is lost, you are asked what to do."
    )


def _facts(item: Waiting, words: Words, now: datetime) -> tuple[FactView, ...]:
    found = _as_ordered(item.command, words)
    if item.attempts and item.is_open:
        found.append(FactView(words.tr("Tried"), words.trn("{count} time", "{count} times", item.attempts)))
    if item.next_try is not None and item.state in {WaitingState.NEW, WaitingState.UNKNOWN}:
        if item.next_try - now >= timedelta(minutes=1):
            far = words.tr("in {length}", length=words.length(item.next_try - now))
        elif item.next_try > now:
            far = words.tr("in less than a minute")
        else:
            far = words.tr("as soon as possible")
        found.append(FactView(words.tr("Next try"), far))
    if item.receipt:
        found.append(FactView(words.tr("Operator’s number"), item.receipt))
    return tuple(found)


def _as_ordered(command: Command, words: Words) -> list[FactView]:
    """The price and the term that an option was ordered at."""
    if not isinstance(command, OrderOption):
        return []
    found = [stated(words.tr("Price"), price_text(command.price, command.period, words, is_net=command.is_net), words)]
    if command.once is not None:
        found.append(FactView(words.tr("Paid once"), price_text(command.once, "", words, is_net=command.is_net)))
    if command.months:
        bound = words.trn("{count} month", "{count} months", command.months)
        found.append(FactView(words.tr("Bound for"), bound))
    return found


def _choices(item: Waiting, words: Words) -> tuple[ChoiceView, ...]:
    drop = ChoiceView(Deed.DROP, words.tr("Take it back"))
    if item.state is WaitingState.NEW:
        return ChoiceView(Deed.RETRY, words.tr("Try now")), drop
    if item.state is WaitingState.UNKNOWN:
        return (ChoiceView(Deed.RETRY, words.tr("Check now")),)
    if item.state is not WaitingState.ASK:
        return ()
    if item.why in UNCLEAR and item.sent is not None:
        return (
            ChoiceView(Deed.CHECK, words.tr("Ask your operator once more"), is_first=True),
            ChoiceView(Deed.RETRY, words.tr("Send it again")),
            ChoiceView(Deed.DROP, words.tr("Do not send it again")),
        )
    if item.why == "changed":
        label, target = changed_look(item.command, words)
        return (
            ChoiceView(Deed.LOOK, label, is_first=True, target=target),
            ChoiceView(Deed.RETRY, words.tr("Send it all the same")),
            drop,
        )
    if item.why == OTHER_ISSUER:
        return (drop,)
    return ChoiceView(Deed.RETRY, words.tr("Yes, send it"), is_first=True), drop


def _drop_question(item: Waiting, words: Words) -> str:
    if item.why in UNCLEAR or item.sent is not None or item.receipt:
        return words.tr("It is not sent again. If your operator did receive it, it may still be carried out.")
    return words.tr("It is not sent. Your operator never sees it.")


def _subtitle(items: Sequence[WaitingItem], all_asked: Sequence[Waiting], words: Words) -> str:
    asked = sum(1 for item in items if item.needs_customer)
    if asked:
        return words.trn("{count} request needs you.", "{count} requests need you.", asked)
    if items:
        return words.trn(
            "{count} request is not settled yet. Nothing for you to do.",
            "{count} requests are not settled yet. Nothing for you to do.",
            len(items),
        )
    if not all_asked:
        return words.tr("You have not asked for anything yet.")
    if all(item.state is WaitingState.DROPPED for item in all_asked):
        return words.tr("Nothing is on its way.")
    return words.tr("Everything you asked for has an answer.")
