"""The amounts that are printed on a bill, found in the words of its PDF."""

from __future__ import annotations

import re
from decimal import Decimal

from selfcare.domain.records import Struct

_SPACES = " \u00a0\u202f"
_SIGN = r"(?:(?<![\w])[-\u2212])?"
_AMOUNT = re.compile(
    rf"(?<![\d.,]){_SIGN}(?:\d{{1,3}}(?:[{_SPACES}.,'’]\d{{3}})+|\d{{1,12}})[.,]\d{{2}}(?![\d]|[.,]\d)"
)
_TOTALS = re.compile(
    r"(?i)total\s+(?:ttc|due|to\s+pay|à\s+payer|amount|amount\s+due|incl)|net\s+à\s+payer|montant\s+(?:ttc|total|à\s+payer)"
    r"|solde\s+à\s+payer|amount\s+due|balance\s+due|grand\s+total|invoice\s+total|amount\s+to\s+pay"
    r"|bruttosumme|rechnungsbetrag|zahlbetrag|gesamtbetrag(?!\s+de)|zu\s+zahlen"
)
NEAR = 60
"""Signs after a label in which its amount stands."""


class PrintedTotal(Struct, frozen=True):
    """An amount printed beside words such as "Total TTC"."""

    label: str
    amount: Decimal


def printed_amounts(text: str) -> frozenset[Decimal]:
    """Every amount with two decimals in a text, in each way it can be read: "20 198,00" is 20,198.00 and 198.00."""
    return frozenset(value for match in _AMOUNT.finditer(text) for value in _readings(match[0]))


def printed_totals(text: str) -> tuple[PrintedTotal, ...]:
    """The amounts beside the words for a total to pay, in their order; English, French and German words."""
    found: list[PrintedTotal] = []
    for label in _TOTALS.finditer(text):
        after = text[label.end() : label.end() + NEAR]
        amount = _AMOUNT.search(after)
        if amount is not None and after[: amount.start()].count("\n") <= 1:
            readings = _readings(amount[0])
            found.append(PrintedTotal(" ".join(label[0].split()), readings[0]))
    return tuple(found)


def _readings(said: str) -> list[Decimal]:
    sign = -1 if said[0] in "-\u2212" else 1
    body = said.lstrip("-\u2212")
    whole, cents = body[:-3], body[-2:]
    found = [sign * Decimal(re.sub(r"\D", "", whole) + "." + cents)]
    shorter = [whole.rpartition(space)[2] for space in _SPACES if space in whole]
    return [*found, *(Decimal(re.sub(r"\D", "", part) + "." + cents) for part in shorter)]
