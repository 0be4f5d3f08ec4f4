"""Reads bills and their lines (TMF678), v4 and v5, from an operator's documents."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, tzinfo
from decimal import Decimal
from functools import lru_cache, partial

import msgspec

from selfcare.domain.bills import NOT_UNDERSTOOD, AppliedPayment, Bill, BillLine, BillState, LineKind, PaperRef, Tax
from selfcare.domain.failures import Unreadable
from selfcare.domain.money import CENT, Money

from .bill_shape import (
    BILL,
    BILL_FACTS,
    LINE,
    LINE_FACTS,
    Amount,
    BillFacts,
    BillShape,
    LineFacts,
    LineShape,
    PaperPart,
    Span,
    TaxPart,
)
from .limits import ID
from .patient_bills import BILL_KIND, LINE_KIND, patient_bill, patient_line
from .reading import Doc, amount, day, document, instant, plain_word, text

_MISSPELT = re.compile(
    rb'"(?:paymentduedate|nextbilldate|lastupdate|amountdue|remainingamount|taxexcludedamount|billingperiod'
    rb"|startdatetime|enddatetime|billingaccount|taxitem|taxcategory|taxamount|taxrate|appliedpayment|appliedamount"
    rb'|billdocument|mimetype|attachmenttype|appliedtax|periodcoverage|isbilled|appliedbillingratetype)"'
)
"""Names of bills and their lines in small letters: what stands under them would pass for not stated."""
_SMALL = re.compile(rb'"(?:[a-z]{8,}|taxitem|taxrate)"')
"""All of these and more, found in a third of the time."""
_OTHER_URL = re.compile(rb'"(?:uri|URL)"')
_USUAL = Decimal(10) ** 9
_STATES = {state.value: state for state in BillState}
_STATES["partiallySettled"] = BillState.PARTIALLY_PAID


def read_bill(doc: bytes | Doc, zone: tzinfo = UTC) -> Bill:
    """One bill (TMF678 CustomerBill); days are by the operator's zone. Raises Unreadable, but for its amounts: one that
    cannot be understood is named in the bill."""
    return bill_of(bill_shape(doc), zone)


def read_bill_line(doc: bytes | Doc, zone: tzinfo = UTC) -> BillLine:
    """One line of a bill (TMF678 AppliedCustomerBillingRate). Raises Unreadable, but for its amounts, as read_bill."""
    return line_of(line_shape(doc), zone)


def bill_shape(doc: bytes | Doc) -> BillShape:
    """The bill in the standard's shape: at once where the operator keeps to it, with patience where not."""
    if isinstance(doc, bytes):
        try:
            found: BillShape = BILL.decode(doc)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return patient_bill(document(doc, BILL_KIND))
        is_usual = _is_usual_bill(found, doc) and _has_ways(found, doc)
        return found if is_usual else patient_bill(document(doc, BILL_KIND))
    return patient_bill(document(doc, BILL_KIND))


def line_shape(doc: bytes | Doc) -> LineShape:
    """The bill line in the standard's shape, as bill_shape does."""
    if isinstance(doc, bytes):
        try:
            found: LineShape = LINE.decode(doc)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return patient_line(document(doc, LINE_KIND))
        return found if _is_usual_line(found, doc) else patient_line(document(doc, LINE_KIND))
    return patient_line(document(doc, LINE_KIND))


def bill_facts(doc: bytes | Doc) -> BillFacts:
    """What a bill is found by; at half the price of the whole shape where the operator keeps to the standard."""
    if isinstance(doc, bytes):
        try:
            found: BillFacts = BILL_FACTS.decode(doc)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return bill_shape(doc)
        if _is_usual_bill(found, doc):
            return found
    return bill_shape(doc)


def line_facts(doc: bytes | Doc) -> LineFacts:
    """What a bill line is found by, as bill_facts does."""
    if isinstance(doc, bytes):
        try:
            found: LineFacts = LINE_FACTS.decode(doc)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return line_shape(doc)
        if _is_usual_line(found, doc):
            return found
    return line_shape(doc)


def _is_usual(own_id: str) -> bool:
    return 0 < len(own_id) <= ID and own_id.isprintable()


def _is_usual_bill(found: BillFacts, doc: bytes) -> bool:
    """Whether what every bill has was found under its proper name, and nothing stands there under a misspelt one."""
    is_named = found.bill_no and (found.state or found.status) and bill_amount(found) is not None
    is_dated = found.bill_date and _are_days(found.bill_date, found.payment_due_date, found.billing_period)
    is_full = found.payment_due_date and found.remaining_amount is not None and found.billing_period is not None
    is_well_spelt = (is_full and found.billing_account is not None) or not _is_misspelt(doc)
    return _is_usual(found.id) and bool(is_named and is_dated and is_well_spelt)


def _has_ways(found: BillShape, doc: bytes) -> bool:
    """Whether its documents name their address as the standard does, and its parts are spelt as there."""
    is_full = all(part.url for part in found.bill_document) and found.tax_item and found.applied_payment
    return bool(is_full) or not (_is_misspelt(doc) or _OTHER_URL.search(doc))


def _is_misspelt(doc: bytes) -> bool:
    return _SMALL.search(doc) is not None and _MISSPELT.search(doc) is not None


def _is_usual_line(found: LineFacts, doc: bytes) -> bool:
    has_kind = found.type or found.applied_billing_rate_type
    is_whole = found.bill is not None and found.tax_included_amount is not None and bool(has_kind)
    is_usual = _is_usual(found.id) and is_whole and _are_days(found.date, "", found.period_coverage)
    return is_usual and not _is_misspelt(doc)


def _are_days(first: str, second: str, span: Span | None) -> bool:
    """A quick look whether moments begin as the standard writes them, where they are stated."""
    return _begin_as_days(
        (first, second) if span is None else (first, second, span.start_date_time, span.end_date_time)
    )


@lru_cache(4096)
def _begin_as_days(said: tuple[str, ...]) -> bool:  # the lines of one bill all name the same
    return all(map(_is_day, said))


def _is_day(said: str) -> bool:
    return not said or (said[4:5] == "-" and said[7:8] == "-" and said[:4].isdecimal())


def bill_of(shape: BillShape, zone: tzinfo) -> Bill:
    """The bill that a shape means, without the amounts that are absurd or none: these are named in it."""
    word = bill_word(shape)
    period = shape.billing_period
    account = shape.billing_account
    unread: list[str] = []
    money = partial(_money_or_none, unread)
    return Bill(
        id=shape.id,
        number=text(shape.bill_no) or shape.id,
        day=day(shape.bill_date, zone),
        due=day(shape.payment_due_date, zone),
        total=money(bill_amount(shape), "total"),
        remaining=money(shape.remaining_amount, "remaining"),
        state=bill_state(word),
        state_word=word,
        account_id=account.id if account is not None else "",
        category=text(shape.category),
        net=money(shape.tax_excluded_amount, "net"),
        taxes=_taxes(shape.tax_item, money),
        payments=tuple(
            [AppliedPayment(p.payment.id, money(p.applied_amount, "payments")) for p in shape.applied_payment]
        ),
        papers=tuple(found for found in (_paper(part) for part in shape.bill_document) if found.id),
        period_start=day(period.start_date_time, zone) if period is not None else None,
        period_end=day(period.end_date_time, zone) if period is not None else None,
        next_day=day(shape.next_bill_date, zone),
        changed=instant(shape.last_update, zone),
        unread=tuple(unread),
    )


def bill_amount(shape: BillFacts) -> Amount | None:
    """What the bill is over, as it is written."""
    return shape.tax_included_amount if shape.tax_included_amount is not None else shape.amount_due


def bill_word(shape: BillFacts) -> str:
    """The operator's own word for the bill's state, from whichever field it stands in."""
    return text(shape.state) or text(shape.status)


def bill_state(word: str) -> BillState:
    """The state that a word means; UNKNOWN for a word that the standard does not know."""
    found = _STATES.get(word)
    if found is None:
        plain = plain_word(word)
        found = next((state for name, state in _STATES.items() if plain_word(name) == plain), BillState.UNKNOWN)
    return found


def line_of(shape: LineShape, zone: tzinfo) -> BillLine:
    """The bill line that a shape means, without the amounts that are absurd or none: these are named in it."""
    word = text(shape.type) or text(shape.applied_billing_rate_type)
    period = shape.period_coverage
    product = shape.product
    unread: list[str] = []
    money = partial(_money_or_none, unread)
    return BillLine(
        id=shape.id,
        bill_id=shape.bill.id if shape.bill is not None else "",
        name=text(shape.name) or text(shape.description) or (text(product.name) if product is not None else ""),
        kind=line_kind(word),
        kind_word=word,
        gross=money(shape.tax_included_amount, "gross"),
        net=money(shape.tax_excluded_amount, "net"),
        taxes=_taxes(shape.applied_tax, money),
        product_id=product.id if product is not None else "",
        product_name=text(product.name) if product is not None else "",
        day=day(shape.date, zone),
        starts=day(period.start_date_time, zone) if period is not None else None,
        ends=day(period.end_date_time, zone) if period is not None else None,
        is_billed=shape.is_billed is not False,
        exact=money(shape.amount_before_rounding, "exact"),
        unread=tuple(unread),
    )


def figure(part: Amount | None) -> tuple[str, str] | None:
    """An amount as decimal text, and its unit; None where none is stated, NOT_UNDERSTOOD for an absurd one or none."""
    if part is not None:
        unit, written = part.unit, str(part.value)
        is_usual = written[-3:-2] == "." and len(written) < 12 and written[-1].isdecimal()
        if is_usual and len(unit) == 3 and unit.isascii() and unit.isupper():
            return written, unit
    try:
        found = _money(part)
    except Unreadable:
        return NOT_UNDERSTOOD, ""
    return None if found is None else (format(found.value, "f"), found.unit)


def line_kind(word: str) -> LineKind:
    """What a bill line's type means; the standard's words, and the free words that are seen in practice."""
    return _LINE_KINDS.get(word) or _guess_kind(plain_word(word))


_LINE_KINDS = {
    "recurringCharge": LineKind.RECURRING,
    "oneTimeCharge": LineKind.ONE_TIME,
    "usageCharge": LineKind.USAGE,
    "appliedBillingCharge": LineKind.OTHER,
    "appliedBillingCredit": LineKind.CREDIT,
    "appliedPenaltyCharge": LineKind.PENALTY,
}
_HINTS = (
    (("penalt", "latefee", "earlyterm"), LineKind.PENALTY),
    (("credit", "rebate", "discount", "refund", "alteration"), LineKind.CREDIT),
    (("usage", "roaming", "call", "data"), LineKind.USAGE),
    (("recurring", "monthly", "subscription", "rental"), LineKind.RECURRING),
    (("onetime", "once", "oneoff"), LineKind.ONE_TIME),
)


def _guess_kind(word: str) -> LineKind:
    return next((kind for hints, kind in _HINTS if any(hint in word for hint in hints)), LineKind.OTHER)


def _money_or_none(unread: list[str], part: Amount | None, name: str) -> Money | None:
    """An amount; what is absurd or none is added to those that are not understood."""
    try:
        return _money(part)
    except Unreadable:
        if name not in unread:
            unread.append(name)
        return None


def _money(part: Amount | None) -> Money | None:
    if part is None:
        return None
    value, unit = part.value, part.unit
    if value.same_quantum(CENT) and len(unit) == 3 and unit.isascii() and unit.isupper() and -_USUAL < value < _USUAL:
        return Money(value, unit)
    return amount(value, unit, "amount")


def _taxes(parts: list[TaxPart], money: Callable[[Amount | None, str], Money | None]) -> tuple[Tax, ...]:
    return tuple([Tax(p.tax_category, money(p.tax_amount, "taxes"), p.tax_rate) for p in parts])


def _paper(part: PaperPart) -> PaperRef:
    return PaperRef(
        id=part.id or part.url or part.href,
        name=text(part.name) or text(part.description),
        mime=part.mime_type or part.attachment_type,
        url=part.url,
        href=part.href,
        inline=len(bytes(part.content)) > 4,
    )
