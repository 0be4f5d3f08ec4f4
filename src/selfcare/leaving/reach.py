"""Tells whom a rule reaches: a consumer, a small firm or a business, on a mobile or a fixed line."""

from __future__ import annotations

from datetime import date

from selfcare.domain.lines import Access
from selfcare.domain.records import Struct

from .rules import Rule, Rules, Standing

CONTRACT = "CONTRACT"
"""Stands in the place of a rule's id where nothing but the contract's own word is behind a finding."""


class Who(Struct, frozen=True):
    """Who leaves, in the words of `Rule.applies_to`: "consumer", "small" or "business"; "mobile" or "fixed"."""

    customer: str = "consumer"
    access: str = "mobile"

    @property
    def is_fixed(self) -> bool:
        """A landline or broadband."""
        return self.access == "fixed"


def who_of(access: Access, *, is_business: bool, is_small: bool = False) -> Who:
    """Who leaves with a line; a business is not taken for a small one without its word."""
    customer = "consumer" if not is_business else "small" if is_small else "business"
    return Who(customer, "fixed" if access in {Access.FIXED, Access.INTERNET} else "mobile")


def reaches(rule: Rule, who: Who) -> bool:
    """The rule is for this customer and this kind of line."""
    return who.customer in rule.applies_to and who.access in rule.applies_to


def rule_for(rules: Rules, rule_id: str, on: date, who: Who) -> Rule | None:
    """The version of a rule in force on a day, if it reaches this customer; else None."""
    rule = rules.find(rule_id, on)
    return rule if rule is not None and reaches(rule, who) else None


def is_right(rule: Rule) -> bool:
    """Law, regulator or a code that the operator signed stands behind it; a mere practice is no right."""
    return rule.standing in {Standing.LAW, Standing.REGULATOR, Standing.CODE}
