"""Keeps the copies of bills that an operator lists beside them from being counted as bills of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selfcare.api.bills import bill_facts
from selfcare.api.reading import text
from selfcare.domain.failures import Unreadable
from selfcare.store.round import Round
from selfcare.store.twins import has_number

from .documents import BILL

_WORD = "duplicate"
"""The category of a bill that is a copy of another one under its number (TMF678)."""


class Copies:
    """The copies in one list, held back until all the bills have come."""

    def __init__(self, kind: str) -> None:
        self._is_of_bills = kind == BILL
        self._held: dict[str, bytes] = {}

    def apart(self, bodies: Iterable[bytes]) -> Iterator[bytes]:
        """What is no copy."""
        return self._others(bodies) if self._is_of_bills else iter(bodies)

    def _others(self, bodies: Iterable[bytes]) -> Iterator[bytes]:
        for body in bodies:
            number = _number_of_copy(body)
            if number:
                self._held.setdefault(number, body)
            else:
                yield body

    def alone(self, round_: Round) -> Iterator[bytes]:
        """One copy of each bill that has not come: that is all that there is of it."""
        return (body for number, body in self._held.items() if not has_number(round_, number, _WORD))


def _number_of_copy(body: bytes) -> str:
    if b"uplicate" not in body and b"UPLICATE" not in body:
        return ""
    try:
        facts = bill_facts(body)
    except Unreadable:
        return ""
    return text(facts.bill_no) if text(facts.category).strip().casefold() == _WORD else ""
