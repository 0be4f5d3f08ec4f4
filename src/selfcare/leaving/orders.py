"""A servicemember's orders: whether they end the contract free, and until when the number is kept for the return."""

from __future__ import annotations

from datetime import date, timedelta

from .choices import Reason, Route
from .countries.us_rights import NumberKept, number_kept
from .country import Country, Ground
from .reach import rule_for, who_of

KEPT, BACK = "US-SCRA-03", "US-SCRA-02"
"""The rules by which the number is kept, and by which what was paid in advance comes back."""


def orders_free(ground: Ground, country: Country) -> bool:
    """The contract ends under orders, by law and without a fee (US-SCRA-01); False also where that is not certain."""
    relief = country.relief(ground)
    served = ground.choices.about.reason is Reason.SERVICE
    return served and relief is not None and relief.frees is True and BACK in relief.rule_ids


def keeps_number(ground: Ground, country: Country, route: Route, ends: date) -> bool:
    """The number of a mobile line that ends by notice on `ends` comes back to somebody with orders (US-SCRA-03).

    One that moves to another carrier is kept there. A line that ends after the last day on which it could be taken up
    again loses its number as any other.
    """
    facts = ground.facts
    who = who_of(facts.access, is_business=facts.is_business)
    reached = rule_for(ground.rules, KEPT, ground.today, who) is not None
    if not (facts.number and route.is_notice and reached and orders_free(ground, country)):
        return False
    last = _kept(ground)
    return last is None or ends <= last.resume_by


def return_day(ground: Ground) -> date | None:
    """The day on which the orders end; None where they name no end, or nobody says when they begin."""
    about = ground.choices.about
    if about.orders_from is None or about.orders_days is None or about.orders_open:
        return None
    return about.orders_from + timedelta(days=about.orders_days)


def orders_over(ground: Ground) -> date | None:
    """The day on which orders ended that were over before anybody told the operator of them, so that they may free
    nobody (US-SCRA-01); None for orders that last, or lasted until the notice, their copy, the move or the end.
    """
    back = return_day(ground)
    if back is None or ground.choices.about.reason is not Reason.SERVICE:
        return None
    known = (ground.facts.line_ended, ground.choices.about.sent, ground.choices.handed_over)
    told = min(day for day in (ground.told, *known) if day is not None)
    return back if back < told else None


def resumes_by(ground: Ground, country: Country, route: Route, ends: date) -> NumberKept | None:
    """Until when the service of a line that ends on `ends` is taken up again to have the number back (US-SCRA-03).

    None where the number is not kept, the orders last too long for that, or their end is not known.
    """
    return _kept(ground) if keeps_number(ground, country, route, ends) else None


def _kept(ground: Ground) -> NumberKept | None:
    """By the days of the orders alone; None where they are not known or too far apart."""
    back, begins = return_day(ground), ground.choices.about.orders_from
    return None if back is None or begins is None else number_kept(begins, back, ground.rules)


def away_too_long(ground: Ground) -> bool:
    """The orders are for more than the three years of US-SCRA-03, whenever they begin."""
    about = ground.choices.about
    if about.orders_days is None or about.orders_open:
        return False
    begins = about.orders_from or ground.today
    return number_kept(begins, begins + timedelta(days=about.orders_days), ground.rules) is None
