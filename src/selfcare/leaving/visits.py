"""Finds in the operator's own appointments the visits that nobody made, so that the customer need not type them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo

from selfcare.domain.appointments import Appointment, AppointmentState, Window
from selfcare.domain.records import Struct

from .claims import ClaimOf

CALLED_OFF_LATE = 24
"""A visit that was called off less than so many hours before may be worth a claim (UK-AC-02)."""


class LostVisit(Struct, frozen=True):
    """A visit that was missed, or called off late: `hours_ahead` before its beginning, None where nobody came.

    `done` is the day of the next visit that took place, None where none has.
    """

    window: Window
    day: date
    hours_ahead: int | None
    done: date | None

    @property
    def told(self) -> str:
        """The same as the customer would tell it (mishaps.mishap_answered, "add")."""
        hours = "-" if self.hours_ahead is None else str(self.hours_ahead)
        return f"{ClaimOf.MISSED_VISIT.value} {self.day} {hours} {self.done or '-'}"


def lost_visits(found: Iterable[Appointment], now: datetime, zone: tzinfo) -> tuple[LostVisit, ...]:
    """Every visit that was missed or called off late, the last first; a call that did not come is none."""
    every = [one for one in found if not one.is_call]
    came = [
        one.window.ends for one in every
        if one.state is AppointmentState.COMPLETED and one.window is not None and one.window.ends <= now
    ]  # fmt: skip
    lost: list[LostVisit] = []
    for one in every:
        lost += [_lost(window, None, came, zone) for window in one.moved_from if window.ends in one.stood_until]
        if one.window is None:
            continue
        hours = one.hours_called_off()
        if one.is_missed(now):
            lost.append(_lost(one.window, None, came, zone))
        elif hours is not None and hours < CALLED_OFF_LATE:
            lost.append(_lost(one.window, hours, came, zone))
    return tuple(sorted(lost, key=lambda visit: visit.window.ends, reverse=True))


def _lost(window: Window, hours: int | None, came: Sequence[datetime], zone: tzinfo) -> LostVisit:
    day = (window.starts or window.ends).astimezone(zone).date()
    after = min((moment for moment in came if moment > window.ends), default=None)
    return LostVisit(window, day, hours, None if after is None else after.astimezone(zone).date())
