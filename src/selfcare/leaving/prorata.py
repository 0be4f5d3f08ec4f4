"""Counts the part of a rent that falls after a day, and the ways in which operators charge a part of a month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from selfcare.domain.money import CENT, Money
from selfcare.domain.records import Struct
from selfcare.domain.workdays import after_months


class Counting(StrEnum):
    """How the last day of a billed period is meant."""

    LAST_INCLUDED = "lastIncluded"
    """1 to 31 December: 31 days."""
    LAST_EXCLUDED = "lastExcluded"
    """1 December to 1 January: 31 days too, the last one is the first of the next period."""


class Prorating(StrEnum):
    """The ways in which a part of a monthly price is counted."""

    WHOLE_MONTHS = "wholeMonths"
    BILLING_MONTH = "billingMonth"
    """By the days of the month that begins with the period."""
    CALENDAR_MONTH = "calendarMonth"
    """Each day by the length of its own month."""
    THIRTIETHS = "thirtieths"
    YEAR = "year"
    """By 365ths of twelve prices."""


class Span(Struct, frozen=True):
    """A billed period from `first` to `last`, both included."""

    first: date
    last: date
    counting: Counting

    @property
    def days(self) -> int:
        """How many days it has, at least one."""
        return (self.last - self.first).days + 1

    def days_after(self, day: date) -> int:
        """How many of its days come after a day; the day itself does not."""
        return min(max((self.last - day).days, 0), self.days)


class Part(Struct, frozen=True):
    """What of a billed line falls after the end: `days` of `of_days`, worth `amount`, not yet rounded.

    The days end with `last`, the last one that was billed.
    """

    line_id: str
    amount: Money
    days: int
    of_days: int
    counting: Counting
    last: date

    @property
    def dates(self) -> range:
        """The days by their ordinals (date.toordinal)."""
        end = self.last.toordinal() + 1
        return range(end - self.days, end)


def span_of(starts: date | None, ends: date | None) -> Span | None:
    """The days that a period covers; None where it is not stated or ends before it starts.

    A period that ends on the day of the month on which it started ends with the day before: never a day too many.
    """
    if starts is None or ends is None or ends < starts:
        return None
    months = (ends.year - starts.year) * 12 + ends.month - starts.month
    if months > 0 and after_months(starts, months) == ends:
        return Span(starts, ends - timedelta(days=1), Counting.LAST_EXCLUDED)
    return Span(starts, ends, Counting.LAST_INCLUDED)


def part_after(line_id: str, amount: Money, span: Span, day: date) -> Part:
    """The part of an amount for the days of a period after a day, pro rata by the period's own days.

    Exact: it is rounded where it is claimed, half up to the cent. A credit's part is negative.
    """
    days = span.days_after(day)
    worth = Money(amount.value * days / span.days, amount.unit)
    return Part(line_id, worth, days, span.days, span.counting, span.last)


def readings(monthly: Money, span: Span) -> tuple[tuple[Prorating, Money], ...]:
    """What a monthly price may come to for a period, by every known way of counting, exact.

    The last day is counted and not counted, as operators differ about it.
    """
    found: list[tuple[Prorating, Decimal]] = []
    months = _whole_months(span)
    if months:
        found.append((Prorating.WHOLE_MONTHS, Decimal(months)))
    length = (after_months(span.first, 1) - span.first).days
    for days in (span.days, span.days - 1):
        found.append((Prorating.BILLING_MONTH, Decimal(days) / length))
        found.append((Prorating.CALENDAR_MONTH, _by_calendar(span.first, days)))
        found.append((Prorating.THIRTIETHS, Decimal(days) / 30))
        found.append((Prorating.YEAR, Decimal(days) * 12 / 365))
    return tuple((way, monthly * months_of) for way, months_of in found)


def way_of(amount: Money, monthly: Money, span: Span) -> Prorating | None:
    """By which way an amount was counted, to a cent; None where no known way leads to it."""
    if amount.unit != monthly.unit:
        return None
    close = (way for way, exact in readings(monthly, span) if abs(amount.value - exact.rounded().value) <= CENT)
    return next(close, None)


def _whole_months(span: Span) -> int:
    following = span.last + timedelta(days=1)
    months = (following.year - span.first.year) * 12 + following.month - span.first.month
    return months if months > 0 and after_months(span.first, months) == following else 0


def _by_calendar(first: date, days: int) -> Decimal:
    found, day, left = Decimal(0), first, days
    while left > 0:
        length = monthrange(day.year, day.month)[1]
        here = min(left, length - day.day + 1)
        found += Decimal(here) / length
        day, left = day + timedelta(days=here), left - here
    return found
