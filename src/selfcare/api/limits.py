"""How much of an answer we are willing to read, and how long we wait for it."""

from __future__ import annotations

from selfcare.domain.records import Struct

MIB = 1 << 20

JSON_BYTES = 8 * MIB
"""One JSON answer, unpacked."""
PDF_BYTES = 25 * MIB
"""One PDF, unpacked."""
HEADER_BYTES = 64 * 1024
"""All headers of one answer."""
LIST_ITEMS = 200_000
"""Documents in one list, all pages together."""
LIST_PAGES = 2_000
"""Pages of one list."""
DEPTH = 64
"""Objects and lists inside each other."""
STRING = 64 * 1024
"""Characters of one text; longer ones are cut."""
ID = 512
"""Characters of an id."""
SMALL_JSON = 256 * 1024
"""Answers of the sign-in server."""


class Patience(Struct, frozen=True):
    """How long is waited, in seconds: for a connection, for the next bytes, and for a whole answer."""

    connect: float = 10.0
    silence: float = 15.0
    json_total: float = 30.0
    pdf_total: float = 120.0


SLOW_AFTER = 20.0
"""Seconds after which an answer must have come faster than SLOW_RATE on average."""
SLOW_RATE = 1024
"""Bytes a second."""
