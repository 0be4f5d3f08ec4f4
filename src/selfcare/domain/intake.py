"""Taking in bills that the customer already has: what became of each file, counted, and how far it is."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from .records import Struct, field

MOST_NAMED = 2_000
"""Files of which the name is kept to be told because something is the matter; the others are counted."""

MOST_HERE = 200
"""Files that are here already and are named all the same."""

OWN_ENDING = ".selfcare"
"""How the name of an archive ends that this program exported, to be opened with it: a .zip file by another name."""

_HALF = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Half a character, which no byte of a name on Linux stands for (PEP 383)."""

ARCHIVES = (OWN_ENDING, ".zip")
"""How the names of archives end."""

TAKEN = (*ARCHIVES, ".pdf", ".xml")
"""How the names of files end that the program takes in when they are named."""


class Outcome(StrEnum):
    """What became of one file."""

    ADDED = "added"
    TO_FILE = "toFile"
    """It is kept; number, day or total could not be read."""

    HERE = "here"
    """The very same file is here already."""

    SAME_BILL = "sameBill"
    """Another file that says the same is here already."""

    VERSION = "version"
    """Another file of the same number, day and total with something else in it: kept beside the first."""

    LOCKED = "locked"
    """It needs a password."""

    NOT_PDF = "notPdf"
    """It is called a PDF and is none."""

    DAMAGED = "damaged"
    TOO_LARGE = "tooLarge"
    TOO_SLOW = "tooSlow"
    CLOSED = "closed"
    """The computer does not let it be read."""

    UNPACK = "unpack"
    """It is an archive, or in one, that is larger than those that are opened, or packed in a way that is not known."""

    OTHER = "other"
    """Neither a PDF nor an e-invoice: left alone."""


KEPT = frozenset({Outcome.ADDED, Outcome.TO_FILE, Outcome.VERSION})
FINE = KEPT | {Outcome.HERE, Outcome.SAME_BILL, Outcome.OTHER}
"""What needs nothing more of the customer."""


class Fate(Struct, frozen=True):
    """One file: its path as the customer knows it, what became of it, and the bill it is now or is the same as."""

    path: str
    outcome: Outcome
    bill_id: str = ""


class IntakeStep(Struct, frozen=True):
    """How far it is: `done` files of `total` (0 while they are still being looked for), the last of them by its
    name."""

    done: int
    total: int
    name: str = ""


class IntakeTally(Struct, eq=False):
    """What an intake came to, counted while it goes on: how many of each outcome, and the files worth naming."""

    counts: dict[Outcome, int] = field(default_factory=dict)
    named: list[Fate] = field(default_factory=list)
    here: int = 0
    """How many of the named are here already."""

    def note(self, fate: Fate) -> None:
        """One more file."""
        self.counts[fate.outcome] = self.counts.get(fate.outcome, 0) + 1
        if fate.outcome in {Outcome.ADDED, Outcome.OTHER}:
            return
        is_here = fate.outcome in {Outcome.HERE, Outcome.SAME_BILL}
        if self.here < MOST_HERE if is_here else len(self.named) - self.here < MOST_NAMED:
            self.here += is_here
            self.named.append(fate)

    def unnamed(self) -> int:
        """How many more there are that would have been worth naming."""
        worth = sum(count for one, count in self.counts.items() if one not in {Outcome.ADDED, Outcome.OTHER})
        return worth - len(self.named)

    def of(self, *outcomes: Outcome) -> int:
        """How many files came to one of these."""
        return sum(self.counts.get(one, 0) for one in outcomes)

    def locked(self) -> list[str]:
        """The PDFs, and the files of archives, that need a password, by their paths."""
        return [fate.path for fate in self.named if fate.outcome is Outcome.LOCKED]


def shown_name(name: str) -> str:
    """The name of a file as text that can be shown and kept.

    A name may hold line breaks, marks that turn the direction of writing, on Linux bytes that are no text at all, and
    on Windows half a character.
    """
    whole = _HALF.sub("\ufffd", name).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join("\ufffd" if unicodedata.category(sign).startswith("C") else sign for sign in whole)
