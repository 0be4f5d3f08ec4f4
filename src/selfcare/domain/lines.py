"""A line: one number or access with its plan, its handset and its options."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from .money import Money
from .options import Option, PaperState
from .records import Struct


class Access(StrEnum):
    """What kind of line it is."""

    MOBILE = "mobile"
    FIXED = "fixed"
    INTERNET = "internet"
    OTHER = "other"


class SimLock(StrEnum):
    """Whether a handset takes another operator's SIM; NOT_STATED is not "no"."""

    LOCKED = "locked"
    UNLOCKED = "unlocked"
    NOT_STATED = "notStated"


class Ownership(StrEnum):
    """Whose a device is; NOT_STATED is neither."""

    OWNED = "owned"
    LENT = "lent"
    """It goes back at the end."""
    NOT_STATED = "notStated"


class Handset(Struct, frozen=True):
    """A device bought with a line (TMF637 Product with a serial number). `serial` is the IMEI.

    `ownership` and `instalments_left` are our extension (equipment.schema.json); `price` is what each instalment, or
    the rent, is, `pays_until` the end of its term.
    """

    id: str
    name: str
    serial: str
    lock: SimLock
    line_id: str = ""
    unlock_code: str = ""
    since: date | None = None
    ownership: Ownership = Ownership.NOT_STATED
    instalments_left: int | None = None
    price: Money | None = None
    period: str = ""
    pays_until: date | None = None
    is_net: bool = False
    """The price is stated without tax only."""

    @property
    def gross(self) -> Money | None:
        """The price with tax: what is charged. None where it is not stated, or without tax only."""
        return None if self.is_net else self.price


class PortingCode(Struct, frozen=True):
    """A code that lets a number go (PAC, STAC or RIO). It is a secret: never logged.

    `scheme` is one of PAC, STAC, RIO; `expires` is the operator's own date, if stated, `issued` the day on which it
    came, where that is known.
    """

    scheme: str
    code: str
    expires: date | None = None
    issued: date | None = None
    in_note: bool = False
    """It was found in the words of a note: it may be another thing."""


class Line(Struct, frozen=True):
    """One line (TMF637 Product that carries a number or an access), with everything hung on it."""

    id: str
    name: str
    number: str
    access: Access
    on_paper: PaperState
    on_paper_word: str
    price: Money | None
    period: str
    since: date | None
    ends: date | None
    account_id: str = ""
    contract_id: str = ""
    user_name: str = ""
    main: Option | None = None
    options: tuple[Option, ...] = ()
    handset: Handset | None = None
    code: PortingCode | None = None
    term_months: int | None = None
    term_ends: date | None = None
    devices: tuple[Handset, ...] = ()
    """All of them; `handset` is the first."""
    is_net: bool = False
    """The price is stated without tax only: more than that is paid."""
    has_discount: bool = False
    """A discount is taken off the price: less than that is paid."""

    @property
    def gross(self) -> Money | None:
        """The price with tax: what is charged. None where it is not stated, or without tax only."""
        return None if self.is_net else self.price


def services_of(lines: Iterable[Line]) -> frozenset[str]:
    """The ids of every service behind lines and what is sold on them."""
    return frozenset(one for line in lines for part in _parts(line) for one in _services(part))


def families_of(lines: Iterable[Line]) -> tuple[frozenset[str], ...]:
    """For each line the ids of all that a ticket about it may name: the line, what is sold on it, the services."""
    return tuple(
        frozenset((line.id, *(one for part in _parts(line) for one in (part.id, *_services(part))))) for line in lines
    )


def _parts(line: Line) -> tuple[Option, ...]:
    return (*(() if line.main is None else (line.main,)), *line.options)


def _services(part: Option) -> tuple[str, ...]:
    return (*part.service_ids, *(service.id for service in part.services))
