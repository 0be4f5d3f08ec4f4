"""Options: what was sold, what is active on paper, and what really works; three facts, never one tick."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from .money import Money
from .records import Struct


class PaperState(StrEnum):
    """What the contract says of a product (TMF637 Product.status)."""

    CREATED = "created"
    PENDING_ACTIVE = "pendingActive"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    PENDING_TERMINATE = "pendingTerminate"
    TERMINATED = "terminated"
    CANCELLED = "cancelled"
    ABORTED = "aborted"
    UNKNOWN = "unknown"


CHARGED_ON_PAPER = frozenset({PaperState.ACTIVE, PaperState.PENDING_TERMINATE})
"""While a product is called so, its price is owed: what is ending is paid until its end."""


class Health(StrEnum):
    """What the network says of the service behind it (TMF638); NOT_STATED is not "works"."""

    WORKS = "works"
    DEGRADED = "degraded"
    FAILED = "failed"
    NEVER_ON = "neverOn"
    OFF = "off"
    NOT_ENABLED = "notEnabled"
    """It is not enabled for use, and nobody says whether it ever ran."""
    CONTRADICTORY = "contradictory"
    """It runs, and it is not enabled: both cannot be, so neither is believed."""
    NOT_STATED = "notStated"


class Verdict(StrEnum):
    """Paper and reality side by side (mapping of TMF637 and TMF638)."""

    WORKS = "works"
    WORKS_BADLY = "worksBadly"
    CHARGED_NOT_WORKING = "chargedNotWorking"
    CHARGED_NEVER_ON = "chargedNeverOn"
    NOT_WORKING = "notWorking"
    """It does not work, and no price of its own is stated for it."""
    NEVER_ON = "neverOn"
    """It was never switched on, and no price of its own is stated for it."""
    STILL_ON = "stillOn"
    AS_ON_PAPER = "asOnPaper"
    """Suspended or ending on paper, and the network says that it does not run."""
    STARTING = "starting"
    ENDED = "ended"
    NOT_STATED = "notStated"


class Service(Struct, frozen=True):
    """What runs behind a product (TMF638 Service). `word` keeps the operator's own word."""

    id: str
    name: str
    health: Health
    word: str


class Option(Struct, frozen=True):
    """Something sold on a line (TMF637 Product). `sold` is when it was ordered, `since` when it became active.

    `clause` quotes the contract term that limits it, `services` are what the network says of it, `offering_id` is what
    was sold in the operator's catalogue (TMF620).
    """

    id: str
    name: str
    line_id: str
    price: Money | None
    period: str
    on_paper: PaperState
    on_paper_word: str
    sold: date | None
    since: date | None
    ended: date | None
    service_ids: tuple[str, ...] = ()
    services: tuple[Service, ...] = ()
    clause: str = ""
    description: str = ""
    is_visible: bool = True
    offering_id: str = ""
    is_net: bool = False
    """The price is stated without tax only: more than that is paid."""
    has_discount: bool = False
    """A discount is taken off the price: less than that is paid."""

    @property
    def gross(self) -> Money | None:
        """The price with tax: what is charged. None where it is not stated, or without tax only."""
        return None if self.is_net else self.price

    @property
    def verdict(self) -> Verdict:
        """Paper beside reality; the worst service decides."""
        return judge(self.on_paper, tuple(s.health for s in self.services), is_charged=self.is_charged)

    @property
    def is_charged(self) -> bool:
        """A price above nothing is stated for it."""
        return self.price is not None and self.price.value > 0

    @property
    def health(self) -> Health:
        """What the network says of it: the worst of its services."""
        return worst_of(s.health for s in self.services)


_ENDED = {PaperState.TERMINATED, PaperState.CANCELLED, PaperState.ABORTED}
_WORST_FIRST = (
    Health.FAILED,
    Health.NEVER_ON,
    Health.OFF,
    Health.NOT_ENABLED,
    Health.DEGRADED,
    Health.CONTRADICTORY,
    Health.NOT_STATED,
    Health.WORKS,
)
_NOT_KNOWN = {Health.CONTRADICTORY, Health.NOT_STATED}

NOT_SERVED = frozenset(
    {Verdict.CHARGED_NOT_WORKING, Verdict.CHARGED_NEVER_ON, Verdict.NOT_WORKING, Verdict.NEVER_ON}
)  # fmt: skip
"""What does not work by the operator's own word, whether it costs anything or not."""


def worst_of(healths: Iterable[Health]) -> Health:
    """The worst that is said of several services; NOT_STATED where there is none."""
    found = frozenset(healths)
    return next((health for health in _WORST_FIRST if health in found), Health.NOT_STATED)


def judge(paper: PaperState, healths: tuple[Health, ...], *, is_charged: bool = True) -> Verdict:
    """Put what is sold beside what runs. No service, or none that says anything, is NOT_STATED.

    Nothing is called charged that has no price above nothing (`is_charged`).
    """
    worst = worst_of(healths)
    if paper is PaperState.PENDING_TERMINATE and worst in {Health.FAILED, Health.NEVER_ON}:
        paper = PaperState.ACTIVE  # it is paid until its end
    if paper in _ENDED | {PaperState.SUSPENDED, PaperState.PENDING_TERMINATE}:
        if {Health.WORKS, Health.DEGRADED}.intersection(healths):
            return Verdict.STILL_ON
        if paper in _ENDED:
            return Verdict.ENDED
        return Verdict.NOT_STATED if worst in _NOT_KNOWN else Verdict.AS_ON_PAPER
    if paper in {PaperState.CREATED, PaperState.PENDING_ACTIVE}:
        return Verdict.STARTING
    if paper is PaperState.UNKNOWN:
        return Verdict.NOT_STATED
    dead = Verdict.CHARGED_NOT_WORKING if is_charged else Verdict.NOT_WORKING
    return {
        Health.FAILED: dead,
        Health.OFF: dead,
        Health.NOT_ENABLED: dead,
        Health.NEVER_ON: Verdict.CHARGED_NEVER_ON if is_charged else Verdict.NEVER_ON,
        Health.DEGRADED: Verdict.WORKS_BADLY,
        Health.CONTRADICTORY: Verdict.NOT_STATED,
        Health.NOT_STATED: Verdict.NOT_STATED,
        Health.WORKS: Verdict.WORKS,
    }[worst]
