"""Whether an electronic invoice is right, and whether it agrees with the operator's data and the printed bill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from selfcare.domain.bills import Bill
from selfcare.domain.einvoices import Correction, EInvoice, FoundInvoice, InvoiceLine, TaxShare
from selfcare.domain.money import CENT
from selfcare.domain.records import Struct

from .arithmetic import HALF
from .printed import printed_amounts, printed_totals

ZERO = Decimal(0)
EXTENDED = "EXTENDED"
FIRST = "ZUGFeRD 1"
SHORT = 3
"""A number of fewer signs may be part of any other."""


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
    """What was found. `roundings` are cents that the standard allows or that hidden decimals explain."""

    findings: tuple[Finding, ...] = ()
    roundings: tuple[Finding, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """It keeps to its standard in all that was checked."""
        return not self.findings

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Wrong amounts."""
        return tuple(one for one in self.findings if one.is_money)


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
    for sum_, is_allowed in _sums(invoice):
        (roundings if is_allowed else findings).append(sum_)
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


def against_print(amounts: Iterable[Decimal | None], text: str) -> tuple[Finding, ...]:
    """Where a total is printed and is another one than these amounts, which stand nowhere on the paper."""
    wanted = [amount.quantize(CENT, ROUND_HALF_UP) for amount in amounts if amount is not None]
    totals = printed_totals(text)
    if not wanted or not totals:
        return ()
    there = {abs(amount) for amount in printed_amounts(text)}
    if any(abs(amount) in there for amount in wanted):
        return ()
    return (Finding(Fault.PRINTED, "", "BT-112", said=totals[-1].label, stated=wanted[0], computed=totals[-1].amount),)


def counted_lines(invoice: EInvoice) -> tuple[InvoiceLine, ...]:
    """The lines that the total is made of: neither the sums of sub-lines nor lines that only inform."""
    return tuple(line for line in invoice.lines if line.role not in ("GROUP", "INFORMATION"))


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


def _sums(invoice: EInvoice) -> Iterator[tuple[Finding, bool]]:
    """Every sum that is not exact, and whether the standard allows it."""
    lenient = invoice.profile == EXTENDED or invoice.syntax == FIRST
    lines = counted_lines(invoice)
    many = max(CENT, (len(lines) + 1) * HALF)
    nets = [line.amount for line in lines]
    if lines and None not in nets and invoice.line_total is not None:
        found = _nearest(invoice.line_total, _line_sums(invoice, lines))
        yield from _off("BR-CO-10", "BT-106", invoice.line_total, found, many, is_lenient=lenient)
    for rule, field, stated, parts in (
        ("BR-CO-11", "BT-107", invoice.allowance_total, [p for p in invoice.corrections if not p.is_charge]),
        ("BR-CO-12", "BT-108", invoice.charge_total, [p for p in invoice.corrections if p.is_charge]),
    ):
        amounts = [part.amount for part in parts]
        if (stated is not None or parts) and None not in amounts and (parts or lines):
            yield from _off(rule, field, stated or ZERO, _added(amounts), CENT, is_lenient=lenient)
    if invoice.line_total is not None and invoice.net is not None:
        computed = invoice.line_total - (invoice.allowance_total or ZERO) + (invoice.charge_total or ZERO)
        yield from _off("BR-CO-13", "BT-109", invoice.net, computed, CENT, is_lenient=lenient)
    tax = _tax_of(invoice)
    if invoice.taxes and tax is not None and None not in [share.amount for share in invoice.taxes]:
        slack = max(CENT, (len(invoice.taxes) + 1) * HALF)
        computed = _added(share.amount for share in invoice.taxes)
        yield from _off("BR-CO-14", "BT-110", tax, computed, slack, is_lenient=lenient)
    if invoice.net is not None and invoice.gross is not None and tax is not None:
        yield from _off("BR-CO-15", "BT-112", invoice.gross, invoice.net + tax, CENT, is_lenient=lenient)
    if invoice.due is not None and invoice.gross is not None:
        computed = invoice.gross - (invoice.prepaid or ZERO) + (invoice.rounding or ZERO)
        yield from _off("BR-CO-16", "BT-115", invoice.due, computed, CENT, is_lenient=lenient)
    for share in invoice.taxes:
        yield from _share_sums(invoice, share, lines, many)
    for line in lines:
        yield from _line_sum(line)


def _share_sums(
    invoice: EInvoice, share: TaxShare, lines: tuple[InvoiceLine, ...], slack: Decimal
) -> Iterator[tuple[Finding, bool]]:
    """A tax is its rate of its basis, and the basis is made of the lines of that rate."""
    rate = share.rate or ZERO
    if share.basis is not None and share.amount is not None and share.rate is not None:
        computed = _cents(share.basis * rate / 100)
        yield from _off("BR-CO-17", "BT-117", share.amount, computed, slack, is_lenient=True)
    own = [line for line in lines if line.category == share.category and (line.rate or ZERO) == rate]
    parts = [p for p in invoice.corrections if p.category == share.category and (p.rate or ZERO) == rate]
    amounts = [*(line.amount for line in own), *(part.amount for part in parts)]
    if share.basis is None or not share.category or not lines or None in amounts or not all(x.category for x in lines):
        return
    computed = _added(line.amount for line in own)
    computed += sum(((part.amount or ZERO) * (1 if part.is_charge else -1) for part in parts), ZERO)
    yield from _off(f"BR-{share.category}-08", "BT-116", share.basis, computed, slack, is_lenient=True)


def _line_sum(line: InvoiceLine) -> Iterator[tuple[Finding, bool]]:
    """A line is its quantity at its price, with its own allowances and charges."""
    if line.amount is None or line.quantity is None or line.price is None or line.per == 0:
        return
    per = line.per or Decimal(1)
    if any(part.amount is None for part in line.corrections):
        return
    computed = line.quantity * line.price / per
    computed += sum(((part.amount or ZERO) * (1 if part.is_charge else -1) for part in line.corrections), ZERO)
    exponent = line.price.as_tuple().exponent
    hidden = abs(line.quantity / per) * Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)
    slack = CENT + min(hidden, abs(computed) / 100)
    yield from _off("BT-131", "BT-131", line.amount, _cents(computed), slack, is_lenient=True, line=line.number)


def _off(
    rule: str, field: str, stated: Decimal, computed: Decimal, slack: Decimal, *, is_lenient: bool, line: str = ""
) -> Iterator[tuple[Finding, bool]]:
    off = abs(stated - computed)
    if off <= HALF:  # a sum of lines with three decimals, rounded to the cent in either way
        return
    if off > slack:
        yield Finding(Fault.SUM, rule, field, line, stated=stated, computed=computed), False
    else:
        yield Finding(Fault.ROUNDING, rule, field, line, stated=stated, computed=computed), is_lenient


def _line_sums(invoice: EInvoice, lines: tuple[InvoiceLine, ...]) -> list[Decimal]:
    """By the lines that carry amounts, and by those at the top, whose groups hold the sums of their sub-lines."""
    top = [line.amount for line in invoice.lines if not line.parent and line.role != "INFORMATION"]
    sums = [_added(line.amount for line in lines)]
    if top and None not in top:
        sums.append(_added(top))
    return sums


def _nearest(stated: Decimal, candidates: list[Decimal]) -> Decimal:
    return min(candidates, key=lambda one: abs(stated - one))


def _tax_of(invoice: EInvoice) -> Decimal | None:
    if invoice.tax is not None:
        return invoice.tax
    return ZERO if all(share.amount in (None, ZERO) for share in invoice.taxes) else None


def _added(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), ZERO)


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)
