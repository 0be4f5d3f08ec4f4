"""Where the request for an unlock stands, for all pages of leaving: it is due, done or late only once it has left."""

from __future__ import annotations

from selfcare.domain.records import replace
from selfcare.i18n import Words
from selfcare.leaving.country import Caution, StepKind
from selfcare.leaving.tracker import Tracked, TrackedKind
from selfcare.leaving.way import Step, StepState

from .leaving_material import Case

PAID_OFF_RULE = "US-UNL-02"
"""A handset in instalments is unlocked only once they are paid."""


def unlocked_by(case: Case, words: Words) -> str:
    """By whose word the handset is unlocked: the customer's own test, or the operator's."""
    if case.answers.tested:
        return words.tr("By your own test with another SIM.")
    return words.tr("By your operator’s own word.")


def unlock_is_sent(case: Case) -> bool:
    """The request for the unlock is with the operator: only then is the unlock due."""
    asked = case.facts.unlock
    return asked is not None and asked.sent and not asked.refused


def unlock_put_off(case: Case, words: Words) -> str:
    """Until when an unlock waits by a rule of its own, with that rule; empty where only the request is waited for."""
    facts, way, today = case.facts, case.way, case.material.today
    asked = facts.unlock
    found = way.country.unlock(way.ground, case.material.now if asked is None or asked.refused else asked.at)
    name = found.rule_id or (PAID_OFF_RULE if found.after_paying else "")
    rule = case.rules.cited(name, today) if name else None
    if rule is None or found.due is None:
        return ""
    day, sentence = words.day(found.due.astimezone(case.material.zone).date(), today), rule.sentence(words.language)
    if not found.rule_id:
        return words.tr("If it is paid off today, perhaps by {day}. {sentence}", day=day, sentence=sentence)
    if found.free_from is None:
        return words.tr("If it is paid off today, not before {day}. {sentence}", day=day, sentence=sentence)
    return words.tr("Not before {day}. {sentence}", day=day, sentence=sentence)


def unlock_waits(case: Case) -> bool:
    """The request for the unlock was made, and the operator has not said that it has it."""
    asked = case.facts.unlock
    return asked is not None and not asked.sent and not asked.refused


def step_state(step: Step, case: Case) -> StepState:
    """Where a step stands: an unlock is neither asked for nor late as long as its request has not left."""
    if not unlock_waits(case):
        return step.state
    if step.kind is StepKind.UNLOCK_ASK and case.facts.is_locked:
        return StepState.NOW
    return StepState.LATER if step.kind is StepKind.UNLOCKED and step.state is StepState.LATE else step.state


def cautions_left(case: Case) -> tuple[Caution, ...]:
    """The warnings of a way, without those that its request for the unlock has answered or not yet run into, and
    without that of lines that stay where the whole contract leaves."""
    gone: set[Caution] = set()
    if case.staying() < 1:
        gone.add(Caution.SAME_CONTRACT)
    if unlock_is_sent(case) or unlock_waits(case):
        gone.add(Caution.SHOULD_NOT_BE_LOCKED)
    if unlock_waits(case):
        gone.add(Caution.UNLOCK_LATE)
    return tuple(one for one in case.way.cautions if one not in gone)


def without_promise(item: Tracked, case: Case) -> Tracked:
    """An unlock has no day as long as its request has not left, and cannot be late."""
    if item.kind is not TrackedKind.UNLOCKED or item.state is StepState.DONE or unlock_is_sent(case):
        return item
    return replace(item, day=None, moment=None, state=StepState.LATER if unlock_waits(case) else StepState.NOW)
