"""A line of time from a start to an end, with today and the days that matter on it, as places from 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selfcare.i18n import Words


class Point(StrEnum):
    """What a day on the line is."""

    START = "start"
    NOTICE = "notice"
    END = "end"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class PointView:
    """One day on the line: `place` is 0 at its beginning and 1 at its end."""

    kind: Point
    place: float
    day: str
    label: str


@dataclass(frozen=True, slots=True)
class TimeLineView:
    """The days in order, and how much of the bound time has gone (`bound_from` to `bound_to`, as places)."""

    points: tuple[PointView, ...]
    bound_from: float
    bound_to: float
    spoken: str


def time_line(
    starts: date | None, ends: date | None, notice: date | None, words: Words, today: date
) -> TimeLineView | None:
    """A contract's line of time; None where start or end is not stated or they contradict each other."""
    if starts is None or ends is None or ends <= starts:
        return None
    first, last = min(starts, today), max(ends, today)
    span = (last - first).days or 1

    def place(day: date) -> float:
        return (day - first).days / span

    points = [
        PointView(Point.START, place(starts), words.day(starts, today), words.tr("Start")),
        PointView(Point.END, place(ends), words.day(ends, today), words.tr("Commitment ends")),
        PointView(Point.TODAY, place(today), words.day(today, today), words.tr("Today")),
    ]
    if (
        notice is not None
        and starts <= notice
        and today <= ends
        and _has_room(place(notice), place(ends), place(today))
    ):
        points.append(PointView(Point.NOTICE, place(notice), words.day(notice, today), words.tr("Last day for notice")))
    points.sort(key=lambda p: p.place)
    spoken = ", ".join(words.tr("{label}: {day}", label=p.label, day=p.day) for p in points)
    return TimeLineView(tuple(points), place(starts), place(ends), spoken)


def _has_room(notice: float, end: float, today: float) -> bool:
    """Three days closer together than their words are wide cannot be read; the notice day is then left to the text."""
    return max(notice, end, today) - min(notice, end, today) > 0.2
