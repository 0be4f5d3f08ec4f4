"""Leaves out the announced changes that only make a line cheaper: a price that falls lets nobody go free."""

from __future__ import annotations

from datetime import date

from selfcare.domain.records import replace

from .facts import LeavingFacts


def without_falls(facts: LeavingFacts) -> LeavingFacts:
    """The facts without each change that is known to lower the price.

    It is wholly to the customer's benefit, so that it neither frees (UK-CTR-03, FR-MOD-01, US-ETF-04) nor has to be
    announced a month ahead. A change whose amount is not known stays, also where it was told on the same day. The fall
    itself stays among `rises`: from its day on it is in the price.
    """
    falls = [rise for rise in facts.rises if rise.amount.is_credit]
    if not falls:
        return facts
    told: list[date] = list(facts.price_changes)
    dated: list[tuple[date, date]] = list(facts.changes)
    for fall in falls:
        if fall.told in told:
            told.remove(fall.told)
        if fall.starts is not None and (fall.told, fall.starts) in dated:
            dated.remove((fall.told, fall.starts))
    return replace(facts, price_changes=tuple(told), changes=tuple(dated))
