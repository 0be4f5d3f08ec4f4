"""Moves of the wizard that need more than one answer: to begin, to choose a line, to leave with several lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from selfcare.domain.records import replace

from .drafts import Plans
from .facts import LeavingFacts
from .terms import clause_of
from .together import Joint, confirmed_together, joins
from .wizard import Answers, Screen, follow_ended, screens, start

_CLAUSE = frozenset({"terms:riseClause", "agreedRise"})
"""The questions about what a contract names of price rises."""


def begin(facts: LeavingFacts, answers: Answers, now: datetime, *, at_first_question: bool) -> Answers:
    """From the whole way into the wizard: to the question that was reached, or to the unlock that has to come first.

    A line that has ended is followed at once.
    """
    if facts.line_ended is not None and not at_first_question:
        return follow_ended(facts, answers, now)
    begun = start(answers, facts.line_id)
    if at_first_question and answers.confirmed is None:
        return replace(begun, at=Screen.LINE)
    if answers.keep_number is None and Screen.UNLOCK in screens(facts, answers):
        return replace(begun, keep_number=True, at=Screen.UNLOCK, resume_at=Screen.UNLOCK)
    return begun


def line_chosen(plans: Plans, line_id: str, here: Screen) -> Answers:
    """The answers of another line, on the page that is looked at where that belongs to every line."""
    chosen = plans.of(line_id)
    at = here if here in {Screen.WAY, Screen.LINE} else chosen.at
    return replace(chosen, at=Screen.TRACKER if chosen.confirmed is not None and at is Screen.LINE else at)


def with_others(plans: Plans, answers: Answers) -> Plans:
    """The plans in which the lines that leave with this one have begun to leave, too; which line is looked at stays."""
    for line_id in answers.others:
        plans = replace(plans.with_answers(joins(plans.of(line_id), answers)), current=plans.current)
    return plans


def with_confirmed(plans: Plans, joint: Joint | None, now: datetime) -> Plans:
    """The plans in which the other lines of a common way are confirmed, too."""
    for answers in confirmed_together(joint, now) if joint is not None else ():
        plans = replace(plans.with_answers(answers), current=plans.current)
    return plans


def with_shared(plans: Plans, question: str, answers: Answers, same: Iterable[str]) -> Plans:
    """The plans in which an answer for one line counts for the others that it is about; `same` are those of its
    contract."""
    if question.startswith("with:"):
        return with_others(plans, answers)
    return with_clause_shared(plans, answers, same) if question in _CLAUSE else plans


def clause_borrowed(plans: Plans, answers: Answers, same: Iterable[str]) -> Answers:
    """The answers of a line with what its contract names of price rises, as it was answered for another line of it.

    `same` are the lines of that contract.
    """
    if clause_of(answers.terms, answers.agreed_rise):
        return answers
    for other in _open_plans(plans, answers.line_id, same):
        if clause_of(other.terms, other.agreed_rise):
            return _with_clause_of(answers, other)
    return answers


def with_clause_shared(plans: Plans, answers: Answers, same: Iterable[str]) -> Plans:
    """The plans in which what a contract names of price rises is the same for every line of it: `same`.

    An answer that was taken back is so for all of them; a discreet plan tells the others nothing.
    """
    if answers.is_discreet:
        return plans
    for other in _open_plans(plans, answers.line_id, same):
        told = _with_clause_of(other, answers)
        plans = replace(plans, answers={**(plans.answers or {}), other.line_id: told})
    return plans


def _with_clause_of(answers: Answers, other: Answers) -> Answers:
    terms = replace(answers.terms, rise_clause=other.terms.rise_clause)
    return replace(answers, terms=terms, agreed_rise=other.agreed_rise)


def _open_plans(plans: Plans, line_id: str, same: Iterable[str]) -> list[Answers]:
    """The plans of the other lines of a contract, without discreet ones."""
    known = plans.answers or {}
    others = [known[other] for other in same if other != line_id and other in known]
    return [answers for answers in others if not answers.is_discreet]
