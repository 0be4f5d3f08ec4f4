"""Reads contracts (TMF651) with our published characteristics from an operator's documents."""

from __future__ import annotations

from datetime import UTC, date, timedelta, tzinfo
from typing import Any

from selfcare.domain.bills import PaperRef
from selfcare.domain.contract import Contract, PriceChange, Term
from selfcare.domain.periods import length_of

from .prices import price_or_money
from .reading import (
    Doc,
    characteristics,
    child,
    day,
    document,
    first_of,
    first_text,
    identity,
    items,
    money,
    paper,
    papers,
    period,
    ref,
    text,
    truth,
    unique,
    whole,
)
from .written import says_nothing

KIND = "agreement"


def read_contract(doc: bytes | Doc, zone: tzinfo = UTC) -> Contract:
    """One contract (TMF651 Agreement). Raises Unreadable.

    The end of the commitment is the stated end, else the start plus the minimum term (then marked as computed).
    """
    doc = document(doc, KIND)
    own = identity(doc, KIND)
    facts = characteristics(doc.get("characteristic"))
    starts, ends = period(doc.get("agreementPeriod"), zone)
    others = period(doc.get("validFor"), zone)
    starts, ends = starts or others[0], ends or others[1]
    signed = _signed(doc, zone)
    starts = starts or day(doc.get("initialDate"), zone)
    minimum, notice = first_of(facts, "minimumTerm"), first_of(facts, "noticePeriod")
    reckoned = end_after(starts, minimum) if ends is None else None
    charge, is_net = price_or_money(first_of(facts, "earlyTerminationCharge"), f"{KIND}/{own}.earlyTerminationCharge")
    return Contract(
        id=own,
        name=first_text(doc, "name", "agreementType"),
        number=text(doc.get("documentNumber")) or ref(doc.get("externalIdentifier")),
        state_word=first_text(doc, "status", "state"),
        starts=starts,
        ends=ends or reckoned,
        ends_is_computed=reckoned is not None,
        signed=signed,
        minimum_months=term_months(minimum),
        minimum_days=term_days(minimum),
        minimum_word=_own_word(minimum),
        notice=_notice(notice),
        notice_word=_own_word(notice),
        early_charge=None if is_net else charge,
        early_charge_net=charge if is_net else None,
        early_charge_day=day(first_of(facts, "earlyTerminationChargeAsOf"), zone),
        renews_itself=truth(first_of(facts, "autoRenewal")),
        product_ids=_products(doc),
        terms=_terms(doc, zone),
        price_changes=_price_changes(doc, own, zone),
        papers=_papers(doc),
    )


def term_months(value: Any) -> int | None:
    """A length of time in months, of {amount, units} or a text such as "24 months" or "12Months"; years count 12."""
    length = span(value)
    if length is None:
        return None
    count, unit = length
    return {"month": count, "year": count * 12}.get(unit)


def term_days(value: Any) -> int | None:
    """A length of time in days, where it is stated in days or weeks."""
    length = span(value)
    if length is None:
        return None
    count, unit = length
    return {"day": count, "week": count * 7}.get(unit)


def end_after(start: date | None, value: Any) -> date | None:
    """The end of a length of time from a day on; None where either is not stated, and beyond year 9000."""
    months, days = term_months(value), term_days(value)
    if start is None or (months is None and days is None):
        return None
    if months is not None:
        return months_after(start, months)
    try:
        found = start + timedelta(days=days or 0)
    except OverflowError:
        return None
    return found if found.year < 9000 else None


def span(value: Any) -> tuple[int, str] | None:
    """A length of time as (amount, "day" | "week" | "month" | "year"), of TMF's Duration or of a text."""
    if not isinstance(value, dict):
        said = text(value)
        return length_of(said) if any(sign.isdecimal() for sign in said) else None
    count = whole(value.get("amount", value.get("value")))
    one = length_of(first_text(value, "units", "unit"))
    return (count * one[0], one[1]) if count is not None and one is not None else None


def months_after(start: date, months: int) -> date | None:
    """The same day some months later; the last of the month where that day does not exist. None beyond year 9000."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year >= 9000:
        return None
    for last in (start.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(start.day, last))
        except ValueError:
            continue
    return None


def _signed(doc: Doc, zone: tzinfo) -> date | None:
    dates = (day(item.get("date"), zone) for item in items(doc.get("agreementAuthorization")))
    return next((d for d in dates if d is not None), None) or day(doc.get("initialDate"), zone)


def _notice(value: Any) -> tuple[int, str] | None:
    length = span(value)
    if length is None:
        return None
    count, unit = length
    return {"week": (count * 7, "day"), "year": (count * 12, "month")}.get(unit, length)


def _own_word(value: Any) -> str:
    """A length that is stated and not understood, in the operator's own words."""
    if span(value) is not None or says_nothing(value):
        return ""
    shown = " ".join(text(part) for part in value.values()) if isinstance(value, dict) else text(value)
    return shown.strip()


def _products(doc: Doc) -> tuple[str, ...]:
    parts = items(doc.get("agreementItem"))
    return unique(ref(product) for part in parts for product in items(part.get("product")))


def _terms(doc: Doc, zone: tzinfo) -> tuple[Term, ...]:
    found: list[Term] = []
    for part in (doc, *items(doc.get("agreementItem"))):
        for item in items(part.get("termOrCondition")):
            starts, ends = period(item.get("validFor"), zone)
            found.append(Term(text(item.get("id")), first_text(item, "description", "name"), starts, ends))
    return tuple(dict.fromkeys(term for term in found if term.text))


def _price_changes(doc: Doc, own: str, zone: tzinfo) -> tuple[PriceChange, ...]:
    found: list[PriceChange] = []
    for item in items(doc.get("characteristic")):
        if text(item.get("name")).casefold() != "pricechange":
            continue
        for value in items(item.get("value")):
            before, after = (money(value.get(n), f"{KIND}/{own}.priceChange") for n in ("before", "after"))
            told, starts = day(value.get("told"), zone), day(value.get("starts"), zone)
            found.append(PriceChange(told, starts, before, after, text(value.get("text"))))
    return tuple(found)


def _papers(doc: Doc) -> tuple[PaperRef, ...]:
    related = [child(item.get("document")) or item for item in items(doc.get("relatedDocument"))]
    return (*papers(doc.get("attachment")), *(p for p in (paper(item) for item in related) if p.id))
