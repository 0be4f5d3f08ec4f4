"""How much is usual: a robust measure over a customer's own earlier amounts, with the season considered.

Amounts of use are many small ones and few large ones, so they are looked at as logarithms: log(1 + amount / unit), the
unit being a twentieth of a usual bill. The middle is the median, the spread the median distance from it (MAD, times
1.4826 to stand for a standard deviation); neither is moved by a shock or two in the past. An amount is unusual if

* it is more than 3.5 spreads above the middle, or, where the spread is wild, above twice the highest that was not
  unusual,
* and above 1.5 times the highest that was not unusual before it (the past 24 bills): a MAD of a few values is rough,
* and above twice what the same months of earlier years were, and what the other months bring at most beside it: a
  holiday comes every year; what was strange even then excuses little more than as much again, and of a total only what
  was above a usual bill is doubled,
* and more than a floor above the middle: a small amount is no shock, however rare; in the first year, when the season
  is not known, only an amount of one and a half usual bills above the highest before it is: a first holiday comes on
  top of the usual calls.

What came about twice among the last six bills has become a habit. Below six bills only what is far beyond all reason is
said, see few.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import exp, log, sqrt
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
WILDEST = 2.0
"""No spread makes more than so many times the highest usual: between nothing and a little it is beyond all measure."""
ABOVE_SEASON = 2.0
ABOVE_ODD_SEASON = 1.25
FLOOR_SHARE, FLOOR = 0.35, 17.0
"""The floor: a part of a usual bill, and never less than so many pounds, euros or dollars."""

A_YEAR = 13
FIRST_YEAR_SHARE, FIRST_YEAR_FLOOR = 1.5, 25.0
"""The floor as long as no whole year was seen: what a first summer costs nobody can know."""

STANDARD = 1.4826
ROUGHNESS = 1.0
"""How much a MAD of n values may be off, by the square root of n; it is taken for so much larger."""

HABIT = 0.7
EXTREME = 3.0
"""A strange amount of more than so many usual bills says nothing about the season a year later."""


class Seen(Struct, frozen=True):
    """One amount of the past, and whether it was unusual then. `steady` is what of it was the same every month at that
    time, `is_hidden` says that a handset was on that bill, so that nobody can tell what else was."""

    day: date
    value: float
    was_odd: bool = False
    steady: float = 0.0
    is_hidden: bool = False


class Band(Struct, frozen=True):
    """What is usual: the middle and the highest amount that is still usual."""

    middle: float
    high: float


def band(
    past: Sequence[Seen],
    day: date,
    typical: float,
    least: float = LEAST_SPREAD,
    steady: float = 0.0,
    contract: float = 0.0,
) -> Band | None:
    """What is usual on a day, from amounts of the past given oldest first; None for too few.

    `typical` is what a usual bill is in the same currency, `least` the least spread, `steady` what of the amounts is
    the same every month and has no season, `contract` what a month costs by contract: in the first year a welcome
    discount hides that.
    """
    if len(past) < FEWEST:
        return None
    unit = max(typical, 1.0) / 20
    recent = past[-LOOKED_AT:]
    plain = [one.value for one in recent if not one.was_odd] or [one.value for one in recent]
    logs = [log(1 + max(0.0, value) / unit) for value in plain]
    middle = median(logs)
    rough = 1 + ROUGHNESS / sqrt(len(logs))
    spread = max(rough * STANDARD * median(abs(value - middle) for value in logs), least)
    centre = unit * (exp(middle) - 1)
    floor = max(plain) + first_floor(max(typical, contract))
    if _knows(past, day):
        floor = max(centre, steady) + floor_of(typical)
    high = max(
        min(unit * (exp(middle + SPREADS * spread) - 1), WILDEST * max(plain)),
        ABOVE_HIGHEST * max(plain),
        season(past, day, typical, steady),
        floor,
    )
    return Band(centre, max(high, habit(past)))


def season(past: Sequence[Seen], day: date, typical: float, steady: float = 0.0) -> float:
    """The highest that the same months, one more or less, of earlier years let expect; 0 where there are none."""
    found = [one for one in past if _is_same_season(one, day)]
    plain = [one for one in found if not one.was_odd]
    odd = max((one.value for one in found if one.was_odd and one.value <= EXTREME * typical), default=0.0)
    above = max((one.value - one.steady for one in plain), default=0.0)
    usual = max((one.value for one in plain), default=0.0)
    if above > 0:
        usual = steady + ABOVE_SEASON * above + _beside(past, day)
    return max(usual, ABOVE_ODD_SEASON * odd)


def _beside(past: Sequence[Seen], day: date) -> float:
    """What the other months let expect on top of a doubled season: a holiday may fall into a month of many calls, and
    fell into one of few. What is usual in every month was doubled with it."""
    others = [
        max(0.0, one.value - one.steady)
        for one in past[-LOOKED_AT:]
        if not one.was_odd and not one.is_hidden and _months(one.day, day) % 12 not in {0, 1, 11}
    ]
    return max(0.0, max(others) - ABOVE_SEASON * median(others)) if others else 0.0


def habit(past: Sequence[Seen]) -> float:
    """What came about twice or more among the last six bills, though it was unusual at first; 0 for nothing."""
    odd = sorted((one.value for one in past[-6:] if one.was_odd), reverse=True)
    return odd[1] / HABIT if len(odd) > 1 else 0.0


def _knows(past: Sequence[Seen], day: date) -> bool:
    """Whether the same months of the last year were seen."""
    return len(past) >= A_YEAR and not any(one.is_hidden and 11 <= _months(one.day, day) <= 13 for one in past)


def _is_same_season(one: Seen, day: date) -> bool:
    months = _months(one.day, day)
    return months >= 10 and months % 12 in {0, 1, 11}


def floor_of(typical: float) -> float:
    """So much above the usual is no shock, where a usual bill is so much."""
    return max(FLOOR, FLOOR_SHARE * typical)


def first_floor(typical: float) -> float:
    """The same as long as the season is not known."""
    return max(FIRST_YEAR_FLOOR, FIRST_YEAR_SHARE * typical)


def typical_of(totals: Sequence[Decimal]) -> float:
    """What a usual bill is: the median of the latest twelve."""
    return float(median(totals[-12:])) if totals else 0.0


def _months(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month
