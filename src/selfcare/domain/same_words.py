"""Tells whether an operator shows what the customer wrote, however it keeps blanks, accents, escapes and the end."""

from __future__ import annotations

from html import unescape
from unicodedata import normalize

LONG_ENOUGH = 20
"""Letters of a text that was cut short by the operator, by which it is still known as ours."""


def says_the_same(asked: str, said: str) -> bool:
    """Whether `said` is what was `asked`, as an operator may keep it: with other line breaks or blanks, with accents
    put together otherwise, with `&amp;` for &, or with its end cut off."""
    ours, theirs = _words(asked), _words(said)
    if not theirs or ours == theirs:
        return ours == theirs
    start = theirs.removesuffix("…").removesuffix("...").rstrip()
    return len(start) >= LONG_ENOUGH and ours.startswith(start)


def _words(text: str) -> str:
    return " ".join(normalize("NFC", unescape(text)).split())
