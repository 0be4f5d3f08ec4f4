"""Options: what was sold, what is active on paper, and what really works; three facts, never one tick."""

from __future__ import annotations

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


class Health(StrEnum):
    """What the network says of the service behind it (TMF638); NOT_STATED is not "works"."""

    WORKS = "works"
    DEGRADED = "degraded"
    FAILED = "failed"
    NEVER_ON = "neverOn"
    OFF = "off"
    NOT_STATED = "notStated"


class Verdict(StrEnum):
    """Paper and reality side by side (mapping of TMF637 and TMF638)."""

    WORKS = "works"
    WORKS_BADLY = "worksBadly"
    CHARGED_NOT_WORKING = "chargedNotWorking"
    CHARGED_NEVER_ON = "chargedNeverOn"
    STILL_ON = "stillOn"
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

    @property
    def verdict(self) -> Verdict:
        """Paper beside reality; the worst service decides."""
        return judge(self.on_paper, tuple(s.health for s in self.services))


_ENDED = {PaperState.TERMINATED, PaperState.CANCELLED, PaperState.ABORTED}
_WORST_FIRST = (Health.FAILED, Health.NEVER_ON, Health.OFF, Health.DEGRADED, Health.NOT_STATED, Health.WORKS)


def judge(paper: PaperState, healths: tuple[Health, ...]) -> Verdict:
    """Put what is sold beside what runs. No service, or none that says anything, is NOT_STATED."""
    worst = next((h for h in _WORST_FIRST if h in healths), Health.NOT_STATED)
    if paper in _ENDED | {PaperState.SUSPENDED, PaperState.PENDING_TERMINATE}:
        if Health.WORKS in healths:
            return Verdict.STILL_ON
        return Verdict.ENDED if paper in _ENDED else Verdict.NOT_STATED
    if paper in {PaperState.CREATED, PaperState.PENDING_ACTIVE}:
        return Verdict.STARTING
    if paper is PaperState.UNKNOWN:
        return Verdict.NOT_STATED
    return {
        Health.FAILED: Verdict.CHARGED_NOT_WORKING,
        Health.OFF: Verdict.CHARGED_NOT_WORKING,
        Health.NEVER_ON: Verdict.CHARGED_NEVER_ON,
        Health.DEGRADED: Verdict.WORKS_BADLY,
        Health.NOT_STATED: Verdict.NOT_STATED,
        Health.WORKS: Verdict.WORKS,
    }[worst]
