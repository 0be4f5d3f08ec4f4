"""Keeps together what belongs together where a text wraps: "12 March" is never torn, nor is "rallumez-le"."""

from __future__ import annotations

import re

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|janv(?:ier)?|févr(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|août|sept(?:embre)?"
    r"|oct(?:obre)?|nov(?:embre)?|déc(?:embre)?)"
)
_DAY_FIRST = re.compile(rf"(\d(?<![\w.,/]\d)\d?(?:er)?) (?={_MONTH}\b)")
_MONTH_FIRST = re.compile(rf"\b({_MONTH}\.?) (?=\d{{1,2}}\b(?![:.]\d))")
_YEAR = re.compile(rf"\b({_MONTH}(?:\.|\u00a0\d{{1,2}},)?) (?=20\d\d\b)")

_WEEKDAY = re.compile(
    r" (?=\d)(?:(?<=\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )|(?<=\b(?:lun|mar|mer|jeu|ven|sam|dim)\. ))"
    r"(?=\d{1,2}(?:er)?\xa0)"
)
"""The space between a weekday and a day that is whole; it begins with the space, so a text is passed over quickly."""


def whole_days(text: str) -> str:
    """The same text with no-break spaces between a weekday, the number of its day and its month.

    >>> whole_days("Due Mon 5 Oct 2026, in 3 days").split(" ")
    ['Due', 'Mon\\xa05\\xa0Oct', '2026,', 'in', '3', 'days']
    """
    if not any(sign.isdecimal() for sign in text):
        return text
    said = _MONTH_FIRST.sub("\\1\u00a0", _DAY_FIRST.sub("\\1\u00a0", text))
    return said if said == text else _WEEKDAY.sub("\u00a0", said)


def whole_years(text: str) -> str:
    """A text whose days are whole, with the year held to them too: for titles, which are as wide as their card.

    >>> whole_years(whole_days("Free from Sat 21 Aug 2027")).split(" ")
    ['Free', 'from', 'Sat\\xa021\\xa0Aug\\xa02027']
    """
    return _YEAR.sub("\\1\u00a0", text) if " 20" in text else text


_MASKED = re.compile(r"([·•*]{2}) (?=\d)")
_RULE = re.compile(r"\b(?:UK|FR|US)-[A-Z]{2,}-\d\d(?:-[A-Z]+)?\b")
_PRONOUN = r"(?<=[^\W\d_])-(?=(?:le|la|les|lui|leur|moi|toi|nous|vous|ce|je|tu|ils?|elles?|on|en|y|t)\b)"


def whole_words(text: str) -> str:
    """The same text with no-break hyphens in the number of a rule, and before the pronoun that a French verb carries
    behind it; the end of a masked number stays with its dots.

    >>> whole_words("Éteignez-le, une demi-minute") == "Éteignez\\u2011le, une demi-minute"
    True
    >>> whole_words("Direct Debit ···· 0189").split(" ")
    ['Direct', 'Debit', '····\\xa00189']
    """
    text = _MASKED.sub("\\1\u00a0", text)
    if "-" not in text:
        return text
    said = re.sub(_PRONOUN, "\u2011", text)
    return _RULE.sub(lambda rule: rule[0].replace("-", "\u2011"), said)
