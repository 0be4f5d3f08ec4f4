"""The page that follows a confirmed way out until the last refund: what is done, what is next, what is late."""

from __future__ import annotations

from selfcare.domain.lines import Access
from selfcare.domain.records import Struct
from selfcare.i18n import Words
from selfcare.leaving.aftermath import Aftermath
from selfcare.leaving.tracker import Tracked, TrackedKind, is_refused, is_withdrawn, may_end_debit, next_tracked, track
from selfcare.leaving.way import Route, StepKind, StepState
from selfcare.leaving.wizard import may_use_code

from .facts import TagView, Tone
from .leaving import StepView
from .leaving_after import (
    ReceiptView,
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
    receipt_view,
    refund_of,
    refund_text,
    return_text,
)
from .leaving_cautions import followed_notices
from .leaving_cutover import WorksView, critical_pick, cutover_note, cutover_warnings, works_view
from .leaving_followups import END, fitting_letter, taking_back
from .leaving_material import Case
from .leaving_mishaps import MishapsView, mishaps_view
from .leaving_parts import (
    ActionView,
    CodeView,
    PickView,
    TickView,
    asked_status,
    code_due,
    is_silent,
    silence_text,
    silent_code_text,
    withdrawal_letter,
)
from .leaving_requests import code_view, followed_code_action, unlock_action
from .leaving_sources import tracker_rules
from .leaving_steps import card_text, certificate_text, step_text
from .leaving_titles import title_within, tracked_title
from .leaving_unlock import unlock_waits, without_promise
from .leaving_words import RuleView, end_text, hours_text, is_agreed, scheme_of
from .notice import Notice


class TrackedView(Struct, frozen=True):
    """One thing followed, with what may be done about it. `notes` stand below its sentence, `warnings` stand out."""

    step: StepView
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    receipt: ReceiptView | None = None
    works: WorksView | None = None
    picks: tuple[PickView, ...] = ()
    code: CodeView | None = None
    ticks: tuple[TickView, ...] = ()
    actions: tuple[ActionView, ...] = ()


class TrackerView(Struct, frozen=True):
    """The whole tracker. `headline` says what comes next. `again` and `end` stand where the notice was taken back."""

    title: str
    below: str
    headline: str
    steps: tuple[TrackedView, ...]
    cautions: tuple[Notice, ...]
    change: str
    way: str
    again: str = ""
    end: str = ""
    mishaps: MishapsView | None = None
    rules: tuple[RuleView, ...] = ()


def tracker_view(case: Case, words: Words) -> TrackerView:
    """Where the way out stands now."""
    after = case.aftermath()
    followed = track(case.facts, case.answers, case.way, after, case.material.today)
    tracked = tuple(without_promise(item, case) for item in followed)
    upcoming = next_tracked(tracked, case.material.today)
    number = case.number or words.tr("this line")
    confirmed = case.answers.confirmed
    below = (
        words.tr(
            "{number} · your plan since {moment}.",
            number=number,
            moment=words.instant(confirmed, case.material.zone, case.material.today),
        )
        if confirmed is not None
        else number
    )
    joint = case.joint()
    if joint is not None:
        names = [case.material.number_of(m.facts) or words.tr("Line without a number") for m in joint.members[1:]]
        below = words.tr("{below} Together with {lines}; each line has this page of its own.", below=below,
                         lines=words.listing(names))  # fmt: skip
    gone_on = is_withdrawn(case.facts, case.answers, case.way)
    wrong = mishaps_view(case, words)
    said = _headline(upcoming, case, words)
    if upcoming is None and wrong is not None and (still := wrong.first_open) is not None:
        said = words.tr("Next: {what}", what=still.title)
    refused = is_refused(case.facts, case.way)
    return TrackerView(
        title=words.tr("Leaving, step by step"),
        below=number if gone_on else below,
        headline=words.tr("Notice withdrawn, the line goes on") if gone_on else said,
        steps=tuple(_tracked(t, case, after, words, is_next=t is upcoming) for t in tracked),
        cautions=() if gone_on or refused else followed_notices(case, words),
        change=words.tr("Change the plan"),
        way=words.tr("The whole way"),
        again=_again(case, words) if gone_on or refused else "",
        end=words.tr("End this plan") if gone_on or refused else "",
        mishaps=wrong,
        rules=tracker_rules(tracked, case, after, words),
    )


def _again(case: Case, words: Words) -> str:
    return words.tr("Withdraw again") if case.way.route is Route.WITHDRAW else words.tr("Give notice again")


def _headline(upcoming: Tracked | None, case: Case, words: Words) -> str:
    if case.answers.is_discreet:
        return words.tr("Nothing of this plan is saved or sent. Close it, and it is gone.")
    if upcoming is None:
        return words.tr("All done. Your archive stays open.")
    name, given = title_within(upcoming, case, words), case.facts.notice_given
    if upcoming.kind is TrackedKind.NOTICE and given is not None and given.refused:
        return words.tr("The line goes on until this is settled")
    if upcoming.kind is TrackedKind.UNLOCKED and upcoming.day is None:
        if unlock_waits(case):
            return words.tr("Next: the request for the unlock goes out, once your operator can be reached")
        return words.tr("Next: ask for the unlock, today")
    if upcoming.state is StepState.LATE:
        return words.tr("Late: {what}", what=name)
    if upcoming.day is None:
        return words.tr("Next: {what}", what=name)
    if upcoming.hour is not None and upcoming.day == case.material.today:
        return words.tr("Next: {what}, today about {time}", what=name, time=words.hour(upcoming.hour))
    return words.tr("Next: {what}, {day}", what=name, day=words.day_far(upcoming.day, case.material.today))


def _tracked(item: Tracked, case: Case, after: Aftermath, words: Words, *, is_next: bool) -> TrackedView:
    state = {StepState.DONE: "done", StepState.NOW: "now", StepState.LATER: "later", StepState.LATE: "missed"}
    said = {
        StepState.DONE: words.tr("done"),
        StepState.NOW: words.tr("to do now"),
        StepState.LATER: words.tr("later"),
        StepState.LATE: words.tr("late"),
    }
    when, more = _when(item, case, words)
    step = StepView(
        item.kind.value,
        words.start(when),
        more,
        tracked_title(item, case, words),
        _text(item, case, after, words),
        "now" if is_next and item.state is StepState.LATER else state[item.state],
        said[item.state],
        _tag(item, case, words),
    )
    is_cut = item.kind is TrackedKind.CUT
    note = cutover_note(case, after, words) if is_cut else ""
    return TrackedView(
        step,
        notes=_notes(item, case, after, words) if not note else (note,),
        warnings=cutover_warnings(case, after, words) if is_cut else (),
        receipt=receipt_view(case, words) if item.kind is TrackedKind.RETURN else None,
        works=works_view(case, words) if is_cut else None,
        picks=(critical_pick(case, words),) if is_cut and item.state is not StepState.DONE else (),
        code=code_view(case, words)
        if item.kind is TrackedKind.CODE and may_use_code(case.facts, case.answers)
        else None,
        ticks=_ticks(item, case, after, words),
        actions=_actions(item, case, words),
    )


def _when(item: Tracked, case: Case, words: Words) -> tuple[str, str]:
    today = case.material.today
    if item.day is None:
        return words.tr("Now") if item.state is StepState.NOW else words.tr("Then"), ""
    if item.kind is TrackedKind.CODE and item.state is StepState.LATE and (due := code_due(case)) is not None:
        return words.day(due.date(), today), words.tr("was due by {time}", time=words.clock(due, case.material.zone))
    day = words.tr("Today") if item.day == today else words.day(item.day, today)
    if item.kind is TrackedKind.RETURN and item.state is not StepState.DONE:
        return words.tr("Until {day}", day=words.day(item.day, today)), ""
    if item.kind is TrackedKind.DEBIT_AFTER:
        return day, ""
    if item.kind is TrackedKind.DOOR:
        return words.tr("Until {day}", day=words.day(item.day, today)), ""
    if item.state is StepState.DONE:
        return day, ""
    if item.moment is not None and case.way.unlock_is_guess:
        return day, words.tr("perhaps by {time}", time=words.clock(item.moment, case.material.zone))
    if item.moment is not None:
        return day, words.tr("by {time}", time=words.clock(item.moment, case.material.zone))
    if item.hour is not None:
        return day, words.tr("about {time}", time=words.hour(item.hour))
    if item.last is not None:
        return day, words.tr("use by {day}", day=words.day(item.last, today))
    if item.kind is TrackedKind.FINAL_BILL:
        return day, words.tr("expected by then")
    return day, ""


def _text(item: Tracked, case: Case, after: Aftermath, words: Words) -> str:
    match item.kind:
        case TrackedKind.PAY_OFF:
            return _of_the_way(StepKind.PAY_OFF, case, words)
        case TrackedKind.UNLOCKED:
            return _unlock_text(item, case, words)
        case TrackedKind.CODE:
            if item.state is StepState.DONE:
                return words.tr("Unused, it ends nothing; used, it ends the line.")
            _, said = asked_status(case.facts.asked_code(scheme_of(case)), case, words)
            if is_silent(case):
                return silent_code_text(case, said, words)
            return said or words.tr("Ask for it on this day; unused, it ends nothing.")
        case TrackedKind.HAND_OVER:
            if item.state is StepState.DONE:
                return ""
            if case.way.route is Route.FIXED_SWITCH:
                return words.tr("Order there and do nothing else: the new provider ends this line.")
            if is_agreed(case):
                return _of_the_way(StepKind.HAND_OVER, case, words)
            if not _has_hour(case):
                return words.tr("Do not end this line yourself: the new operator does it.")
            return words.tr("Before 17:00, so that the number moves on the next working day.")
        case TrackedKind.CERTIFICATE:
            return "" if item.state is StepState.DONE else certificate_text(words)
        case TrackedKind.NOTICE:
            if is_withdrawn(case.facts, case.answers, case.way):
                return ""
            if case.facts.withdrawal is not None:
                return words.tr("You asked to take it back. Until your operator agrees, the notice stands.")
            if case.facts.is_unbound and case.way.route is Route.NOTICE:
                return card_text(words)
            _, said = asked_status(case.facts.notice_given, case, words)
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
            if case.facts.access is not Access.MOBILE:
                return words.tr("Have the new line ready: this one goes silent then.")
            return words.tr("Have the new SIM at hand. Put it in when this one goes silent.")
        case TrackedKind.RETURN:
            return return_text(case, after, words)
        case TrackedKind.FINAL_BILL:
            no_rent = words.tr("No rent after {day}.", day=words.day(case.way.last_day, case.material.today))
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


def _of_the_way(kind: StepKind, case: Case, words: Words) -> str:
    step = case.way.step(kind)
    return step_text(step, case, words) if step is not None else ""


def _notes(item: Tracked, case: Case, after: Aftermath, words: Words) -> tuple[str, ...]:
    if item.kind is TrackedKind.CHECKED:
        return check_notes(after, words)
    if item.kind is TrackedKind.FINAL_PAID:
        return tuple(said for _, said in paying_notes(case, after, words))
    if item.kind is TrackedKind.DEBIT_AFTER:
        return debit_notes(debit_of(item, after), case, words)
    return door_notes(after, words) if item.kind is TrackedKind.DOOR else ()


def _has_hour(case: Case) -> bool:
    cut = case.way.step(StepKind.CUT)
    return cut is not None and cut.hour is not None


def _unlock_text(item: Tracked, case: Case, words: Words) -> str:
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


def _tag(item: Tracked, case: Case, words: Words) -> TagView | None:
    if item.state is StepState.LATE:
        return TagView(words.tr("late"), Tone.BAD)
    if item.kind is TrackedKind.NOTICE and is_withdrawn(case.facts, case.answers, case.way):
        return None
    if item.state is StepState.DONE and (item.kind is not TrackedKind.NOTICE or case.facts.withdrawal is None):
        return None
    asked = {
        TrackedKind.UNLOCKED: case.facts.unlock,
        TrackedKind.CODE: case.facts.asked_code(scheme_of(case)),
        TrackedKind.NOTICE: case.facts.withdrawal or case.facts.notice_given,
    }.get(item.kind)
    return asked_status(asked, case, words)[0]


def _ticks(item: Tracked, case: Case, after: Aftermath, words: Words) -> tuple[TickView, ...]:
    if item.kind is TrackedKind.HAND_OVER:
        fixed, life = not case.way.scheme, case.way.code_dates
        if life is not None and case.material.today > life.dead_after and item.state is not StepState.DONE:
            return ()
        if not fixed and (code_view(case, words) is None or not may_use_code(case.facts, case.answers)):
            return ()
        label = words.tr("I have ordered it") if fixed else words.tr("I have given it")
        if is_agreed(case):
            label = words.tr("The day is agreed")
        return (TickView("handedOver", label, "", case.answers.handed_over is not None),)
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


def _actions(item: Tracked, case: Case, words: Words) -> tuple[ActionView, ...]:
    if item.state is StepState.LATE and item.kind in {TrackedKind.UNLOCKED, TrackedKind.CODE}:
        return (ActionView(words.tr("Complain"), target="help"),)
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
        return withdrawal_letter(case, words) or taking_back(case, words)
    if item.kind is TrackedKind.NOTICE or (item.kind is TrackedKind.CUT and item.state is StepState.LATE):
        return (ActionView(words.tr("Complain in writing"), target=f"papers/complaint/{END}"),)
    return ()
