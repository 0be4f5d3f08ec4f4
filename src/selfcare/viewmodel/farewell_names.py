"""Names of files that every computer takes and that say what is in them; an operator's text cannot play tricks."""

from __future__ import annotations

import unicodedata

LONGEST = 120
"""Characters of a file name with its ending."""

_LONGEST_BYTES = 240
_FORBIDDEN = frozenset('<>:"/\\|?*')
_EDGES = " .-_~'"
_DEVICES = frozenset({"con", "prn", "aux", "nul", "clock$", "conin$", "conout$"})
_NUMBERED = frozenset("0123456789¹²³")


class FileNames:
    """Gives out the names of one folder: none twice, also where capitals do not count."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, wanted: str, ending: str) -> str:
        """A safe name near the wanted one, at most 120 characters with its ending (".pdf")."""
        number = 1
        while True:
            name = safe_name(wanted, f" ({number}){ending}" if number > 1 else ending)
            if name.casefold() not in self._taken:
                self._taken.add(name.casefold())
                return name
            number += 1


def safe_name(wanted: str, ending: str = "") -> str:
    """A name for a file: one line, no path, no name that Windows keeps for a device, no hidden file."""
    text = unicodedata.normalize("NFC", wanted)
    kept = "".join(" " if c in _FORBIDDEN or c.isspace() else c for c in text if _is_plain(c))
    stem = " ".join(kept.split()).strip(_EDGES)
    stem = _cut(stem, LONGEST - len(ending), _LONGEST_BYTES - len(ending.encode())).strip(_EDGES)
    if _is_device(stem):
        stem = f"_{stem}"[: LONGEST - len(ending)]
    return f"{stem or 'paper'}{ending}"


def _is_plain(character: str) -> bool:
    """Neither a control nor a direction mark nor half a character; white space becomes a blank."""
    return character.isspace() or not unicodedata.category(character).startswith("C")


def _cut(text: str, characters: int, size: int) -> str:
    text = text[:characters]
    while len(text.encode()) > size:
        text = text[:-1]
    return text


def _is_device(stem: str) -> bool:
    first = stem.partition(".")[0].strip().casefold()
    return first in _DEVICES or (len(first) == 4 and first[:3] in {"com", "lpt"} and first[3] in _NUMBERED)
