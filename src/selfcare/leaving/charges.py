"""Tells what a line of a final bill is for: rent, an early charge, a closing fee, or something that we do not know."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from selfcare.domain.bills import BillLine, LineKind


class ChargeKind(StrEnum):
    """What a line of a final bill is for, as far as its type and its words tell."""

    RENT = "rent"
    USAGE = "usage"
    CREDIT = "credit"
    EARLY = "early"
    CLOSING = "closing"
    PORT = "port"
    """A price for moving the number."""
    NOTICE = "notice"
    UNRETURNED = "unreturned"
    """Equipment that the operator says did not come back."""
    DEVICE = "device"
    """Instalments of a handset, or what is left of them."""
    LATE_FEE = "lateFee"
    UNKNOWN = "unknown"


_DEVICE = r"\b(?:handset|device|phone|terminal|telephone|smartphone|mobile)\b"
_PARTS = r"\b(?:instal+ments?|mensualites?|echeances?|loan|balance|credit agreement|paiement en)"
_EARLY = (
    r"early[ -]?(?:terminat|exit|cancel|leav|disconnect)|\bet[cf]\b|(?:resiliation|depart)\b.*\banticip"
    r"|indemnite de resiliation|(?:solde|rupture|reste|fin)\b.*\bengagement|mensualites (?:restantes|a echoir|dues)"
    r"|remaining (?:contract|months|commitment|term)"
)
_CLOSING = (
    r"\bclosing\b|\bclosure\b|\bcease\b|\bdisconnection\b|\bdeactivation\b|cancellation (?:fee|charge)"
    r"|frais de (?:resiliation|cloture|fermeture|desactivation)"
)
_WORDS = (
    (ChargeKind.UNRETURNED, r"unreturned|not returned|non-?return|non[ -]?restitu|non[ -]?rendu"),
    (ChargeKind.EARLY, _EARLY),
    (ChargeKind.PORT, r"\bport(?:ing|[ -]?out)\b|number transfer|portabilite|\bpac\b|\bstac\b"),
    (ChargeKind.NOTICE, r"\bnotice\b|preavis"),
    (ChargeKind.DEVICE, rf"{_DEVICE}.*{_PARTS}|{_PARTS}.*{_DEVICE}"),
    (ChargeKind.LATE_FEE, r"\blate (?:fee|payment)|latefee|\bretard\b|\brejet|unpaid|impaye"),
    (ChargeKind.CLOSING, _CLOSING),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _WORDS)


def is_deposit(line: BillLine) -> bool:
    """A deposit that was charged, or one that is given back: no rent and no fee either way."""
    return re.search(r"\bdeposit\b|depots? de garantie", _plain(line.name)) is not None


def charge_kind(line: BillLine) -> ChargeKind:
    """What a line is for. A line that gives money is a CREDIT whatever it is called; what is not clear is UNKNOWN."""
    if line.kind is LineKind.CREDIT or (line.gross is not None and line.gross.is_credit):
        return ChargeKind.CREDIT
    if line.kind is LineKind.USAGE:
        return ChargeKind.USAGE
    if is_deposit(line):
        return ChargeKind.UNKNOWN
    words = _plain(f"{line.name} {line.kind_word}")
    found = next((kind for kind, pattern in _PATTERNS if pattern.search(words)), None)
    if found is not None:
        return found
    if line.kind is LineKind.RECURRING:
        return ChargeKind.RENT
    if line.kind is LineKind.PENALTY and re.search(r"terminat|resiliation|\bexit\b", words):
        return ChargeKind.EARLY
    return ChargeKind.UNKNOWN


def _plain(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\s\u2010-\u2015_]+", " ", bare)
