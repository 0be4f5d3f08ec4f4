"""Takes out of what was said everything that names no deadline: since when, for how long, not before, around the clock.

What is left is read by `spoken_terms` and `spoken_days`.
"""

from __future__ import annotations

import re

_ONES = (
    "one un une", "two deux", "three trois", "four quatre", "five cinq", "six", "seven sept", "eight huit", "nine neuf",
    "ten dix", "eleven onze", "twelve douze", "thirteen treize", "fourteen quatorze", "fifteen quinze", "sixteen seize",
)  # fmt: skip
_TENS = {
    "twenty": 20, "vingt": 20, "twenty-four": 24, "vingt-quatre": 24, "thirty": 30, "trente": 30, "thirty-six": 36,
    "trente-six": 36, "forty": 40, "quarante": 40, "forty-five": 45, "quarante-cinq": 45, "forty-eight": 48,
    "quarante-huit": 48, "sixty": 60, "soixante": 60, "seventy-two": 72, "soixante-douze": 72, "ninety": 90,
}  # fmt: skip
NUMBERS = {name: number for number, names in enumerate(_ONES, 1) for name in names.split()} | _TENS | {"a": 1, "an": 1}
AMOUNT = r"(?<![\d.,/½])(?P<amount>\d{1,4}|\b(?:" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r"))"

WEEKDAYS = (
    ("monday", "lundi"), ("tuesday", "mardi"), ("wednesday", "mercredi"), ("thursday", "jeudi"),
    ("friday", "vendredi"), ("saturday", "samedi"), ("sunday", "dimanche"),
)  # fmt: skip
WEEKDAY = "(?:" + "|".join(name for names in WEEKDAYS for name in names) + ")"
UNITS = (
    r"(?:minutes?|mins?|hours?|heures?|hrs?|h|days?|jours?|weeks?|semaines?|months?|mois|years?|ans?|nights?|nuits?)"
)

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
        rf"\b{_MANY}\s*{UNITS}\s+(?:ago|earlier)\b",
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
    said = re.sub(r"\ba\s+couple\s+of\b", "2", said)
    return " ".join(_EITHER.sub(r"\1-\2", said).split())


def deadline_part(words: str) -> str:
    """What was said without what names no deadline, as `plain` writes it."""
    said = plain(words)
    for pattern in _OUT:
        said = pattern.sub(" , ", said)
    return " ".join(said.split())
