"""Finds an operator by an address that the customer types: its published profile, at a well-known place."""

from __future__ import annotations

from codecs import BOM_UTF8

from selfcare.domain.failures import NotAnAnswer

from .addresses import origin_of
from .client import Request, Wire
from .limits import SMALL_JSON
from .replies import require_json, require_success

WELL_KNOWN = "/.well-known/selfcare-operator"
_OF_FILES = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream"})
"""What plain web servers say of a file whose ending they do not know; a profile's address has none."""


def fetch_profile(address: str) -> bytes:
    """The profile that an operator publishes below an address (https, or loopback), as it came.

    Raises NotAnAnswer("foreign") for an address that may not be asked, Refused where there is no profile, and every
    failure of the wire.
    """
    typed = address.strip().rstrip("/")
    if "://" not in typed:
        typed = f"https://{typed}"
    origin = origin_of(typed)
    if not origin:
        raise NotAnAnswer("foreign")
    url = typed if typed.endswith(WELL_KNOWN) else typed + WELL_KNOWN
    wire = Wire({origin})
    try:
        reply = wire.send(Request("GET", url, {"accept": "application/json, application/jose"}, cap=SMALL_JSON))
        require_success(reply)
        kind = reply.headers.get("content-type", "").casefold().partition(";")[0].strip()
        plain = reply.body.removeprefix(BOM_UTF8)
        if kind == "application/jose" or (kind in _OF_FILES and plain.lstrip()[:1] in (b"{", b"e")):
            return plain
        return require_json(reply)
    finally:
        wire.close()
