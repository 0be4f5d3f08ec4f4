"""The words of a PDF under which its bill is found: each once, and amounts as one word like those of the columns."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

MOST = 3_000
"""Words of one PDF; a list of single calls would else be searched by every number in it."""

LONGEST = 40
_WORD = re.compile(r"\w+")
_AMOUNT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[ \u00a0\u202f\u2009.,'\u2019]\d{3})+|\d+)[.,](\d{2})(?!\d)", re.ASCII)


def words_of(text: str) -> str:
    """The words, parted by blanks: amounts first ("45 923,61" is the word 45923d61), then what is written, as it comes.

    What was typed as "45923", "45 923,61" or "45,923.61" finds such an amount (see search.match_of).
    """
    plain = unicodedata.normalize("NFC", text)
    amounts = (re.sub(r"\D", "", whole) + "d" + cents for whole, cents in _AMOUNT.findall(plain))
    words = (word for word in _WORD.findall(plain.casefold()) if len(word) <= LONGEST)
    return " ".join(islice(dict.fromkeys((*islice(amounts, MOST), *words)), MOST))
