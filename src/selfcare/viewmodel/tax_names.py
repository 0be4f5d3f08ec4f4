"""What a tax of a bill is called: the operator's own word, or what the code of an e-invoice means."""

from __future__ import annotations

from selfcare.billing.amounts import rate_of
from selfcare.domain.bills import Tax
from selfcare.i18n.words import Words

_OF_A_RATE = frozenset({"S", "AA", "Z", "L", "M"})
_FREE = frozenset({"E", "G", "K", "O"})
_REVERSED = "AE"


def tax_name(tax: Tax, words: Words) -> str:
    """The name of a tax, with its rate where an e-invoice states one (codes of UNTDID 5305, as EN 16931 takes them)."""
    code = tax.category.strip()
    if code in _FREE:
        return words.tr("Free of VAT")
    if code == _REVERSED:
        return words.tr("VAT, owed by the customer")
    if code not in _OF_A_RATE:
        return code or words.tr("Tax")
    rate = rate_of(tax)
    if rate is None:
        return words.tr("VAT")
    return words.tr("VAT {rate} %", rate=words.number((rate * 100).normalize()))
