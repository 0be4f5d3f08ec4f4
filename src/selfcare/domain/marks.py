"""Keeps a letter from carrying a tower of accents, which no language writes and no screen can draw in time."""

from __future__ import annotations

import re

MOST_MARKS = 8
"""Combining and joining signs on one letter; no language writes more than five. Setting them costs their square."""

_CANDIDATES = re.compile(f"[^\x00-\u00ac\u00ae-\u02ff]{{{MOST_MARKS + 1},}}")
"""A soft hyphen, or a sign from U+0300 on; said as what it is not, which a start compiles in a tenth of the time."""


def few_marks(text: str) -> str:
    """The text with at most MOST_MARKS signs on each letter that only sit on it or join it: accents, joiners."""
    return text if text.isascii() else _CANDIDATES.sub(lambda run: _thinned(run[0]), text)


def _thinned(run: str) -> str:
    import unicodedata  # few starts meet such a run

    kept, marks = [], 0
    for sign in run:
        kind = unicodedata.category(sign)
        marks = marks + 1 if kind[0] == "M" or kind == "Cf" else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)
