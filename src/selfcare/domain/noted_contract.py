"""What the customer knows of a contract and the operator does not list: the end of a commitment, a change of price."""

from __future__ import annotations

from datetime import date

from .contract import PriceChange
from .records import Struct, replace


class NotedEnd(Struct, frozen=True):
    """The end of a commitment; `about` names the line it holds for, "" for all of it."""

    ends: date
    noted: date
    about: str = ""


class NotedChange(Struct, frozen=True):
    """A change of price that was announced, with how it was told in its text."""

    change: PriceChange
    noted: date
    about: str = ""


class ContractNotes(Struct, frozen=True):
    """All of it. There is one end for each thing that it is about."""

    ends: tuple[NotedEnd, ...] = ()
    changes: tuple[NotedChange, ...] = ()
    version: int = 1

    def with_end(self, end: NotedEnd) -> ContractNotes:
        """The notes with an end in place of the one that was noted for the same line."""
        return replace(self, ends=(*(one for one in self.ends if one.about != end.about), end))

    def with_change(self, change: NotedChange) -> ContractNotes:
        """The notes with a change of price."""
        return replace(self, changes=(*(one for one in self.changes if one != change), change))

    def without(self, note: NotedEnd | NotedChange) -> ContractNotes:
        """The notes without one of them."""
        return replace(
            self,
            ends=tuple(one for one in self.ends if one != note),
            changes=tuple(one for one in self.changes if one != note),
        )
