"""What can be strange about a bill, each with the amount in question and what was usual before."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from selfcare.domain.money import Money
from selfcare.domain.records import Struct


class Oddity(StrEnum):
    """The ways in which a bill can be unlike what this customer's own past and contract let expect."""

    TOTAL = "total"
    """The whole amount is far above what this customer usually pays, the season considered."""
    FAR = "far"
    """The whole amount is many times all that few bills and the contract let expect."""
    CATCH_UP = "catchUp"
    """It charges more than one month at once."""
    LINE = "line"
    """One charge is far above what was usual for it."""
    RATE = "rate"
    """A monthly price rose without an announced change of price."""
    DUPLICATE = "duplicate"
    """The same period, or the same number, was billed already."""
    TWICE = "twice"
    """The same charge stands twice on the bill."""
    AGAIN = "again"
    """A charge that was strange before came once more."""
    ENDED = "ended"
    """A charge for something that had ended before the charged time."""
    NEVER_ORDERED = "neverOrdered"
    """A monthly charge for something that is not among what was ordered."""
    AFTER_END = "afterEnd"
    """A bill for a time after the end of the contract."""
    MISSING = "missing"
    """A month for which no bill was written."""


class Flag(Struct, frozen=True):
    """One strange thing. `amount` is what is in question, tax included; `usual` what was usual or agreed, of a repeat
    what the bill before it came to where that is another amount.

    `name` and `line_ids` say which charge, `day` since when (the end of an option, the month without a bill), `other`
    the id of the bill it repeats, `count` how many months or which time. `bill_id` is "" for a month without a bill.
    `first` says what an AGAIN was when it first came. A NEVER_ORDERED with a count is not new on this bill.
    """

    kind: Oddity
    bill_id: str
    amount: Money | None = None
    usual: Money | None = None
    name: str = ""
    line_ids: tuple[str, ...] = ()
    day: date | None = None
    other: str = ""
    count: int = 0
    first: Oddity | None = None
    key: str = ""


class Judgement(Struct, frozen=True):
    """What is strange about one bill. `seen` is how many comparable bills were there before it.

    `can_tell` is False where those are too few to say what is usual; what needs no past (a double charge, something
    that had ended, a bill that came twice under its number) is found all the same.
    """

    bill_id: str
    flags: tuple[Flag, ...]
    seen: int
    can_tell: bool

    @property
    def is_odd(self) -> bool:
        """There is something the customer should look at."""
        return bool(self.flags)
