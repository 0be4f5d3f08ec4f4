"""Visits and agreed call-backs as the customer reads them: when, how it stands, and which times were named before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from selfcare.case.promises import Promise, PromiseOf, PromiseState
from selfcare.domain.appointments import STANDING, Appointment, AppointmentState, Window
from selfcare.domain.records import Struct
from selfcare.domain.tickets import Ticket
from selfcare.i18n import Words

from .facts import TagView, Tone, quoted

_LAST_MINUTE = time(23, 59)


class AppointmentView(Struct, frozen=True):
    """One appointment. `clock` is how far it is, or by how much it was missed, `promise`
    the same with its time, to stand beside its ticket; `moved` which times it had before, "" if
    none; `notes` are the operator's words. `ticket_id` is the customer's ticket that it belongs to, "" if none."""

    id: str
    title: str
    when: str
    clock: TagView | None
    promise: TagView | None
    state: TagView
    sentence: str
    moved: str
    place: str
    notes: tuple[str, ...]
    ticket_id: str
    is_ahead: bool
    is_missed: bool


def appointment_views(
    found: Iterable[Appointment], tickets: Iterable[Ticket], words: Words, today: date, now: datetime, zone: ZoneInfo
) -> tuple[AppointmentView, ...]:
    """Every appointment, those to come first and the nearest before the others, then the last ones."""
    own = tuple(tickets)
    many = sorted(found, key=lambda one: one.window.ends if one.window is not None else now, reverse=True)
    ahead = [one for one in reversed(many) if _is_to_come(one, now)]
    return tuple(
        _view(one, own, words, today, now, zone) for one in (*ahead, *(m for m in many if not _is_to_come(m, now)))
    )


def _is_to_come(one: Appointment, now: datetime) -> bool:
    return one.is_ahead and (one.window is None or one.window.ends >= now)


def _view(
    one: Appointment, tickets: Iterable[Ticket], words: Words, today: date, now: datetime, zone: ZoneInfo
) -> AppointmentView:
    earlier = [window_text(window, words, zone, today) for window in one.moved_from]
    return AppointmentView(
        id=one.id,
        title=one.title or (words.tr("A call back") if one.is_call else words.tr("A visit")),
        when=words.tr("no time stated")
        if one.window is None
        else words.start(window_text(one.window, words, zone, today)),
        clock=clock_tag(one, words, now),
        promise=_promise_tag(one, words, today, now, zone),
        state=state_tag(one, words),
        sentence=_sentence(one, words, now),
        moved=words.tr("It was to be {times} before.", times=words.listing(earlier)) if earlier else "",
        place=one.place,
        notes=tuple(_note(n.author, quoted(n.text, words), words) for n in one.notes),
        ticket_id=next((t.id for t in tickets if one.is_about("TroubleTicket", t.id)), ""),
        is_ahead=_is_to_come(one, now),
        is_missed=one.is_missed(now),
    )


def _note(author: str, said: str, words: Words) -> str:
    return words.tr("{who}: {said}", who=author, said=said) if author else said


def window_text(window: Window, words: Words, zone: ZoneInfo, today: date | None = None) -> str:
    """When somebody comes: "Tue 24 Nov, 08:00 to 12:00", a day alone where no hour is named, "until …" where no
    beginning is. Without `today` every day has its year, as on paper."""
    ends = window.ends.astimezone(zone)
    if window.starts is None:
        return words.tr("until {moment}", moment=words.instant(window.ends, zone, today))
    starts = window.starts.astimezone(zone)
    if window.starts == window.ends:
        return words.instant(window.ends, zone, today)
    if starts.date() != ends.date():
        first, last = words.instant(window.starts, zone, today), words.instant(window.ends, zone, today)
        return words.tr("{first} to {last}", first=first, last=last)
    day = words.day(starts.date(), today)
    if is_whole_day(window, zone):
        return day
    begins, over = words.hour(starts.time()), words.hour(ends.time())
    return words.tr("{day}, {begins} to {ends}", day=day, begins=begins, ends=over)


def is_whole_day(window: Window, zone: ZoneInfo) -> bool:
    """No hour is named: it begins with a day and ends with the same."""
    if window.starts is None:
        return False
    starts, ends = window.starts.astimezone(zone), window.ends.astimezone(zone)
    return starts.date() == ends.date() and starts.time() == time() and ends.time() >= _LAST_MINUTE


def clock_tag(one: Appointment, words: Words, now: datetime) -> TagView | None:
    """How far an appointment that stands is, or that it was missed; None where it is settled or has no time."""
    if one.window is None:
        return None
    if one.is_missed(now):
        late = now - one.window.ends
        if late < timedelta(minutes=1):
            return TagView(words.tr("appointment missed"), Tone.BAD)
        return TagView(words.tr("appointment missed {length} ago", length=words.length(late)), Tone.BAD)
    if not _is_to_come(one, now):
        return None
    begins = one.window.starts or one.window.ends
    if begins <= now:
        return TagView(words.tr("somebody is expected now"), Tone.ACCENT)
    return TagView(words.tr("in {length}", length=words.length(begins - now)), Tone.ACCENT)


def _promise_tag(one: Appointment, words: Words, today: date, now: datetime, zone: ZoneInfo) -> TagView | None:
    tag = clock_tag(one, words, now)
    if tag is None or one.window is None or tag.tone is Tone.BAD:
        return tag
    when = window_text(one.window, words, zone, today)
    return TagView(
        words.tr("call back {when}", when=when) if one.is_call else words.tr("visit {when}", when=when), tag.tone
    )


def state_tag(one: Appointment, words: Words) -> TagView:
    """Where an appointment stands; a word that we do not know is quoted as it came."""
    if one.no_longer_listed:
        return TagView(words.tr("not listed any more"), Tone.WARN)
    return {
        AppointmentState.INITIALIZED: TagView(words.tr("not confirmed yet"), Tone.WARN),
        AppointmentState.CONFIRMED: TagView(words.tr("confirmed"), Tone.ACCENT),
        AppointmentState.CANCELLED: TagView(words.tr("called off"), Tone.QUIET),
        AppointmentState.COMPLETED: TagView(words.tr("took place, says your operator"), Tone.GOOD),
        AppointmentState.FAILED: TagView(words.tr("did not take place"), Tone.BAD),
    }.get(one.state, TagView(quoted(one.state_word, words) or words.tr("state not stated")))


def _sentence(one: Appointment, words: Words, now: datetime) -> str:
    """What the customer should know of it beyond its tags; "" if nothing."""
    if one.is_missed(now):
        if one.state in STANDING:
            return words.tr("Its time is over, and your operator does not say that it took place.")
        return words.tr("In some countries money is owed for that: a letter can ask for it.")
    if one.state is AppointmentState.CANCELLED:
        hours = one.hours_called_off()
        if hours is not None and hours < _SHORT and one.window is not None:
            span = words.length(timedelta(hours=hours))
            return words.tr("It was called off {length} before its time.", length=span)
    if one.no_longer_listed and one.state is not AppointmentState.COMPLETED:
        return words.tr("Your operator no longer lists it. It is kept here as it was last seen.")
    return ""


_SHORT = 48
"""From so many hours on, how long before it was called off is of no interest."""


def standing(
    promise: Promise, words: Words, today: date | None, now: datetime, zone: ZoneInfo
) -> tuple[TagView, str] | None:
    """How the promise of an appointment stands; None where it stands as any other (its time had passed when given)."""
    when = window_text(Window(promise.starts, promise.due), words, zone, today)
    first = words.start(when)
    match promise.state:
        case PromiseState.OPEN:
            return TagView(words.tr("open"), Tone.ACCENT), _ahead(promise, when, words, today, now)
        case PromiseState.KEPT:
            return TagView(words.tr("kept"), Tone.GOOD), words.tr("{when}; it took place.", when=words.start(when))
        case PromiseState.MISSED if promise.is_refused:
            text = words.tr("{when}; it did not take place, says your operator.", when=first)
            return TagView(words.tr("missed"), Tone.BAD), text
        case PromiseState.MISSED:
            text = words.tr("{when}; your operator does not say that it took place.", when=first)
            return TagView(words.tr("missed"), Tone.BAD), text
        case PromiseState.MOVED:
            return TagView(words.tr("moved"), Tone.WARN), words.tr("It was to be {when}.", when=when)
        case PromiseState.WITHDRAWN:
            text = words.tr("It was to be {when}; the time was taken away and none was named in its place.", when=when)
            return TagView(words.tr("withdrawn"), Tone.WARN), text
        case PromiseState.LOST:
            text = words.tr("It was to be {when}. Nobody can see whether it took place.", when=when)
            return TagView(words.tr("not known"), Tone.WARN), text
        case PromiseState.VOID if promise.is_refused:
            text = words.tr("It was to be {when}; it was called off. It counts as neither.", when=when)
            return TagView(words.tr("fell away"), Tone.QUIET), text
    return None


def _ahead(promise: Promise, when: str, words: Words, today: date | None, now: datetime) -> str:
    begins = promise.starts or promise.due
    if today is None:
        return words.tr("{when}; it has not taken place yet.", when=words.start(when))
    if begins <= now:
        return words.tr("{when}: somebody is expected now.", when=words.start(when))
    return words.tr("{when}, in {length}.", when=words.start(when), length=words.length(begins - now))


def visit_sentence(promise: Promise, words: Words, zone: ZoneInfo) -> str:
    """What a letter to the operator says of an appointment that was missed."""
    when = window_text(Window(promise.starts, promise.due), words, zone)
    if promise.what is PromiseOf.CALL:
        said = words.tr(
            "By appointment {id} you were to call me: {when}. Nobody called.", id=promise.source_id, when=when
        )
    else:
        said = words.tr(
            "By appointment {id} somebody was to come: {when}. Nobody came.", id=promise.source_id, when=when
        )
    if promise.replaced is None:
        return said
    day = words.instant(promise.replaced, zone)
    return words.tr(
        "{first} {second}", first=said, second=words.tr("You then named another time, until {day}.", day=day)
    )
