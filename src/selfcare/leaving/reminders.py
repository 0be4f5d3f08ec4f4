"""Every reminder of a tracked way out with its instant: never in the past, each once, and discreet where wished.

A way that must leave no trace (a survivor's) simply asks for none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from selfcare.domain.records import Struct, replace
from selfcare.domain.workdays import end_of_day, later

from .debits import Debit
from .door import Back
from .equipment import EquipmentStep
from .refunds import Refund, RefundState
from .tracker import Tracked, TrackedKind
from .way import StepState

MORNING = time(9)
"""When to remind of a whole day, in the operator's zone."""


class ReminderKind(StrEnum):
    """What a reminder is about. NEWS is a discreet one: there is something to look at, and no word more."""

    CUT = "cut"
    CODE_EXPIRES = "codeExpires"
    HAND_OVER = "handOver"
    BANK = "bank"
    """Money is taken, or the bank must be told by that day."""
    RIGHT_ENDS = "rightEnds"
    """The last day to have a debit back comes near."""
    EQUIPMENT = "equipment"
    REFUND = "refund"
    NUMBER = "number"
    """The last day on which somebody back from orders has the number by law."""
    NEWS = "news"


_DAYS_AHEAD: dict[ReminderKind, tuple[int, ...]] = {
    ReminderKind.CODE_EXPIRES: (3, 1),
    ReminderKind.HAND_OVER: (0,),
    ReminderKind.BANK: (1,),
    ReminderKind.RIGHT_ENDS: (7, 1),
    ReminderKind.EQUIPMENT: (7, 1),
    ReminderKind.REFUND: (0,),
    ReminderKind.NUMBER: (7, 1),
}


class Reminder(Struct, frozen=True):
    """One reminder `at` an instant, of something that happens on `day` (at `moment`, if its hour is known).

    `id` stays the same as long as what it reminds of does, and tells nothing by itself. `about` names the bill, the
    payment or the item, "" where there is none; a discreet reminder has neither name nor day.
    """

    id: str
    at: datetime
    kind: ReminderKind
    day: date | None
    moment: datetime | None = None
    about: str = ""

    def discreet(self) -> Reminder:
        """The same reminder without a word of what it is about."""
        return replace(self, kind=ReminderKind.NEWS, day=None, moment=None, about="")


def reminders(
    line_id: str,
    tracked: Sequence[Tracked],
    zone: str,
    now: datetime,
    *,
    equipment: Iterable[EquipmentStep] = (),
    refunds: Iterable[Refund] = (),
    debits: Iterable[Debit] = (),
    bank_days: Iterable[date] = (),
    discreet: bool = False,
) -> tuple[Reminder, ...]:
    """Everything to be reminded of after `now`, in order, in the operator's zone.

    `bank_days` are last days to tell the bank something. What is done is not reminded of, nor the way back, but for
    the number that the law keeps for somebody with orders.
    """
    place = ZoneInfo(zone)
    found: list[Reminder] = []
    owed = tuple(refunds)
    for item in tracked:
        if item.state is StepState.DONE:
            continue
        if item.kind is TrackedKind.CUT and item.day is not None:
            found += _of_cut(line_id, item, item.day, place)
        elif item.kind is not TrackedKind.REFUND or not owed:
            found += _of_tracked(line_id, item, tracked, place)
    for step in equipment:
        if not step.is_done:
            found += _mornings(line_id, ReminderKind.EQUIPMENT, step.deadline.day, place, step.item.name, step.item.id)
    for refund in owed:
        if refund.due is not None and refund.state in {RefundState.WAITING, RefundState.LATE}:
            found += _mornings(line_id, ReminderKind.REFUND, refund.due, place, key=refund.of.value)
    for debit in debits:
        last = max((r.until for r in debit.rights if r.at_bank and r.until is not None), default=None)
        if last is not None:
            found += _mornings(line_id, ReminderKind.RIGHT_ENDS, last, place, debit.payment_id)
    for day in bank_days:
        found += _mornings(line_id, ReminderKind.BANK, day, place)
    coming = {r.id: r for r in found if r.at.astimezone(UTC) > now.astimezone(UTC)}
    ordered = sorted(coming.values(), key=lambda r: (r.at.astimezone(UTC), r.id))
    return tuple(r.discreet() if discreet else r for r in ordered)


def moment_of_cut(item: Tracked, zone: tzinfo) -> tuple[datetime, bool] | None:
    """The instant at which the line dies, and whether its hour is known; without an hour, the first of its day.

    After a notice it is the end of the day (CV-1).
    """
    if item.moment is not None:
        return item.moment.astimezone(zone), True
    if item.day is None:
        return None
    if item.is_whole_day:
        return end_of_day(item.day, zone), True
    return _at(item.day, item.hour or time(), zone), item.hour is not None


def _of_cut(line_id: str, item: Tracked, day: date, zone: tzinfo) -> list[Reminder]:
    """A day and an hour before the cut; where its hour is not known, before the first moment at which it may come."""
    found = moment_of_cut(item, zone)
    if found is None:
        return []
    moment, known = found
    before = moment.date() - timedelta(days=1)
    a_day = _at(before, moment.time() if known and not item.is_whole_day else MORNING, zone)
    over = _at(day + timedelta(days=1), time(), zone) if item.is_whole_day else moment
    an_hour = later(over, timedelta(hours=-1))
    stated = moment if known else None
    return [_reminder(line_id, ReminderKind.CUT, at, day, moment=stated) for at in (a_day, an_hour)]


def _of_tracked(line_id: str, item: Tracked, tracked: Sequence[Tracked], zone: tzinfo) -> list[Reminder]:
    if item.kind is TrackedKind.HAND_OVER and item.day is not None:
        found = _mornings(line_id, ReminderKind.HAND_OVER, item.day, zone)
        code = next((t for t in tracked if t.kind is TrackedKind.CODE and t.state is StepState.DONE), None)
        if code is not None and code.last is not None:
            found += _mornings(line_id, ReminderKind.CODE_EXPIRES, code.last, zone)
        return found
    if item.kind is TrackedKind.FINAL_PAID and item.day is not None:
        return _mornings(line_id, ReminderKind.BANK, item.day, zone, item.bill_id)
    if item.kind is TrackedKind.REFUND and item.day is not None:
        return _mornings(line_id, ReminderKind.REFUND, item.day, zone, item.bill_id)
    if item.kind is TrackedKind.DOOR and item.about == Back.RESUME and item.day is not None:
        return _mornings(line_id, ReminderKind.NUMBER, item.day, zone)
    return []


def _mornings(
    line_id: str, kind: ReminderKind, day: date, zone: tzinfo, about: str = "", key: str = ""
) -> list[Reminder]:
    days = (day - timedelta(days=ahead) for ahead in _DAYS_AHEAD[kind])
    return [_reminder(line_id, kind, _at(d, MORNING, zone), day, about=about, key=key) for d in days]


def _reminder(
    line_id: str,
    kind: ReminderKind,
    at: datetime,
    day: date,
    *,
    moment: datetime | None = None,
    about: str = "",
    key: str = "",
) -> Reminder:
    whole = "|".join((line_id, kind, key or about, day.isoformat(), at.astimezone(UTC).isoformat()))
    return Reminder(hashlib.sha256(whole.encode()).hexdigest()[:24], at, kind, day, moment, about)


def _at(day: date, hour: time, zone: tzinfo) -> datetime:
    """A wall-clock hour as an instant; one that the clocks leave out is as much later."""
    return datetime.combine(day, hour, zone).astimezone(UTC).astimezone(zone)
