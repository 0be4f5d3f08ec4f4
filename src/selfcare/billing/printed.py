"""The totals, the number and other amounts that are printed on a bill, found in the words of its PDF."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from selfcare.domain.records import Struct

_SPACES = " \u00a0\u202f"
_SIGN = r"(?:(?<![\w])[-\u2212])?"
_GROUPED = rf"(?:\d{{1,3}}(?:[{_SPACES}.,'’]\d{{3}})+|\d{{1,12}})"
_AMOUNT = re.compile(rf"(?<![\d.,]){_SIGN}{_GROUPED}[.,]\d{{2}}(?![\d]|[.,]\d)")
_UNITS = {"€": "EUR", "£": "GBP", "EUR": "EUR", "GBP": "GBP", "CHF": "CHF", "USD": "USD"}
"""What names a currency beyond doubt: there are many dollars."""

_UNIT = "|".join(_UNITS)
_NAMES_OF_UNITS = re.compile(rf"(?i){_UNIT}|euros?")
_WHOLE = re.compile(
    rf"(?<![\w.,])(?:(?:{_UNIT})\s?{_SIGN}{_GROUPED}|{_SIGN}{_GROUPED}\s?(?:{_UNIT})(?!\w))(?![\d]|[.,]\d)",
    re.IGNORECASE,
)
_GROSS = re.compile(
    r"(?i)total\s+(?:ttc|amount(?!\s+(?:due|payable))|incl)|montant\s+(?:ttc|total)|grand\s+total|invoice\s+total"
    r"|bruttosumme|rechnungsbetrag|gesamtbetrag(?!\s+de)"
)
_DUE = re.compile(
    r"(?i)total\s+(?:due|to\s+pay|payable|à\s+payer|amount\s+(?:due|payable))|(?:net|montant|solde)\s+à\s+payer"
    r"|(?<!total\s)amount\s+(?:due|payable|to\s+pay)|balance\s+due|zahlbetrag|zu\s+zahlen|montant\s+(?:pr[ée]lev[ée]|[àa]\s+r[ée]gler)|somme\s+due|(?:this|your)\s+total\s+bill"
)
_OF_OTHERS = re.compile(
    r"(?i)\b(?:remises?|r[ée]ductions?|[ée]conomi\w*|restant|depuis|cumul\w*|appels"
    r"|saved|savings?|paid|since|over|last|calls|roaming|raten\w*|seit)\b"
)
"""Between a label and its amount: the total of something else than this bill."""

_BESIDE = re.compile(
    r"(?i)previous\s+balance|balance\s+brought|brought\s+forward|arrears|outstanding|already\s+paid|payments?\s+received"
    r"|deposit|(?:ancien\s+)?solde\s+(?:pr[ée]c[ée]dent|ant[ée]rieur|au\b)|ancien\s+solde|report|impay[ée]s?|arri[ée]r[ée]"
    r"|acompte|d[ée]j[àa]\s+(?:pay|r[ée]gl|vers)|paiements?\s+re[çc]us?|vortrag|offene|bereits\s+(?:ge|be)zahlt|anzahlung"
)
_WITHOUT_TAX = re.compile(
    r"(?i)\bh\.?t\.?(?!\w)|hors\s+tax|\bnet(?:to)?\b(?!\s+à\s+payer)|excl|before\s+(?:tax|vat)|sub-?\s?total|sous-?\s?total"
    r"|zwischensumme|\b(?:tva|vat|tax|mwst|ust)\b"
)
_NUMBER = re.compile(
    r"(?i)(?:\b(?:invoice|bill)\s+(?:number|no\.?|nr\.?|#)|\b(?:num[ée]ro\s+de\s+|n°\s*de\s+)?facture\s*(?:n°|nº|no\.?|num[ée]ro)?"
    r"|\brechnungs?-?\s?(?:nummer|nr\.?))[ \u00a0]*[:#]?[ \u00a0]*"
    r"(?P<value>(?=[A-Z0-9/._-]*\d{3})[A-Z0-9][A-Z0-9/._-]{2,34})(?!\S*[/.]\d{2}[/.])"
)
NEAR = 60
"""Signs after a label in which its amount stands."""


class Label(StrEnum):
    """What an amount is printed beside the words of."""

    GROSS = "gross"
    """The total with taxes."""
    DUE = "due"
    """What is to be paid: older debts may be in it, and what was paid is not."""
    BESIDE = "beside"
    """An older debt or a payment, which make the two differ."""


class PrintedTotal(Struct, frozen=True):
    """An amount printed beside words such as "Total TTC", and its currency where one is named ("": none)."""

    label: str
    amount: Decimal
    kind: Label = Label.GROSS
    unit: str = ""
    is_bare: bool = False
    """Nothing stands before the words in their line, and nothing between them and the amount."""


def printed_amounts(text: str) -> frozenset[Decimal]:
    """Every amount with two decimals in a text, in each way it can be read: "20 198,00" is 20,198.00 and 198.00."""
    return frozenset(value for match in _AMOUNT.finditer(text) for value in _readings(match[0]))


def amounts_with_tax(text: str) -> frozenset[Decimal]:
    """The same without those that stand behind words for an amount without tax, or for a tax, in their line."""
    found: set[Decimal] = set()
    for line in text.splitlines():
        if not _WITHOUT_TAX.search(line) or _GROSS.search(line) or _DUE.search(line):
            found |= printed_amounts(line)
    return frozenset(found)


def printed_totals(text: str) -> tuple[PrintedTotal, ...]:
    """The amounts beside the words for a total, in their order; English, French and German words. Behind such words an
    amount may have no decimals, if it has a currency."""
    found: list[tuple[int, PrintedTotal]] = []
    for kind, labels in ((Label.GROSS, _GROSS), (Label.DUE, _DUE), (Label.BESIDE, _BESIDE)):
        for label in labels.finditer(text):
            after = text[label.end() : label.end() + NEAR]
            places = [match for match in (_AMOUNT.search(after), _WHOLE.search(after)) if match is not None]
            amount = min(places, key=lambda match: (match.start(), -match.end()), default=None)
            if amount is None or after[: amount.start()].count("\n") > 1:
                continue
            if kind is not Label.BESIDE and _OF_OTHERS.search(after[: amount.start()]):
                continue
            words = " ".join(label[0].split())
            readings, unit = _readings(amount[0]), _unit_at(after, amount)
            line = text[text.rfind("\n", 0, label.start()) + 1 : label.start()]
            is_bare = not line.strip() and not re.search(r"[^\W_]", _NAMES_OF_UNITS.sub("", after[: amount.start()]))
            found.append((label.start(), PrintedTotal(words, readings[0], kind, unit, is_bare)))
    return tuple(total for _place, total in sorted(found, key=lambda pair: pair[0]))


def printed_numbers(text: str) -> tuple[str, ...]:
    """The numbers beside the words for the number of a bill."""
    return tuple(match["value"].rstrip("._/-") for match in _NUMBER.finditer(text))


def _unit_at(after: str, amount: re.Match[str]) -> str:
    """The currency that stands right before an amount, in it or right behind it."""
    before, behind = after[: amount.start()].rstrip()[-3:], after[amount.end() :].lstrip()[:3]
    for part in (amount[0], behind, before):
        for sign, unit in _UNITS.items():
            if part.upper().startswith(sign) or part.upper().endswith(sign):
                return unit
    return ""


def _readings(said: str) -> list[Decimal]:
    plain = re.sub(rf"(?i)\s?(?:{_UNIT})\s?", "", said)
    sign = -1 if plain[0] in "-\u2212" else 1
    body = plain.lstrip("-\u2212")
    whole, cents = (body[:-3], body[-2:]) if re.search(r"[.,]\d{2}$", body) else (body, "00")
    found = [sign * Decimal(re.sub(r"\D", "", whole) + "." + cents)]
    shorter = [whole.rpartition(space)[2] for space in _SPACES if space in whole]
    return [*found, *(Decimal(re.sub(r"\D", "", part) + "." + cents) for part in shorter)]
