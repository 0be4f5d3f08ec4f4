"""The labels that operators print before the number, the day and the total of a bill, in six languages.

In each pattern `~` stands for a blank of any kind. Of several lists the one that says most comes first.
"""

from __future__ import annotations

import re

_VALUE = r"(?P<value>(?=[A-Z0-9/._-]*\d)[A-Z0-9][A-Z0-9/._-]{2,34}(?<![._/-]))(?!\S*[/.]\d{2}[/.])"

_BEFORE_NUMBERS = (
    r"\b(?:invoice|bill|statement)~+(?:number|no\.?|nr\.?|n°|#|id|reference)",
    r"\b(?:num[ée]ro|n°|nº|no\.?|r[ée]f[ée]rence)~*(?:de~+)?(?:la~+|votre~+)?facture",
    r"\bfacture~*(?:n°|nº|no\.?|num[ée]ro)",
    r"\brechnungs?[~-]*(?:nummer|nr\.?)",
    r"rechnung~*(?:\(\d+\))?~*(?:nummer|nr\.?)",
    r"\b(?:n[úu]mero|n°|nº)~*(?:de~+)?factura",
    r"\bfactura~*(?:n[úu]mero|n°|nº)",
    r"\b(?:numero|n\.?)~*(?:della~+)?fattura",
    r"\b(?:invoice|bill|facture|rechnung|factura|fattura)",
    r"^~*(?:number|num[ée]ro|n°|nummer)",
)
_BEFORE_DAYS = (
    r"\b(?:invoice|bill|billing|statement|issue|tax~point|credit~+note)~+date\b",
    r"\bdate~+of~+(?:invoice|bill|issue)\b",
    r"\bdate~+(?:de~+(?:la~+)?facture(?!~+associ)|de~+facturation|d['\u2019][ée]mission)",
    r"\bdate~+de~+l['\u2019]avoir\b",
    r"\b(?:facture|avoir)~+(?:n°~*\S+(?:~\d+)*\s{1,2})?du\b",
    r"\brechnungsdatum\b",
    r"rechnung~*(?:\(\d+\))?~*(?:nummer|nr\.?)?~*\S*\d\S*~+vom\b",
    r"\bfecha~+de~+(?:la~+)?(?:factura|emisi[óo]n)\b",
    r"\bdata~+(?:della~+)?fattura\b",
    r"\b(?:issued|billed)~+on\b",
    r"\b[ée]mise?~+le\b",
    r"^~*(?:date|datum|fecha|data)\b",
    r"\b(?:invoice|bill|facture)~+\S*\d\S*~*[·|,-]",
)
_BEFORE_DUE_DAYS = (
    r"\bpayment~+due\b",
    r"\bdue(?:~+(?:date|by|on))?\b",
    r"\bpay~+by\b",
    r"\b(?:date~+d['\u2019])?[ée]ch[ée]ance\b",
    r"\b[àa]~+payer~+avant~+le\b",
    r"\bpr[ée]lev[ée]e?~+le\b",
    r"\bcollected~+on\b",
    r"\bf[äa]llig(?:~+am)?\b",
    r"\bzahlbar~+bis\b",
)
_BEFORE_TOTALS = (
    (
        r"\b(?:total|montant|net)(?:~+[àa]~+payer)?~+(?:\((?:EUR|€)\)~+)?(?:t\.?t\.?c\.?\b|toutes~+taxes)",
        r"\b(?:grand~+)?total~+(?:amount~+)?(?:incl?\.?|including|with)~+(?:vat|tax(?:es)?)\b",
        r"\bbrutto(?:summe|betrag)\b",
        r"\b(?:invoice|bill)~+total\b",
        r"\btotal~+(?:of~+)?(?:this|your)~+bill\b",
        r"\bmontant~+(?:total~+)?de~+(?:la|votre)~+facture\b",
        r"\btotal~+(?:de~+(?:la|votre)~+)?facture\b",
        r"\btotale~+fattura\b",
    ),
    (
        r"\b(?:total~+)?amount~+(?:due|payable)\b",
        r"\btotal~+(?:due|payable|to~+pay)\b",
        r"\b(?:net|montant|total|somme)~+[àa]~+payer\b",
        r"\bmontant~+pr[ée]lev[ée]\b",
        r"\bzahlbetrag\b",
        r"\brechnungsbetrag\b",
        r"\bzu~+zahlen(?:der~+betrag)?\b",
        r"\btotal~+a~+pagar\b",
        r"\btotale~+da~+pagare\b",
    ),
    (
        r"\bgrand~+total\b",
        r"\bgesamtbetrag\b(?!~+der)",
        r"\bmontant~+total\b",
        r"\bimporte~+total\b",
    ),
)
_BEFORE_CREDITS = (
    r"\b(?:net|total|solde|montant)~+(?:t\.?t\.?c\.?~+)?en~+votre~+faveur\b",
    r"\b(?:net|total|montant)~+(?:[àa]~+)?(?:rembourser|rembours[ée]e?)\b",
    r"\b(?:total~+(?:credit|refund)(?:ed)?|credit~+total|amount~+(?:credited|refunded))\b",
    r"\bgutschriftsbetrag\b",
)
_TITLES = (
    r"(?:(?:facture~+d['\u2019])?avoir|cr[ée]dit~+note|note~+de~+cr[ée]dit|(?:rechnungs)?gutschrift"
    r"|nota~+de~+abono|nota~+di~+credito)"
)
_MARKS = r"(?:n°|nº|no\.?|nr\.?|#|number|num[ée]ro|nummer|n[úu]mero)"


def _compiled(label: str) -> re.Pattern[str]:
    return re.compile(label.replace("[~-]", "[ \u00a0-]").replace("~", "[ \u00a0]"), re.IGNORECASE | re.MULTILINE)


NUMBERS = tuple(_compiled(rf"(?:{label})~*[:#]?\s{{0,3}}{_VALUE}") for label in _BEFORE_NUMBERS)
"""A label with the number behind it, which is called `value`."""

DAYS = tuple(_compiled(label) for label in _BEFORE_DAYS)
"""What stands before the day on which a bill was written."""

DUE_DAYS = tuple(_compiled(label) for label in _BEFORE_DUE_DAYS)
"""What stands before the day by which it is to be paid."""

TOTALS = tuple(_compiled("|".join(labels)) for labels in _BEFORE_TOTALS)
"""What stands before a total with taxes, or before what is to be paid."""

TO_PAY = TOTALS[1]
"""What stands before what is to be paid, in which there may be older debts."""

OLDER_DEBTS = _compiled(
    r"\b(?:overdue(?:~+amount)?|arrears|previous~+balance|(?:balance~+)?brought~+forward|ancien~+solde"
    r"|solde~+(?:pr[ée]c[ée]dent|ant[ée]rieur)|impay[ée]s?|arri[ée]r[ée]s?)\b"
)
"""What stands before an older debt: then what is to be paid is not the total of this bill."""

PLAIN_TOTAL = _compiled(
    r"^~*total(?:e)?\b(?!~+(?:ht|tva|hors|excl|vat|tax|net|credit|refund|rembours|en~+votre~+faveur))"
)
"""The last resort: a line that begins with "total"."""

CREDIT_TITLE = _compiled(
    rf"^~*(?:votre~+|your~+|ihre~+)?{_TITLES}(?:~*[:#]?~*{_MARKS}?~*[:#]?~*[\w/.-]*\d\S*(?:~\d+)*)?(?:~+du~.{{6,20}})?~*$"
)
"""A line that says, alone or with a number and a day, that this is a credit note."""

CREDIT_NUMBERS = (_compiled(rf"^~*(?:votre~+|your~+|ihre~+)?{_TITLES}~*{_MARKS}~*[:#]?\s{{0,3}}{_VALUE}"),)
"""A credit note's own number, as in NUMBERS."""

CREDITS = (_compiled("|".join(_BEFORE_CREDITS)),)
"""What stands before a total that the customer is owed."""
