"""Finds words on a page as people type them: whatever their case and accents, and however an amount is grouped."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PARTED = re.compile(r"(?<=\d)[ .,'](?=\d{3}(?!\d))")
"""What parts the thousands of a number: 45 923,61 and 45,923.61."""

_HALF_TYPED = re.compile(r"(?<=\d) (?=\d{1,2}$)")
"""A group of thousands of which only the beginning was typed."""


def places_of(text: str, wanted: str, most: int) -> list[tuple[int, int]]:
    """Where in a page's text something stands: the first sign of each place, and how many signs it has; `most` at
    most."""
    plain, at = _plain(text)
    looked_for, _ = _plain(wanted.strip())
    found = _all(plain, looked_for, most)
    if not found:
        looked_for = _HALF_TYPED.sub("", looked_for)
        found = _all(plain, looked_for, most)
    return [(at[start], at[start + len(looked_for) - 1] - at[start] + 1) for start in found]


def _all(plain: str, looked_for: str, most: int) -> list[int]:
    found: list[int] = []
    start = plain.find(looked_for) if looked_for else -1
    while start >= 0 and len(found) < most:
        found.append(start)
        start = plain.find(looked_for, start + len(looked_for))
    return found


def _plain(text: str) -> tuple[str, list[int]]:
    """The text without case, accents, marks of layout and what parts thousands, blanks of any kind as one; and for
    each of its signs which sign of the text it is."""
    signs: list[str] = []
    at: list[int] = []
    for place, sign in enumerate(text):
        for one in _folded(sign):
            if one != " " or not signs or signs[-1] != " ":
                signs.append(one)
                at.append(place)
    plain = "".join(signs)
    parted = [match.start() for match in _PARTED.finditer(plain)]
    if not parted:
        return plain, at
    kept = sorted(set(range(len(plain))) - set(parted))
    return "".join(plain[place] for place in kept), [at[place] for place in kept]


@lru_cache(4096)
def _folded(sign: str) -> str:
    if sign.isspace():
        return " "
    if sign in "\u2019\u02bc":
        return "'"
    parts = unicodedata.normalize("NFKD", sign.casefold())
    plain = "".join(one for one in parts if unicodedata.category(one) not in {"Mn", "Cc", "Cf", "Cs", "Cn"})
    return " " if plain and plain.isspace() else plain
