"""What each row of the tracker says in a sentence or two: how it stands, and what is to be known about it."""

from __future__ import annotations

from selfcare.domain.lines import Access
from selfcare.i18n import Words
from selfcare.leaving.aftermath import Aftermath
from selfcare.leaving.tracker import Tracked, TrackedKind, is_refused, is_withdrawn
from selfcare.leaving.way import Route, StepKind, StepState

from .leaving_after import (
    check_notes,
    check_text,
    debit_ends_text,
    debit_notes,
    debit_of,
    debit_text,
    door_notes,
    door_text,
    paid_text,
    paying_notes,
    refund_of,
    refund_text,
    return_text,
)
from .leaving_asked import asked_status, is_unlisted
from .leaving_material import Case
from .leaving_parts import code_asked, is_silent, silence_text, silent_code_text
from .leaving_proofs import proof_text
from .leaving_steps import card_text, step_text, urgent_code
from .leaving_unlock import unlock_waits, unlocked_by
from .leaving_words import by_agreement, by_authority, contested_text, end_text, hours_text


def row_text(item: Tracked, case: Case, after: Aftermath, words: Words) -> str:
    """What stands below the title of a row."""
    match item.kind:
        case TrackedKind.PAY_OFF:
            return _of_the_way(StepKind.PAY_OFF, case, words)
        case TrackedKind.UNLOCKED:
            return _unlock_text(item, case, words)
        case TrackedKind.CODE:
            if item.state is StepState.DONE:
                return words.tr("Unused, it ends nothing; used, it ends the line.")
            _, said = asked_status(code_asked(case), case, words)
            if is_silent(case):
                return silent_code_text(case, said, words)
            plain = said or words.tr("Ask for it on this day; unused, it ends nothing.")
            urgent = "" if said else urgent_code(case, words)
            return words.tr("{first} {second}", first=plain, second=urgent) if urgent else plain
        case TrackedKind.HAND_OVER:
            if item.state is StepState.DONE:
                return ""
            if case.way.route is Route.FIXED_SWITCH:
                return words.tr("Order there and do nothing else: the new provider ends this line.")
            if by_agreement(case):
                return _of_the_way(StepKind.HAND_OVER, case, words)
            if not _has_hour(case):
                return words.tr("Do not end this line yourself: the new operator does it.")
            return words.tr("Before 17:00, so that the number moves on the next working day.")
        case TrackedKind.CERTIFICATE:
            return proof_text(item, case, words)
        case TrackedKind.NOTICE:
            if is_withdrawn(case.facts, case.answers, case.way):
                return _cancelled_text(words) if case.facts.cancelled_unasked else ""
            if case.facts.withdrawal is not None:
                return words.tr("You asked to take it back. Until your operator agrees, the notice stands.")
            if case.facts.is_unbound and case.way.route is Route.NOTICE:
                return card_text(words)
            _, said = asked_status(case.facts.notice_given, case, words)
            if case.facts.withdrawal_refused is not None:
                stands = words.tr("Your operator refused to take it back: the notice stands.")
                return words.tr("{first} {second}", first=said, second=stands)
            if is_unlisted(case):
                return said  # what is to be done stands on top of the page
            if is_refused(case.facts, case.way):
                return words.tr("{said} Until it is settled the line goes on, and so does its rent.", said=said)
            return silence_text(case, said, words) or words.tr("Not sent yet.")
        case TrackedKind.CUT:
            if item.state is StepState.DONE:
                return words.tr("By your operator’s own word.")
            if item.state is StepState.LATE:
                said = words.tr("The day has passed, and your operator does not say that the line has ended.")
                contest = words.tr("Rent since then can be contested.")
                return words.tr("{first} {second}", first=said, second=contest) if case.way.route.is_notice else said
            if case.way.route.is_notice:
                return end_text(case, words)
            if not case.way.route.is_move:
                return words.tr("Have the new one ready before.")
            if by_authority(case):
                return _of_the_way(StepKind.CUT, case, words)
            if case.facts.access is not Access.MOBILE:
                return words.tr("Have the new line ready: this one goes silent then.")
            return words.tr("Have the new SIM at hand. Put it in when this one goes silent.")
        case TrackedKind.RETURN:
            return return_text(case, after, words)
        case TrackedKind.FINAL_BILL:
            if case.way.may_owe_notice or case.rules.country == "US":  # no rule says where its rent ends
                return _of_the_way(StepKind.FINAL_BILL, case, words)
            no_rent = contested_text(case, words) or words.tr(
                "No rent after {day}.", day=words.day(case.way.last_day, case.material.today)
            )
            if after.final is None or after.final.is_marked:
                return no_rent
            guess = words.tr("Your operator does not call it the last one: it is the first bill after the end.")
            return f"{guess} {no_rent}"
        case TrackedKind.CHECKED:
            return check_text(after, words)
        case TrackedKind.FINAL_PAID:
            return paid_text(after, words)
        case TrackedKind.DEBIT_ENDS:
            return debit_ends_text(case, after, words)
        case TrackedKind.REFUND:
            return refund_text(refund_of(item, after), words)
        case TrackedKind.DEBIT_AFTER:
            return debit_text(debit_of(item, after), words)
        case TrackedKind.DOOR:
            return door_text(after, words, has_rescue=item.last is not None)


def _cancelled_text(words: Words) -> str:
    return words.tr(
        "Nothing sent from here asked for that. If you did not take it back another way, ask your operator in writing "
        "why, or give notice again: until then the line goes on, and so does its rent."
    )


def _of_the_way(kind: StepKind, case: Case, words: Words) -> str:
    step = case.way.step(kind)
    return step_text(step, case, words) if step is not None else ""


def row_notes(item: Tracked, case: Case, after: Aftermath, words: Words) -> tuple[str, ...]:
    """What is to be known besides."""
    if item.kind is TrackedKind.CHECKED:
        return check_notes(after, words)
    if item.kind is TrackedKind.FINAL_PAID:
        return tuple(said for _, said in paying_notes(case, after, words))
    if item.kind is TrackedKind.DEBIT_AFTER:
        return debit_notes(debit_of(item, after), case, words)
    return door_notes(after, case, words) if item.kind is TrackedKind.DOOR else ()


def _has_hour(case: Case) -> bool:
    cut = case.way.step(StepKind.CUT)
    return cut is not None and cut.hour is not None


def _unlock_text(item: Tracked, case: Case, words: Words) -> str:
    if item.state is StepState.DONE and case.answers.tested:
        return unlocked_by(case, words)
    if item.state is StepState.DONE:
        return words.tr("By your operator’s own word. Test: put another SIM in.")
    if item.state is StepState.LATE:
        return words.tr("The promise was missed. Do not use the code yet; complain under Help.")
    _, said = asked_status(case.facts.unlock, case, words)
    hours = case.facts.unlock_hours
    if unlock_waits(case) and hours is not None:
        due = words.tr("Due {hours} after that.", hours=hours_text(hours, words))
        return words.tr("{first} {second}", first=said, second=due)
    if hours is None:
        return said or words.tr("Not asked for yet.")
    promise = words.tr("Your operator’s own promise: {hours}.", hours=hours_text(hours, words))
    return f"{said} {promise}" if said else words.tr("Not asked for yet.")
