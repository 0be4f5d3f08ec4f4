"""What could be read from a bill that the customer already has on paper, before it is filed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from .bills import Tax
from .money import Money
from .records import Struct

LARGEST = Decimal(10) ** 9
"""No amount on a bill is as large: a figure like this is a number of another kind, or a trap."""


class FoundLine(Struct, frozen=True):
    """One line of a bill: what it is for, and its amount with taxes, or without where only that is stated.

    An allowance or a charge on the whole bill is a line as well: the total is made of it too. `exact` is the amount
    without tax before it was rounded (quantity at price), where that is known; `starts` and `ends` are what it is for.
    """

    name: str
    gross: Money | None = None
    net: Money | None = None
    exact: Money | None = None
    starts: date | None = None
    ends: date | None = None


class FoundBill(Struct, frozen=True):
    """A bill as far as it could be read: what was not found is empty or None, and never guessed."""

    number: str = ""
    day: date | None = None
    due: date | None = None
    total: Money | None = None
    net: Money | None = None
    operator: str = ""
    lines: tuple[FoundLine, ...] = ()
    taxes: tuple[Tax, ...] = ()
    starts: date | None = None
    ends: date | None = None

    @property
    def is_whole(self) -> bool:
        """Number, day and total are known: it can be filed without asking anybody."""
        return bool(self.number) and self.day is not None and self.total is not None

    def key(self) -> tuple[str, str, str] | None:
        """What makes it the same bill as another, whatever file it came in; None where too little is known."""
        if self.day is None or self.total is None or not self.number:
            return None
        return same_bill_key(self.number, self.day.isoformat(), format(self.total.value, "f"))


def same_bill_key(number: str, day: str, amount: str) -> tuple[str, str, str]:
    """Number, ISO day and amount, without what is written one way here and another way there."""
    plain = "".join(c for c in number.casefold() if c.isalnum()).lstrip("0")
    return plain, day, amount.rstrip("0").rstrip(".") if "." in amount else amount


def believable(amount: Money | None) -> Money | None:
    """An amount that a bill can have; None for one that is larger than any, in no currency (ISO 4217), or for none."""
    if amount is None or abs(amount.value) >= LARGEST:
        return None
    unit = amount.unit.strip().upper()
    return Money(amount.value, unit) if len(unit) == 3 and unit.isascii() and unit.isalpha() else None
