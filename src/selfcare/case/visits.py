"""Reads an appointment as the promise that somebody comes, or calls, and says how each of its times was kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from selfcare.domain.appointments import Appointment, AppointmentState, Window
from selfcare.domain.records import replace

from .promise import Promise, PromiseOf, PromiseSource, PromiseState

WAITED_FOR = timedelta(days=14)
"""How long after its time a visit that nobody made is held to be waited for: it is raised, and grows later, so long."""


def visit_promises(one: Appointment, now: datetime) -> list[Promise]:
    """Every time that was ever named for an appointment (TMF646), each by its end, those before first.

    An earlier time was missed if a reading found it standing after its end, else it was moved. The last one is kept
    when the appointment was completed; missed when it failed, or when its time is over and it still stands; void when
    it was called off, unless nobody had come by its end. What the operator no longer lists, or calls by a word that
    nobody knows, cannot be judged once its time is over.
    """
    windows = _by_end((*one.moved_from, *(() if one.window is None else (one.window,))))
    found: list[Promise] = []
    for place, window in enumerate(windows):
        following = windows[place + 1] if place + 1 < len(windows) else None
        bare = _promise(one, window)
        if following is None and window == one.window:
            found.append(_last(bare, one, now))
        elif window.ends in one.stood_until:
            ended = _came(one) if one.state is AppointmentState.COMPLETED else _given_up(window.ends, now)
            found.append(replace(bare, state=PromiseState.MISSED, replaced=_next(following), ended=ended))
        else:
            state = PromiseState.WITHDRAWN if following is None else PromiseState.MOVED
            found.append(replace(bare, state=state, replaced=_next(following)))
    return found


def _by_end(windows: tuple[Window, ...]) -> list[Window]:
    """The windows, of those that end at one instant the last: only another end is another promise."""
    return list({window.ends: window for window in windows}.values())


def _next(window: Window | None) -> datetime | None:
    return None if window is None else window.ends


def _promise(one: Appointment, window: Window) -> Promise:
    return Promise(
        "", PromiseOf.CALL if one.is_call else PromiseOf.VISIT, one.title, one.created, window.ends,
        PromiseSource.APPOINTMENT, one.id, PromiseState.OPEN, starts=window.starts,
    )  # fmt: skip


def _last(promise: Promise, one: Appointment, now: datetime) -> Promise:
    if promise.given is not None and promise.due < promise.given:
        return replace(promise, state=PromiseState.VOID)
    if one.state is AppointmentState.COMPLETED:
        return replace(promise, state=PromiseState.KEPT)
    if one.state is AppointmentState.FAILED:
        return replace(promise, state=PromiseState.MISSED, is_refused=True, ended=_given_up(promise.due, now))
    if one.state is AppointmentState.CANCELLED:
        if promise.due in one.stood_until:
            ended = max(one.changed or promise.due, promise.due)
            return replace(promise, state=PromiseState.MISSED, ended=ended)
        return replace(promise, state=PromiseState.VOID, is_refused=True, ended=one.changed)
    if promise.due in one.stood_until:
        return replace(promise, state=PromiseState.MISSED, ended=_given_up(promise.due, now))
    if one.no_longer_listed:
        return replace(promise, state=PromiseState.LOST)
    if now <= promise.due:
        return promise
    if one.state is AppointmentState.UNKNOWN:
        return replace(promise, state=PromiseState.LOST)
    return replace(promise, state=PromiseState.MISSED, ended=_given_up(promise.due, now))


def _given_up(due: datetime, now: datetime) -> datetime | None:
    return due + WAITED_FOR if now > due + WAITED_FOR else None


def _came(one: Appointment) -> datetime | None:
    """When somebody came at the latest: by the end of the last time, or when that was written down before."""
    if one.window is None:
        return one.changed
    return one.window.ends if one.changed is None else min(one.changed, one.window.ends)
