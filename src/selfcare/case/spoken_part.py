"""Takes out of what was said everything that names no deadline: since when, for how long, not before, around the clock.

What is left is read by `spoken_terms` and `spoken_days`.
"""

from __future__ import annotations

import re

from .spoken_doubts import DOUBT, counted_from_elsewhere, hours_and_days, with_doubts, without_money
from .spoken_numbers import AMOUNT, UNITS, WEEKDAY, in_figures

_MANY = AMOUNT.replace("?P<amount>", "?:")
_REST = (
    r"\b.*?(?=[,;!?()]|\.(?!\d)|$|\s(?:and|but|so|then|will|shall|is|be|fixed|repaired|restored|et|mais|puis|sera|serai|"
    r"dans|sous|d'ici|within|in|by|before|avant)\b)"
)
"""The rest of a part of a sentence: until a stop, or a word with which another part begins."""

_OUT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:since|depuis){_REST}",
        rf"\b(?:not\s+before|not\s+until|no\s+earlier\s+than|no\s+sooner\s+than|pas\s+avant){_REST}",
        r"(?:\b(?:on|in|le|dans)\s+)?\S+(?:\s+\S+)?,?\s+(?:at\s+the\s+earliest|au\s+plus\s+tôt)\b",
        rf"\b(?:from|starting(?:\s+on)?|as\s+of)\s+(?:next\s+)?{WEEKDAY}\b(?!\s*(?:to|until|till|-|–))",
        rf"\bà\s+partir\s+d[eu]\s+{WEEKDAY}\b",
        rf"\b(?:last|past)\s+(?:{WEEKDAY}|night|week|month|(?:{_MANY}\s*)?{UNITS})\b",
        rf"\b(?:{WEEKDAY}|semaine|mois|nuit)\s+derni(?:er|ère)\b",
        r"\b(?:yesterday|hier)\b(?:\s+(?:at|à|before|evening|morning|soir|matin)?\s*\d{1,2}(?:[:.h]\d\d|\s*[ap]\.?m\b|h)?)?",
        rf"\b{_MANY}\s*{UNITS}\s+(?:ago|earlier|old)\b",
        rf"\bil\s+y\s+a\s+{_MANY}\s*{UNITS}\b",
        rf"\b(?:for|pendant|durant)\s+(?:the\s+(?:last|past|next)\s+)?{_MANY}\s*{UNITS}\b",
        r"\b24\s*h?\s*/\s*(?:24|7)\s*h?\b|\b7\s*(?:j|jours|days)?\s*/\s*7\b|\b24\s+heures\s+sur\s+24\b",
        r"\b7\s+jours\s+sur\s+7\b|\b24\s+hours\s+a\s+day\b|\b7\s+days\s+a\s+week\b",
        r"\b(?:every|each|chaque|tous\s+les|toutes\s+les)\s+\w+",
    )
)


_EITHER = re.compile(rf"(?<![\d/])(?!(?:[13]/4|1/2)(?!\d))(\d{{1,3}})/(\d{{1,3}})(?=\s*{UNITS}\b)")
"""24/48 h is a range, half an hour and a quarter are none."""


def plain(words: str) -> str:
    """What was said in small letters, one space between the words, and straight apostrophes."""
    said = words.casefold().replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ")
    said = said.replace("\u2010", "-").replace("\u2011", "-")
    said = re.sub(r"\ba\s+couple\s+of\b", "2", said)
    return " ".join(_EITHER.sub(r"\1-\2", said).split())


def deadline_part(words: str) -> str:
    """What was said without what names no deadline, as `plain` writes it, numbers in figures; what is not understood
    as a whole is marked with DOUBT."""
    said = counted_from_elsewhere(hours_and_days(in_figures(without_money(plain(words)), DOUBT)))
    for pattern in _OUT:
        said = pattern.sub(" , ", said)
    return " ".join(with_doubts(said).split())
