"""The contract: how long it binds, what notice it asks for and what leaving early costs, as the operator says."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from .bills import PaperRef
from .lines import Line
from .money import Money
from .records import Struct


class Term(Struct, frozen=True):
    """One clause, quoted."""

    id: str
    text: str
    starts: date | None = None
    ends: date | None = None


class PriceChange(Struct, frozen=True):
    """A change of price that was announced: when told, from when, from and to what."""

    told: date | None
    starts: date | None
    before: Money | None
    after: Money | None
    text: str = ""


LONGEST_NOTICE = 3660
"""Days. No contract asks for ten years of notice: what is longer is a slip and counts as none."""


class Contract(Struct, frozen=True):
    """One contract (TMF651 Agreement with our published characteristics).

    `ends` is the end of the commitment. `ends_is_computed` says that it is start plus minimum term, not a stated date.
    `no_longer_listed` says that the operator has stopped listing it: this is how it was last seen.
    `early_charge` is the operator's own figure as of `early_charge_day`. Notice is (amount, "day" | "month").
    """

    id: str
    name: str
    number: str
    state_word: str
    starts: date | None
    ends: date | None
    ends_is_computed: bool = False
    signed: date | None = None
    minimum_months: int | None = None
    notice: tuple[int, str] | None = None
    early_charge: Money | None = None
    early_charge_day: date | None = None
    renews_itself: bool | None = None
    product_ids: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    price_changes: tuple[PriceChange, ...] = ()
    papers: tuple[PaperRef, ...] = ()
    no_longer_listed: bool = False
    minimum_days: int | None = None
    """The minimum term where it is stated in days or weeks."""
    minimum_word: str = ""
    notice_word: str = ""
    """The minimum term and the notice as the operator writes them, where nobody can tell how long that is."""
    early_charge_net: Money | None = None
    """The operator's own figure where it is stated without tax only: nothing is reckoned from it."""

    @property
    def counted_notice(self) -> tuple[int, str] | None:
        """The notice that days are counted with; None where none is stated, or none that can be."""
        if self.notice is None:
            return None
        amount, unit = self.notice
        return self.notice if amount * (30 if unit == "month" else 1) <= LONGEST_NOTICE else None

    @property
    def is_contradictory(self) -> bool:
        """Its commitment ends before it began: one of the two days is wrong, and nobody here knows which."""
        return self.starts is not None and self.ends is not None and self.ends < self.starts


def commitment_end(line: Line, contract: Contract | None) -> date | None:
    """The end of a line's commitment: the contract's; where that covers several products, the line's own term is the
    more exact word. None where neither is stated."""
    if contract is None or contract.ends is None:
        return line.term_ends
    several = len(contract.product_ids) > 1
    return line.term_ends if several and line.term_ends is not None else contract.ends


def stated_with_lines(lines: Iterable[Line], contracts: Collection[Contract]) -> tuple[Contract, ...]:
    """Lines whose commitment is stated with the product only (TMF637 productTerm), as contracts of their own."""
    ids = {c.id for c in contracts}
    covered = {product for c in contracts for product in c.product_ids}
    return tuple(
        Contract(
            id=line.id,
            name=line.name,
            number="",
            state_word="",
            starts=line.since,
            ends=line.term_ends,
            minimum_months=line.term_months,
            product_ids=(line.id,),
        )
        for line in lines
        if line.term_ends is not None and line.contract_id not in ids and line.id not in covered
    )
