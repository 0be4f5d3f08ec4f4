"""The pages of the leaving wizard, one question each: what is asked, what is known, what may be done here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from selfcare.domain.commands import Command, GiveNotice, RequestCode, RequestUnlock
from selfcare.i18n import Words
from selfcare.leaving.codes import check_code
from selfcare.leaving.facts import Asked
from selfcare.leaving.way import Route, StepKind
from selfcare.leaving.wizard import Barrier, Screen, barrier, may_use_code, screens

from .facts import FactView, TagView, Tone, stated
from .leaving import LineChoice, StepView, facts_used, line_choices, step_view
from .leaving_cost import CostView, cost_view
from .leaving_material import Case
from .leaving_words import (
    RuleView,
    barrier_text,
    caution_notice,
    code_problem_text,
    hours_text,
    kept_here,
    rule_views,
    scheme_of,
)
from .notices import Notice


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One of several answers; `key` is what is answered."""

    key: str
    label: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class TickView:
    """Something to tick: `question` is what it answers."""

    question: str
    label: str
    text: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class ActionView:
    """Something that may be done here: a request to the operator, or a way to another page. `why_not` says why a
    button is not offered now."""

    label: str
    command: Command | None = None
    target: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class CodeView:
    """A code that is here: shown large, copied by a button, with its life. `spoken` is read out letter by letter."""

    scheme: str
    code: str
    life: str
    spoken: str


@dataclass(frozen=True, slots=True)
class EntryView:
    """A field to type a code into, and what is wrong with what stands in it."""

    label: str
    value: str
    problem: str


@dataclass(frozen=True, slots=True)
class DayView:
    """A day to choose between the first and the last possible one."""

    label: str
    day: date
    first: date
    last: date
    said: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One page of the wizard in the list at the side: its name, and "done", "now" or "later"."""

    name: str
    state: str
    said: str


@dataclass(frozen=True, slots=True)
class ScreenView:
    """One page of the wizard. Empty parts are not shown. `missing` is why one cannot go on yet."""

    screen: str
    place: str
    title: str
    text: str
    places: tuple[PlaceView, ...]
    lines: tuple[LineChoice, ...] = ()
    choices: tuple[ChoiceView, ...] = ()
    facts: tuple[FactView, ...] = ()
    cautions: tuple[Notice, ...] = ()
    status: TagView | None = None
    status_text: str = ""
    code: CodeView | None = None
    entry: EntryView | None = None
    day: DayView | None = None
    cost: CostView | None = None
    steps: tuple[StepView, ...] = ()
    ticks: tuple[TickView, ...] = ()
    actions: tuple[ActionView, ...] = ()
    rules: tuple[RuleView, ...] = ()
    missing: str = ""
    forward: str = ""
    may_go_on: bool = True


def screen_view(case: Case, words: Words) -> ScreenView:
    """The page that the answers stand on (not the whole way and not the tracker, which have their own)."""
    built = _BUILDERS[case.answers.at](case, words)
    block = barrier(case.facts, case.answers, case.way, case.rules)
    missing = barrier_text(block, case, words)
    return _with(built, missing, may_go_on=block is None or block is Barrier.UNCONFIRMED)


def _with(view: ScreenView, missing: str, *, may_go_on: bool) -> ScreenView:
    from dataclasses import replace

    return replace(view, missing=missing, may_go_on=may_go_on)


def screen_name(screen: Screen, case: Case, words: Words) -> str:
    """The short name of a page."""
    return {
        Screen.WAY: words.tr("The whole way"),
        Screen.LINE: words.tr("Line and number"),
        Screen.UNLOCK: words.tr("Unlock"),
        Screen.SAVE: words.tr("Save everything"),
        Screen.CODE: words.tr("The {code}", code=scheme_of(case)),
        Screen.BANK: words.tr("Bank"),
        Screen.DAY: words.tr("The day"),
        Screen.CONFIRM: words.tr("Confirm"),
        Screen.TRACKER: words.tr("Follow it"),
    }[screen]


def places(case: Case, words: Words) -> tuple[PlaceView, ...]:
    """Where one is among the pages."""
    pages = screens(case.facts, case.answers)
    at = pages.index(case.answers.at) if case.answers.at in pages else 0
    found = []
    for number, page in enumerate(pages):
        state = "done" if number < at else "now" if number == at else "later"
        said = {"done": words.tr("done"), "now": words.tr("you are here"), "later": words.tr("later")}[state]
        found.append(PlaceView(screen_name(page, case, words), state, said))
    return tuple(found)


def _page(case: Case, words: Words, title: str, text: str, forward: str = "", **parts: object) -> ScreenView:
    pages = screens(case.facts, case.answers)
    at = pages.index(case.answers.at) if case.answers.at in pages else 0
    place = words.tr("Step {number} of {all}", number=at, all=len(pages) - 2)
    shown = ScreenView(case.answers.at.value, place, title, text, places(case, words), **parts)  # type: ignore[arg-type]
    return shown if not forward else _forward(shown, forward)


def _forward(view: ScreenView, forward: str) -> ScreenView:
    from dataclasses import replace

    return replace(view, forward=forward)


def _line(case: Case, words: Words) -> ScreenView:
    answers = case.answers
    keep = answers.keep_number
    choices = (
        ChoiceView(
            "keep",
            words.tr("Keep the number"),
            words.tr(
                "The new operator takes it over with a PAC. Do not end anything yourself: the move ends this line."
            ),
            keep is True,
        ),
        ChoiceView(
            "drop",
            words.tr("Give the number up, change operator"),
            words.tr("With a STAC the line ends within a working day, and no notice is charged."),
            keep is False and not answers.plain_notice,
        ),
        ChoiceView(
            "notice",
            words.tr("End the line, no new operator"),
            words.tr("By plain notice; the line is paid until it ends."),
            keep is False and answers.plain_notice,
        ),
    )
    return _page(
        case,
        words,
        words.tr("Which line, and does the number come with you?"),
        words.tr("Each line has a plan of its own. Changing the answer later is free."),
        lines=line_choices(case, words),
        choices=choices,
        facts=facts_used(case, words)[:2],
        rules=rule_views(case.rules, ("UK-SW-01", "UK-SW-02", "UK-CTR-09", "UK-SW-14"), case.material.today, words),
    )


def asked_status(asked: Asked | None, case: Case, words: Words) -> tuple[TagView | None, str]:
    """How a request stands: nothing asked, waiting here, with the operator, refused, done."""
    if asked is None:
        return None, ""
    moment = words.instant(asked.at, case.material.zone, case.material.today)
    if asked.refused:
        said = words.tr("Your operator said no to what you asked on {moment}.", moment=moment)
        return TagView(words.tr("refused"), Tone.BAD), said
    if asked.done:
        return TagView(words.tr("done"), Tone.GOOD), words.tr("Asked for on {moment}.", moment=moment)
    if asked.sent:
        return TagView(words.tr("with your operator"), Tone.ACCENT), words.tr("Asked for on {moment}.", moment=moment)
    return (
        TagView(words.tr("waiting to be sent"), Tone.WARN),
        words.tr("Asked for on {moment}; it goes out as soon as your operator can be reached.", moment=moment),
    )


def unlock_action(case: Case, words: Words) -> tuple[ActionView, ...]:
    """The button that asks for the unlock, where it may be asked for."""
    facts = case.facts
    if not facts.is_locked or (facts.unlock is not None and not facts.unlock.refused):
        return ()
    if "unlock" not in case.material.profile.exit:
        return (
            ActionView(
                words.tr("How to reach your operator"),
                target="help",
                why_not=words.tr(
                    "Your operator takes no such request through a program: call or write, and note when."
                ),
            ),
        )
    return (
        ActionView(
            words.tr("Ask for the unlock now"), RequestUnlock(facts.handset_id, facts.handset_serial, facts.line_id)
        ),
    )


def _unlock(case: Case, words: Words) -> ScreenView:
    facts, way = case.facts, case.way
    status, status_text = asked_status(facts.unlock, case, words)
    shown = [
        FactView(words.tr("Handset"), facts.handset_name),
        stated(words.tr("Serial number (IMEI)"), facts.handset_serial, words),
        stated(
            words.tr("How long it takes, by your operator"),
            hours_text(facts.unlock_hours, words) if facts.unlock_hours is not None else "",
            words,
        ),
    ]
    if way.unlock_due is not None:
        due = words.instant(way.unlock_due, case.material.zone, case.material.today)
        asked = facts.unlock is not None and not facts.unlock.refused
        shown.append(FactView(words.tr("Due") if asked else words.tr("If asked now, due"), due))
        if asked and case.material.now <= way.unlock_due:
            left = words.length(way.unlock_due - case.material.now)
            shown.append(FactView(words.tr("Time left"), left))
    if not facts.is_locked:
        status, status_text = TagView(words.tr("unlocked"), Tone.GOOD), words.tr("By your operator's own word.")
    if facts.unlock_code:
        shown.append(FactView(words.tr("Unlock code"), facts.unlock_code))
    ticks = [
        TickView(
            "tested",
            words.tr("I have put another operator's SIM in, and it works"),
            words.tr("Only this proves it."),
            case.answers.tested,
        )
    ]
    if facts.is_locked:
        ticks.append(
            TickView(
                "acceptLocked",
                words.tr("This handset stays behind: go on without the unlock"),
                words.tr("You will use another handset with the new SIM."),
                case.answers.accept_locked,
            )
        )
    return _page(
        case,
        words,
        words.tr("Have the handset unlocked, while you are still a customer"),
        words.tr(
            "A locked handset takes no other SIM: after the move it would be dead. So this comes before the code."
        ),
        facts=tuple(shown),
        status=status,
        status_text=status_text,
        cautions=tuple(caution_notice(c, case, words) for c in way.cautions if "ock" in c.value),
        ticks=tuple(ticks),
        actions=unlock_action(case, words),
        rules=rule_views(case.rules, ("UK-LOCK-02", "UK-LOCK-01"), case.material.today, words),
    )


def _save(case: Case, words: Words) -> ScreenView:
    kept = kept_here(case, words)
    text = (
        words.tr(
            "After you have left, your operator's own pages are closed to you. What is here stays: {things}.",
            things=kept,
        )
        if kept
        else words.tr("Nothing has been read yet. Let the program read everything before you go on.")
    )
    return _page(
        case,
        words,
        words.tr("Save everything"),
        text,
        ticks=(
            TickView(
                "saved",
                words.tr("I have looked at it, and nothing is missing"),
                words.tr("Bills with their PDFs, contracts, tickets."),
                case.answers.saved,
            ),
        ),
        actions=(
            ActionView(words.tr("Look at the bills"), target="bills"),
            ActionView(words.tr("Look at the contract"), target="contract"),
        ),
    )


def code_view(case: Case, words: Words) -> CodeView | None:
    """The code, where it is here and of this way."""
    code, life = case.facts.code, case.way.code_dates
    if code is None or code.scheme.upper() != scheme_of(case):
        return None
    said = ""
    today = case.material.today
    if life is not None and today > life.dead_after:
        said = words.tr("Expired on {day}. A new one is free.", day=words.day(life.dead_after, today))
    elif life is not None:
        said = words.tr("Use it by {day}.", day=words.day_far(life.use_by, today))
    else:
        said = words.tr("Your operator states no last day; the rule is 30 days from its issue.")
    return CodeView(code.scheme.upper(), code.code, said, " ".join(code.code))


def code_action(case: Case, words: Words) -> tuple[ActionView, ...]:
    """The button that asks for the code; held back while a locked handset stands in the way."""
    facts, scheme = case.facts, scheme_of(case)
    label = words.tr("Ask for the {code} now", code=scheme)
    pending = facts.code_asked is not None and not facts.code_asked.done and not facts.code_asked.refused
    life = case.way.code_dates
    alive = code_view(case, words) is not None and (life is None or case.material.today <= life.dead_after)
    if pending or alive:
        return ()
    if not may_use_code(facts, case.answers):
        when = words.instant(case.way.code_from, case.material.zone, case.material.today)
        return (
            ActionView(
                label,
                why_not=words.tr(
                    "Not yet: the handset is still locked. Ask from {moment} on, when the unlock is due, so that none of "
                    "the 30 days is lost.",
                    moment=when,
                ),
            ),
        )
    if "portCode" not in case.material.profile.exit:
        return (ActionView(label, why_not=words.tr("Your operator takes no such request through a program: text it.")),)
    return (ActionView(label, RequestCode(facts.line_id, facts.number, scheme)),)


def _code(case: Case, words: Words) -> ScreenView:
    scheme, port = scheme_of(case), case.way.route is Route.PORT
    shown = code_view(case, words)
    status, status_text = asked_status(case.facts.code_asked, case, words) if shown is None else (None, "")
    entry = None
    if case.facts.code is None or case.answers.typed_code:
        check = check_code(case.answers.typed_code, scheme)
        entry = EntryView(
            words.tr("{code} that came by text", code=scheme),
            case.answers.typed_code,
            code_problem_text(check, scheme, words),
        )
    text = (
        words.tr("The PAC lets the new operator fetch your number. Asking for it ends nothing; using it does.")
        if port
        else words.tr("The STAC lets the new operator end this line. Asking for it ends nothing; using it does.")
    )
    by_text = (
        words.tr("Or text PAC to 65075 from this line, within the UK.")
        if port
        else words.tr("Or text STAC to 75075 from this line, within the UK.")
    )
    return _page(
        case,
        words,
        words.tr("Get the {code}", code=scheme),
        words.tr("{text} {by_text}", text=text, by_text=by_text) if case.facts.numbers == 1 else text,
        code=shown,
        status=status,
        status_text=status_text,
        entry=entry,
        cautions=tuple(
            caution_notice(c, case, words) for c in case.way.cautions if "ode" in c.value or "any" in c.value
        ),
        actions=code_action(case, words),
        rules=rule_views(
            case.rules,
            ("UK-SW-04", "UK-SW-06" if case.facts.is_business else "UK-SW-05", "UK-SW-09", "UK-SW-10"),
            case.material.today,
            words,
        ),
    )


def _bank(case: Case, words: Words) -> ScreenView:
    facts = case.facts
    ticks = [
        TickView(
            "bankNew",
            words.tr("The new operator gets my bank details from me"),
            words.tr("They do not move with the number. Nothing of your bank is asked for or kept here."),
            case.answers.bank_new,
        )
    ]
    if facts.has_direct_debit:
        ticks.append(
            TickView(
                "bankKeep",
                words.tr("The Direct Debit stays until the final bill is paid"),
                words.tr(
                    "Ending it first makes the final bill overdue. The last page of this plan says when it may end."
                ),
                case.answers.bank_keep,
            )
        )
    debit = facts.direct_debit or (words.tr("yes") if facts.has_direct_debit else "")
    return _page(
        case,
        words,
        words.tr("The bank: new details there, the old Direct Debit stays"),
        words.tr(
            "Two things are forgotten most: the new operator does not know your bank, and the old one still has a bill."
        ),
        facts=(stated(words.tr("Direct Debit"), debit, words),),
        ticks=tuple(ticks),
        rules=rule_views(case.rules, ("UK-DD-01", "UK-DD-02"), case.material.today, words),
    )


def _day(case: Case, words: Words) -> ScreenView:
    way, today = case.way, case.material.today
    chosen = case.answers.day or way.cut
    notice = way.route is Route.NOTICE
    port = way.route in {Route.PORT, Route.STAC}
    over = way.step(StepKind.HAND_OVER)
    shown = [FactView(words.tr("First possible day"), words.day_far(way.earliest, today))]
    if over is not None and port:
        shown.append(
            FactView(
                words.tr("Code with the new operator"), words.tr("{day}, before 17:00", day=words.day(over.day, today))
            )
        )
    if port:
        shown.append(FactView(words.tr("The line dies"), words.tr("{day}, about 18:00", day=words.day(way.cut, today))))
    else:
        shown.append(
            FactView(words.tr("The line ends"), words.tr("{day}, at the end of the day", day=words.day(way.cut, today)))
        )
    rules = ("UK-CTR-09", "UK-CTR-08", "UK-CTR-10") if notice else ("UK-SW-11", "UK-SW-12", "UK-CAL-01", "UK-CTR-10")
    return _page(
        case,
        words,
        words.tr("On which day does the line end?")
        if notice
        else words.tr("On which day does the number move?")
        if way.route is Route.PORT
        else words.tr("On which day does this line end?"),
        words.tr("The notice runs from the day your operator receives it; a later day is always possible.")
        if notice
        else words.tr("Tell the new operator this day. Have its SIM in your hand before."),
        day=DayView(words.tr("Day"), chosen, way.earliest, way.latest, words.day_far(chosen, today)),
        facts=tuple(shown),
        cost=cost_view(case, words),
        cautions=tuple(
            caution_notice(c, case, words)
            for c in way.cautions
            if c.value in {"localHoliday", "noticeIsLong", "codeDiesFirst"}
        ),
        rules=rule_views(case.rules, rules, today, words),
    )


def notice_command(case: Case) -> GiveNotice:
    """The notice exactly as it is shown on the page of facts."""
    return GiveNotice(
        line_id=case.facts.line_id,
        contract_id=case.facts.contract_id,
        day=case.way.cut,
        seen_ends=case.facts.commitment_ends,
        seen_cost=case.facts.operator_charge,
    )


def _confirm(case: Case, words: Words) -> ScreenView:
    way, facts, today = case.way, case.facts, case.material.today
    cost, number = cost_view(case, words), facts.number or words.tr("this line")
    notice = way.route is Route.NOTICE
    shown = [
        FactView(words.tr("Line"), number),
        FactView(
            words.tr("Number"), words.tr("comes with you") if way.route is Route.PORT else words.tr("is given up")
        ),
    ]
    if facts.has_handset:
        lock = words.tr("stays behind") if case.answers.accept_locked and facts.is_locked else ""
        due = way.unlock_due
        if facts.is_locked and not lock and due is not None:
            lock = words.tr("unlock due {moment}", moment=words.instant(due, case.material.zone, today))
        shown.append(FactView(words.tr("Handset"), lock or words.tr("unlocked")))
    over = way.step(StepKind.HAND_OVER)
    if over is not None:
        day = words.tr("{day}, before 17:00", day=words.day_far(over.day, today))
        shown.append(FactView(words.tr("You give the {code} to the new operator", code=scheme_of(case)), day))
    hour = words.tr("the end of the day") if notice else words.tr("about 18:00")
    shown.append(
        FactView(words.tr("This line dies"), words.tr("{day}, {hour}", day=words.day_far(way.cut, today), hour=hour))
    )
    shown.append(
        FactView(words.tr("Cost of leaving"), cost.headline.partition(": ")[2] or cost.headline, note=cost.text)
    )
    shown += [FactView(line.name, line.amount) for line in cost.lines[1:]]
    if facts.has_direct_debit:
        shown.append(FactView(words.tr("Direct Debit"), words.tr("stays until the final bill is paid")))
    if notice:
        text = words.tr(
            "With the button below your notice is sent to {operator}. It can be taken back until the line has ended, if "
            "your operator agrees.",
            operator=case.material.profile.name,
        )
    else:
        text = words.tr(
            "Nothing is ended by this button. It keeps your plan and follows it. What ends this line is the {code}, when "
            "your new operator uses it.",
            code=scheme_of(case),
        )
    return _page(
        case,
        words,
        words.tr("All the facts, once more"),
        text,
        forward=words.tr("Give notice for {day}", day=words.day(way.cut, today))
        if notice
        else words.tr("This is my plan"),
        facts=tuple(shown),
        cautions=tuple(caution_notice(c, case, words) for c in way.cautions),
        steps=tuple(step_view(s, case, words) for s in way.steps),
    )


_BUILDERS = {
    Screen.LINE: _line,
    Screen.UNLOCK: _unlock,
    Screen.SAVE: _save,
    Screen.CODE: _code,
    Screen.BANK: _bank,
    Screen.DAY: _day,
    Screen.CONFIRM: _confirm,
}
