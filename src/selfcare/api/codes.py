"""Reads the codes that let a number go (PAC, STAC, RIO, transfer PIN), wherever operators write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, tzinfo

from selfcare.domain.lines import PortingCode
from selfcare.domain.tickets import Note

from .reading import Doc, day, first_of, text

_NAMES = (
    ("PAC", ("portingAuthorisationCode", "portingAuthorizationCode", "pac")),
    ("STAC", ("stac", "serviceTerminationAuthorisationCode", "serviceTerminationAuthorizationCode")),
    ("RIO", ("rio",)),
    ("PIN", ("transferPin", "numberTransferPin")),
)
SCHEMES = frozenset(scheme for scheme, _names in _NAMES)
_SHAPES = (
    ("PAC", re.compile(r"\bPAC\b"), re.compile(r"(?<![A-Z0-9])(?:[A-Z]{3}|H3G) ?[0-9]{6}(?![A-Z0-9])")),
    ("STAC", re.compile(r"\bSTAC\b"), re.compile(r"(?<![A-Z0-9])[0-9]{6} ?(?:[A-Z]{3}|H3G)(?![A-Z0-9])")),
    ("RIO", re.compile(r"\bRIO\b"), re.compile(r"(?<![A-Z0-9])[0-9A-Z]{2}[A-Z][0-9A-Z]{6}[0-9A-Z+]{3}(?![A-Z0-9+])")),
)
"""By scheme: how it is called in a sentence, and what it looks like."""


def porting_code(facts: Doc, zone: tzinfo = UTC, issued: date | None = None) -> PortingCode | None:
    """A code from the characteristics of a product, an order item or a ticket (see mapping 5.1)."""
    for scheme, names in _NAMES:
        code = text(first_of(facts, *names))
        if code:
            expiries = [f"{name}Expiry" for name in names]
            return PortingCode(scheme, code, day(first_of(facts, *expiries), zone), issued)
    return None


def scheme_of(identifier: Doc) -> str:
    """The kind of code that an external identifier is, by its type or by whoever gave it (Ofcom-PAC); "" for none."""
    said = f"{text(identifier.get('externalIdentifierType'))} {text(identifier.get('owner'))}"
    return next((word for word in re.split(r"[^A-Z]+", said.upper()) if word in SCHEMES), "")


def code_in_notes(notes: Iterable[Note], zone: tzinfo = UTC) -> PortingCode | None:
    """A code from the newest note that calls it by its name and has exactly one of its shape; else None."""
    for note in reversed(list(notes)):
        for scheme, name, shape in _SHAPES:
            found = {one.replace(" ", "") for one in shape.findall(note.text)} if name.search(note.text) else set()
            if len(found) == 1:
                issued = note.at.astimezone(zone).date() if note.at is not None else None
                return PortingCode(scheme, found.pop(), None, issued, in_note=True)
    return None
