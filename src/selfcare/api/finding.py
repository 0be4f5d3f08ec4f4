"""Finds an operator by an address that the customer types: its published profile, at a well-known place."""

from __future__ import annotations

from selfcare.domain.failures import NotAnAnswer

from .addresses import origin_of
from .client import Request, Wire
from .limits import SMALL_JSON
from .replies import require_json, require_success

WELL_KNOWN = "/.well-known/selfcare-operator"


def fetch_profile(address: str) -> bytes:
    """The profile that an operator publishes below an address (https, or loopback), as it came.

    Raises NotAnAnswer("foreign") for an address that may not be asked, Refused where there is no profile, and every
    failure of the wire.
    """
    plain = address.strip().rstrip("/")
    if "://" not in plain:
        plain = f"https://{plain}"
    origin = origin_of(plain)
    if not origin:
        raise NotAnAnswer("foreign")
    url = plain if plain.endswith(WELL_KNOWN) else plain + WELL_KNOWN
    wire = Wire({origin})
    try:
        reply = wire.send(Request("GET", url, {"accept": "application/json, application/jose"}, cap=SMALL_JSON))
        require_success(reply)
        kind = reply.headers.get("content-type", "").casefold().partition(";")[0].strip()
        return reply.body if kind == "application/jose" else require_json(reply)
    finally:
        wire.close()
