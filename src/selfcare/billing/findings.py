"""What can be wrong with an electronic invoice, each with the rule, the field and, of a sum, the two numbers."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from selfcare.domain.records import Struct


class Fault(StrEnum):
    """What is wrong: with the file, with its form, with an amount, or with two papers that say different things."""

    UNREADABLE = "unreadable"
    FORBIDDEN = "forbidden"
    TOO_LARGE = "tooLarge"
    FOREIGN = "foreign"
    NAME = "name"
    MISSING = "missing"
    FORM = "form"
    DECIMALS = "decimals"
    ROUNDING = "rounding"
    HIDDEN = "hidden"
    """Right only if a price has decimals that are not stated."""
    OTHER_BILL = "otherBill"
    SUM = "sum"
    OPERATOR = "operator"
    PRINTED = "printed"


class Finding(Struct, frozen=True):
    """One thing that is not as it should be.

    `rule` is that of the standard (EN 16931 BR-CO-15, …), `field` the field (BT-112, …), `line` the line's number.
    `said` is what is written there; `stated` and `computed` are the two numbers of a sum.
    """

    fault: Fault
    rule: str
    field: str = ""
    line: str = ""
    said: str = ""
    stated: Decimal | None = None
    computed: Decimal | None = None

    @property
    def is_money(self) -> bool:
        """An amount is wrong, beyond any honest rounding: the customer should ask."""
        return self.fault in (Fault.SUM, Fault.OPERATOR, Fault.PRINTED)


class Judgement(Struct, frozen=True):
    """What was found. `roundings` are what the standard allows or what hidden decimals explain: HIDDEN where it is more
    than a few cents."""

    findings: tuple[Finding, ...] = ()
    roundings: tuple[Finding, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """It keeps to its standard in all that was checked."""
        return not self.findings

    @property
    def doubts(self) -> tuple[Finding, ...]:
        """What is neither right nor wrong by what the invoice states."""
        return tuple(one for one in self.roundings if one.fault is Fault.HIDDEN)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Wrong amounts."""
        return tuple(one for one in self.findings if one.is_money)
