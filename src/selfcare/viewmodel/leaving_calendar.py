"""The days and hours of the way out for the customer's own calendar, with names or, if wanted, without a trace."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from selfcare.i18n import Words
from selfcare.leaving.way import Step, StepKind, StepState
from selfcare.paper.calendar_file import CalendarEvent

from .leaving_material import Case
from .leaving_steps import step_text, step_title
from .leaving_words import scheme_of

_NAMES = uuid.UUID("6f0d3f2e-6a0e-4c1d-9c53-4f5a1c1d7b2a")


def way_events(case: Case, words: Words, *, discreet: bool = False) -> tuple[CalendarEvent, ...]:
    """What still has to happen, each with its hour where one is known, and the last day of a code.

    `discreet` entries say "Reminder" and nothing else: no operator, no number, no word of leaving.
    """
    found: list[CalendarEvent] = []
    for step in case.way.steps:
        if step.state is not StepState.DONE and step.kind is not StepKind.SAVE:
            found.append(_event(case, step, words, discreet))
        if step.kind is StepKind.CODE and step.last is not None and step.last != step.day:
            title = words.tr("Last day to use the {code}", code=scheme_of(case))
            found.append(_written(case, "codeLast", title, "", step.last, words, discreet))
    return tuple(event for event in found if _is_ahead(event, case))


def _event(case: Case, step: Step, words: Words, discreet: bool) -> CalendarEvent:
    starts = step.moment
    if starts is None and step.hour is not None:
        starts = datetime.combine(step.day, step.hour, case.material.zone)
    title = step_title(step, case, words)
    if step.kind is StepKind.DOOR:
        title = words.tr("Last day to rescue the number")
    return _written(case, step.kind.value, title, step_text(step, case, words), starts or step.day, words, discreet)


def _written(
    case: Case, key: str, title: str, text: str, starts: datetime | date, words: Words, discreet: bool
) -> CalendarEvent:
    uid = f"{uuid.uuid5(_NAMES, f'{case.material.profile.id}/{case.facts.line_id}/{key}')}@selfcare.invalid"
    if discreet:
        return CalendarEvent(uid, words.tr("Reminder"), starts, is_private=True)
    names = " · ".join(part for part in (case.material.profile.name, case.number) if part)
    return CalendarEvent(uid, f"{title} ({names})", starts, text)


def _is_ahead(event: CalendarEvent, case: Case) -> bool:
    if isinstance(event.starts, datetime):
        return event.starts > case.material.now
    return event.starts >= case.material.today
