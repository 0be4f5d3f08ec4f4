"""What goes into a dossier: the days, the topic, and whether people are named or only initialled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from selfcare.case.promises import Promise
from selfcare.domain.records import Struct, replace
from selfcare.domain.tickets import EntityRef, Ticket


class Scope(Struct, frozen=True):
    """The customer's choice. `start` and `end` are included, None is open; `about` are the ids of the topic, empty for
    everything; `title` names it, `topic` is what was chosen. `initials`: people of the operator are told by their
    initials. `line_ids` are the lines, options and services that a ticket is about: what the customer noted of them and
    what was charged for them belongs to it, other tickets on them do not. `bill_ids` are the bills that charge for the
    topic. `with_complaint`: the customer's complaint is about the topic."""

    start: date | None = None
    end: date | None = None
    about: frozenset[str] = frozenset()
    title: str = ""
    initials: bool = False
    topic: str = ""
    line_ids: frozenset[str] = frozenset()
    bill_ids: frozenset[str] = frozenset()
    with_complaint: bool = True

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

    def has_own(self, refs: Iterable[EntityRef], *own: str) -> bool:
        """What the customer noted, or was charged, is about the topic or what that is about."""
        return not self.about or bool((self.about | self.line_ids) & {*own, *(ref.id for ref in refs)})

    def has_bill(self, bill_id: str) -> bool:
        """A bill is the topic, or charges for it."""
        return not self.about or bill_id in self.about or bill_id in self.bill_ids


_SHARED = frozenset({"product", "service"})


def topic_ids(ticket: Ticket) -> frozenset[str]:
    """A ticket as a topic: itself, and what it is about that is its own; a line may have other tickets."""
    return frozenset({ticket.id, *(ref.id for ref in ticket.about if ref.kind.casefold() not in _SHARED)})


def lines_of(ticket: Ticket) -> frozenset[str]:
    """The lines, options and services that a ticket is about."""
    return frozenset(ref.id for ref in ticket.about if ref.kind.casefold() in _SHARED)


_ALSO_WORDS = """
angel april art august autumn bill carol chance chase chip christian clay constant dale dawn dean drew earl faith frank
gene grace grant guy hope iris ivy jack jade jasmine joy june lance lane lily mark max may miles nick olive page pat
patience penny pierce pierre ray reed rich rob rod rose ruby rusty sally skip sue summer violet wade ward will aimé ange
aurore blanche bonne céleste claire clémence clément colombe constance désiré espérance félicité flore france franck
juillet juste lilas lune mai marine martial marguerite modeste noël océane parfait pascal prudence reine sage victoire
"""
"""First names that are words too, in English or French: alone in a text they may not mean anybody."""

_TITLES = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|M|Mme|Mlle|Monsieur|Madame|Mademoiselle)\.?"


class Names:
    """Says people of the operator by name or by their initials.

    Where somebody is named as such (`who`), the whole name is shortened. Within a text (`of`) only what can be nobody
    else is replaced, and marked as replaced by square brackets: whole names as they are written, and what follows "Mr"
    and the like. A text is evidence: no other word of it is touched. `own` is the customer, who is always named.
    """

    def __init__(self, names: Iterable[str], *, initials: bool, own: str = "") -> None:
        self._whole = {" ".join(name.split()) for name in names if len(name.strip()) > 1} if initials else set()
        whole = {bare for name in self._whole if len(bare := _without_role(name)) > 1}
        several = {name for name in whole if " " in name or name.casefold() not in _ALSO_WORDS.split()}
        several -= set(own.split())
        lasts = {part for name in whole for part in name.split()[-1:] if len(part) > 1}
        parts = [rf"(?:{_any_of(several)})"] if several else []
        if lasts:
            parts.append(rf"(?P<title>\b{_TITLES}\s+)(?P<last>{_any_of(lasts)})")
        self._pattern = re.compile("|".join(parts)) if parts else None

    def who(self, name: str) -> str:
        """Somebody's name as it is to be said."""
        return short(name) if " ".join(name.split()) in self._whole else name

    def promises(self, promises: Iterable[Promise]) -> tuple[Promise, ...]:
        """Promises with who gave them as they are to be said."""
        return tuple(
            replace(promise, who=self.who(promise.who), also=self.promises(promise.also)) for promise in promises
        )

    def of(self, text: str) -> str:
        """A text with the names in it as they are to be said."""
        return self._pattern.sub(_marked, text) if self._pattern is not None else text

    def of_file(self, name: str) -> str:
        """The name of a file with the names in it as they are to be said, also in small letters or joined by signs."""
        if self._pattern is None:
            return name
        stem, dot, ending = name.rpartition(".")
        spaced = re.sub(r"[_.-]+", " ", stem or ending)
        said = re.sub(self._pattern.pattern, _marked, spaced, flags=re.IGNORECASE)
        return name if said == spaced else f"{said}{dot}{ending}" if stem else said


def _any_of(names: Iterable[str]) -> str:
    longest = sorted(names, key=len, reverse=True)
    return "|".join(rf"(?<!\w){re.escape(name)}(?!\w)".replace(r"\ ", r"\s+") for name in longest)


def _marked(found: re.Match[str]) -> str:
    last = found.groupdict().get("last")
    return f"{found['title']}[{short(last)}]" if last else f"[{short(found[0])}]"


def short(name: str) -> str:
    """Somebody's initials: "Marc Dupont" is "M. D.". A role in brackets stays: "Sam B. (level 1)" is "S. B. (level 1)".

    A role begins with a small letter; anything else in brackets may be the name.
    """
    parts = [found[0] for found in _PARTS.finditer(name)]
    return " ".join(said for part in parts if (said := _short_part(part))) or "–"


_PARTS = re.compile(r"\([^()]*\)?|[^\s()\-]+")


def _is_role(part: str) -> bool:
    return part.startswith("(") and part.strip("( ")[:1].islower()


def _short_part(part: str) -> str:
    if _is_role(part):
        return f"({part.strip('() ')})"
    if part.startswith("("):
        return f"({short(inner)})" if (inner := part.strip("() ")) else ""
    first = next((sign for sign in part if sign.isalnum()), "")
    return f"{first.upper()}." if first else ""


def _without_role(name: str) -> str:
    return " ".join(re.sub(r"\([^()]*\)?", lambda found: "" if _is_role(found[0]) else found[0], name).split())


def in_parts(digest: str, size: int = 16) -> str:
    """A fingerprint in parts that the eye can compare, two on a line."""
    parts = [digest[at : at + size] for at in range(0, len(digest), size)]
    return "\n".join(" ".join(parts[at : at + 2]) for at in range(0, len(parts), 2))


def shortened(text: str, most: int) -> str:
    """A text of so many signs at the most, with a mark where it goes on."""
    return text if len(text) <= most else f"{text[:most].rstrip()}…"
