"""How much is usual: a robust measure over a customer's own earlier amounts, with the season considered.

Amounts of use are many small ones and few large ones, so they are looked at as logarithms: log(1 + amount / unit), the
unit being a twentieth of a usual bill. The middle is the median, the spread the median distance from it (MAD, times
1.4826 to stand for a standard deviation); neither is moved by a shock or two in the past. An amount is unusual if

* it is more than 3.5 spreads above the middle,
* and above 1.5 times the highest that was not unusual before it (the past 24 bills): a MAD of a few values is rough,
* and above twice what the same months of earlier years were: a holiday comes every year; what was strange even then
  excuses little more than as much again, and of a total only what was above a usual bill is doubled,
* and more than a floor above the middle: a small amount is no shock, however rare; in the first year, when the season
  is not known, only an amount of one and a half usual bills is.

What came about twice among the last six bills has become a habit. Below six bills nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import exp, log
from statistics import median

from selfcare.domain.records import Struct

FEWEST = 6
"""So many comparable bills are needed to say what is usual."""

LOOKED_AT = 24
"""So many of the latest bills say what is usual; earlier ones count for the season alone."""

SPREADS = 3.5
LEAST_SPREAD, LEAST_OF_TOTALS = 0.25, 0.12
"""No customer is steadier than this; totals are steadier than what moves in them."""
ABOVE_HIGHEST = 1.5
ABOVE_SEASON = 2.0
ABOVE_ODD_SEASON = 1.25
FLOOR_SHARE, FLOOR = 0.35, 17.0
"""The floor: a part of a usual bill, and never less than so many pounds, euros or dollars."""

A_YEAR = 13
FIRST_YEAR_SHARE, FIRST_YEAR_FLOOR = 1.5, 25.0
"""The floor as long as no whole year was seen: what a first summer costs nobody can know."""

STANDARD = 1.4826
HABIT = 0.7
EXTREME = 3.0
"""A strange amount of more than so many usual bills says nothing about the season a year later."""


class Seen(Struct, frozen=True):
    """One amount of the past, and whether it was unusual then."""

    day: date
    value: float
    was_odd: bool = False


class Band(Struct, frozen=True):
    """What is usual: the middle and the highest amount that is still usual."""

    middle: float
    high: float


def band(
    past: Sequence[Seen], day: date, typical: float, least: float = LEAST_SPREAD, steady: float = 0.0
) -> Band | None:
    """What is usual on a day, from amounts of the past given oldest first; None for too few.

    `typical` is what a usual bill is in the same currency, `least` the least spread, `steady` what of the amounts is
    the same every month and has no season.
    """
    if len(past) < FEWEST:
        return None
    unit = max(typical, 1.0) / 20
    recent = past[-LOOKED_AT:]
    plain = [one.value for one in recent if not one.was_odd] or [one.value for one in recent]
    logs = [log(1 + max(0.0, value) / unit) for value in plain]
    middle = median(logs)
    spread = max(STANDARD * median(abs(value - middle) for value in logs), least)
    centre = unit * (exp(middle) - 1)
    high = max(
        unit * (exp(middle + SPREADS * spread) - 1),
        ABOVE_HIGHEST * max(plain),
        season(past, day, typical, steady),
        centre + _floor(past, typical),
    )
    return Band(centre, max(high, habit(past)))


def season(past: Sequence[Seen], day: date, typical: float, steady: float = 0.0) -> float:
    """The highest that the same months, one more or less, of earlier years let expect; 0 where there are none."""
    found = [one for one in past if (months := _months(one.day, day)) >= 10 and months % 12 in {0, 1, 11}]
    usual = max((one.value for one in found if not one.was_odd), default=0.0)
    odd = max((one.value for one in found if one.was_odd and one.value <= EXTREME * typical), default=0.0)
    return max(steady + ABOVE_SEASON * (usual - steady) if usual > steady else usual, ABOVE_ODD_SEASON * odd)


def habit(past: Sequence[Seen]) -> float:
    """What came about twice or more among the last six bills, though it was unusual at first; 0 for nothing."""
    odd = sorted((one.value for one in past[-6:] if one.was_odd), reverse=True)
    return odd[1] / HABIT if len(odd) > 1 else 0.0


def _floor(past: Sequence[Seen], typical: float) -> float:
    if len(past) < A_YEAR:
        return max(FIRST_YEAR_FLOOR, FIRST_YEAR_SHARE * typical)
    return max(FLOOR, FLOOR_SHARE * typical)


def typical_of(totals: Sequence[Decimal]) -> float:
    """What a usual bill is: the median of the latest twelve."""
    return float(median(totals[-12:])) if totals else 0.0


def _months(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month
