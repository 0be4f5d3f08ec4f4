"""The page that follows a confirmed way out until the last refund: what is done, what is next, what is late."""

from __future__ import annotations

from selfcare.domain.records import Struct
from selfcare.i18n import Words
from selfcare.leaving.aftermath import Aftermath
from selfcare.leaving.tracker import Tracked, TrackedKind, is_refused, is_withdrawn, next_tracked, track
from selfcare.leaving.way import Route, StepState
from selfcare.leaving.wizard import may_use_code

from .asked_words import forgotten_tag
from .facts import TagView, Tone
from .leaving import StepView
from .leaving_after import ReceiptView, receipt_view
from .leaving_asked import asked_status, is_unlisted
from .leaving_cautions import followed_notices
from .leaving_cutover import WorksView, critical_pick, cutover_note, cutover_warnings, works_view
from .leaving_exact import closing_asks
from .leaving_material import Case
from .leaving_mishaps import MishapsView, mishaps_view
from .leaving_parts import ActionView, CodeView, PickView, SumView, TickView, code_asked, code_due
from .leaving_requests import code_view
from .leaving_row_acts import row_actions, row_ticks
from .leaving_row_texts import row_notes, row_text
from .leaving_sources import tracker_rules
from .leaving_titles import title_within, tracked_title
from .leaving_unlock import unlock_waits, without_promise
from .leaving_words import RuleView
from .notice import Notice


class TrackedView(Struct, frozen=True):
    """One thing followed, with what may be done about it. `notes` stand below its sentence, `warnings` stand out."""

    step: StepView
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    receipt: ReceiptView | None = None
    works: WorksView | None = None
    picks: tuple[PickView, ...] = ()
    sums: tuple[SumView, ...] = ()
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


class NextStep(Struct, frozen=True):
    """What comes next of a way out that is followed, with its headline and its sentence."""

    item: Tracked
    headline: str
    text: str


def next_step(case: Case, words: Words) -> NextStep | None:
    """What comes next, for a place that shows no more of the way; None where nothing is left to do."""
    after = case.aftermath()
    upcoming = next_tracked(_followed(case, after), case.material.today)
    if upcoming is None:
        return None
    return NextStep(upcoming, _headline(upcoming, case, words), row_text(upcoming, case, after, words))


def _followed(case: Case, after: Aftermath) -> tuple[Tracked, ...]:
    followed = track(case.facts, case.answers, case.way, after, case.material.today)
    return tuple(without_promise(item, case) for item in followed)


def tracker_view(case: Case, words: Words) -> TrackerView:
    """Where the way out stands now."""
    after = case.aftermath()
    tracked = _followed(case, after)
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
    if gone_on:
        unasked = case.facts.cancelled_unasked
        said = (
            words.tr("Notice cancelled, the line goes on")
            if unasked
            else words.tr("Notice withdrawn, the line goes on")
        )
    return TrackerView(
        title=words.tr("Leaving, step by step"),
        below=number if gone_on else below,
        headline=said,
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
    if upcoming.kind is TrackedKind.CUT and upcoming.state is not StepState.LATE and is_unlisted(case):
        return words.tr("Next: ask your operator what became of the notice")
    if upcoming.kind is TrackedKind.UNLOCKED and upcoming.day is None:
        if (asked := case.facts.unlock) is not None and unlock_waits(case) and (asked.doubt or asked.asks):
            return words.tr("Next: your operator confirms the request for the unlock")
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
        row_text(item, case, after, words),
        "now" if is_next and item.state is StepState.LATER else state[item.state],
        said[item.state],
        _tag(item, case, words),
    )
    is_cut = item.kind is TrackedKind.CUT
    note = cutover_note(case, after, words) if is_cut else ""
    asked = closing_asks(case, after, words) if item.kind is TrackedKind.CHECKED else ()
    return TrackedView(
        step,
        notes=row_notes(item, case, after, words) if not note else (note,),
        warnings=cutover_warnings(case, after, words) if is_cut else (),
        receipt=receipt_view(case, words) if item.kind is TrackedKind.RETURN else None,
        works=works_view(case, words) if is_cut else None,
        picks=(critical_pick(case, words),)
        if is_cut and item.state is not StepState.DONE
        else tuple(ask for ask in asked if isinstance(ask, PickView)),
        sums=tuple(ask for ask in asked if isinstance(ask, SumView)),
        code=code_view(case, words)
        if item.kind is TrackedKind.CODE and may_use_code(case.facts, case.answers) and case.facts.line_ended is None
        else None,
        ticks=row_ticks(item, case, after, words),
        actions=row_actions(item, case, words),
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


def _tag(item: Tracked, case: Case, words: Words) -> TagView | None:
    if item.state is StepState.LATE:
        return TagView(words.tr("late"), Tone.BAD)
    if item.kind is TrackedKind.NOTICE and is_withdrawn(case.facts, case.answers, case.way):
        return None
    if item.kind is TrackedKind.NOTICE and is_unlisted(case):
        return forgotten_tag(words)
    if item.kind is TrackedKind.NOTICE and case.facts.withdrawal is None and case.facts.withdrawal_refused is not None:
        return TagView(words.tr("taking back refused"), Tone.BAD)
    if item.state is StepState.DONE and (item.kind is not TrackedKind.NOTICE or case.facts.withdrawal is None):
        return None
    asked = {
        TrackedKind.UNLOCKED: case.facts.unlock,
        TrackedKind.CODE: code_asked(case),
        TrackedKind.NOTICE: case.facts.withdrawal or case.facts.notice_given,
    }.get(item.kind)
    if asked is not None and asked.done and item.state is not StepState.DONE:
        return None  # the request is done, what it was for is not
    return asked_status(asked, case, words)[0]
