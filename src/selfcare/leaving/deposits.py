"""Finds the deposit that was paid with a line: on the bills of its beginning, else as the customer remembers it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from selfcare.domain.bills import Bill, BillLine
from selfcare.domain.money import CENT, Money
from selfcare.domain.records import Struct

from .charges import is_deposit

BEGINNING = timedelta(days=70)
"""A deposit stands on a bill of the first two months of a line."""

_THOUSANDS = re.compile(r"\d{1,3}(?:(?:,\d{3})+\.|(?:\.\d{3})+,)\d{1,2}", re.ASCII)
"""Thousands and cents parted by two signs. Before three digits a single one could be either, and is read as neither."""

MOST = Decimal(100_000)
"""A larger amount is a slip of the fingers."""


class Deposit(Struct, frozen=True):
    """What was left with the operator as a security, and the day of the bill or payment it was paid with."""

    amount: Money
    paid: date | None


def first_bills(bills: Iterable[Bill], since: date | None) -> tuple[Bill, ...]:
    """The bills of a line's beginning, on which a deposit would stand."""
    if since is None:
        return ()
    return tuple(b for b in bills if b.day is not None and since <= b.day <= since + BEGINNING)


def deposit_on(lines: Iterable[BillLine], bills: Mapping[str, Bill], products: frozenset[str]) -> Deposit | None:
    """The first deposit charged for one of these products; None where no line is one, or its amount is not stated."""
    found = [
        Deposit(line.gross, bills[line.bill_id].day)
        for line in lines
        if is_deposit(line) and line.gross is not None and not line.gross.is_credit and line.bill_id in bills
        if line.product_id in products
    ]
    return min(found, key=lambda one: one.paid or date.max, default=None)


def read_amount(typed: str, *, or_nothing: bool = False) -> Decimal | None:
    """An amount as people write it, "49", "49.00", "49,00", "1,234.50" or "1.234,50"; None for anything else and for
    too much.

    None for 0, too, unless `or_nothing` is an answer.
    """
    plain = typed.strip().replace("\u00a0", "").replace("\u202f", "").replace(" ", "").strip("£€$")
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace("," if plain.index(",") < plain.index(".") else ".", "")
    plain = plain.replace(",", ".")
    if not plain.isascii() or not plain.replace(".", "", 1).isdecimal():
        return None
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    if not 0 <= value <= MOST or (not value and not or_nothing):
        return None
    return value.quantize(CENT) if value == value.quantize(CENT) else None
