"""What each thing that is followed after a confirmation is called: to be done, or done."""

from __future__ import annotations

from selfcare.i18n import Words
from selfcare.leaving.tracker import Tracked, TrackedKind, is_withdrawn
from selfcare.leaving.way import Route, StepState

from .leaving_asked import is_unconfirmed
from .leaving_material import Case
from .leaving_proofs import proof_title
from .leaving_steps import order_title
from .leaving_words import by_agreement, code_name


def tracked_title(item: Tracked, case: Case, words: Words) -> str:
    """A row of the tracker in a few words; what is still to be done says so."""
    code, port, is_done = code_name(case, words), case.way.route is Route.PORT, item.state is StepState.DONE
    return {
        TrackedKind.PAY_OFF: words.tr("Pay the handset off"),
        TrackedKind.UNLOCKED: words.tr("Handset unlocked") if is_done else words.tr("Unlock of the handset"),
        TrackedKind.CODE: words.tr("The {code} is here", code=code)
        if is_done
        else words.tr("Get the {code}", code=code),
        TrackedKind.HAND_OVER: order_title(case, words)
        if not is_done
        else words.tr("Day agreed with both operators")
        if by_agreement(case)
        else words.tr("Ordered at the new provider")
        if case.way.route is Route.FIXED_SWITCH or not code
        else words.tr("{code} and new bank details given to the new operator", code=case.way.scheme),
        TrackedKind.CERTIFICATE: proof_title(item.state, case, words),
        TrackedKind.NOTICE: _notice_title(case, words, is_done=is_done),
        TrackedKind.CUT: _cut_title(item, words, port=port),
        TrackedKind.RETURN: words.tr("The box has been sent back") if is_done else words.tr("Return of the box"),
        TrackedKind.FINAL_BILL: words.tr("The final bill"),
        TrackedKind.CHECKED: words.tr("The final bill is checked") if is_done else words.tr("Check of the final bill"),
        TrackedKind.FINAL_PAID: words.tr("The final bill is paid")
        if is_done
        else words.tr("Payment of the final bill"),
        TrackedKind.DEBIT_ENDS: words.tr("The Direct Debit has ended")
        if is_done
        else words.tr("End of the Direct Debit"),
        TrackedKind.REFUND: words.tr("The money is back") if is_done else words.tr("Money back"),
        TrackedKind.DEBIT_AFTER: words.tr("Money taken after the end"),
        TrackedKind.DOOR: words.tr("The door stays open"),
    }[item.kind]


def title_within(item: Tracked, case: Case, words: Words) -> str:
    """The same inside a sentence: with a small letter, unless it begins with a code or a name."""
    title = tracked_title(item, case, words)
    first = title.split(" ", 1)[0]
    return title if first[1:] != first[1:].lower() else title[:1].lower() + title[1:]


def _cut_title(item: Tracked, words: Words, *, port: bool) -> str:
    if item.state is StepState.DONE:
        return words.tr("The number has moved, this line has ended") if port else words.tr("This line has ended")
    if item.state is StepState.LATE:
        return words.tr("End of this line")
    return words.tr("The number moves, this line dies") if port else words.tr("This line dies")


def _notice_title(case: Case, words: Words, *, is_done: bool) -> str:
    given = case.facts.notice_given
    if case.facts.is_unbound and case.way.route is Route.NOTICE:
        return words.tr("Use the credit up, top up no more")
    if is_withdrawn(case.facts, case.answers, case.way):
        unasked = case.facts.cancelled_unasked
        return words.tr("Notice cancelled by your operator") if unasked else words.tr("Notice taken back")
    if case.way.route is Route.WITHDRAW:
        if given is not None and given.refused:
            return words.tr("Your operator refused the withdrawal")
        received = is_done and given is not None and given.sent
        return words.tr("Withdrawal received by your operator") if received else words.tr("Withdraw from the contract")
    if given is not None and given.refused:
        return words.tr("Your operator refused the notice")
    if is_unconfirmed(case):
        return words.tr("Notice, not confirmed yet")
    return words.tr("Notice received by your operator") if is_done and given and given.sent else words.tr("Give notice")
