"""What the customer read in the contract, where the operator does not state it: fees, a handset, how it was made."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any

from selfcare.domain.money import Money
from selfcare.domain.records import Struct, replace

from .deposits import read_amount
from .facts import LeavingFacts, Rise

MOST = 16
"""So many signs of a typed amount are kept."""

_SAID = {"yes": True, "no": False}
_FLAGS = {"closing": "closing", "subsidised": "subsidised", "atDistance": "at_distance"}
_AMOUNTS = {
    "closingFee": "closing_fee", "closingCost": "closing_cost", "earlyFee": "early_fee", "earlyStep": "early_step",
    "credit": "credit", "instalment": "instalment",
}  # fmt: skip


class RiseClause(StrEnum):
    """What a contract names of price rises; UNKNOWN: not answered."""

    UNKNOWN = ""
    AMOUNT = "amount"
    PERCENT = "percent"
    """Inflation, or a part of the price."""
    NONE = "none"


class Terms(Struct, frozen=True):
    """Words of a contract; None or "" is "not answered". Amounts stand as they were typed.

    `closing` says that the contract names a closing fee, `closing_fee` which; `closing_cost` is what the operator shows
    that closing costs it (FR-FEE-01). `early_fee` falls by `early_step` with each full month (US-ETF-01). `subsidised`:
    a handset came cheaper with the contract (FR-DUR-03). `at_distance`: it was made online, by telephone or at the
    door. `credit` is a monthly bill credit for the handset, `instalment` what a month of it costs (US-ETF-02).
    `rise_clause` is what it names of price rises (UK-CTR-04).
    """

    closing: bool | None = None
    closing_fee: str = ""
    closing_cost: str = ""
    early_fee: str = ""
    early_step: str = ""
    subsidised: bool | None = None
    at_distance: bool | None = None
    credit: str = ""
    instalment: str = ""
    rise_clause: RiseClause = RiseClause.UNKNOWN


def terms_answered(terms: Terms, question: str, value: str) -> Terms:
    """One answer put in. ValueError for a question there is not."""
    if question in _FLAGS:
        return replace(terms, **{_FLAGS[question]: _SAID.get(value)})
    if question in _AMOUNTS:
        return replace(terms, **{_AMOUNTS[question]: value.strip()[:MOST]})
    if question == "riseClause":
        return replace(terms, rise_clause=RiseClause(value))
    raise ValueError(question)


def terms_from(entry: Mapping[str, Any]) -> Terms:
    """The terms as they are kept with a plan."""
    said: dict[str, Any] = {name: value for name in _FLAGS.values() if isinstance(value := entry.get(name), bool)}
    typed: dict[str, Any] = {name: str(entry.get(name) or "")[:MOST] for name in _AMOUNTS.values()}
    clause = entry.get("rise_clause")
    known = RiseClause(clause) if clause in set(RiseClause) else RiseClause.UNKNOWN
    return Terms(**said, **typed, rise_clause=known)


def clause_of(terms: Terms, agreed: str) -> RiseClause:
    """What the contract names of price rises; an amount that was typed is the answer, too."""
    return terms.rise_clause or (RiseClause.AMOUNT if agreed else RiseClause.UNKNOWN)


def with_clause(facts: LeavingFacts, terms: Terms, agreed: str, currency: str) -> LeavingFacts:
    """The facts with what the contract named for every rise that was announced; `agreed` is the amount as typed."""
    clause, amount = clause_of(terms, agreed), money_of(agreed, currency)

    def named(rise: Rise) -> Rise:
        if clause is RiseClause.PERCENT:
            return replace(rise, by_percent=True)
        if clause is RiseClause.NONE:
            return replace(rise, agreed=Money(Decimal("0.00"), currency))
        return rise if amount is None else replace(rise, agreed=amount)

    return replace(facts, rises=tuple(named(rise) for rise in facts.rises)) if clause else facts


def money_of(typed: str, currency: str) -> Money | None:
    """An amount as it was typed, 0 where the contract names none; None where it is no amount."""
    amount = read_amount(typed, or_nothing=True)
    return None if amount is None else Money(amount, currency)


def named_fee(terms: Terms, currency: str) -> Money | None:
    """The closing fee of the contract: nothing where it names none, None where nobody says."""
    if terms.closing is False:
        return Money(Decimal("0.00"), currency)
    return money_of(terms.closing_fee, currency) if terms.closing else None


def is_fall_open(terms: Terms) -> bool:
    """A fee was typed, and not by what it falls with each full month: until it is, the whole fee counts (US-ETF-01)."""
    return read_amount(terms.early_fee) is not None and read_amount(terms.early_step, or_nothing=True) is None


def with_terms(facts: LeavingFacts, terms: Terms, currency: str) -> LeavingFacts:
    """The facts with what was read in the contract; a word of the operator's own is never replaced."""
    if terms == Terms():
        return facts
    fee, step = (money_of(typed, currency) for typed in (terms.early_fee, terms.early_step))
    whole = None if fee is None else (fee, step or Money(Decimal("0.00"), currency))
    return replace(
        facts,
        closing_fee=named_fee(terms, currency) if facts.closing_fee is None else facts.closing_fee,
        fee=whole if facts.fee is None else facts.fee,
        subsidised=terms.subsidised if facts.subsidised is None else facts.subsidised,
        at_distance=terms.at_distance if facts.at_distance is None else facts.at_distance,
        credit=money_of(terms.credit, currency) if facts.credit is None else facts.credit,
        instalment=money_of(terms.instalment, currency) if facts.instalment is None else facts.instalment,
    )
