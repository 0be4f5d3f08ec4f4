"""Whether an electronic invoice is right, and whether it agrees with the operator's data and the printed bill."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from selfcare.domain.bills import Bill
from selfcare.domain.einvoices import Correction, EInvoice, FoundInvoice

from .findings import Fault, Finding, Judgement
from .invoice_sums import EXTENDED, FIRST, sums
from .rounding import HALF

SHORT = 3
"""A number of fewer signs may be part of any other."""


_TROUBLES = {
    "broken": (Fault.UNREADABLE, "XML 1.0"),
    "forbidden": (Fault.FORBIDDEN, "XML 1.0"),
    "too_large": (Fault.TOO_LARGE, ""),
    "foreign": (Fault.FOREIGN, ""),
}
_TOTAL_DECIMALS = (
    ("BR-DEC-09", "BT-106", "line_total"),
    ("BR-DEC-10", "BT-107", "allowance_total"),
    ("BR-DEC-11", "BT-108", "charge_total"),
    ("BR-DEC-12", "BT-109", "net"),
    ("BR-DEC-13", "BT-110", "tax"),
    ("BR-DEC-14", "BT-112", "gross"),
    ("BR-DEC-16", "BT-113", "prepaid"),
    ("BR-DEC-17", "BT-114", "rounding"),
    ("BR-DEC-18", "BT-115", "due"),
)
_SLIP_FIELDS = {
    "LineTotalAmount": ("BT-131", "BT-106"),
    "LineExtensionAmount": ("BT-131", "BT-106"),
    "ChargeAmount": ("BT-146", ""),
    "PriceAmount": ("BT-146", ""),
    "BilledQuantity": ("BT-129", ""),
    "InvoicedQuantity": ("BT-129", ""),
    "TaxBasisTotalAmount": ("", "BT-109"),
    "TaxTotalAmount": ("", "BT-110"),
    "GrandTotalAmount": ("", "BT-112"),
    "TaxInclusiveAmount": ("", "BT-112"),
    "TotalPrepaidAmount": ("", "BT-113"),
    "DuePayableAmount": ("", "BT-115"),
    "PayableAmount": ("", "BT-115"),
    "BasisAmount": ("", "BT-116"),
    "CalculatedAmount": ("", "BT-117"),
    "RateApplicablePercent": ("BT-152", "BT-119"),
}
_WITH_LINES = frozenset({"BASIC", "COMFORT", "EN 16931", EXTENDED})


def judge(found: FoundInvoice) -> Judgement:
    """Whether the electronic invoice of a file keeps to its standard and adds up (EN 16931, Factur-X, ZUGFeRD).

    A cent that the standard forbids is a finding of the form, never an accusation; see Finding.is_money.
    """
    if found.invoice is None:
        fault, rule = _TROUBLES.get(found.trouble, (Fault.UNREADABLE, ""))
        return Judgement((Finding(fault, rule, said=found.name),))
    invoice = found.invoice
    findings = list(_form(invoice))
    if not found.has_usual_name:
        findings.insert(0, Finding(Fault.NAME, "Factur-X 1.0", said=found.name))
    roundings: list[Finding] = []
    for found_sum, is_allowed in sums(invoice):
        (roundings if is_allowed else findings).append(found_sum)
    return Judgement(tuple(findings), tuple(roundings))


def against_operator(invoice: EInvoice, bill: Bill) -> tuple[Finding, ...]:
    """Where the electronic invoice and the operator's own data say different things: which bill, currency and total.

    A total agrees if it is the invoice's gross amount or what is left to pay of it.
    """
    if _is_of_another(invoice, bill):
        return (Finding(Fault.OTHER_BILL, "", "BT-1", said=invoice.number),)
    if bill.total is None:
        return ()
    if invoice.unit and invoice.unit != bill.total.unit:
        return (Finding(Fault.OPERATOR, "", "BT-5", said=f"{invoice.unit} / {bill.total.unit}"),)
    sign = -1 if invoice.is_credit else 1
    wanted = [sign * amount for amount in (invoice.gross, invoice.due) if amount is not None]
    if not wanted or any(abs(amount - bill.total.value) <= HALF for amount in wanted):
        return ()
    return (Finding(Fault.OPERATOR, "", "BT-112", stated=wanted[0], computed=bill.total.value),)


def _is_of_another(invoice: EInvoice, bill: Bill) -> bool:
    """Another number and another day; numbers alone are written in too many ways."""
    mine, theirs = (
        "".join(sign for sign in number.casefold() if sign.isalnum()) for number in (invoice.number, bill.number)
    )
    if min(len(mine), len(theirs)) < SHORT or invoice.day is None or bill.day is None:
        return False
    return mine not in theirs and theirs not in mine and invoice.day != bill.day


def _form(invoice: EInvoice) -> Iterator[Finding]:
    for slip in invoice.slips:
        fields = _SLIP_FIELDS.get(slip.field, ("", ""))
        rule = "xs:decimal" if any(fields) else "XML Schema"
        yield Finding(Fault.FORM, rule, fields[0 if slip.line else 1] or slip.field, slip.line, slip.said)
    slipped = {slip.field for slip in invoice.slips}
    needed = [
        ("BR-02", "BT-1", invoice.number),
        ("BR-03", "BT-2", invoice.day),
        ("BR-04", "BT-3", invoice.kind),
        ("BR-05", "BT-5", invoice.unit),
        ("BR-06", "BT-27", invoice.seller),
        ("BR-07", "BT-44", invoice.buyer),
        ("BR-13", "BT-109", invoice.net),
        ("BR-14", "BT-112", invoice.gross),
    ]
    if invoice.syntax != FIRST:
        needed.append(("BR-15", "BT-115", invoice.due))
    for rule, field, value in needed:
        if value in (None, "") and not any(field in _SLIP_FIELDS.get(name, ()) for name in slipped):
            yield Finding(Fault.MISSING, rule, field)
    if not invoice.lines and (invoice.profile in _WITH_LINES or invoice.syntax == "UBL"):
        yield Finding(Fault.MISSING, "BR-16", "BG-25")
    if invoice.unit and not (len(invoice.unit) == 3 and invoice.unit.isascii() and invoice.unit.isupper()):
        yield Finding(Fault.FORM, "BR-CL-04", "BT-5", said=invoice.unit)
    if invoice.syntax != FIRST and invoice.profile != EXTENDED:
        yield from _decimals(invoice)


def _decimals(invoice: EInvoice) -> Iterator[Finding]:
    amounts: list[tuple[str, str, str, Decimal | None]] = [
        (rule, field, "", getattr(invoice, name)) for rule, field, name in _TOTAL_DECIMALS
    ]
    for tax in invoice.taxes:
        amounts += [("BR-DEC-19", "BT-116", "", tax.basis), ("BR-DEC-20", "BT-117", "", tax.amount)]
    for part in invoice.corrections:
        amounts.append(("BR-DEC-05" if part.is_charge else "BR-DEC-01", _bt(part, "BT-99", "BT-92"), "", part.amount))
    for line in invoice.lines:
        amounts.append(("BR-DEC-23", "BT-131", line.number, line.amount))
        for part in line.corrections:
            rule = "BR-DEC-27" if part.is_charge else "BR-DEC-24"
            amounts.append((rule, _bt(part, "BT-141", "BT-136"), line.number, part.amount))
    for rule, field, number, amount in amounts:
        exponent = amount.as_tuple().exponent if amount is not None else 0
        if isinstance(exponent, int) and exponent < -2:
            yield Finding(Fault.DECIMALS, rule, field, number, said=str(amount))


def _bt(part: Correction, charge: str, allowance: str) -> str:
    return charge if part.is_charge else allowance
