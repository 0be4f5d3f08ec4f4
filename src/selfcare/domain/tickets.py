"""Trouble tickets: what the customer reported, what was answered, and by when an end was promised."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum

from .bills import PaperRef
from .lines import PortingCode
from .moved import Moves
from .records import Struct


class TicketState(StrEnum):
    """Where a ticket stands (TMF621 status)."""

    ACKNOWLEDGED = "acknowledged"
    REJECTED = "rejected"
    PENDING = "pending"
    HELD = "held"
    IN_PROGRESS = "inProgress"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    RESOLVED = "resolved"
    UNKNOWN = "unknown"


FOLLOWS = "followUpOf"
"""How a ticket is related to the earlier one that it takes up again (TMF621 relationshipType; the role in `about`)."""

FINISHED = frozenset({TicketState.REJECTED, TicketState.CANCELLED, TicketState.CLOSED, TicketState.RESOLVED})


class Note(Struct, frozen=True):
    """A remark on a ticket, by whom and when."""

    author: str
    at: datetime | None
    text: str


class StateChange(Struct, frozen=True):
    """One step in a ticket's course."""

    state: TicketState
    state_word: str
    at: datetime | None
    reason: str = ""


class EntityRef(Struct, frozen=True):
    """Something a ticket or a contact is about: a bill, a product, a service. `kind` is TMF's @referredType."""

    kind: str
    id: str
    role: str = ""


class Ticket(Struct, frozen=True):
    """One ticket (TMF621 TroubleTicket). `promised` is the operator's date, `wanted` the customer's.

    `moved_from` are earlier promises that were seen and silently replaced (the standard keeps no history), `moved_when`
    when each was, where that was seen. `call_by` is when the operator promised to call back, `call_seen` when that was
    first read, `call_moved_from` and `call_moved_when` the same of what it was before. `promised_said` quotes what
    stands where the date should and is none, such as "soon". `no_longer_listed` says that the operator has stopped
    listing it: this is how it was last seen.
    """

    id: str
    title: str
    text: str
    kind: str
    severity: str
    state: TicketState
    state_word: str
    created: datetime | None
    changed: datetime | None
    promised: datetime | None = None
    wanted: datetime | None = None
    resolved: datetime | None = None
    state_reason: str = ""
    external_id: str = ""
    course: tuple[StateChange, ...] = ()
    notes: tuple[Note, ...] = ()
    about: tuple[EntityRef, ...] = ()
    files: tuple[PaperRef, ...] = ()
    moved_from: tuple[datetime, ...] = ()
    no_longer_listed: bool = False
    call_by: datetime | None = None
    call_seen: datetime | None = None
    call_moved_from: tuple[datetime, ...] = ()
    moved_when: Moves = ()
    call_moved_when: Moves = ()
    promised_said: str = ""
    code: PortingCode | None = None
    """A code that was asked for by this ticket, and came back on it."""

    @property
    def is_open(self) -> bool:
        """Somebody still has to do something, as far as the operator lets it be seen."""
        return self.state not in FINISHED and not self.no_longer_listed

    @property
    def finished(self) -> datetime | None:
        """Since when it is settled, as far as its operator states it: by its own moment of the solution, or the step
        with which the last finished stretch of its course began; the earlier one, unless it was open again between.

        None while it is open and where nothing but `changed` is stated: any later touch changes that. A moment before
        it was opened is not believed.
        """
        if self.is_open:
            return None
        since, reopened = _last_stretch(self.course)
        if since is None or not self._is_believed(since):
            return self.resolved if self._is_believed(self.resolved) else None
        if self.resolved is None or not self._is_believed(self.resolved):
            return since
        return since if reopened is not None and self.resolved < reopened else min(since, self.resolved)

    def _is_believed(self, moment: datetime | None) -> bool:
        return moment is not None and (self.created is None or moment >= self.created)

    @property
    def is_stated(self) -> bool:
        """The operator says where it stands, in a word that is known: only then is it known whose turn it is."""
        return self.state is not TicketState.UNKNOWN

    @property
    def is_lost(self) -> bool:
        """It was open when last seen, and is no longer listed: nobody can see what became of it."""
        return self.no_longer_listed and self.state not in FINISHED

    @property
    def waits_for_customer(self) -> bool:
        """The operator says that it is the customer's turn."""
        return self.state is TicketState.PENDING and names_customer(self.state_reason)

    @property
    def waits_for_somebody(self) -> bool:
        """It waits, for a reason that does not tell whose turn it is: neither customer nor operator is named."""
        return self.state is TicketState.PENDING and tells_nobody(self.state_reason)

    def is_broken(self, now: datetime) -> bool:
        """The promised moment has passed and the ticket is still open; one that could never be kept is not broken."""
        return self.is_open and self.promised is not None and now > self.promised and self.is_possible(self.promised)

    def is_possible(self, end: datetime) -> bool:
        """An end that was promised can be kept: it had not passed when the ticket was opened."""
        return self.created is None or end >= self.created


def _last_stretch(course: tuple[StateChange, ...]) -> tuple[datetime | None, datetime | None]:
    """When the finished stretch that ends a course began, and when it had been open again before; None where that is
    not stated. A step in a word that nobody knows changes nothing; one without a moment may stand anywhere."""
    steps = [step for step in course if step.state is not TicketState.UNKNOWN]
    since: datetime | None = None
    reopened: datetime | None = None
    for before, step in zip((None, *steps), steps, strict=False):
        if step.state not in FINISHED:
            reopened = step.at if before is not None and before.state in FINISHED else reopened
            since = None
        elif before is None or before.state not in FINISHED:
            since = step.at
    if any(step.at is None and step.state in FINISHED for step in steps):
        since = None
    return since, reopened


def names_customer(reason: str) -> bool:
    """The words of an operator say that it waits for the customer: "En attente de votre réponse", "from you"."""
    said = reason.casefold().replace("’", "'")
    return _CUSTOMER.search(_DESKS.sub(" ", said)) is not None


def tells_nobody(reason: str) -> bool:
    """A reason is stated, and it names neither the customer nor anybody of the operator's."""
    return bool(reason.strip()) and not names_customer(reason) and _OPERATOR.search(reason.casefold()) is None


_DESKS = re.compile(
    r"\bcustomer\s+(?:care|services?|support|relations|operations|desk|team)\b|\bservices?\s+(?:des?\s+|aux?\s+)?clients?\b|"
    r"\b(?:relations?|conseill\w+)\s+clients?\b|\bclient(?:èle|\s+(?:services?|care|support))\b"
)
"""Desks of the operator's that are called after the customer."""
_CUSTOMER = re.compile(
    r"\b(?:customers?|clients?|clientes?|subscribers?|abonnée?s?|consumers?|kunden?|users?|utilisat\w+)\b|\b(?:from|by|for|to)\s+you\b|"
    r"\byour\s+(?:own\s+)?(?:reply|answer|response|confirmation|information|feedback|approval|agreement|consent|decision|documents?|"
    r"papers?|photos?|input|return|call|availability|proofs?|payment)\b|"
    r"\bvotre\s+(?:réponse|reponse|retour|confirmation|accord|rappel|décision|disponibilité|paiement|part|pièce|justificatif)|"
    r"\bvos\s+(?:réponses?|informations?|documents?|pièces?|justificatifs?|disponibilités?|précisions?|photos?)\b"
)
_OPERATOR = re.compile(
    r"\b(?:engineers?|technicians?|technicien\w*|field|suppliers?|vendors?|partners?|third\s+part\w+|contractors?|wholesale\w*|"
    r"fournisseurs?|prestataires?|sous-traitants?|partenaires?|tiers|network|réseau|teams?|équipes?|level\s+\d|niveau\s+\d|parts?|"
    r"spare|maintenance|internal|interne|back\s?office|experts?|stock|delivery|livraison|operator|opérateur|customer\s+(?:care|"
    r"services?|support)|services?\s+clients?)\b"
)
