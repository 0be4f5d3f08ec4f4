"""The days and hours of the way out for the customer's own calendar, with names or, if wanted, without a trace."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from selfcare.i18n import Words
from selfcare.leaving.cut import notice_runs
from selfcare.leaving.refunds import RefundState
from selfcare.leaving.reminders import Reminder, ReminderKind
from selfcare.leaving.tracker import came_to_nothing, is_settled
from selfcare.leaving.way import Step, StepKind, StepState
from selfcare.paper.calendar_file import CalendarEvent

from .leaving_change import change_text, told_change
from .leaving_last_steps import known_steps
from .leaving_material import Case
from .leaving_proofs import comes_back
from .leaving_reminders import case_reminders
from .leaving_steps import step_text, step_title
from .leaving_words import scheme_of

_KINDS = {
    StepKind.CUT: ReminderKind.CUT,
    StepKind.HAND_OVER: ReminderKind.HAND_OVER,
    StepKind.RETURN: ReminderKind.EQUIPMENT,
    StepKind.DOOR: ReminderKind.NUMBER,
}
_ON_ITS_DAY = {StepKind.HAND_OVER, StepKind.CUT, StepKind.RETURN, StepKind.FINAL_BILL, StepKind.DOOR}
"""What hangs on the day of the end: without one it has none."""

_NAMES = uuid.UUID("6f0d3f2e-6a0e-4c1d-9c53-4f5a1c1d7b2a")


def way_events(case: Case, words: Words, *, discreet: bool = False) -> tuple[CalendarEvent, ...]:
    """What still has to happen, each with its hour where one is known, the last day of a code, money that is due.

    Entries of earlier files that count no more are cancelled.
    The alarms are those of the tracker's own reminders. `discreet` entries say "Reminder" and nothing else: no
    operator, no number, no word of leaving.
    """
    coming = case_reminders(case, case.material.now)
    found: list[CalendarEvent] = []
    gone_on = came_to_nothing(case.facts, case.answers, case.way)
    for step in known_steps(case) if not gone_on else ():
        if case.way.is_named_later and step.kind in _ON_ITS_DAY:
            continue
        if step.state is not StepState.DONE and step.kind is not StepKind.SAVE:
            found.append(_event(case, step, words, discreet, _alarms(coming, _KINDS.get(step.kind), step.day)))
        if step.kind is StepKind.CODE and step.last is not None and step.last != step.day:
            title = words.tr("Last day to use the {code}", code=scheme_of(case))
            alarms = _alarms(coming, ReminderKind.CODE_EXPIRES, step.last)
            found.append(_written(case, "codeLast", title, "", step.last, words, discreet, alarms))
    found += [] if gone_on else _free_exit(case, words, discreet)
    found += _money(case, words, discreet, coming)
    ahead = [event for event in found if _is_ahead(event, case)]
    return (*ahead, *_cancelled(case, ahead, words, discreet))


def taken_over(events: Iterable[CalendarEvent]) -> tuple[tuple[str, str], ...]:
    """What is to be remembered of a calendar file: each entry by its id, with its day or instant."""
    return tuple((event.uid, event.starts.isoformat()) for event in events)


def _cancelled(case: Case, ahead: Iterable[CalendarEvent], words: Words, discreet: bool) -> list[CalendarEvent]:
    """The entries of earlier files that are planned no more and still to come: a calendar takes them out or marks
    them. A step that was done sooner is one of these."""
    known = {event.uid for event in ahead}
    old = [(uid, _starts(start)) for uid, start in case.answers.calendar if uid not in known]
    title = words.tr("Reminder") if discreet else _named(words.tr("No longer planned"), case)
    gone = (CalendarEvent(uid, title, starts, is_private=discreet, is_cancelled=True) for uid, starts in old)
    return [event for event in gone if _is_ahead(event, case)]


def _starts(written: str) -> datetime | date:
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo is not None else moment.date()


def _free_exit(case: Case, words: Words, discreet: bool) -> list[CalendarEvent]:
    """The last day on which the operator can still hear of the move or the notice, where a change is what frees."""
    free, way = told_change(case), case.way
    if free is None or free.until is None or way.ground.choices.handed_over is not None or notice_runs(way.ground):
        return []
    if case.facts.line_ended is not None or way.is_named_later:
        return []
    until, title = free.until, words.tr("Last day to order, so that the change frees you")
    text = change_text(free, case, words)
    if way.route.is_notice:
        title, text = words.tr("Last day to give notice, so that the change frees you"), ""
    if not free.is_certain:
        title = words.tr("Last day to order, so that the change may free you")
        if way.route.is_notice:
            title = words.tr("Last day to give notice, so that the change may free you")
    return [_written(case, "freeExit", title, text, until, words, discreet)]


def _money(case: Case, words: Words, discreet: bool, coming: tuple[Reminder, ...]) -> list[CalendarEvent]:
    """The days on which money is due, and the last ones of rights at the bank."""
    if case.answers.is_discreet:
        return []
    after, found = case.aftermath(), []
    for owed in after.refunds:
        if owed.due is not None and owed.state is RefundState.WAITING:
            alarms = _alarms(coming, ReminderKind.REFUND, owed.due)
            title = words.tr("Money back is due")
            found.append(_written(case, f"refund:{owed.of.value}", title, "", owed.due, words, discreet, alarms))
    for debit in after.debits:
        last = max((r.until for r in debit.rights if r.at_bank and r.until is not None), default=None)
        if last is not None and not is_settled(debit, case.answers):
            alarms = _alarms(coming, ReminderKind.RIGHT_ENDS, last)
            title = words.tr("Last day to have a debit back from the bank")
            found.append(_written(case, f"debit:{debit.payment_id}", title, "", last, words, discreet, alarms))
    return found


def _alarms(coming: tuple[Reminder, ...], kind: ReminderKind | None, day: date) -> tuple[datetime, ...]:
    return tuple(reminder.at for reminder in coming if reminder.kind is kind and reminder.day == day)


def _event(case: Case, step: Step, words: Words, discreet: bool, alarms: tuple[datetime, ...]) -> CalendarEvent:
    starts = step.moment
    if starts is None and step.hour is not None:
        starts = datetime.combine(step.day, step.hour, case.material.zone)
    title = step_title(step, case, words)
    if step.kind is StepKind.DOOR:
        title = words.tr("Last day to rescue the number")
        if comes_back(case):
            title = words.tr("Last day to resume the service and keep the number")
    text = step_text(step, case, words)
    return _written(case, step.kind.value, title, text, starts or step.day, words, discreet, alarms)


def _written(
    case: Case,
    key: str,
    title: str,
    text: str,
    starts: datetime | date,
    words: Words,
    discreet: bool,
    alarms: tuple[datetime, ...] = (),
) -> CalendarEvent:
    uid = f"{uuid.uuid5(_NAMES, f'{case.material.profile.id}/{case.facts.line_id}/{key}')}@selfcare.invalid"
    if discreet:
        return CalendarEvent(uid, words.tr("Reminder"), starts, is_private=True, alarms=alarms)
    return CalendarEvent(uid, _named(title, case), starts, text, alarms=alarms)


def _named(title: str, case: Case) -> str:
    names = " · ".join(part for part in (case.material.profile.name, case.number) if part)
    return f"{title} ({names})"


def _is_ahead(event: CalendarEvent, case: Case) -> bool:
    if isinstance(event.starts, datetime):
        return event.starts > case.material.now
    return event.starts >= case.material.today
