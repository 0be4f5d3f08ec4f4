"""What goes into a dossier: the days, the topic, and whether people are named or only initialled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from selfcare.domain.records import Struct
from selfcare.domain.tickets import EntityRef, Ticket


class Scope(Struct, frozen=True):
    """The customer's choice. `start` and `end` are included, None is open; `about` are the ids of the topic, empty for
    everything; `title` names it. `initials`: people of the operator are told by their initials."""

    start: date | None = None
    end: date | None = None
    about: frozenset[str] = frozenset()
    title: str = ""
    initials: bool = False

    def has_day(self, day: date | None) -> bool:
        """A day within; what has no day is taken along: leaving it out would hide it."""
        if day is None:
            return True
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def has_moment(self, moment: datetime | None, zone: ZoneInfo) -> bool:
        """An instant within, by the operator's calendar."""
        return self.has_day(moment.astimezone(zone).date() if moment is not None else None)

    def has_topic(self, refs: Iterable[EntityRef], *own: str) -> bool:
        """It is about the topic, or carries one of its ids itself."""
        return not self.about or bool(self.about & {*own, *(ref.id for ref in refs)})


def topic_ids(ticket: Ticket) -> frozenset[str]:
    """A ticket as a topic: itself, and what it is about."""
    return frozenset({ticket.id, *(ref.id for ref in ticket.about)})


class Names:
    """Says people of the operator by name or by their initials, also where a name stands within a sentence."""

    def __init__(self, names: Iterable[str], *, initials: bool) -> None:
        whole = {name.strip() for name in names if len(name.strip()) > 1} if initials else set()
        parts = {part for name in whole for part in name.split() if len(part) > 2}
        self._short = {name: short(name) for name in (*whole, *parts)}
        longest = sorted(self._short, key=len, reverse=True)
        self._pattern = (
            re.compile(r"\b(?:" + "|".join(re.escape(name) for name in longest) + r")\b", re.IGNORECASE)
            if longest
            else None
        )
        self._folded = {name.casefold(): said for name, said in self._short.items()}

    def of(self, text: str) -> str:
        """The text with the names as they are to be said."""
        if self._pattern is None:
            return text
        said = self._pattern.sub(lambda found: self._folded.get(found[0].casefold(), found[0]), text)
        return said.replace("..", ".") if said != text else text


def short(name: str) -> str:
    """Somebody's initials: "Marc Dupont" is "M. D."."""
    return " ".join(f"{part[0].upper()}." for part in re.split(r"[\s-]+", name.strip()) if part)


def in_parts(digest: str, size: int = 16) -> str:
    """A fingerprint in parts that the eye can compare, two on a line."""
    parts = [digest[at : at + size] for at in range(0, len(digest), size)]
    return "\n".join(" ".join(parts[at : at + 2]) for at in range(0, len(parts), 2))


def shortened(text: str, most: int) -> str:
    """A text of so many signs at the most, with a mark where it goes on."""
    return text if len(text) <= most else f"{text[:most].rstrip()}…"
