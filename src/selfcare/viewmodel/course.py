"""The course of a request: when it was asked for, sent, confirmed by the operator and carried out, or how it ended."""

from __future__ import annotations

from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

from selfcare.domain.commands import OpenTicket
from selfcare.domain.records import Struct
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.i18n import Words

StepState = Literal["done", "now", "later", "missed", "asks"]


class CourseStep(Struct, frozen=True):
    """One step of a request. `when` is its day and time, or "not yet"; `said` says the state to a screen reader.

    What has happened is done; "now" is the one step that is waited for, "asks" where the customer is.
    """

    name: str
    when: str
    state: StepState
    said: str


def course_of(item: Waiting, words: Words, zone: ZoneInfo, today: date) -> tuple[CourseStep, ...]:
    """Asked, sent, confirmed, done: each with its time, and never one tick for two of them.

    A ticket is only received: what is done about it is its own course, under Help. What was refused, taken back or
    waits for the customer ends its course there.
    """
    steps = [_step(words.tr("Asked for"), words.instant(item.created, zone, today), "done", words)]
    if item.state is WaitingState.DROPPED and item.sent is None and not item.receipt:
        return (*steps, _end(item, words.tr("Taken back"), words, zone, today))
    if item.sent is not None:
        state: StepState = "now" if item.state in {WaitingState.UNKNOWN, WaitingState.SENDING} else "done"
        steps.append(_step(words.tr("Sent"), words.instant(item.sent, zone, today), state, words))
    if item.state is WaitingState.ASK:
        return (*steps, _step(words.tr("Needs you"), words.tr("now"), "asks", words))
    if item.state is WaitingState.REJECTED and item.confirmed is None:
        return (*steps, _end(item, words.tr("Refused"), words, zone, today))
    if item.sent is None and item.confirmed is None:
        steps.append(_step(words.tr("Sent"), words.tr("not yet"), "now", words))
    if item.confirmed is not None:
        steps.append(_step(words.tr("Confirmed"), words.instant(item.confirmed, zone, today), "done", words))
    elif item.state in {WaitingState.ACCEPTED, WaitingState.DONE}:
        steps.append(_step(words.tr("Confirmed"), words.tr("time not kept"), "done", words))
    elif item.is_open:
        steps.append(_step(words.tr("Confirmed"), words.tr("not yet"), "later", words))
    if item.state is WaitingState.REJECTED:
        steps.append(_end(item, words.tr("Refused"), words, zone, today))
    elif item.state is WaitingState.DROPPED:
        steps.append(_end(item, words.tr("Taken back"), words, zone, today))
    elif not isinstance(item.command, OpenTicket):
        steps.append(_carried_out(item, words, zone, today))
    return tuple(steps)


def course_sentence(item: Waiting, words: Words, zone: ZoneInfo, today: date) -> str:
    """The same in one line, for a card that has little room."""
    return " · ".join(
        words.tr("{name}: {value}", name=step.name, value=step.when) for step in course_of(item, words, zone, today)
    )


def _carried_out(item: Waiting, words: Words, zone: ZoneInfo, today: date) -> CourseStep:
    if item.state is not WaitingState.DONE:
        state: StepState = "now" if item.state is WaitingState.ACCEPTED else "later"
        return _step(words.tr("Carried out"), words.tr("not yet"), state, words)
    when = words.instant(item.settled, zone, today) if item.settled is not None else words.tr("time not kept")
    return _step(words.tr("Carried out"), when, "done", words)


def _end(item: Waiting, name: str, words: Words, zone: ZoneInfo, today: date) -> CourseStep:
    when = words.instant(item.settled, zone, today) if item.settled is not None else words.tr("time not kept")
    return _step(name, when, "missed", words)


def _step(name: str, when: str, state: StepState, words: Words) -> CourseStep:
    said = {
        "done": words.trc("a step", "done"),
        "now": words.trc("a step", "waited for now"),
        "later": words.trc("a step", "still to come"),
        "missed": words.trc("a step", "ended here"),
        "asks": words.trc("a step", "waited for now"),
    }
    return CourseStep(name, when, state, said[state])
