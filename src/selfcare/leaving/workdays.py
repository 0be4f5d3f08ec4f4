"""Counts the months that are left of a commitment, the way contracts do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from selfcare.domain.workdays import after_months


def whole_months_and_days(start: date, end: date) -> tuple[int, int, int]:
    """Whole months from start to end, the days over, and the length in days of the month these days belong to."""
    if end <= start:
        return 0, 0, 30
    months = (end.year - start.year) * 12 + end.month - start.month
    if after_months(start, months) > end:
        months -= 1
    anchor = after_months(start, months)
    return months, (end - anchor).days, (after_months(start, months + 1) - anchor).days


def months_left(day: date, end: date) -> Decimal:
    """The instalments from a day to an end, counted back from the end; a month begun counts by its days, never below 0.

    Six months before 31 December is 30 June: six are left then, not six and a day.
    """
    if day >= end:
        return Decimal(0)
    months = (end.year - day.year) * 12 + end.month - day.month
    if after_months(end, -months) < day:
        months -= 1
    last, first = after_months(end, -months), after_months(end, -months - 1)
    return months + Decimal((last - day).days) / (last - first).days
