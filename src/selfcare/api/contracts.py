"""Reads contracts (TMF651) with our published characteristics from an operator's documents."""

from __future__ import annotations

from datetime import UTC, date, tzinfo
from typing import Any

from selfcare.domain.bills import PaperRef
from selfcare.domain.contract import Contract, PriceChange, Term
from selfcare.domain.money import Money
from selfcare.domain.periods import length_of

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

KIND = "agreement"


def read_contract(doc: bytes | Doc, zone: tzinfo = UTC) -> Contract:
    """One contract (TMF651 Agreement). Raises Unreadable.

    The end of the commitment is the stated end, else the start plus the minimum term (then marked as computed).
    """
    doc = document(doc, KIND)
    own = identity(doc, KIND)
    facts = characteristics(doc.get("characteristic"))
    starts, ends = period(doc.get("agreementPeriod"), zone)
    if starts is None and ends is None:
        starts, ends = period(doc.get("validFor"), zone)
    signed = _signed(doc, zone)
    starts = starts or day(doc.get("initialDate"), zone)
    months = term_months(first_of(facts, "minimumTerm"))
    computed = ends is None and starts is not None and months is not None
    return Contract(
        id=own,
        name=first_text(doc, "name", "agreementType"),
        number=text(doc.get("documentNumber")) or ref(doc.get("externalIdentifier")),
        state_word=first_text(doc, "status", "state"),
        starts=starts,
        ends=months_after(starts, months) if computed and starts is not None and months is not None else ends,
        ends_is_computed=computed,
        signed=signed,
        minimum_months=months,
        notice=_notice(first_of(facts, "noticePeriod")),
        early_charge=_charge(facts, own),
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


def _charge(facts: Doc, own: str) -> Money | None:
    return money(first_of(facts, "earlyTerminationCharge"), f"{KIND}/{own}.earlyTerminationCharge")


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
