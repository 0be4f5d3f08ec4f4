"""Gathers what an operator's documents have in common that is otherwise than the standard says, place by place."""

from __future__ import annotations

import re

from selfcare.domain.operator import ApiEntry

from .odd_values import value_oddities
from .oddities import oddities
from .reading import Doc

_BY_WORD = frozenset({"wording", "words"})
"""Each of an operator's own words is one to be told; of a value only the place where it stands is."""
_ONCE = frozenset({"ids", "href", "types"})
_ROOM = 200
"""As much of a finding is shown."""


class Departures:
    """What departs, by what it is about. A place is told once, in the words of the first document that has it."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, str]] = {}

    def look(self, kind: str, doc: Doc, entry: ApiEntry) -> None:
        """Gather from one more document."""
        for about, where in (*oddities(kind, doc, entry.base_url, entry.states), *value_oddities(doc)):
            self.note(about, where)

    def note(self, about: str, where: str) -> None:
        """One departure more."""
        self._found.setdefault(about, {}).setdefault(_place(about, where), where)

    def told(self, about: str) -> str:
        """Every place, as far as there is room, then how many more; "" where nothing departs."""
        places = [*self._found.get(about, {}).values()]
        said = places[:1]
        for place in places[1:]:
            left = len(places) - len(said)
            if len("; ".join((*said, place, f"and {left} more"))) > _ROOM:
                return "; ".join((*said, f"and {left} more"))
            said.append(place)
        return "; ".join(said)


def _place(about: str, where: str) -> str:
    if about in _ONCE:
        return ""
    return where if about in _BY_WORD else re.split(r" (?:is|has|of) | (?=[\"\d\[{-])", where, maxsplit=1)[0]
