"""The words for numbers, weekdays and units, and numbers of several words: "seventy two", "quatre-vingt-seize"."""

from __future__ import annotations

import re
from itertools import pairwise

_ONES = (
    "one un une", "two deux", "three trois", "four quatre", "five cinq", "six", "seven sept", "eight huit", "nine neuf",
    "ten dix", "eleven onze", "twelve douze", "thirteen treize", "fourteen quatorze", "fifteen quinze", "sixteen seize",
    "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = {
    "twenty": 20, "vingt": 20, "vingts": 20, "thirty": 30, "trente": 30, "forty": 40, "fourty": 40, "quarante": 40,
    "fifty": 50, "cinquante": 50, "sixty": 60, "soixante": 60, "seventy": 70, "septante": 70, "eighty": 80,
    "huitante": 80, "octante": 80, "ninety": 90, "nonante": 90,
}  # fmt: skip
_HUNDREDS = {"hundred": 100, "cent": 100, "cents": 100}
_SINGLE = {name: number for number, names in enumerate(_ONES, 1) for name in names.split()} | _TENS | _HUNDREDS
NUMBERS = _SINGLE | {"a": 1, "an": 1}
"""What a single word says."""

AMOUNT = r"(?<![\d.,/½])(?P<amount>\d{1,4}|\b(?:" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r"))"

WEEKDAYS = (
    ("monday", "lundi"), ("tuesday", "mardi"), ("wednesday", "mercredi"), ("thursday", "jeudi"),
    ("friday", "vendredi"), ("saturday", "samedi"), ("sunday", "dimanche"),
)  # fmt: skip
WEEKDAY = "(?:" + "|".join(name for names in WEEKDAYS for name in names) + ")"
UNITS = (
    r"(?:minutes?|mins?|hours?|heures?|hrs?|h|days?|jours?|weeks?|semaines?|months?|mois|years?|ans?|nights?|nuits?)"
)
"""What lengths of time are counted in."""

_LARGE = frozenset({"thousand", "mille", "million", "millions"})
_WORD = "(?:" + "|".join(sorted({*_SINGLE, *_LARGE}, key=len, reverse=True)) + ")"
_MORE = rf"(?:[ -]+(?:(?:and|et)[ -]+)?{_WORD})"
_OF_FIGURES = rf"\d+[ -]+(?:{'|'.join([*_HUNDREDS, *_LARGE])})"
_RUN = re.compile(rf"(?<![\w'])(?:{_WORD}{_MORE}+|{_OF_FIGURES}{_MORE}*)(?!\w)")
_ARTICLE = re.compile(r"une?[ -]+")
_GAP = re.compile(r"[ -]+")
_COUNTED = re.compile(rf"[ -]*(?:(?:working|business|office|calendar|clear|full|more|other)[ -]+)*{UNITS}\b")


def number_in(words: str) -> int | None:
    """The number that several words say together, 1 to 999; None where they say none."""
    parts = _GAP.split(words)
    for place, part in enumerate(parts):
        if part in _HUNDREDS:
            times = 1 if place == 0 else _SINGLE.get(parts[0], 0) if place == 1 else 0
            rest = parts[place + 1 :]
            if part == "hundred" and rest[:1] == ["and"]:
                rest = rest[1:]
            ones = _below_hundred(rest) if rest else 0
            return None if not 1 <= times <= 9 or ones is None else times * 100 + ones
    return _below_hundred(parts)


def _below_hundred(parts: list[str]) -> int | None:
    if parts[:1] == ["quatre"] and parts[1:2] in (["vingt"], ["vingts"]):
        return _after(80, parts[2:], 19)
    first = _SINGLE.get(parts[0]) if parts else None
    if first is None or first >= 100:
        return None
    if len(parts) == 1:
        return first
    if parts[0] == "dix":
        return 10 + _SINGLE[parts[1]] if parts[1:] in (["sept"], ["huit"], ["neuf"]) else None
    if parts[1] == "et":
        is_one = parts[2:] in (["un"], ["une"]) or (parts[0] == "soixante" and parts[2:] == ["onze"])
        return first + _SINGLE[parts[2]] if is_one and first >= 20 else None
    return _after(first, parts[1:], 19 if parts[0] == "soixante" else 9) if first >= 20 else None


def _after(tens: int, parts: list[str], most: int) -> int | None:
    """Tens and what stands behind them, `most` at the most: French counts on to 19 after soixante and quatre-vingt."""
    rest = _below_hundred(parts) if parts else 0
    return None if rest is None or rest > most else tens + rest


def in_figures(said: str, doubt: str) -> str:
    """What was said (in small letters) with every number of several words in figures. Where they say no number
    together ("deux trois jours", "seventy and two hours") and something is counted, `doubt` stands in their place."""
    return _RUN.sub(lambda found: _figures(found, doubt), said)


def _figures(found: re.Match[str], doubt: str) -> str:
    run = found[0]
    one = _ARTICLE.match(run)
    article = one[0] if one is not None else ""
    words = run.removeprefix(article)
    number = number_in(words)
    if number is not None:
        return f"{article}{number}"
    if not _COUNTED.match(found.string, found.end()):
        return run
    pieces = re.split(r"[ -]+(and|et)[ -]+", words)
    numbers = [number_in(piece) for piece in pieces[::2]]
    known = [one for one in numbers if one is not None]
    if len(known) < len(numbers) or any(after <= before for before, after in pairwise(known)):
        return f"{article}{doubt}"
    return article + "".join(
        f" {piece} " if place % 2 else str(numbers[place // 2]) for place, piece in enumerate(pieces)
    )
