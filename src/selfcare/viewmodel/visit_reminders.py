"""What the customer is reminded of before somebody comes or calls: a day and an hour before, with the time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from selfcare.case.promises import Promise, PromiseSource, PromiseState
from selfcare.domain.appointments import Window
from selfcare.domain.records import Struct
from selfcare.i18n import Words

from .appointments import is_whole_day, window_text
from .case_promises import promise_title
from .leaving_reminders import LATEST
from .notice import Notice

_MORNING = time(9)
"""When to remind of a visit that names a day alone, the day before and on the day, where the operator is."""


class VisitReminder(Struct, frozen=True):
    """One reminder `at` an instant; `id` stays the same as long as the visit's time does."""

    id: str
    at: datetime
    promise: Promise


def visit_reminders(promises: Iterable[Promise], now: datetime, zone: ZoneInfo) -> tuple[VisitReminder, ...]:
    """The reminders of every visit and call still ahead, in order, also those whose instant was not long ago."""
    found: list[VisitReminder] = []
    for promise in promises:
        if promise.source is not PromiseSource.APPOINTMENT or promise.state is not PromiseState.OPEN:
            continue
        moments, until = _moments(promise, zone)
        if now >= until:
            continue
        name = f"{promise.series}:{until.isoformat()}"
        found += [VisitReminder(f"{name}:{at.isoformat()}", at, promise) for at in moments if at > now - LATEST]
    return tuple(sorted(found, key=lambda one: (one.at, one.id)))


def _moments(promise: Promise, zone: ZoneInfo) -> tuple[tuple[datetime, ...], datetime]:
    """When to remind, and from when on it is too late for it."""
    starts = promise.starts
    if starts is not None and not is_whole_day(Window(starts, promise.due), zone):
        return (starts - timedelta(days=1), starts - timedelta(hours=1)), starts
    day = promise.due.astimezone(zone).date()
    mornings = (datetime.combine(one, _MORNING, zone) for one in (day - timedelta(days=1), day))
    return tuple(mornings), promise.due


def due_visits(coming: Iterable[VisitReminder], said: Iterable[str], now: datetime) -> tuple[VisitReminder, ...]:
    """Those whose instant has come and that were not said yet; of each visit only the newest."""
    known = set(said)
    newest = {one.promise.series: one for one in coming if one.at <= now}
    return tuple(one for one in newest.values() if one.id not in known)


def visit_notice(reminder: VisitReminder, words: Words, zone: ZoneInfo, today: date) -> Notice:
    """The words of a reminder, with the whole time in which somebody may come."""
    promise = reminder.promise
    when = window_text(Window(promise.starts, promise.due), words, zone, today)
    said = words.tr("Reminder: {what}, {when}.", what=promise_title(promise, words), when=when)
    return Notice(said, words.tr("All about it stands under Help. If nobody comes, the case file counts it."))


def visit_tray_words(begins: datetime, now: datetime, words: Words) -> tuple[str, str]:
    """A title and a sentence for the tray, where anybody may read: that somebody comes or calls, and about when."""
    if begins - now <= _AN_HOUR:
        said = words.tr("Something that was agreed with you comes within about an hour. Open Selfcare to see what.")
    else:
        said = words.tr("Something that was agreed with you comes within about a day. Open Selfcare to see what.")
    return words.tr("Reminder"), said


_AN_HOUR = timedelta(minutes=75)
"""A reminder of the hour before may come a little early or late."""
