"""What may be ticked or done in a row of the tracker."""

from __future__ import annotations

from selfcare.i18n import Words
from selfcare.leaving.aftermath import Aftermath
from selfcare.leaving.cut import late_hour
from selfcare.leaving.tracker import Tracked, TrackedKind, is_refused, may_end_debit
from selfcare.leaving.way import StepState
from selfcare.leaving.wizard import may_use_code

from .leaving_asked import is_unlisted
from .leaving_followups import END, day_complaint, fitting_letter, taking_back
from .leaving_material import Case
from .leaving_parts import ActionView, TickView, withdrawal_letter
from .leaving_proofs import is_received
from .leaving_reasons import proof_letter
from .leaving_requests import code_view, followed_code_action, unlock_action
from .leaving_words import by_agreement


def row_ticks(item: Tracked, case: Case, after: Aftermath, words: Words) -> tuple[TickView, ...]:
    """What the customer says to be done."""
    if item.kind is TrackedKind.HAND_OVER:
        fixed, life = not case.way.scheme, case.way.code_dates
        if life is not None and case.material.today > life.dead_after and item.state is not StepState.DONE:
            return ()
        if not fixed and (code_view(case, words) is None or not may_use_code(case.facts, case.answers)):
            return ()
        label = (
            words.tr("The day is agreed")
            if by_agreement(case)
            else words.tr("I have ordered it")
            if fixed
            else words.tr("I have given it")
        )
        given = TickView("handedOver", label, "", case.answers.handed_over is not None)
        way, hour = case.way, late_hour(case.way.ground, case.way.country, case.way.going)
        if hour is None or way.ground.facts.line_ended is not None:
            return (given,)
        too_late = words.tr("It was after {time} on that day", time=words.hour(hour))
        return (given, TickView("handedLate", too_late, "", case.answers.handed_late))
    if item.kind is TrackedKind.CERTIFICATE and is_received(case):
        return ()
    if item.kind is TrackedKind.CERTIFICATE:
        return (TickView("certificate", words.tr("I have sent it"), "", case.answers.about.sent is not None),)
    if item.kind is TrackedKind.DEBIT_ENDS and may_end_debit(after):
        return (
            TickView("debitEnded", words.tr("I have ended it at the bank"), "", case.answers.debit_ended is not None),
        )
    return _settling(item, case, after, words)


def _settling(item: Tracked, case: Case, after: Aftermath, words: Words) -> tuple[TickView, ...]:
    """What only the customer can say: that a finding, a refund or a debit is settled."""
    told = dict(case.answers.settled)
    if item.kind is TrackedKind.CHECKED and after.review is not None and not after.review.is_fine:
        key, label = f"bill:{item.bill_id}", words.tr("I have settled this with my operator")
    elif item.kind is TrackedKind.REFUND and (item.state is not StepState.DONE or f"refund:{item.about}" in told):
        key, label = f"refund:{item.about}", words.tr("The money is here")
    elif item.kind is TrackedKind.DEBIT_AFTER:
        key, label = f"debit:{item.about}", words.tr("I have it back, or it is explained")
    else:
        return ()
    return (TickView(f"settled:{key}", label, "", key in told),)


def row_actions(item: Tracked, case: Case, words: Words) -> tuple[ActionView, ...]:
    """The letter that fits, a request to the operator, or a way to another page."""
    if item.state is StepState.LATE and item.kind in {TrackedKind.UNLOCKED, TrackedKind.CODE}:
        return (ActionView(words.tr("Complain"), target="help"),)
    if item.kind is TrackedKind.CERTIFICATE:
        return proof_letter(case, words)
    if item.kind is TrackedKind.UNLOCKED:
        return unlock_action(case, words)
    if item.kind is TrackedKind.CODE:
        return followed_code_action(case, words)
    if item.kind is TrackedKind.HAND_OVER and not may_use_code(case.facts, case.answers):
        why = words.tr("Do not give the code away yet: the handset is still locked.")
        return (ActionView(words.tr("I have given it"), why_not=why),)
    if item.kind is TrackedKind.FINAL_PAID and item.bill_id:
        return (ActionView(words.tr("Look at the final bill"), target=f"bills/{item.bill_id}"),)
    if item.state is not StepState.DONE and item.kind in {
        TrackedKind.CHECKED,
        TrackedKind.REFUND,
        TrackedKind.DEBIT_AFTER,
    }:
        return fitting_letter(item, case, words)
    if item.kind is TrackedKind.NOTICE and not is_refused(case.facts, case.way):
        if is_unlisted(case):
            return (ActionView(words.tr("See the request"), target="waiting"), *withdrawal_letter(case, words))
        refused = case.facts.withdrawal_refused is not None and case.facts.withdrawal is None
        written = (ActionView(words.tr("Complain in writing"), target="papers/complaint"),) if refused else ()
        return withdrawal_letter(case, words) or (*taking_back(case, words), *(written or day_complaint(case, words)))
    if item.kind is TrackedKind.NOTICE or (item.kind is TrackedKind.CUT and item.state is StepState.LATE):
        return (ActionView(words.tr("Complain in writing"), target=f"papers/complaint/{END}"),)
    return ()
