"""The days and hours of the way out for the customer's own calendar, with names or, if wanted, without a trace."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from selfcare.i18n import Words
from selfcare.leaving.refunds import RefundState
from selfcare.leaving.reminders import Reminder, ReminderKind
from selfcare.leaving.tracker import came_to_nothing, is_settled
from selfcare.leaving.way import Step, StepKind, StepState
from selfcare.paper.calendar_file import CalendarEvent

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
    found += _money(case, words, discreet, coming)
    return tuple(event for event in found if _is_ahead(event, case))


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
    names = " · ".join(part for part in (case.material.profile.name, case.number) if part)
    return CalendarEvent(uid, f"{title} ({names})", starts, text, alarms=alarms)


def _is_ahead(event: CalendarEvent, case: Case) -> bool:
    if isinstance(event.starts, datetime):
        return event.starts > case.material.now
    return event.starts >= case.material.today
