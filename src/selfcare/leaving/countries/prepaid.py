"""A prepaid card as a way out: it binds to nothing, nobody is given notice, and only its credit may be lost.

Whether credit that is left comes back, no rule that we know says: it is shown, and never promised.
"""

from __future__ import annotations

from selfcare.leaving.choices import Route
from selfcare.leaving.country import CostLine, CostReason, Departure, Ground


def give_up(ground: Ground) -> Departure:
    """A card that nobody tops up any more ends by itself: one may stop on any day, without notice."""
    return Departure(Route.NOTICE, ground.today, ground.today, ())


def no_charge(ground: Ground) -> CostLine:
    """Without a commitment nothing is owed for leaving."""
    return CostLine(CostReason.NO_COMMITMENT, ground.nothing, ground.nothing, "")


def credit_left(ground: Ground) -> tuple[CostLine, ...]:
    """The credit on the card, as far as it is stated; it is no debt."""
    left = ground.facts.credit_left
    return (CostLine(CostReason.CREDIT_LEFT, left, left, ""),)
