"""What can be said about the lines of a final bill: what should come back, and what only somebody else can tell."""

from __future__ import annotations

from enum import StrEnum

from selfcare.domain.money import CENT, Money
from selfcare.domain.records import Struct

from .prorata import Part


class FindingKind(StrEnum):
    """What is wrong with a final bill."""

    RENT_AFTER = "rentAfter"
    """Rent on this bill for days after the end."""
    RENT_AHEAD = "rentAhead"
    """Rent of an earlier bill, paid in advance for days after the end, and not given back here."""
    NOTICE = "notice"
    PORT = "port"
    EARLY_HIGH = "earlyHigh"
    """An early charge above the most that we compute."""
    EARLY_UNTOLD = "earlyUntold"
    EARLY_CHANGE = "earlyChange"
    """An early charge, though the customer left because of an announced change that frees, or may free."""
    EARLY_REASON = "earlyReason"
    """An early charge, though the customer left for a reason that may free."""
    CLOSING_NOT_AGREED = "closingNotAgreed"
    CLOSING_ABOVE_AGREED = "closingAboveAgreed"
    """More than the contract names."""
    CLOSING_ABOVE_COST = "closingAboveCost"
    RETURNED = "returned"
    """Equipment charged as not returned, though there is a proof that it is back."""


class OpenWhy(StrEnum):
    """Why something on a final bill is not judged."""

    UNKNOWN_CHARGE = "unknownCharge"
    NO_AMOUNT = "noAmount"
    NO_PERIOD = "noPeriod"
    OTHER_LINE = "otherLine"
    """It is for another line of the customer's."""
    WHOSE = "whose"
    """It does not say for which line it is, and other lines go on."""
    READ_CONTRACT = "readContract"
    ASK_FOR_COST = "askForCost"
    NOT_COMPUTED = "notComputed"
    """We have no figure of our own to hold it against."""
    DEVICE_DIFFERS = "deviceDiffers"
    """The rest of the handset, by more than our count of its instalments comes to."""
    OTHER_CURRENCY = "otherCurrency"
    RENT_DIFFERS = "rentDiffers"
    """Up to the end, but more than the known monthly price comes to by any way of counting."""
    CREDIT_UNEXPLAINED = "creditUnexplained"
    """A credit that does not say what it is for; it was counted in the operator's favour."""
    PROOF_MISSING = "proofMissing"
    """Equipment charged as not returned: the receipt decides."""
    AFTER_THE_END = "afterTheEnd"
    """Usage of days on which the line was gone."""


class Finding(Struct, frozen=True):
    """Something that should not be on the bill, or should and is not: `amount` comes back, `line_ids` prove it.

    `rule_id` is CONTRACT where only the contract's own word is behind it. A finding that is not certain is a question
    to the operator, never a right. `parts` show how a part of a rent was counted.
    """

    kind: FindingKind
    amount: Money
    rule_id: str
    line_ids: tuple[str, ...]
    is_certain: bool = True
    parts: tuple[Part, ...] = ()

    @property
    def days(self) -> int:
        """How many days of a rent it is about; a day that several lines were billed for counts once."""
        count, counted = 0, 0
        for dates in sorted((part.dates for part in self.parts), key=lambda dates: dates.start):
            count += max(dates.stop - max(dates.start, counted), 0)
            counted = max(dates.stop, counted)
        return count


class Open(Struct, frozen=True):
    """Something that is not judged, and why; `amount` is what is at stake where it is known."""

    why: OpenWhy
    line_ids: tuple[str, ...]
    amount: Money | None = None
    rule_id: str = ""


def is_worth_saying(amount: Money, lines: int = 1) -> bool:
    """More than the rounding of so many lines can explain: a cent for each."""
    return amount.rounded().value > CENT * max(lines, 1)
