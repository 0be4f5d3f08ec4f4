"""The days that count for the customer's own calendar: promises, the way up of a complaint, notice and commitment."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from selfcare.case.promises import Promise, PromiseSource, PromiseState
from selfcare.domain.appointments import Window
from selfcare.domain.contract import Contract
from selfcare.domain.records import Struct, replace
from selfcare.i18n import Words
from selfcare.leaving.ladder import Door, Rung, is_asserted, ladder
from selfcare.paper.calendar_file import CalendarEvent

from .appointments import is_whole_day, window_text
from .case_file import CaseFacts
from .case_ladder import COUNTRIES, step_title
from .case_promises import promise_title
from .contract import last_notice_day
from .facts import quoted

_NAMES = uuid.UUID("b7a1c1de-5f0b-4a55-8c0e-6f2f2f6f9d11")

_UTC = ZoneInfo("UTC")


class Whom(Struct, frozen=True):
    """Whose calendar it is for: the account, and what the operator is called."""

    account: str
    operator: str


def promise_events(
    promises: Iterable[Promise], whom: Whom, words: Words, zone: ZoneInfo = _UTC
) -> tuple[CalendarEvent, ...]:
    """Every open promise at the instant until which it can be kept. One that is moved keeps its entry: of what was
    promised once, one end is open."""
    return tuple(
        _visit(promise, whom, words, zone)
        if promise.source is PromiseSource.APPOINTMENT
        else _event(
            f"promise:{promise.series}",
            words.tr("Promised until now: {what}", what=promise_title(promise, words)),
            promise.due,
            whom,
            quoted(promise.evidence, words),
        )
        for promise in promises
        if promise.state is PromiseState.OPEN
    )


def _visit(promise: Promise, whom: Whom, words: Words, zone: ZoneInfo) -> CalendarEvent:
    """A visit takes its whole time in the calendar, and is reminded of a day and an hour before it begins; one without
    an hour stands on its day."""
    window = Window(promise.starts, promise.due)
    title, text = promise_title(promise, words), window_text(window, words, zone)
    if promise.starts is None or is_whole_day(window, zone):
        return _event(f"promise:{promise.series}", title, promise.due.astimezone(zone).date(), whom, text)
    event = _event(f"promise:{promise.series}", title, promise.starts, whom, text)
    return replace(event, lasts=max(promise.due - promise.starts, timedelta(minutes=1)))


def ladder_events(facts: CaseFacts, whom: Whom, words: Words, today: date) -> tuple[CalendarEvent, ...]:
    """The days of the way up that are still to come; what is not certain says so."""
    if facts.rules is None or facts.country.upper() not in COUNTRIES or facts.notebook.complaint.first is None:
        return ()
    rungs = ladder(facts.country, facts.notebook.complaint, facts.rules, today, facts.whose)
    found: list[CalendarEvent] = []
    for rung in rungs:
        title = step_title(rung.kind, words)
        unsure = "" if is_asserted(rung, facts.rules, today) else words.tr("Not certain; to be checked.")
        found += [
            _event(f"step:{rung.kind}:{what}", said, day, whom, unsure)
            for what, said, day in _days(rung, title, words)
            if day is not None and day >= today
        ]
    return tuple(found)


def _days(rung: Rung, title: str, words: Words) -> tuple[tuple[str, str, date | None], ...]:
    aimed = words.tr("A decision is aimed for: {what}", what=title)
    over = {Door.TAKEN, Door.RUNNING, Door.PASSED}
    return (
        ("opens", words.tr("Open from today: {what}", what=title), rung.opens if rung.door is Door.LATER else None),
        ("closes", words.tr("Last day: {what}", what=title), rung.closes if rung.door not in over else None),
        ("answer", aimed if rung.is_aim else words.tr("An answer is due: {what}", what=title), rung.answer),
    )


def contract_events(contracts: Sequence[Contract], whom: Whom, words: Words, today: date) -> tuple[CalendarEvent, ...]:
    """The last day for notice and the end of the commitment of every contract, where they are still to come."""
    found: list[CalendarEvent] = []
    for contract in contracts:
        if contract.no_longer_listed:
            continue
        name = contract.name or contract.number
        notice, ends = last_notice_day(contract), contract.ends
        if notice is not None and notice >= today:
            title = words.tr("Last day for notice: {what}", what=name)
            found.append(_event(f"notice:{contract.id}", title, notice, whom))
        if ends is not None and ends >= today:
            title = words.tr("The commitment ends: {what}", what=name)
            found.append(_event(f"end:{contract.id}", title, ends, whom))
    return tuple(found)


def _event(key: str, title: str, starts: datetime | date, whom: Whom, text: str = "") -> CalendarEvent:
    uid = f"{uuid.uuid5(_NAMES, f'{whom.account}/{key}')}@selfcare.invalid"
    return CalendarEvent(uid, f"{title} ({whom.operator})" if whom.operator else title, starts, text)
