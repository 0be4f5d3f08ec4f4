"""The words of leaving: each step, each warning, each thing that is still missing, each rule with its source."""

from __future__ import annotations

from datetime import date

from selfcare.domain.lines import Access
from selfcare.domain.records import Struct
from selfcare.domain.topics import Topic
from selfcare.i18n import Words
from selfcare.leaving.codes import CodeCheck, CodeProblem
from selfcare.leaving.quote import CostReason
from selfcare.leaving.rules import Rule, Rules, Standing
from selfcare.leaving.way import Route, Step, StepKind, StepState
from selfcare.leaving.wizard import Barrier

from .facts import TagView, Tone
from .leaving_material import Case


class RuleView(Struct, frozen=True):
    """A rule as it is shown: its sentence, who stands behind it, where it is written, when it was checked."""

    id: str
    sentence: str
    standing: TagView
    source: str
    checked: str
    about: str = ""


def rule_view(rule: Rule, words: Words, about: str = "") -> RuleView:
    """One rule; an uncertain one says so."""
    names = {
        Standing.LAW: TagView(words.tr("law"), Tone.GOOD),
        Standing.REGULATOR: TagView(words.tr("regulator's rule"), Tone.GOOD),
        Standing.CODE: TagView(words.tr("voluntary code"), Tone.ACCENT),
        Standing.PRACTICE: TagView(words.tr("usual practice, not a right"), Tone.QUIET),
        Standing.UNCERTAIN: TagView(words.tr("uncertain, not a right"), Tone.WARN),
    }
    source = rule.source or words.tr("no source found, from general knowledge")
    checked = words.tr("checked on {day}", day=words.short_day(rule.checked))
    return RuleView(rule.id, rule.sentence(words.language), names[rule.standing], source, checked, about)


def rule_views(rules: Rules, ids: tuple[str, ...], on: date, words: Words, about: str = "") -> tuple[RuleView, ...]:
    """The rules with these ids that are in force on a day."""
    found = (rules.find(name, on) for name in ids)
    return tuple(rule_view(rule, words, about) for rule in found if rule is not None)


def scheme_of(case: Case) -> str:
    """The name of the code of this way."""
    return case.way.scheme or "PAC"


def hours_text(hours: int, words: Words) -> str:
    """A number of hours in words."""
    return words.trn("{count} hour", "{count} hours", hours)


def kept_here(case: Case, words: Words) -> str:
    """What of the customer's is on this computer, in one row of words."""
    counts = case.material.counts
    parts = []
    if bills := counts.get(Topic.BILLS, 0):
        parts.append(words.trn("{count} bill", "{count} bills", bills))
    if contracts := counts.get(Topic.CONTRACTS, 0):
        parts.append(words.trn("{count} contract", "{count} contracts", contracts))
    if tickets := counts.get(Topic.TICKETS, 0):
        parts.append(words.trn("{count} ticket", "{count} tickets", tickets))
    if contacts := counts.get(Topic.CONTACTS, 0):
        parts.append(words.trn("{count} contact", "{count} contacts", contacts))
    return words.listing(parts)


def step_title(step: Step, case: Case, words: Words) -> str:
    """What is done in a step."""
    code, route = scheme_of(case), case.way.route
    if step.kind is StepKind.HAND_OVER:
        if route is Route.FIXED_SWITCH:
            return words.tr("Order at the new provider, nothing else")
        return words.tr("Give the {code} and new bank details to the new operator", code=code)
    if step.kind is StepKind.CUT:
        if route is Route.PORT:
            return words.tr("The number moves, this line dies")
        return words.tr("This line dies")
    return {
        StepKind.UNLOCK_ASK: words.tr("Ask for the handset to be unlocked"),
        StepKind.SAVE: words.tr("Save everything"),
        StepKind.UNLOCKED: words.tr("Handset unlocked"),
        StepKind.CODE: words.tr("Get the {code}", code=code),
        StepKind.NOTICE: words.tr("Give notice"),
        StepKind.FINAL_BILL: words.tr("Final bill, checked"),
        StepKind.DOOR: words.tr("The door stays open"),
    }[step.kind]


def step_text(step: Step, case: Case, words: Words) -> str:
    """What is to be known about a step, in a sentence or two."""
    return _TEXTS[step.kind](step, case, words)


def _unlock_ask(step: Step, case: Case, words: Words) -> str:
    if step.state is StepState.DONE:
        return words.tr("Asked for.")
    hours = case.facts.unlock_hours
    if hours is None:
        return words.tr(
            "Your operator does not say how long it takes; others needed 48 hours. It is done for customers only, so "
            "this comes first."
        )
    return words.tr(
        "Your operator needs {hours}, and does it only for customers. So this comes first.",
        hours=hours_text(hours, words),
    )


def _save(step: Step, case: Case, words: Words) -> str:
    kept = kept_here(case, words)
    if not kept:
        return words.tr("Nothing has been read yet. Let this computer read everything while you are a customer.")
    return words.tr("{things} are kept on this computer and stay readable after you have left.", things=kept)


def _unlocked(step: Step, case: Case, words: Words) -> str:
    if step.state is StepState.DONE:
        return words.tr("By your operator's own word. Test: put another SIM in.")
    if step.state is StepState.LATE:
        return words.tr("This promise was missed. Do not use the code yet.")
    hours = case.facts.unlock_hours
    if hours is None:
        return words.tr("A guess, not a promise. Test: put another SIM in.")
    return words.tr(
        "Promise of {hours}. You will be told here if it is missed. Test: put another SIM in.",
        hours=hours_text(hours, words),
    )


def _code(step: Step, case: Case, words: Words) -> str:
    if step.state is StepState.DONE:
        return words.tr("It is here. Using it is what ends the line; unused, it ends nothing.")
    if step.state is StepState.LATE:
        return words.tr("Asked for and not here: this promise was missed.")
    speed = words.tr("within two working days") if case.facts.is_business else words.tr("within a minute")
    if case.way.route is Route.PORT:
        return words.tr(
            "Free, {speed}. Keeping the number: do not cancel anything yourself, the port does it.", speed=speed
        )
    return words.tr("Free, {speed}. Do not cancel anything yourself: using the code does it.", speed=speed)


def _hand_over(step: Step, case: Case, words: Words) -> str:
    if case.way.route is Route.FIXED_SWITCH:
        return words.tr("The new provider does the whole switch. Do not cancel the old one yourself.")
    if case.facts.has_direct_debit:
        return words.tr("Before 17:00. Keep the old Direct Debit until the final bill is paid.")
    return words.tr("Before 17:00, on a working day.")


def _notice(step: Step, case: Case, words: Words) -> str:
    if step.state is StepState.DONE:
        return words.tr("Given. It can be taken back until the line has ended, if your operator agrees.")
    return words.tr("It counts from the day your operator receives it. The number is given up.")


def _cut(step: Step, case: Case, words: Words) -> str:
    if step.state is StepState.DONE:
        return words.tr("By your operator's own word.")
    if case.way.route.is_notice:
        return words.tr("The line works until the end of that day.")
    if step.hour is None:
        return words.tr("The line works until the end of that day. Have the new one ready before.")
    return words.tr("The usual hour, not a right. Have the new SIM at hand; from then on this one is dead.")


def _final_bill(step: Step, case: Case, words: Words) -> str:
    day = words.day(case.way.cut, case.material.today)
    if case.way.route.is_notice:
        return words.tr("Rent until {day} and not a day more.", day=day)
    back = next((line for line in case.way.quote.lines if line.reason is CostReason.RENT_BACK), None)
    if back is not None and back.high is not None:
        return words.tr(
            "No rent after {day}; {amount} of rent paid in advance comes back.",
            day=day,
            amount=words.money(-back.high),
        )
    return words.tr("No rent after {day}; rent paid in advance for the days after comes back.", day=day)


def _door(step: Step, case: Case, words: Words) -> str:
    if case.way.route is Route.PORT:
        return words.tr("If the move goes wrong, the number can still be rescued until then. Your archive stays open.")
    return words.tr("The number can still be rescued until then. Your archive stays open.")


_TEXTS = {
    StepKind.UNLOCK_ASK: _unlock_ask,
    StepKind.SAVE: _save,
    StepKind.UNLOCKED: _unlocked,
    StepKind.CODE: _code,
    StepKind.HAND_OVER: _hand_over,
    StepKind.NOTICE: _notice,
    StepKind.CUT: _cut,
    StepKind.FINAL_BILL: _final_bill,
    StepKind.DOOR: _door,
}


def barrier_text(barrier: Barrier | None, case: Case, words: Words) -> str:
    """What is still missing on a page; empty where nothing is."""
    if barrier is None:
        return ""
    today = case.material.today
    return {
        Barrier.NO_LINE: words.tr("Choose a line."),
        Barrier.NUMBER_UNANSWERED: words.tr("Say whether the number comes with you.")
        if case.facts.access is Access.MOBILE
        else words.tr("Choose one way."),
        Barrier.UNLOCK_NOT_ASKED: words.tr(
            "Ask for the unlock, or say that this handset stays behind: a locked one does not take the new SIM."
        ),
        Barrier.CODE_WRONG: words.tr("This code cannot be right."),
        Barrier.BANK_UNANSWERED: words.tr("Tick that the Direct Debit stays until the final bill is paid."),
        Barrier.DAY_MISSING: words.tr("Choose a day."),
        Barrier.DAY_TOO_EARLY: words.tr("The first possible day is {day}.", day=words.day(case.way.earliest, today)),
        Barrier.DAY_TOO_LATE: words.tr("The last day that can be planned is {day}.", day=words.day(case.way.latest)),
        Barrier.NO_WORKING_DAY: words.tr("Numbers move on working days only. Choose another day."),
        Barrier.UNCONFIRMED: "",
    }[barrier]


def code_problem_text(check: CodeCheck, wanted: str, words: Words) -> str:
    """What is wrong with a typed code, and what was probably meant; empty for a good one."""
    if check.problem is CodeProblem.LOOKALIKE:
        return words.tr(
            "A letter O or I and the figures 0 and 1 look alike. Did you mean {code}?", code=check.suggestion
        )
    if check.problem is CodeProblem.OTHER_SCHEME:
        if wanted == "PAC":
            return words.tr("This is a STAC: it would give the number up. To keep it you need a PAC.")
        return words.tr("This is a PAC: it keeps the number. To give it up you need a STAC.")
    shape = (
        words.tr("A PAC is three letters and six figures, like ABC123456.")
        if wanted == "PAC"
        else words.tr("A STAC is six figures and three letters, like 123456ABC.")
    )
    return {
        CodeProblem.NONE: "",
        CodeProblem.EMPTY: "",
        CodeProblem.TOO_SHORT: words.tr("Something is missing. {shape}", shape=shape),
        CodeProblem.TOO_LONG: words.tr("That is too long. {shape}", shape=shape),
    }.get(check.problem, shape)
