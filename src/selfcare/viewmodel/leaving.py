"""The whole way out on one page: the steps with their days, the cost, the facts and the rules behind them."""

from __future__ import annotations

from datetime import date

from selfcare.domain.lines import SimLock
from selfcare.domain.records import Struct
from selfcare.domain.support import openness
from selfcare.i18n import Words
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.way import Route, Step, StepKind, StepState

from .channels import ChannelView, channel_view
from .facts import FactView, TagView, Tone, price_text, stated
from .leaving_cautions import caution_notice
from .leaving_cost import CostView, cost_view
from .leaving_material import Case, LeavingMaterial, case_of
from .leaving_words import RuleView, rule_views, step_text, step_title
from .notices import Notice


class StepView(Struct, frozen=True):
    """One step in words. `state` is done, now, later or missed; `said` is the same for a screen reader."""

    key: str
    when: str
    more: str
    title: str
    text: str
    state: str
    said: str
    tag: TagView | None = None


class LineChoice(Struct, frozen=True):
    """A line that one may leave with."""

    id: str
    label: str
    is_current: bool


class WayView(Struct, frozen=True):
    """The whole way. `start` is what the one button says."""

    title: str
    below: str
    lines: tuple[LineChoice, ...]
    steps: tuple[StepView, ...]
    cost: CostView
    facts: tuple[FactView, ...]
    cautions: tuple[Notice, ...]
    rules: tuple[RuleView, ...]
    start: str
    is_confirmed: bool


class UnguidedView(Struct, frozen=True):
    """Where no way is guided yet: honest words, the operator's own facts and the plain ways to reach it."""

    title: str
    below: str
    notice: Notice
    facts: tuple[tuple[str, tuple[FactView, ...]], ...]
    channels: tuple[ChannelView, ...]


def unguided_view(material: LeavingMaterial, words: Words) -> UnguidedView:
    """What can be said without the country's rules: nothing about rights, everything the operator stated."""
    groups: list[tuple[str, tuple[FactView, ...]]] = []
    together: set[str] = set()
    for facts in material.in_order():
        shown = [
            stated(
                words.tr("Commitment ends"),
                words.short_day(facts.commitment_ends) if facts.commitment_ends else "",
                words,
                tag=TagView(words.tr("computed")) if facts.ends_is_computed else None,
            ),
            stated(words.tr("Notice"), _notice(facts.notice, words), words),
            stated(words.tr("Price"), price_text(facts.monthly, "month", words), words),
            FactView(words.tr("Direct Debit"), words.tr("yes") if facts.has_direct_debit else words.tr("none stated")),
        ]
        if facts.contract_lines == 1:
            shown.insert(3, _early(facts, words))
        elif facts.contract_id not in together:
            together.add(facts.contract_id)
            name = words.trn(
                "For the contract with {count} line", "For the contract with {count} lines", facts.contract_lines
            )
            groups.append((name, (_early(facts, words),)))
        groups.append((material.number_of(facts) or words.tr("Line without a number"), tuple(shown)))
    support = material.support
    channels = (
        tuple(
            channel_view(channel, openness(channel, material.now), words, material.now, material.zone)
            for channel in support.channels
        )
        if support is not None
        else ()
    )
    return UnguidedView(
        title=words.tr("Leaving"),
        below=words.tr("Only the way out of the United Kingdom is guided step by step so far."),
        notice=Notice(
            words.tr("We do not guide through leaving in your country yet."),
            words.tr(
                "Here is what your operator states, and how to reach it. We claim no rights that we have not checked. "
                "To keep the number, ask the new operator before you end anything yourself."
            ),
            kind="neutral",
        ),
        facts=tuple(groups),
        channels=channels,
    )


def _early(facts: LeavingFacts, words: Words) -> FactView:
    amount = words.money(facts.operator_charge) if facts.operator_charge is not None else ""
    return stated(words.tr("Leaving early costs"), amount, words)


def way_view(case: Case, words: Words) -> WayView:
    """The first page of leaving: everything known before the first step."""
    confirmed = case.answers.confirmed is not None
    return WayView(
        title=words.tr("Leaving, the whole way"),
        below=way_sentence(case, words),
        lines=line_choices(case, words),
        steps=tuple(step_view(step, case, words) for step in case.way.steps),
        cost=cost_view(case, words),
        facts=facts_used(case, words),
        cautions=tuple(caution_notice(c, case, words) for c in case.way.cautions),
        rules=_rules(case, words),
        start=_start(case, words, confirmed=confirmed),
        is_confirmed=confirmed,
    )


def line_choices(case: Case, words: Words) -> tuple[LineChoice, ...]:
    """Every line, by its number."""
    return tuple(
        LineChoice(
            f.line_id, case.material.number_of(f) or words.tr("Line without a number"), f.line_id == case.facts.line_id
        )
        for f in case.material.in_order()
    )


def step_view(step: Step, case: Case, words: Words) -> StepView:
    """One step with its day and hour in words."""
    when, more = _when(step, case, words)
    state = {StepState.DONE: "done", StepState.NOW: "now", StepState.LATER: "later", StepState.LATE: "missed"}
    said = {
        StepState.DONE: words.tr("done"),
        StepState.NOW: words.tr("to do now"),
        StepState.LATER: words.tr("later"),
        StepState.LATE: words.tr("late"),
    }
    tag = TagView(words.tr("late"), Tone.BAD) if step.state is StepState.LATE else None
    return StepView(
        step.kind.value,
        when,
        more,
        step_title(step, case, words),
        step_text(step, case, words),
        state[step.state],
        said[step.state],
        tag,
    )


def _when(step: Step, case: Case, words: Words) -> tuple[str, str]:
    today, day = case.material.today, words.day(step.day, case.material.today)
    if step.kind is StepKind.DOOR:
        return words.tr("Until {day}", day=day), ""
    if step.kind is StepKind.FINAL_BILL:
        if step.is_guess:
            return words.month_name(step.day), words.tr("about {day}", day=day)
        return words.month_name(step.day), words.tr("by {day}", day=day)
    if step.day == today and step.kind in {StepKind.UNLOCK_ASK, StepKind.SAVE, StepKind.NOTICE}:
        return words.tr("Today"), day if step.kind is case.way.steps[0].kind else ""
    more = ""
    if step.moment is not None:
        more = words.tr("by {time}", time=words.clock(step.moment, case.material.zone))
        if step.is_guess:
            more = words.tr("perhaps by {time}", time=words.clock(step.moment, case.material.zone))
    elif step.hour is not None and step.state is not StepState.DONE:
        more = words.tr("about {time}", time=f"{step.hour:%H:%M}")
    elif step.last is not None:
        more = words.tr("use by {day}", day=words.day(step.last, today))
    return (words.tr("Today") if step.day == today else day), more


def way_sentence(case: Case, words: Words) -> str:
    """Which line leaves in which way, and that nothing is sent behind anybody's back."""
    number = case.number or words.tr("this line")
    how = {
        Route.PORT: words.tr("{number} · keep the number, change operator.", number=number),
        Route.STAC: words.tr("{number} · change operator, give the number up.", number=number),
        Route.NOTICE: words.tr("{number} · end the line by notice.", number=number),
        Route.FIXED_SWITCH: words.tr("{number} · switch provider.", number=number),
    }[case.way.route]
    if case.answers.confirmed is not None:
        return words.tr("{how} Your plan is confirmed; it can be changed.", how=how)
    return words.tr("{how} Nothing is sent until you say so. Saved, you can stop at any time.", how=how)


def _start(case: Case, words: Words, *, confirmed: bool) -> str:
    if confirmed:
        return words.tr("Follow it")
    if case.answers.keep_number is not None:
        return words.tr("Go on")
    if case.facts.is_locked and case.facts.unlock is None:
        return words.tr("Start with the unlock")
    return words.trc("button", "Start")


def facts_used(case: Case, words: Words) -> tuple[FactView, ...]:
    """The facts that the way was computed from; what the operator does not state is said to be so."""
    facts, cost = case.facts, cost_view(case, words)
    ends = words.short_day(facts.commitment_ends) if facts.commitment_ends is not None else ""
    computed = TagView(words.tr("computed")) if facts.ends_is_computed and ends else None
    shown = [stated(words.tr("Contract end"), ends, words, tag=computed)]
    if facts.has_handset:
        shown.append(FactView(words.tr("Handset"), facts.handset_name, tag=_lock(facts.lock, words)))
    notice = _notice(facts.notice, words)
    name = words.tr("Notice") if case.way.route.is_notice else words.tr("Notice, if not switching")
    usual = words.tr("not stated; 30 days are usual")
    shown.append(FactView(name, notice or usual, is_stated=bool(notice)))
    shown.append(stated(words.tr("Price"), price_text(facts.monthly, "month", words), words))
    if facts.has_direct_debit:
        shown.append(FactView(words.tr("Direct Debit"), facts.direct_debit or words.tr("yes")))
    if cost.operator:
        shown.append(FactView(words.tr("Operator's own figure"), cost.operator, tag=cost.agreement))
    else:
        shown.append(stated(words.tr("Operator's own figure"), "", words))
    return tuple(shown)


def _notice(notice: tuple[int, str] | None, words: Words) -> str:
    if notice is None:
        return ""
    amount, unit = notice
    if unit == "month":
        return words.trn("{count} month", "{count} months", amount)
    return words.trn("{count} day", "{count} days", amount)


def _lock(lock: SimLock, words: Words) -> TagView:
    return {
        SimLock.LOCKED: TagView(words.tr("locked"), Tone.WARN),
        SimLock.UNLOCKED: TagView(words.tr("unlocked"), Tone.GOOD),
        SimLock.NOT_STATED: TagView(words.tr("lock: not stated"), Tone.QUIET),
    }[lock]


def _rules(case: Case, words: Words) -> tuple[RuleView, ...]:
    on: date = case.material.today
    found: dict[str, RuleView] = {}
    for step in case.way.steps:
        for view in rule_views(case.rules, step.rule_ids, on, words, step_title(step, case, words)):
            found.setdefault(view.id, view)
    for line in case.way.quote.lines:
        for view in rule_views(case.rules, (line.rule_id,), on, words, words.tr("Cost")):
            found.setdefault(view.id, view)
    return tuple(found.values())


def leaving_view(material: LeavingMaterial, words: Words) -> WayView | UnguidedView:
    """What the first page of leaving shows for the line looked at."""
    case = case_of(material)
    return unguided_view(material, words) if case is None else way_view(case, words)
