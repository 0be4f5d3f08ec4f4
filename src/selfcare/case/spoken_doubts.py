"""Marks what could be taken for a deadline and is none, or is not understood as a whole: money, hours of the day that
look like lengths, days with dots, a least time, a time that counts from something else.

What stands marked is UNCLEAR: the customer chooses, because a promise that is read too early accuses wrongly.
"""

from __future__ import annotations

import re

from .spoken_numbers import AMOUNT, NUMBERS, UNITS, WEEKDAY

DOUBT = "\ue000"
"""Stands where something is not understood; a sign that nobody types."""

_MONTH = r"(?:jan|feb|f[ée]v|mar|a[pv]r|ma[iy]|ju[iln]|ao[uû]|aug|sep|oct|nov|d[ée]c)\w*"
_AMOUNT = AMOUNT.replace("?P<amount>", "?:")
_SORT = r"(?:(?:working|business|office|calendar|clear|full|whole|more|other)\s+)?"
_LENGTH = rf"{_AMOUNT}[\s-]*{_SORT}{UNITS}(?:\s+(?:ouvr\w+|calendaires?|francs?))?"
_MONEY = re.compile(
    r"(?:[£$€]|\b(?:gbp|eur|usd|chf)\b)\s*\d+(?:[ .,]\d{3}\b)*(?:[.,]\d{1,2}\b)?"
    r"|(?<![\d.,])\d+(?:[.,]\d+)?\s*(?:[£$€]|(?:euros?|eur|pounds?|gbp|quid|dollars?|usd|chf|pence|centimes?|cents)\b)"
    r"(?:\d\d\b)?|(?<![\d.,])\d+p\b(?!\.?m)"
)

_DAY_NAMED = re.compile(
    rf"\b(?:{WEEKDAY}|today|tonight|tomorrow|yesterday|aujourd'hui|demain|hier|ce\s+(?:soir|matin)|cet(?:te)?\s+"
    rf"après-midi|\d{{1,2}}(?:er)?\s+{_MONTH})\b|\b\d{{1,2}}/\d{{1,2}}\b"
)
_HOUR = re.compile(
    r"(?<![\d.,/½¼¾+])(?:(?P<first>\d{1,3})\s*(?:h|heures)?\s*(?P<to>-|–|/|à|ou|or|to)\s*)?"
    r"(?<![.,½¼¾+])\b(?P<last>\d{1,3})\s?(?:h|heures)\b(?!\s*\d)(?!\s*(?:/|ouvr|et\s+(?:demie?|quart)))"
)
_A_LENGTH = re.compile(
    r"(?:\b(?:dans|sous|in|within|en|les|the|des|max(?:imum|\.)?|under|next|prochaines?|pendant|for|durant|toutes|"
    r"moins\s+de|plus\s+de|délai|délai\s+(?:de|maximum\s+de)|il\s+y\s+a|bout\s+de|less\s+than|up\s+to|jusqu'à)|\bd'ici)"
    r"\s+(?:à\s+)?$"
)
_STILL_A_LENGTH = re.compile(r"\s*(?:max\w*|plus\s+tard|later|au\s+plus|at\s+(?:the\s+)?most|ago|supplémentaires?)\b")
_ON_DAY = re.compile(rf"\b{WEEKDAY}\s+(?:le\s+)?$")
_WORD_HOURS = re.compile(r"\b(?P<word>" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + r")\s+heures\b")
_AT = re.compile(r"(?:\b(?:à|vers|avant|entre|et|before|at|by)|\bjusqu'à)\s+$")

_FULL_DOTS = re.compile(r"(?<![\d.,])(\d{1,2})\.(\d{1,2})\.(20\d\d|\d\d)\b")
_DAY_DOTS = re.compile(r"\b(le|du|au|am|bis|zum)\s+(\d{1,2})\.(0?[1-9]|1[0-2])\.?(?![\d.])(?!\s*(?:h|heures)\b)")
_DOTS = re.compile(
    rf"(?P<front>\b(?:at|à|vers|until|till|between|from|and|to|before|by|avant|entre|et|today|tomorrow|demain|{WEEKDAY})"
    rf"\s+|-\s*)?(?<![\d.,:])\b(?P<hour>\d{{1,2}})\.(?P<minute>\d\d)(?!\d|\.\d|\s*[ap]\.?m\b|\s*{UNITS}\b|\s*%)"
)
_SURE = re.compile(r"\s*(?:at|à|vers)\s+")

_FROM = re.compile(
    rf"{_LENGTH}\s+(?:after|from|following|of|après|suivants?|dès|à\s+(?:compter|partir)\s+d[eu]s?|d'|de)\b"
    r"(?!\s*(?:tomorrow|now|today|this\s+(?:call|moment)|demain|aujourd'hui|maintenant|la\s+semaine|retard))"
)
_OR_TWO = re.compile(
    r"\b(?:an?|one|une?|1)\s+(?P<unit>hour|day|week|month|heure|jour|semaine|mois)s?\s+(?:or|ou)\s+(?:two|deux|2)\b"
)
_NOT = r"(?<!\bnot )(?<!\bno )(?<!\bpas )(?<!\bnever )(?<!\bjamais )"
_LEAST = (
    r"(?:at\s+least|more\s+than|longer\s+than|over|minimum(?:\s+of)?|upwards\s+of|after|au\s+moins|plus\s+de|"
    r"au-delà\s+de|après|passé|minimum\s+de)\s+(?:le\s+|the\s+|next\s+|about\s+|les\s+)?"
)
_ONE_MOMENT = rf"\d{{1,2}}\s*(?::|h\b|heures\b|[ap]\.?m\b|st\b|nd\b|rd\b|th\b|/|\s{_MONTH})"
_THINGS = (
    r"(?:contrat|engagement|préavis|offre|abonnement|forfait|contract|commitment|notice|offer|plan|warranty|garantie|"
    r"période|period)"
)
_NO_THING = r"(?!(?:and|or|to|from|but|on|at|by|then|so|please|max\w*|later|i|we|they|he|she|you)\b)"
_DOUBTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NOT}\b{_LEAST}(?:{_LENGTH}|{WEEKDAY}|{_ONE_MOMENT})",
        rf"{_LENGTH}\s+(?:or\s+more|(?:at\s+)?minimum|at\s+least|au\s+(?:moins|minimum)|(?:et|ou)\s+plus|plus)\b",
        r"\b(?:days?|weeks?|months?|jours?|semaines?|mois)\s+(?:and\s+a\s+half|et\s+demie?)\b",
        r"\band\s+a\s+half\s+(?:days?|weeks?|months?)\b",
        r"\b\d{1,2}\s*(?:hours?|heures?)\s+(?:and\s+|et\s+)?\d{1,2}\b",
        rf"\b\d{{1,3}}[\s.,]\d{{3}}\s*{UNITS}\b",
        rf"(?<![\d.,])\b(?!1\b)\d{{1,4}}[\s-](?:minute|hour|day|week|month|year)\s+{_NO_THING}[a-z]",
        rf"\b{_THINGS}\s+(?:de\s+|of\s+|d'\s*)?{_LENGTH}",
        rf"\b{WEEKDAY}'s\b",
        rf"\bd[eu]\s+{WEEKDAY}\b(?!\s*(?:à|au|-|–|prochain|en\b))",
        rf"(?<![\d:.,/h])\b\d{{1,2}}(?:st|nd|rd|th)?\s+{WEEKDAY}\b",
        r"\b(?:by|before|until|avant|d'ici|jusqu'au|au)\s+(?:the\s+|le\s+)?\d{1,2}(?:st|nd|rd|th|er)?\s*(?=$|[,;!?]|\.(?!\d))",
        r"(?<!day )\bthe\s+\d{1,2}(?:st|nd|rd|th)\s*(?=$|[,;!?]|\.(?!\d)|(?:at|or|and|to)\b)",
        r"\bo'clock\b|\b(?:half|quarter)\s+(?:past|to)\b",
    )
)


def without_money(said: str) -> str:
    """What was said without amounts of money, whose pence look like minutes."""
    return _MONEY.sub(" , ", said)


def hours_and_days(said: str) -> str:
    """What was said with an hour of the day as 17:00 and a day with dots as 5/12; what may be either is marked."""
    said = _WORD_HOURS.sub(lambda found: f"{NUMBERS[found['word']]} heures", said)
    said = _FULL_DOTS.sub(r"\1/\2/\3", said)
    said = _DOTS.sub(_dots, _DAY_DOTS.sub(r"\1 \2/\3", said))
    is_day_named = _DAY_NAMED.search(said) is not None
    return _HOUR.sub(lambda found: _hour(found, is_day_named=is_day_named), said)


def _dots(found: re.Match[str]) -> str:
    front, hour, minute = found["front"] or "", int(found["hour"]), int(found["minute"])
    may_be_a_day = 1 <= hour <= 31 and 1 <= minute <= 12 and not _SURE.fullmatch(front)
    if not front or may_be_a_day or hour > 23 or minute > 59:
        return f"{front}{DOUBT}"
    return f"{front}{hour}:{minute:02}"


def _hour(found: re.Match[str], *, is_day_named: bool) -> str:
    first, last, before = found["first"], int(found["last"]), found.string[: found.start()]
    if last > 23 or _A_LENGTH.search(before) or _STILL_A_LENGTH.match(found.string, found.end()):
        return found[0]
    if not is_day_named:
        return found[0] if _AT.search(before) is not None else DOUBT
    if first is not None and found["to"] == "à" and _ON_DAY.search(before) is not None:
        return f"{first} à {last}:00"
    if first is None:
        return f"{last}:00"
    return f"{first}:00 - {last}:00" if int(first) < 24 else DOUBT


def counted_from_elsewhere(said: str) -> str:
    """What was said with a mark where a length counts from something else: "2 days after Monday"."""
    said = _OR_TWO.sub(r"2 \g<unit>s", said).replace("moiss", "mois")
    return _FROM.sub(f" {DOUBT} ", said)


def with_doubts(said: str) -> str:
    """What was said with a mark for what is no deadline by itself: "at least 5 days", "the 24 month contract"."""
    for pattern in _DOUBTS:
        said = pattern.sub(f" {DOUBT} ", said)
    return said
