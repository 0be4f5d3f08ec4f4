"""A line of time from a start to an end, with today and the days that matter on it, as places from 0 to 1."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from selfcare.domain.records import Struct
from selfcare.i18n import Words


class Point(StrEnum):
    """What a day on the line is."""

    START = "start"
    NOTICE = "notice"
    END = "end"
    TODAY = "today"


class PointView(Struct, frozen=True):
    """One day on the line: `place` is 0 at its beginning and 1 at its end."""

    kind: Point
    place: float
    day: str
    label: str


class TimeLineView(Struct, frozen=True):
    """The days in their order, and the same said in one sentence."""

    points: tuple[PointView, ...]
    spoken: str


APART = 0.11
"""How far apart two days stand at least, so that their words can be read; the order is true, the scale gives way."""


def time_line(
    starts: date | None, ends: date | None, notice: date | None, words: Words, today: date
) -> TimeLineView | None:
    """A contract's line of time; None where start or end is not stated or they contradict each other.

    The last day for notice stands on it as long as the commitment lasts.
    """
    if starts is None or ends is None or ends <= starts:
        return None
    days = [
        (starts, Point.START, words.tr("Start")),
        (ends, Point.END, words.tr("Commitment ends")),
        (today, Point.TODAY, words.tr("Today")),
    ]
    if notice is not None and starts <= notice and today <= ends:
        days.append((notice, Point.NOTICE, words.tr("Last day for notice")))
    days.sort(key=lambda d: d[0])
    span = (days[-1][0] - days[0][0]).days
    places = spread([(day - days[0][0]).days / span for day, _, _ in days])
    points = tuple(
        PointView(kind, place, words.day(day, today), label)
        for place, (day, kind, label) in zip(places, days, strict=True)
    )
    spoken = ", ".join(words.tr("{label}: {day}", label=p.label, day=p.day) for p in points)
    return TimeLineView(points, spoken)


def spread(places: list[float], apart: float = APART) -> list[float]:
    """Places from 0 to 1 in their order, moved so far that no two are closer together than they may be."""
    result = list(places)
    for number in range(len(result) - 2, -1, -1):
        result[number] = min(result[number], result[number + 1] - apart)
    result[0] = max(0.0, result[0])
    for number in range(1, len(result)):
        result[number] = max(result[number], result[number - 1] + apart)
    return result
