"""An amount of money: a decimal number and its currency, never mixed and never a float."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from .records import Struct

CENT = Decimal("0.01")


class Money(Struct, frozen=True):
    """An amount in one currency (TMF Money). `unit` is an ISO 4217 code; a negative amount is a credit."""

    value: Decimal
    unit: str

    def __add__(self, other: Money) -> Money:
        return Money(self.value + self._same(other).value, self.unit)

    def __sub__(self, other: Money) -> Money:
        return Money(self.value - self._same(other).value, self.unit)

    def __mul__(self, factor: Decimal | int) -> Money:
        return Money(self.value * factor, self.unit)

    def __neg__(self) -> Money:
        return Money(-self.value, self.unit)

    def __lt__(self, other: Money) -> bool:
        return self.value < self._same(other).value

    def __le__(self, other: Money) -> bool:
        return self.value <= self._same(other).value

    def __gt__(self, other: Money) -> bool:
        return self.value > self._same(other).value

    def __ge__(self, other: Money) -> bool:
        return self.value >= self._same(other).value

    @property
    def is_zero(self) -> bool:
        """Nothing to pay and nothing to get back."""
        return self.value == 0

    @property
    def is_credit(self) -> bool:
        """The operator owes the customer."""
        return self.value < 0

    def rounded(self) -> Money:
        """To the cent, half up: how an amount that the customer owes is rounded."""
        return Money(self.value.quantize(CENT, ROUND_HALF_UP), self.unit)

    def rounded_up(self) -> Money:
        """To the cent, upwards: how a legal minimum claim is rounded."""
        return Money(self.value.quantize(CENT, ROUND_CEILING), self.unit)

    def _same(self, other: Money) -> Money:
        if self.unit != other.unit:
            raise ValueError(f"amounts in {self.unit} and {other.unit} cannot be put together")
        return other


def totals_by_unit(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """One total for each currency, in the order in which the currencies first appear."""
    totals: dict[str, Money] = {}
    for amount in amounts:
        totals[amount.unit] = totals[amount.unit] + amount if amount.unit in totals else amount
    return tuple(totals.values())


def sum_if_known(amounts: Sequence[Money | None]) -> Money | None:
    """The sum of one amount or more; None where a part is not known, or where the parts are in several currencies."""
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts) or len({amount.unit for amount in known}) > 1:
        return None
    total = known[0]
    for amount in known[1:]:
        total += amount
    return total
