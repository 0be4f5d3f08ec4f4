"""Which special reasons free nobody without a proof, and whether that proof has gone to the operator."""

from __future__ import annotations

from datetime import date

from .choices import Reason
from .country import Ground, Relief

PROVEN = frozenset({Reason.DEATH, Reason.DEBT, Reason.LISTED, Reason.SERVICE})
"""The reasons that an operator believes with a paper only: a certificate, a file, another proof, orders."""


def needs_proof(ground: Ground, relief: Relief | None) -> bool:
    """A proof has to go to the operator: after a death always, else where the reason frees or may free.

    A move needs one only where the contract is known to list it (FR-LEG-01).
    """
    reason = ground.choices.about.reason
    if reason is Reason.DEATH:
        return True
    if relief is None or relief.frees is False:
        return False
    return reason in PROVEN or (reason is Reason.MOVING and relief.frees is True)


def proof_sent(ground: Ground) -> date | None:
    """The day on which the proof went out by the customer's word, or was there by the operator's; None for neither."""
    about, change = ground.choices.about, ground.facts.holder_change
    received = change.papers if change is not None and about.reason is Reason.DEATH else None
    return received or about.sent
