"""Which special reasons free nobody without a proof, and whether that proof has gone to the operator."""

from __future__ import annotations

from datetime import date

from .choices import Reason
from .country import CostLine, CostReason, Country, FreeExit, Ground, Relief

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


def exit_taken(ground: Ground, country: Country, charge: CostLine) -> FreeExit | None:
    """The announced change that a charge is free by, or may be (UK-CTR-03, FR-MOD-01, US-ETF-04); None for any other.

    Its first day is the one on which the change was told. Nobody but the customer says that this is why the line goes.
    """
    if charge.reason is not CostReason.FREE_EXIT:
        return None
    exits = (e for e in country.exits(ground) if e.reason is CostReason.FREE_EXIT)
    return next((e for e in exits if (e.rule_id, e.last) == (charge.rule_id, charge.until)), None)


def proof_sent(ground: Ground) -> date | None:
    """The day on which the proof went out by the customer's word, or was there by the operator's; None for neither."""
    about, change = ground.choices.about, ground.facts.holder_change
    received = change.papers if change is not None and about.reason is Reason.DEATH else None
    return received or about.sent
