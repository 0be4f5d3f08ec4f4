"""The way back: until when the number can still be rescued, how to return, and what the operator says it costs.

Facts only: no days are counted down, nothing is recommended, and nobody is reminded of it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import StrEnum

from selfcare.domain.lines import Access
from selfcare.domain.money import Money
from selfcare.domain.records import Struct

from .countries import fr_number, gb
from .facts import LeavingFacts
from .reach import Who, is_right, rule_for
from .rules import Rules


class NumberWent(StrEnum):
    """What became of the number."""

    MOVED = "moved"
    """It is with the new operator, and can come back from there at any time."""
    GIVEN_UP = "givenUp"


class Moves(StrEnum):
    """How the number of a line is moved."""

    BY_CODE = "byCode"
    BY_ORDER = "byOrder"
    """Whoever it goes to fetches it; there is no code (One Touch Switch, or a rule of no country that is known)."""
    BY_AUTHORITY = "byAuthority"
    """By a letter of authority, as the landline of a firm (UK-OTS-04)."""
    BY_AGREEMENT = "byAgreement"
    """On a day that both operators agree on, for many numbers at once (UK-SW-08)."""


class DoorState(StrEnum):
    """Whether the number can be had back."""

    OPEN = "open"
    CLOSED = "closed"
    """The day has passed. Asking is still free."""
    NOT_KNOWN = "notKnown"
    """No rule and no word of the operator's says until when."""


class Back(StrEnum):
    """The steps of coming back, in order."""

    ASK_CODE_NEW = "askCodeNew"
    """Ask the present operator for the code, as when leaving."""
    ASK_CODE_OLD = "askCodeOld"
    """Ask the old operator for the code of the number that it still holds."""
    ASK_OLD = "askOld"
    """Ask the old operator whether the number is still there."""
    ORDER = "order"
    """Order as a new customer; the old contract does not come back by itself."""
    GIVE_CODE = "giveCode"
    ORDER_NUMBER = "orderNumber"
    """Order as a new customer and have the number fetched: there is no code."""
    AUTHORITY = "authority"
    """Sign a letter of authority, which moves the number."""
    AGREE = "agree"
    """Agree on a day with both operators."""
    RESUME = "resume"
    """Take the service up again: somebody who comes back from military orders, with the number and without a fee."""


class Door(Struct, frozen=True):
    """The way back. `number_until` is the last day by the operator's word or the rule, None where there is none.

    `differs` says that the operator states a sooner day than the rule gives. `price` is the operator's own, None where
    it states none: no other is ever shown. `went` is what became of the number. The archive keeps opening whatever
    happens.
    """

    state: DoorState
    number_until: date | None
    rule_id: str
    is_certain: bool
    steps: tuple[Back, ...]
    price: Money | None = None
    differs: bool = False
    went: NumberWent = NumberWent.GIVEN_UP


_ORDER = {
    Moves.BY_CODE: (Back.ORDER, Back.GIVE_CODE),
    Moves.BY_ORDER: (Back.ORDER_NUMBER,),
    Moves.BY_AUTHORITY: (Back.ORDER, Back.AUTHORITY),
    Moves.BY_AGREEMENT: (Back.ORDER, Back.AGREE),
}

_LAWS: dict[str, tuple[str, Callable[[date, Rules], date]]] = {
    "GB": ("UK-SW-14", gb.rescue_until),
    "FR": ("FR-POR-06", fr_number.number_until),
}


def moves_of(facts: LeavingFacts, scheme: str) -> Moves:
    """How the number of a line moves, by the code that moving it needs (`scheme`, "" for none)."""
    if scheme:
        return Moves.BY_CODE
    if facts.country != "GB":
        return Moves.BY_ORDER
    if facts.access is Access.MOBILE:
        return Moves.BY_AGREEMENT
    return Moves.BY_AUTHORITY if facts.is_business else Moves.BY_ORDER


def door(
    ended: date,
    went: NumberWent,
    rules: Rules,
    today: date,
    *,
    who: Who | None = None,
    moves: Moves = Moves.BY_CODE,
    stated: date | None = None,
    price: Money | None = None,
    under_orders: bool = False,
    resume_by: date | None = None,
) -> Door:
    """The way back to a line that ended. `stated` is the operator's own last day for the number, `price` of return;
    `moves` is how a number of this line moves.

    `under_orders`: by law the number is kept for a servicemember (US-SCRA-03), who resumes the service until
    `resume_by`; None where no end of the orders is known. After that day the law gives nothing more: neither the
    number nor a return without a fee.
    """
    if under_orders:
        if resume_by is not None and today > resume_by:
            return Door(DoorState.CLOSED, resume_by, "", False, (Back.ASK_OLD, Back.ORDER))
        return Door(DoorState.OPEN, resume_by, "US-SCRA-03", True, (Back.RESUME,))
    has_code = moves is Moves.BY_CODE
    if went is NumberWent.MOVED:
        asks = (Back.ASK_CODE_NEW,) if has_code else ()
        return Door(DoorState.OPEN, None, "", True, (*asks, *_ORDER[moves]), price, went=went)
    law = _LAWS.get(rules.country)
    rule = rule_for(rules, law[0], ended, who or Who()) if law is not None else None
    ruled = law[1](ended, rules) if law is not None and rule is not None else None
    until = max((day for day in (ruled, stated) if day is not None), default=None)
    by_rule = rule is not None and until == ruled
    state = DoorState.NOT_KNOWN if until is None else DoorState.CLOSED if today > until else DoorState.OPEN
    first = Back.ASK_CODE_OLD if state is DoorState.OPEN and has_code else Back.ASK_OLD
    steps = (first, *_ORDER[moves]) if state is DoorState.OPEN else (first, Back.ORDER)
    return Door(
        state,
        until,
        rule.id if rule is not None and by_rule else "",
        rule is not None and by_rule and is_right(rule),
        steps,
        price,
        ruled is not None and stated is not None and stated < ruled,
    )
