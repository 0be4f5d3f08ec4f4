"""The words of a PDF under which its bill is found: each once, and amounts as one word like those of the columns."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

MOST = 20_000
"""Words of one PDF: a list of five thousand single calls has half as many; no paper shall fill the index alone."""

LONGEST = 40
_WORD = re.compile(r"\w+")
_APART = re.compile(r"(?<!\w)\d{2,6}(?:[ \u00a0\u202f.\-/]\d{2,6}){1,5}(?!\w)", re.ASCII)
"""A number that is written in groups: a telephone number, the number of a bill, a day."""
_AMOUNT = re.compile(r"(?<![\d.,])(\d{1,3}(?:[ \u00a0\u202f\u2009.,'\u2019]\d{3})+|\d+)[.,](\d{2})(?!\d)", re.ASCII)


def words_of(text: str) -> str:
    """The words, parted by blanks: amounts first ("45 923,61" is the word 45923d61), then what is written, as it comes,
    and numbers that are written in groups as one word too.

    What was typed as "45923", "45 923,61" or "45,923.61" finds such an amount (see search.match_of).
    """
    plain = unicodedata.normalize("NFC", text)
    amounts = (re.sub(r"\D", "", whole) + "d" + cents for whole, cents in _AMOUNT.findall(plain))
    words = (word for word in _WORD.findall(plain.casefold()) if len(word) <= LONGEST)
    wholes = (whole for found in _APART.findall(plain) if 8 <= len(whole := re.sub(r"\D", "", found)) <= 15)
    return " ".join(islice(dict.fromkeys((*islice(amounts, MOST), *words, *wholes)), MOST))
