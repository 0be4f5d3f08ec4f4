"""The whole way out on one page: the steps with their days, the cost, the facts and the rules behind them."""

from __future__ import annotations

from datetime import date

from selfcare.domain.lines import SimLock
from selfcare.domain.records import Struct
from selfcare.domain.support import openness
from selfcare.i18n import Words
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.outlook import outlook, steps_shown
from selfcare.leaving.tracker import came_to_nothing, is_refused
from selfcare.leaving.way import Route, Step, StepKind, StepState

from .channels import ChannelView, channel_view
from .facts import FactView, TagView, Tone, stated
from .leaving_alarm import alarm_rules
from .leaving_cautions import caution_notice
from .leaving_cost import CostView, cost_view
from .leaving_last_steps import as_known, bill_is_missing, known_steps
from .leaving_material import Case, LeavingMaterial
from .leaving_steps import step_text, step_title
from .leaving_unlock import cautions_left, step_state
from .leaving_when import free_facts, owed_facts, when_facts
from .leaving_words import RuleView, by_agreement, contract_price, day_is_open, is_agreed, rule_views
from .notice import Notice


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
    """The whole way. `start` is what the one button says.

    `when` has the earliest day and the cost of each way out, `free` when one may leave free, `owed` what the operator
    has to announce; `channels` are shown where only the operator can tell more. `is_over`: the line has ended, so that
    there is no other way any more.
    """

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
    when: tuple[FactView, ...] = ()
    free: tuple[FactView, ...] = ()
    owed: tuple[FactView, ...] = ()
    channels: tuple[ChannelView, ...] = ()
    is_over: bool = False


def way_view(case: Case, words: Words) -> WayView:
    """The first page of leaving: everything known before the first step."""
    confirmed, over = case.answers.confirmed is not None, case.facts.line_ended is not None
    return WayView(
        title=words.tr("Leaving, the whole way"),
        below=way_sentence(case, words),
        lines=line_choices(case, words),
        steps=tuple(step_view(step, case, words) for step in known_steps(case)),
        cost=cost_view(case, words),
        facts=facts_used(case, words),
        cautions=tuple(caution_notice(c, case, words) for c in cautions_left(case)),
        rules=_rules(case, words),
        start=_start(case, words, confirmed=confirmed),
        is_confirmed=confirmed,
        when=() if over else when_facts(case, words),
        free=() if over else free_facts(case, words),
        owed=() if over else owed_facts(case, words),
        channels=() if case.rules.rules else _channels(case.material, words),
        is_over=over,
    )


def _channels(material: LeavingMaterial, words: Words) -> tuple[ChannelView, ...]:
    """The plain ways to reach the operator."""
    if material.support is None:
        return ()
    return tuple(
        channel_view(channel, openness(channel, material.now), words, material.now, material.zone)
        for channel in material.support.channels
    )


def line_choices(case: Case, words: Words) -> tuple[LineChoice, ...]:
    """Every line, by its number; of several with the same one each says also whether it has ended, and since when."""
    lines, material = case.material.in_order(), case.material
    names = [material.number_of(f) or words.tr("Line without a number") for f in lines]
    return tuple(
        LineChoice(
            f.line_id, name if names.count(name) == 1 else _told_apart(name, f, words), f.line_id == case.facts.line_id
        )
        for f, name in zip(lines, names, strict=True)
    )


def _told_apart(name: str, facts: LeavingFacts, words: Words) -> str:
    """A line beside another with the same number, as after a move from one network to the other."""
    if facts.line_ended is not None:
        return words.tr("{number} · line ended on {day}", number=name, day=words.short_day(facts.line_ended))
    if facts.is_over:
        return words.tr("{number} · line that has ended", number=name)
    if facts.since is not None:
        return words.tr("{number} · line since {day}", number=name, day=words.short_day(facts.since))
    return words.tr("{number} · {id}", number=name, id=facts.line_id)


def step_view(step: Step, case: Case, words: Words) -> StepView:
    """One step with its day and hour in words."""
    step = as_known(step, case)
    when, more = _when(step, case, words)
    stands = step_state(step, case)
    state = {StepState.DONE: "done", StepState.NOW: "now", StepState.LATER: "later", StepState.LATE: "missed"}
    said = {
        StepState.DONE: words.tr("done"),
        StepState.NOW: words.tr("to do now"),
        StepState.LATER: words.tr("later"),
        StepState.LATE: words.tr("late"),
    }
    now = StepState.LATE if bill_is_missing(step, case) else stands
    tag = TagView(words.tr("late"), Tone.BAD) if now is StepState.LATE else None
    return StepView(
        step.kind.value,
        words.start(when),
        more,
        step_title(step, case, words),
        step_text(step, case, words),
        state[now],
        said[now],
        tag,
    )


_BEGIN = {StepKind.PAY_OFF, StepKind.UNLOCK_ASK, StepKind.SAVE, StepKind.NOTICE}
"""What a way can begin with."""


def _when(step: Step, case: Case, words: Words) -> tuple[str, str]:
    today, over = case.material.today, case.facts.line_ended is not None
    day = words.day(step.day, None if over and step.day < today else today)
    after = {StepKind.CUT, StepKind.FINAL_BILL, StepKind.DOOR, StepKind.RETURN}
    if day_is_open(case) and is_agreed(case) and step.kind is StepKind.HAND_OVER:
        return words.trc("step", "Then"), ""
    if day_is_open(case) and by_agreement(case) and step.kind in after:
        return words.tr("As agreed"), ""
    if case.way.is_named_later and step.kind in after:
        return words.trc("step", "Then"), ""
    if case.way.needs_notice and step.kind in {StepKind.CUT, StepKind.FINAL_BILL, StepKind.RETURN, StepKind.DOOR}:
        return words.trc("step", "Then"), ""
    if step.kind is StepKind.DOOR:
        return words.tr("Until {day}", day=day), ""
    if bill_is_missing(step, case):
        return words.tr("Expected about {day}", day=day), ""
    if step.kind is StepKind.FINAL_BILL and step.state is not StepState.DONE:
        if step.is_guess:
            return words.month_name(step.day), words.tr("about {day}", day=day)
        return words.month_name(step.day), words.tr("by {day}", day=day)
    if step.day == today and step.kind in _BEGIN:
        return words.tr("Today"), day if step.kind is case.way.steps[0].kind else ""
    more = ""
    if step.moment is not None:
        more = words.tr("by {time}", time=words.clock(step.moment, case.material.zone))
        if step.is_guess:
            more = words.tr("perhaps by {time}", time=words.clock(step.moment, case.material.zone))
    elif step.hour is not None and step.state is not StepState.DONE:
        more = words.tr("about {time}", time=words.hour(step.hour))
    elif step.last is not None:
        more = words.tr("use by {day}", day=words.day(step.last, today))
    return (words.tr("Today") if step.day == today else day), more


def route_sentence(case: Case, words: Words) -> str:
    """Which line leaves in which way."""
    number = case.number or words.tr("this line")
    return {
        Route.PORT: words.tr("{number} · keep the number, change operator.", number=number),
        Route.STAC: words.tr("{number} · change operator, give the number up.", number=number),
        Route.NOTICE: words.tr("{number} · give the prepaid card up.", number=number)
        if case.facts.is_unbound
        else words.tr("{number} · end the line by notice.", number=number),
        Route.ONLINE: words.tr("{number} · end the line online.", number=number),
        Route.WITHDRAW: words.tr("{number} · take the new contract back.", number=number),
        Route.FIXED_SWITCH: words.tr("{number} · switch provider.", number=number),
    }[case.way.route]


def way_sentence(case: Case, words: Words) -> str:
    """Which line leaves in which way, and that nothing is sent behind anybody's back."""
    number, how = case.number or words.tr("this line"), route_sentence(case, words)
    if case.answers.is_discreet:
        return words.tr("{number} · nothing is sent, and nothing of this plan is kept.", number=number)
    if case.facts.line_ended is not None:
        ended = words.tr("{number} · this line has ended.", number=number)
        return words.tr("{first} What comes after can be followed.", first=ended)
    if goes_on := goes_on_sentence(case, words):
        again = words.tr("The steps below count only if you ask again.")
        return words.tr("{first} {second}", first=goes_on, second=again)
    if case.answers.confirmed is not None:
        return words.tr("{how} Your plan is confirmed; it can be changed.", how=how)
    return words.tr("{how} Nothing is sent until you say so. Saved, you can stop at any time.", how=how)


def goes_on_sentence(case: Case, words: Words) -> str:
    """That the notice of a confirmed plan was refused or taken back; empty where it was not."""
    if not came_to_nothing(case.facts, case.answers, case.way):
        return ""
    number = case.number or words.tr("this line")
    if not is_refused(case.facts, case.way):
        if case.facts.cancelled_unasked:
            return words.tr("{number} · your operator cancelled the notice, and the line goes on.", number=number)
        return words.tr("{number} · the notice was taken back, and the line goes on.", number=number)
    if case.way.route is Route.WITHDRAW:
        return words.tr("{number} · your operator refused the withdrawal, and the line goes on.", number=number)
    return words.tr("{number} · your operator refused the notice, and the line goes on.", number=number)


def _start(case: Case, words: Words, *, confirmed: bool) -> str:
    if confirmed or case.facts.line_ended is not None:
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
    whose = words.tr("noted by you") if facts.ends_is_noted else words.tr("computed") if facts.ends_is_computed else ""
    unbound = words.tr("none: a prepaid card")
    shown = [stated(words.tr("Contract end"), unbound if facts.is_unbound else ends, words,
                    tag=TagView(whose) if whose and ends else None)]  # fmt: skip
    if facts.has_handset:
        shown.append(FactView(words.tr("Handset"), facts.handset_name, tag=_lock(facts.lock, words)))
    notice = unbound if facts.is_unbound else _notice(facts.notice, words)
    name = words.tr("Notice") if case.way.route.is_notice else words.tr("Notice, if not switching")
    own = _notice(case.answers.notice, words)
    if own and not notice:
        shown.append(FactView(name, own, tag=TagView(words.tr("as you read it"))))
    else:
        shown.append(FactView(name, notice or _usual_notice(case, words), is_stated=bool(notice)))
    shown.append(stated(words.tr("Price"), contract_price(facts, words), words))
    if facts.has_direct_debit:
        shown.append(FactView(words.tr("Direct Debit"), facts.direct_debit or words.tr("yes")))
    shown += deposit_facts(case, words)
    if cost.operator:
        shown.append(FactView(words.tr("Operator’s own figure"), cost.operator, tag=cost.agreement))
    else:
        shown.append(stated(words.tr("Operator’s own figure"), "", words))
    return tuple(shown)


def deposit_facts(case: Case, words: Words) -> tuple[FactView, ...]:
    """The deposit that comes back, where one is known; by the operator's bill or by the customer."""
    facts = case.facts
    if facts.deposit is None:
        return ()
    paid = words.tr("paid on {day}", day=words.short_day(facts.deposit_paid)) if facts.deposit_paid else ""
    tag = TagView(words.tr("as you typed it")) if case.answers.deposit else None
    return (FactView(words.tr("Deposit, to come back"), words.money(facts.deposit), paid, tag),)


def _usual_notice(case: Case, words: Words) -> str:
    """What is known of the notice where the operator states none."""
    if case.rules.country == "FR" and not case.facts.is_business:
        return words.tr("not stated; ten days at most by law")
    if case.rules.country == "GB":
        return words.tr("not stated; 30 days are usual")
    if case.rules.country == "US":
        return words.tr("not stated; no federal rule asks for one")
    return words.tr("not stated; look into your contract")


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
    for step in steps_shown(case.way):
        for view in rule_views(case.rules, step.rule_ids, on, words, step_title(step, case, words)):
            found.setdefault(view.id, view)
    for view in rule_views(case.rules, alarm_rules(case), on, words, words.tr("Alarm or telecare")):
        found.setdefault(view.id, view)
    for line in case.way.quote.lines:
        for view in rule_views(case.rules, (line.rule_id, *line.also), on, words, words.tr("Cost")):
            found.setdefault(view.id, view)
    if case.facts.line_ended is not None:
        return tuple(found.values())
    seen = outlook(case.way)
    for ids in (tuple(d.rule_id for d in seen.duties), tuple(e.rule_id for e in seen.exits)):
        for view in rule_views(case.rules, ids, on, words, words.tr("Free to leave")):
            found.setdefault(view.id, view)
    return tuple(found.values())
