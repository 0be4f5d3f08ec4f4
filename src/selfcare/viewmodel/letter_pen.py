"""Writes facts into the sentences of a letter; where a fact is missing it leaves dots and remembers what is missing."""

from __future__ import annotations

from datetime import date

from selfcare.domain.lines import Access
from selfcare.domain.money import Money
from selfcare.domain.records import Struct
from selfcare.i18n import Words
from selfcare.i18n.american import at_home_in
from selfcare.leaving.rules import Rule, Standing
from selfcare.paper.letter import BLANK

from .letter_facts import Gap, LetterFacts, LetterMatter

_ASSERTED = {Standing.LAW, Standing.REGULATOR, Standing.CODE}
_LONGEST_STORY = 5000


class LetterBody(Struct, frozen=True):
    """What makes one kind of letter: its subject, its paragraphs, and to whom it goes.

    `purpose` chooses among the operator's addresses: "end", "complaint", "bank" (then the bank's is written in).
    `is_registered` asks for proof of delivery. `department` stands above the operator's address.
    `covers_all` is a letter about all lines that leave together. `by_another`: the customer cannot sign it any more,
    so whoever does writes name and address in.
    """

    subject: str
    paragraphs: tuple[str | tuple[str, ...], ...]
    purpose: str = "complaint"
    is_registered: bool = True
    enclosures: tuple[str, ...] = ()
    department: str = ""
    covers_all: bool = False
    by_another: bool = False


class Pen:
    """One letter while it is written. `words` are those of the letter's own language."""

    def __init__(self, facts: LetterFacts, matter: LetterMatter, words: Words) -> None:
        self.facts, self.matter = facts, matter
        self.words = at_home_in(words, facts.country)
        self._gaps: dict[Gap, None] = {}

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What was missing so far."""
        return tuple(self._gaps)

    def text(self, value: str, gap: Gap) -> str:
        """A fact, or dots."""
        return value.strip() or self._blank(gap)

    def day(self, value: date | None, gap: Gap) -> str:
        """A day written out, never broken over two lines; or dots."""
        return _whole(self.words.written_day(value)) if value is not None else self._blank(gap)

    def money(self, value: Money | None, gap: Gap = Gap.AMOUNT) -> str:
        """An amount, or dots."""
        return self.words.money(value) if value is not None else self._blank(gap)

    def line(self) -> str:
        """The number of the line, or dots."""
        return _whole(self.text(self.facts.line, Gap.LINE))

    def story(self) -> tuple[str, ...]:
        """The customer's own words by paragraphs, at most 5,000 signs; or lines of dots."""
        told = self.matter.story.strip()[:_LONGEST_STORY]
        if not told:
            self._blank(Gap.STORY)
            return ("\n".join([BLANK * 3] * 4),)
        return tuple(part.strip() for part in told.split("\n\n") if part.strip())

    def length(self, notice: tuple[int, str]) -> str:
        """A notice in words."""
        amount, unit = notice
        if unit == "month":
            return self.words.trn("{count} month", "{count} months", amount)
        return self.words.trn("{count} day", "{count} days", amount)

    def right(self, rule_id: str, on: date | None = None) -> Rule | None:
        """The rule, where this customer may rely on it on a day; None for what is uncertain or mere practice."""
        rule = self.rule(rule_id, on)
        return rule if rule is not None and rule.standing in _ASSERTED else None

    def rule(self, rule_id: str, on: date | None = None) -> Rule | None:
        """The rule in force on a day, if it is for this kind of customer and line, however sure it is."""
        facts = self.facts
        found = facts.rules.find(rule_id, on or facts.day) if facts.rules is not None else None
        if found is None or ("business" if facts.is_business else "consumer") not in found.applies_to:
            return None
        kind = {Access.MOBILE: "mobile", Access.FIXED: "fixed", Access.INTERNET: "fixed"}.get(facts.access)
        kinds = found.applies_to & {"mobile", "fixed"}
        return None if kind is not None and kinds and kind not in kinds else found

    def _blank(self, gap: Gap) -> str:
        self._gaps[gap] = None
        return BLANK


def _whole(text: str) -> str:
    return text.replace(" ", "\u00a0")
