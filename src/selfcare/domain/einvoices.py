"""Electronic invoices: the bill in figures that some operators put inside its PDF or send beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from .records import Struct

CREDIT_KINDS = frozenset({"81", "83", "261", "296", "308", "381", "396", "420", "458", "532"})
"""Kinds of invoice (UNTDID 1001) whose positive amounts are in the customer's favour."""

STANDARD_NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
"""What the file inside the PDF is called, whatever its case."""


class Correction(Struct, frozen=True):
    """An allowance or a charge of a whole invoice or of one line (EN 16931 BG-20, BG-21, BG-27, BG-28).

    `amount` is positive for both; `rate` is the tax in percent.
    """

    amount: Decimal | None
    is_charge: bool
    reason: str = ""
    rate: Decimal | None = None
    category: str = ""


class TaxShare(Struct, frozen=True):
    """One row of the breakdown of taxes (EN 16931 BG-23); `rate` is in percent."""

    basis: Decimal | None
    amount: Decimal | None
    rate: Decimal | None = None
    category: str = ""


class InvoiceLine(Struct, frozen=True):
    """One line (EN 16931 BG-25). `amount` is without tax (BT-131); `parent` and `role` are those of sub-lines.

    `role` is DETAIL, GROUP or INFORMATION in the profile EXTENDED, else "". `price` is for `per` units, without tax.
    `unit` is the currency that stands at the amount, "" where none does: then it is the invoice's.
    """

    number: str
    name: str
    amount: Decimal | None
    quantity: Decimal | None = None
    price: Decimal | None = None
    per: Decimal | None = None
    rate: Decimal | None = None
    category: str = ""
    parent: str = ""
    role: str = ""
    starts: date | None = None
    ends: date | None = None
    corrections: tuple[Correction, ...] = ()
    unit: str = ""


class Slip(Struct, frozen=True):
    """A field whose content is not what the standard wants there: a comma in a number, a day that is none."""

    field: str
    said: str
    line: str = ""


class EInvoice(Struct, frozen=True):
    """An electronic invoice (CII or UBL), amounts as written; what is not stated is None.

    `starts` and `ends` are the time that it charges (BG-14), where it is one for all lines.
    `syntax` is CII, ZUGFeRD 1 or UBL, `guideline` the standard's own name of the profile (BT-24), `kind` the code of
    UNTDID 1001 (380 an invoice, 381 a credit note).
    """

    syntax: str
    guideline: str = ""
    number: str = ""
    kind: str = ""
    day: date | None = None
    unit: str = ""
    seller: str = ""
    buyer: str = ""
    lines: tuple[InvoiceLine, ...] = ()
    taxes: tuple[TaxShare, ...] = ()
    corrections: tuple[Correction, ...] = ()
    line_total: Decimal | None = None
    allowance_total: Decimal | None = None
    charge_total: Decimal | None = None
    net: Decimal | None = None
    tax: Decimal | None = None
    gross: Decimal | None = None
    prepaid: Decimal | None = None
    rounding: Decimal | None = None
    due: Decimal | None = None
    slips: tuple[Slip, ...] = ()
    starts: date | None = None
    ends: date | None = None

    @property
    def profile(self) -> str:
        """MINIMUM, BASIC WL, BASIC, EN 16931, EXTENDED, COMFORT, or "" where the guideline is not one of them."""
        told = "".join(sign for sign in self.guideline.casefold() if sign.isalnum())
        for ending, name in _PROFILES:
            if ending in told:
                return name
        return ""

    @property
    def is_credit(self) -> bool:
        """Its amounts are in the customer's favour."""
        return self.kind in CREDIT_KINDS


class FoundInvoice(Struct, frozen=True):
    """The electronic invoice found in a file. `name` is what the file inside the PDF is called, "" for a bare one.

    Where `invoice` is None, `trouble` says why: broken (no well-formed XML), forbidden (it declares entities),
    too_large, or foreign (another kind of document).
    """

    name: str
    invoice: EInvoice | None
    trouble: str = ""

    @property
    def has_usual_name(self) -> bool:
        """It is called what the standards want, or is a file of its own."""
        return not self.name or self.name.casefold() in STANDARD_NAMES


_PROFILES = (
    ("minimum", "MINIMUM"),
    ("basicwl", "BASIC WL"),
    ("extended", "EXTENDED"),
    ("basic", "BASIC"),
    ("comfort", "COMFORT"),
    ("en16931", "EN 16931"),
)
