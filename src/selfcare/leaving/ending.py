"""How a line ended, and what is known of its contract: what a final bill is held against."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from selfcare.domain.money import Money
from selfcare.domain.records import Struct, field

from .country import CostReason
from .reach import Who


class Ending(Struct, frozen=True):
    """How a line ended: `ended` is its last day, which is paid. None is "not known", never no.

    `switched` is by PAC, STAC, One Touch Switch or a moved number; else by plain notice. `under_orders`: by law, under
    military orders. `products` are the ids of the
    line and its options (empty: every line of the bill is about it). `charge` is our own range for leaving early on
    that day with the rules behind it, `charge_why` what it comes from; `charge_told` that it was announced. `prorates`
    is the contract's word that a part of a month comes back, `in_contract` that it names a closing fee, `closing_fee`,
    which costs the operator `closing_cost`.
    `device` is the rest of the handset that falls due by our count. `returned` says that the equipment is back, with
    proof. `prices` are monthly prices by product id.
    """

    ended: date
    who: Who = Who()
    switched: bool = False
    under_orders: bool = False
    products: frozenset[str] = frozenset()
    charge: tuple[Money, Money] | None = None
    charge_rules: tuple[str, ...] = ()
    charge_why: CostReason | None = None
    charge_told: bool | None = None
    prorates: bool | None = None
    in_contract: bool | None = None
    closing_fee: Money | None = None
    closing_cost: Money | None = None
    device: Money | None = None
    returned: bool | None = None
    prices: Mapping[str, Money] = field(default_factory=dict)
