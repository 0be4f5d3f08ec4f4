"""Moves of the wizard that need more than one answer: to begin, to choose a line, to leave with several lines."""

from __future__ import annotations

from datetime import datetime

from selfcare.domain.records import replace

from .drafts import Plans
from .facts import LeavingFacts
from .together import Joint, confirmed_together, joins
from .wizard import Answers, Screen, follow_ended, screens, start


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
