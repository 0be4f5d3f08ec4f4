"""A country's rules as data: what is true, for whom, since when, who says so and when it was checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from selfcare.domain.records import Struct

RuleValue = Decimal | date | str | None


class Standing(StrEnum):
    """Who stands behind a rule. UNCERTAIN is shown as such and never asserted as a right."""

    LAW = "law"
    REGULATOR = "regulator"
    CODE = "code"
    PRACTICE = "practice"
    UNCERTAIN = "uncertain"


class Rule(Struct, frozen=True):
    """One rule between two days. `other` is the second figure where a rule has two (40 and 10 days before).

    `sentences` holds the plain sentence by language; `source` is an address, or empty where none was found. A rule that
    is not `in_force` holds on no day: it is only kept to be looked at again on `review`.
    """

    id: str
    sentences: Mapping[str, str]
    value: RuleValue
    other: RuleValue
    unit: str
    applies_to: frozenset[str]
    effective_from: date | None
    effective_to: date | None
    source: str
    checked: date
    standing: Standing
    in_force: bool = True
    review: date | None = None

    def sentence(self, language: str = "en") -> str:
        """The plain sentence in a language, in English where that language is missing."""
        return self.sentences.get(language) or self.sentences["en"]

    @property
    def is_certain(self) -> bool:
        """May be shown as something the customer can rely on."""
        return self.standing is not Standing.UNCERTAIN

    @property
    def number(self) -> int:
        """The value as a whole number (days, months, hours, numbers). ValueError where it is none."""
        if not isinstance(self.value, Decimal) or self.value != int(self.value):
            raise ValueError(f"rule {self.id} has no whole number")
        return int(self.value)

    @property
    def other_number(self) -> int:
        """The second value as a whole number. ValueError where it is none."""
        if not isinstance(self.other, Decimal):
            raise ValueError(f"rule {self.id} has no second number")
        return int(self.other)

    def holds_on(self, day: date) -> bool:
        """In force on a day, both ends included."""
        return (
            self.in_force
            and (self.effective_from is None or self.effective_from <= day)
            and (self.effective_to is None or day <= self.effective_to)
        )


class Rules(Struct, frozen=True):
    """All rules of one country; `calendar` names its usual working-day calendar."""

    country: str
    calendar: str
    checked: date
    rules: tuple[Rule, ...]

    def find(self, rule_id: str, on: date) -> Rule | None:
        """The version of a rule in force on a day, else None."""
        return next((r for r in self.rules if r.id == rule_id and r.holds_on(on)), None)

    def cited(self, rule_id: str, on: date) -> Rule | None:
        """The version of a rule to show: in force on a day, else the last one before, which an old contract keeps."""
        before = [r for r in self.rules if r.id == rule_id and r.effective_to is not None and r.effective_to < on]
        return self.find(rule_id, on) or max(before, key=lambda r: r.effective_to or date.min, default=None)

    def get(self, rule_id: str, on: date) -> Rule:
        """The version of a rule in force on a day. KeyError where there is none."""
        found = self.find(rule_id, on)
        if found is None:
            raise KeyError(rule_id)
        return found


def parse_rules(text: str | bytes) -> Rules:
    """Read one country's rules from TOML. ValueError names the rule that is wrong and what is wrong with it."""
    source = text.decode("utf-8") if isinstance(text, bytes) else text
    document: dict[str, Any] = tomllib.loads(source, parse_float=Decimal)
    checked = document["checked"]
    if not isinstance(checked, date):
        raise ValueError("checked: not a day")
    rules = tuple(_rule(entry, checked) for entry in document.get("rule", ()))
    _refuse_overlaps(rules)
    return Rules(str(document["country"]), str(document["calendar"]), checked, rules)


def _rule(entry: dict[str, Any], checked: date) -> Rule:
    name = str(entry.get("id", "?"))
    sentences = entry.get("sentence")
    if not isinstance(sentences, dict) or not sentences.get("en"):
        raise ValueError(f"{name}: no English sentence")
    starts, ends = entry.get("effective_from"), entry.get("effective_to")
    if starts is not None and ends is not None and ends < starts:
        raise ValueError(f"{name}: ends before it starts")
    try:
        standing = Standing(entry["standing"])
    except (KeyError, ValueError):
        raise ValueError(f"{name}: no known standing") from None
    in_force, review = entry.get("in_force", True), entry.get("review")
    if not isinstance(in_force, bool) or (not in_force and not isinstance(review, date)):
        raise ValueError(f"{name}: not in force, and no day to look at it again")
    if standing in {Standing.LAW, Standing.REGULATOR} and not entry.get("source"):
        raise ValueError(f"{name}: a right without a source")
    return Rule(
        id=name,
        sentences={str(k): str(v) for k, v in sentences.items()},
        value=_value(entry.get("value")),
        other=_value(entry.get("other")),
        unit=str(entry.get("unit", "")),
        applies_to=frozenset(str(a) for a in entry.get("applies_to", ())),
        effective_from=starts,
        effective_to=ends,
        source=str(entry.get("source", "")),
        checked=entry.get("checked", checked),
        standing=standing,
        in_force=in_force,
        review=review,
    )


def _value(raw: Any) -> RuleValue:
    if raw is None or isinstance(raw, Decimal | date | str):
        return raw
    return Decimal(raw)


def _refuse_overlaps(rules: tuple[Rule, ...]) -> None:
    for i, one in enumerate(rules):
        for two in rules[i + 1 :]:
            if one.id == two.id and (
                (one.effective_from or date.min) <= (two.effective_to or date.max)
                and (two.effective_from or date.min) <= (one.effective_to or date.max)
            ):
                raise ValueError(f"{one.id}: two versions in force on one day")
