"""Follows what must go back to the operator: its label, its deadline, and the receipt without which it is not done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum

from selfcare.domain.lines import Access
from selfcare.domain.records import Struct

from .countries import fr_money
from .facts import LeavingFacts
from .reach import Who, rule_for, who_of
from .rules import Rules

CAREFUL_DAYS = 14
"""Used where neither the operator nor a rule names a time; sooner than is usual, and said to be a guess."""


class Item(Struct, frozen=True):
    """Something of the operator's: a box, a handset on loan. `name` is the customer's or operator's word for it.

    `label` is what the parcel is sent with (a reference, a link or an address), "" while there is none.
    """

    id: str
    name: str
    label: str = ""


class Proof(Struct, frozen=True):
    """A receipt: its `number`, or where its photo is kept. One of them is always there.

    ValueError for a proof that proves nothing: it cannot be made, nor read back from a file.
    """

    number: str = ""
    photo: str = ""

    def __post_init__(self) -> None:
        if not self.number.strip() and not self.photo.strip():
            raise ValueError("a receipt needs its number or its photo")


class Returned(Struct, frozen=True):
    """An item that went back on a day. Without a proof there is no such thing."""

    item_id: str
    day: date
    proof: Proof


class Deadline(Struct, frozen=True):
    """The last day to send an item back. `rule_id` is "" where no rule is behind it."""

    day: date
    rule_id: str = ""
    is_guess: bool = True


class EquipmentState(StrEnum):
    """Where an item stands."""

    LATER = "later"
    """It is needed until the line ends."""
    ASK_LABEL = "askLabel"
    SEND = "send"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "doneLate"


class EquipmentStep(Struct, frozen=True):
    """One item to send back: not before `first`, by `deadline`. `returned` is there exactly when it is done."""

    item: Item
    state: EquipmentState
    first: date
    deadline: Deadline
    returned: Returned | None = None

    @property
    def is_done(self) -> bool:
        """It is back, with its proof."""
        return self.returned is not None


_LAWS: dict[str, tuple[str, Callable[[date, Rules], date]]] = {"FR": ("FR-EQP-01", fr_money.return_until)}


def return_deadline(ended: date, rules: Rules, *, who: Who | None = None, stated: date | int | None = None) -> Deadline:
    """By when equipment goes back after the line ended: the operator's day, or its number of days; else the usual.

    The usual is FR-EQP-01 for a French box, and a careful fortnight of our own elsewhere: both are guesses.
    """
    if stated is not None:
        return Deadline(ended + timedelta(days=stated) if isinstance(stated, int) else stated, is_guess=False)
    law = _LAWS.get(rules.country)
    if law is not None and rule_for(rules, law[0], ended, who or Who()) is not None:
        return Deadline(law[1](ended, rules), law[0])
    return Deadline(ended + timedelta(days=CAREFUL_DAYS))


def box_deadline(facts: LeavingFacts, ended: date, rules: Rules) -> Deadline | None:
    """By when the box of a line at home goes back, where the operator states nothing; None for any other line."""
    if facts.access not in {Access.FIXED, Access.INTERNET}:
        return None
    who = who_of(facts.access, is_business=facts.is_business, is_small=facts.small is True)
    return return_deadline(ended, rules, who=who)


def give_back(item: Item, day: date, proof: Proof) -> Returned:
    """Tick an item off: only with the receipt's number or photo in hand."""
    return Returned(item.id, day, proof)


def equipment_step(
    item: Item, ended: date, deadline: Deadline, today: date, returned: Returned | None = None
) -> EquipmentStep:
    """Where an item stands today. ValueError for the return of another item.

    It is late once its deadline has passed without a proof; a guess is late too, as the customer should ask then.
    """
    if returned is not None:
        if returned.item_id != item.id:
            raise ValueError("the receipt is for another item")
        state = EquipmentState.DONE_LATE if returned.day > deadline.day else EquipmentState.DONE
    elif today > deadline.day:
        state = EquipmentState.LATE
    elif not item.label.strip():
        state = EquipmentState.ASK_LABEL
    else:
        state = EquipmentState.SEND if today >= ended else EquipmentState.LATER
    return EquipmentStep(item, state, ended, deadline, returned)
