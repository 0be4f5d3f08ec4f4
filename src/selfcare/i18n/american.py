"""Says English as people in the United States say it: their words, their way to write a day, an hour and an amount."""

from __future__ import annotations

import gettext
import re
from functools import lru_cache

from selfcare.domain.records import replace

from .words import Words

LOCALE = "en_US"

_WORDS = {
    "direct debit": "automatic payment",
    "direct debits": "automatic payments",
    "instalment": "installment",
    "instalments": "installments",
    "an operator": "a carrier",
    "operator": "carrier",
    "operators": "carriers",
    "handset": "phone",
    "handsets": "phones",
    "rent": "monthly charge",
    "charge no rent": "bill no monthly charge",
    "paid rent in advance": "paid monthly charges in advance",
    "registered letter": "certified letter",
    "registered post": "certified mail",
    "postcode": "ZIP code",
    "organisation": "organization",
    "tick": "check",
}
"""Said in another way there; longer ones win, and a capital letter stays one."""

_SAID = rf"(?i)(?<![\w{{])({'|'.join(sorted(_WORDS, key=len, reverse=True))})(?![\w}}])"


class _American(gettext.NullTranslations):
    """The sentences of the code in American English."""

    def gettext(self, message: str) -> str:
        return american(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return american(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return american(message)


@lru_cache(maxsize=4096)
def american(sentence: str) -> str:
    """A British sentence in American words; the facts that go into it are left as they are.

    >>> american("Keep the old Direct Debit until your operator's final bill is paid.")
    "Keep the old automatic payment until your carrier's final bill is paid."
    """
    return re.sub(_SAID, _other, sentence)


def _other(found: re.Match[str]) -> str:
    said, before = found.group(), found.string[: found.start()].rstrip()
    word = _WORDS[said.casefold()]
    begins = not before or before[-1] in ".:!?"
    return word[0].upper() + word[1:] if said[0].isupper() and begins else word


def at_home_in(words: Words, country: str) -> Words:
    """The words of a language as they are said where the operator is (ISO 3166)."""
    if words.language != "en" or country != "US":
        return words
    return replace(words, locale=LOCALE, catalogue=_American())
