"""Reads what really runs (TMF638) from an operator's documents."""

from __future__ import annotations

from datetime import UTC, tzinfo

from selfcare.domain.options import Health, Service

from .reading import Doc, characteristics, document, first_of, first_text, identity, plain_word, text, truth

KIND = "service"

_OPERATING = {
    "running": Health.WORKS,
    "degraded": Health.DEGRADED,
    "limited": Health.DEGRADED,
    "failed": Health.FAILED,
    "stopped": Health.OFF,
    "stopping": Health.OFF,
    "starting": Health.NEVER_ON,
    "pending": Health.NEVER_ON,
    "configured": Health.NEVER_ON,
    "unknown": Health.NOT_STATED,
}


def read_service(doc: bytes | Doc, zone: tzinfo = UTC) -> Service:
    """One service (TMF638 Service). Raises Unreadable.

    `operatingStatus` decides (v5, or a v4 characteristic of that name); else the two booleans of v4, by the sentence
    of the specification: neither enabled nor started has never been switched on, started but not enabled has failed.
    What runs and is not enabled contradicts itself: neither is believed.
    """
    doc = document(doc, KIND)
    facts = characteristics(doc.get("serviceCharacteristic"))
    enabled = truth(doc.get("isServiceEnabled"))
    operating = text(doc.get("operatingStatus")) or text(first_of(facts, "operatingStatus"))
    state = first_text(doc, "state", "status")
    if operating:
        health = operating_health(operating)
        if enabled is False and health in {Health.WORKS, Health.DEGRADED}:
            health = Health.CONTRADICTORY
    else:
        health = _by_state(plain_word(state), enabled, truth(doc.get("hasStarted")))
    return Service(identity(doc, KIND), first_text(doc, "name", "description"), health, operating or state)


def operating_health(word: str) -> Health:
    """What a word for the operating status means; NOT_STATED for a word that the standard does not know."""
    return _OPERATING.get(plain_word(word), Health.NOT_STATED)


def _by_state(state: str, enabled: bool | None, started: bool | None) -> Health:
    if state in {"inactive", "terminated", "suspended"}:
        return Health.OFF
    if enabled is False:
        return Health.NOT_ENABLED if started is None else Health.FAILED if started else Health.NEVER_ON
    if enabled and state == "active":
        return Health.WORKS
    if state in {"feasibilitychecked", "designed", "reserved"}:
        return Health.NEVER_ON
    return Health.NOT_STATED
