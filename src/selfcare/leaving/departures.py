"""Which lines are on their way out by the operator's own word: notice that it took, and lines that have ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from selfcare.domain.contract import Contract
from selfcare.domain.lines import Line
from selfcare.domain.options import PaperState
from selfcare.domain.orders import Order
from selfcare.domain.records import Struct

from .asked import standing_notice
from .last_hour import named_day


class Departure(Struct, frozen=True):
    """One line. `is_over`: it has ended, on `ends` if the operator states the day; else notice was given on `given`
    and `ends` is the day that the operator names for its end."""

    line_id: str
    is_over: bool
    given: date | None = None
    ends: date | None = None


def departures(lines: Iterable[Line], orders: Sequence[Order], zone: str) -> dict[str, Departure]:
    """The lines that end or have ended, by id. A notice that was refused, or taken back, ends nothing."""
    found: dict[str, Departure] = {}
    for line in lines:
        if line.on_paper in {PaperState.TERMINATED, PaperState.CANCELLED}:
            found[line.id] = Departure(line.id, True, ends=line.ends)
            continue
        notice = standing_notice(orders, line.id)
        if notice is not None:
            ends = named_day(notice.expected or notice.completed or notice.wanted, zone)
            found[line.id] = Departure(line.id, False, _day(notice.ordered, zone), ends)
    return found


def of_contract(contract: Contract, lines: Iterable[Line], found: Mapping[str, Departure]) -> tuple[Departure, ...]:
    """The departures of a contract all of whose lines are on their way out, the last first; none otherwise."""
    own = [line.id for line in lines if is_part(line, contract)]
    if not own or not all(line_id in found for line_id in own):
        return ()
    return tuple(sorted((found[i] for i in own), key=lambda d: (not d.is_over, d.ends or date.min), reverse=True))


def is_part(line: Line, contract: Contract) -> bool:
    """Whether a line belongs to a contract."""
    return line.contract_id == contract.id or line.id in contract.product_ids


def _day(moment: datetime | None, zone: str) -> date | None:
    return moment.astimezone(ZoneInfo(zone)).date() if moment is not None else None
