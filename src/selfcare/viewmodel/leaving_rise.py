"""What the contract said of price rises at the sale: by it an announced rise frees for certain, perhaps, or not."""

from __future__ import annotations

from selfcare.i18n import Words
from selfcare.leaving.country import CostReason
from selfcare.leaving.deposits import read_amount
from selfcare.leaving.terms import RiseClause, clause_of

from .leaving_material import Case
from .leaving_parts import PickView, SumView


def clause_pick(case: Case, words: Words) -> tuple[PickView, ...]:
    """What the contract names, where a rise was announced that may let go (UK-CTR-03, UK-CTR-04)."""
    if not _is_asked(case):
        return ()
    options = (("", words.tr("Not answered yet")), *clause_options(words))
    label = words.tr("What did your contract name when you signed?")
    chosen = clause_of(case.answers.terms, case.answers.agreed_rise)
    return (PickView("terms:riseClause", label, options, chosen.value),)


def clause_options(words: Words) -> tuple[tuple[str, str], ...]:
    """What a contract may name of price rises."""
    return (
        (RiseClause.AMOUNT.value, words.tr("a rise in pounds and pence")),
        (RiseClause.PERCENT.value, words.tr("a rise by inflation or a percentage")),
        (RiseClause.NONE.value, words.tr("no rise at all")),
    )


def rise_question(case: Case, words: Words) -> tuple[SumView, ...]:
    """Which amount it names, where it is one."""
    typed = case.answers.agreed_rise
    if not _is_asked(case) or clause_of(case.answers.terms, typed) is not RiseClause.AMOUNT:
        return ()
    is_amount = read_amount(typed, or_nothing=True) is not None
    problem = "" if not typed or is_amount else words.tr("Write an amount like 1.80, or 0.")
    label = words.tr("Monthly rise that your contract named when you signed, 0 for none")
    return (SumView("agreedRise", label, typed, problem),)


def _is_asked(case: Case) -> bool:
    facts, ground = case.facts, case.way.ground
    risen = any(not rise.amount.is_credit for rise in ground.facts.rises)
    is_large = facts.is_business and not facts.small  # UK-CTR-04 reaches firms of at most ten people
    if case.rules.country != "GB" or is_large or facts.concluded is None or not risen:
        return False
    if clause_of(case.answers.terms, case.answers.agreed_rise):
        return True
    today = case.material.today
    if facts.commitment_ends is not None and facts.commitment_ends < today:
        return False  # leaving costs nothing any more, whatever was named
    exits = (e for e in case.way.country.exits(ground) if e.reason is CostReason.FREE_EXIT and e.last)
    return any(e.last is not None and e.last >= today for e in exits)
