"""What somebody who leaves has decided: by which way, on which day, and whether something special is the reason."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from selfcare.domain.records import Struct, replace


class Route(StrEnum):
    """The ways out."""

    PORT = "port"
    STAC = "stac"
    NOTICE = "notice"
    ONLINE = "online"
    """Notice by the operator's own online function (France: three clicks)."""
    FIXED_SWITCH = "fixedSwitch"
    WITHDRAW = "withdraw"
    """Taking a new contract back within the days of reflection."""

    @property
    def is_move(self) -> bool:
        """A code is given to a new operator, who ends the line."""
        return self in {Route.PORT, Route.STAC}

    @property
    def is_notice(self) -> bool:
        """The customer tells the operator; no new operator is needed."""
        return self in {Route.NOTICE, Route.ONLINE, Route.WITHDRAW}


class Reason(StrEnum):
    """What may change the cost or the way; NONE is somebody who simply leaves."""

    NONE = ""
    MOVING = "moving"
    DEATH = "death"
    DEBT = "debt"
    LISTED = "listed"
    """Another reason that the contract itself may list: dismissal, illness, prison, a move abroad (France)."""
    SERVICE = "service"
    """A member of the armed forces with orders (United States)."""
    SAFETY = "safety"
    """Somebody leaves a shared account to be safe from another person on it."""


class Circumstances(Struct, frozen=True):
    """What was answered about a reason; None is "not answered", never "no".

    `listed` says that the contract names the reason; `filed` is when the commission received an over-indebted
    customer's file, `admitted` that it was declared admissible; `orders_from` is the first day of the orders,
    `orders_days` is None also for orders without an end, which `orders_open` says; `sent` is when the proof, or the
    letter about a change, went out; `stop_move` are orders that stop a move; `usable_there` is the service at the
    place.
    """

    reason: Reason = Reason.NONE
    listed: bool | None = None
    filed: date | None = None
    admitted: bool = False
    orders_days: int | None = None
    orders_open: bool = False
    stop_move: bool = False
    usable_there: bool | None = None
    sent: date | None = None
    orders_from: date | None = None


YES_NO = {"yes": True, "no": False}


def circumstances_answered(about: Circumstances, question: str, value: str) -> Circumstances:
    """One answer about the special reason. Another reason begins anew. ValueError for a question there is not."""
    ticked = value == "yes"
    match question:
        case "reason":
            return about if value == about.reason else Circumstances(Reason(value))
        case "listed":
            return replace(about, listed=YES_NO.get(value))
        case "filed":
            return replace(about, filed=date.fromisoformat(value) if value else None)
        case "admitted":
            return replace(about, admitted=ticked)
        case "ordersDays":
            days = int(value) if value.isdecimal() and len(value) < 6 else None
            return replace(about, orders_days=days, orders_open=False)
        case "ordersFrom":
            return replace(about, orders_from=date.fromisoformat(value) if value else None)
        case "ordersOpen":
            return replace(about, orders_open=ticked)
        case "stopMove":
            return replace(about, stop_move=ticked)
        case "usable":
            return replace(about, usable_there=YES_NO.get(value))
        case _:
            raise ValueError(question)


class Choices(Struct, frozen=True):
    """What the customer has decided and done so far. `nation` names the working-day calendar, "" is the country's.

    `notice` is the contract's own notice as the customer read it, where the operator states none. `handed_late`: the
    code was given to the new operator, on `handed_over`, after the hour by which the country's rules take it that day.
    """

    keep_number: bool = True
    plain_notice: bool = False
    accept_locked: bool = False
    saved: bool = False
    day: date | None = None
    handed_over: date | None = None
    handed_late: bool = False
    nation: str = ""
    withdraw: bool = False
    notice: tuple[int, str] | None = None
    about: Circumstances = Circumstances()
