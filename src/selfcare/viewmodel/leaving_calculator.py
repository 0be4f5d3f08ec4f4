"""The answer of the offline calculator in words: the same as the leaving pages give, line by line for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from selfcare.i18n import Words
from selfcare.leaving.answer import Ask, asks
from selfcare.leaving.facts_file import FactsProblem, FileFault

from .facts import FactView
from .leaving import StepView, route_sentence, way_view
from .leaving_alarm import alarm_notices
from .leaving_material import Case
from .leaving_reasons import reason_page
from .leaving_when import route_name
from .leaving_words import RuleView, day_is_open

_WIDE = 92


def answer_text(case: Case, words: Words) -> str:
    """The whole answer: the way, what it costs, when one can go, when it is free, each step, the rules."""
    if case.answers.is_discreet:
        return _safe_text(case, words)
    view = way_view(case, words)
    way, today = case.way, case.material.today
    number = case.number or words.tr("this line")
    ended = words.tr("{number} · this line has ended.", number=number)
    found = [view.title, ended if view.is_over else route_sentence(case, words), ""]
    for caution in (*alarm_notices(case, words), *view.cautions):
        found += [*_wrapped(f"! {caution.sentence} {caution.advice}"), ""]
    wanted = case.answers.day
    if wanted is not None and wanted != way.cut and not way.needs_notice:
        if wanted > way.latest and way.notice_end is None:
            said = words.tr(
                "{wanted} lies further ahead than this program plans; counted with {day}. No rule forbids a later day.",
                wanted=words.day(wanted, today),
                day=words.day(way.cut, today),
            )
        else:
            said = words.tr(
                "{wanted} is not possible this way; counted with {day}.",
                wanted=words.day(wanted, today),
                day=words.day(way.cut, today),
            )
        found += [*_wrapped(f"! {said}"), ""]
    if case.answers.about.reason:
        page = reason_page(case, words)
        found += [page.title, *(line for said in (page.text, *page.notes) for line in _wrapped(said, "  "))]
        found += [*_facts(page.facts, words), ""]
    when = f"{view.cost.over} {view.cost.headline}"
    if day_is_open(case):
        when = _with(words.tr("Cost of leaving"), view.cost.headline, words)
    found += [when, *_wrapped(view.cost.text)]
    if view.cost.cheapest:
        found += _wrapped(view.cost.cheapest)
    found += [_row(line.name, line.amount, ", ".join(rule.id for rule in line.rules)) for line in view.cost.lines]
    if view.cost.operator:
        tag = view.cost.agreement.text if view.cost.agreement is not None else ""
        found.append(_row(words.tr("Operator’s own figure"), view.cost.operator, tag))
    if view.cost.difference:
        found += _wrapped(view.cost.difference)
    if view.when:
        found += ["", _with(words.tr("When you can go"), route_name(way.route, case, words), words)]
        found += _facts(view.when, words)
    if view.free:
        found += ["", words.tr("Free to leave"), *_facts(view.free, words)]
    if view.owed:
        found += ["", words.tr("What your operator owes you"), *_facts(view.owed, words)]
    if not way.needs_notice:
        found += ["", words.tr("Step by step"), *(line for step in view.steps for line in _step(step, words))]
    found += _questions(case, words)
    found += _rules(view.rules, words)
    found += ["", words.tr("Rules as of the day they were checked. This is not legal advice.")]
    return "\n".join(found) + "\n"


def _safe_text(case: Case, words: Words) -> str:
    """For a survivor the same as the page: no step and no cost, for each would show on the shared account."""
    page = reason_page(case, words)
    kept = words.tr("The file of facts and the command stay on this computer: delete them if somebody else uses it.")
    found = [page.title, *_wrapped(page.text)]
    facts = _facts(page.facts[2:], words)
    found += ["", *facts] if facts else []
    for note in (*page.notes, kept):
        found += ["", *_wrapped(f"! {note}")]
    found += _questions(case, words)
    found += _rules(page.rules, words)
    return "\n".join([*found, "", words.tr("Rules as of the day they were checked. This is not legal advice.")]) + "\n"


def _questions(case: Case, words: Words) -> list[str]:
    asked = asks(case.way, alarm=case.answers.is_critical)
    questions = [f"  {_with(ask.value, _asked(ask, words), words)}" for ask in asked]
    return ["", words.tr("More exact, if the file also says"), *questions] if questions else []


def _rules(rules: Iterable[RuleView], words: Words) -> list[str]:
    found: list[str] = []
    for rule in rules:
        found += [] if found else ["", words.tr("Rules and sources")]
        found += _wrapped(_with(f"{rule.id} ({rule.standing.text})", rule.sentence, words), "  ")
        found += [f"    {rule.source}, {rule.checked}"]
    return found


def _wrapped(text: str, indent: str = "") -> list[str]:
    return wrap(
        text, _WIDE, initial_indent=indent, subsequent_indent=f"{indent}  ", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def _with(name: str, value: str, words: Words) -> str:
    return words.tr("{name}: {value}", name=name, value=value)


def _row(name: str, value: str, more: str = "") -> str:
    shown = f"{name}  {value}" if len(name) > 46 else f"{name:<46}  {value}"
    return f"  {shown}  [{more}]" if more else f"  {shown}"


def _facts(facts: Iterable[FactView], words: Words) -> list[str]:
    found = []
    for fact in facts:
        value = _with(fact.value, fact.note, words) if fact.note else fact.value
        found.append(_row(fact.name, value, fact.tag.text if fact.tag is not None else ""))
    return found


def _step(step: StepView, words: Words) -> list[str]:
    when = f"{step.when}, {step.more}" if step.more else step.when
    tag = f"  [{step.tag.text}]" if step.tag is not None else ""
    return [f"  {_with(when, step.title, words)}{tag}", *_wrapped(step.text, "      ")]


def _asked(ask: Ask, words: Words) -> str:
    return {
        Ask.COMMITMENT: words.tr("when the commitment ends"),
        Ask.CONCLUDED: words.tr("when the contract was made or last changed"),
        Ask.HANDSET: words.tr("whether a handset came cheaper with the contract"),
        Ask.PRICE: words.tr("the price of a month"),
        Ask.NOTICE: words.tr("the notice in the contract"),
        Ask.FEE: words.tr("the early termination fee in the contract"),
        Ask.ALARM: words.tr("whether an alarm or telecare uses this line"),
        Ask.CLOSING_FEE: words.tr("the closing fee in the contract"),
        Ask.ORDERS_FROM: words.tr("the first day of the orders"),
        Ask.BOUGHT: words.tr("when the handset was bought"),
        Ask.PAID_OFF: words.tr("when the handset was paid off"),
        Ask.INSTALMENT: words.tr("what a month of the handset costs"),
        Ask.INSTALMENTS_LEFT: words.tr("how many instalments of the handset are left"),
        Ask.LISTED: words.tr("whether the contract lists your reason as a legitimate one"),
        Ask.FILED: words.tr("when the commission received your file"),
        Ask.ADMITTED: words.tr("whether the commission has declared your file admissible"),
        Ask.ORDERS: words.tr("for how many days you are ordered"),
        Ask.USABLE: words.tr("whether the service works where you are ordered to"),
        Ask.RISE: words.tr("the announced rise of the monthly price"),
        Ask.AGREED: words.tr("the rise that the contract named at the sale, 0 for none; or percent = true"),
        Ask.LINES: words.tr("how many lines the account has"),
        Ask.AT_DISTANCE: words.tr("whether the contract was made online, by telephone or at the door"),
    }[ask]


def problem_text(problem: FactsProblem, words: Words) -> str:
    """What is wrong with a facts file, in a sentence, with its line where one is to blame."""
    said = _fault_text(problem, words)
    return words.tr("Line {number}: {said}", number=problem.line, said=said) if problem.line else said


def _fault_text(problem: FactsProblem, words: Words) -> str:
    key, said, wanted = problem.key, problem.said, problem.wanted
    match problem.fault:
        case FileFault.NO_SUCH_DAY:
            return words.tr("{day} is in no calendar.", day=said)
        case FileFault.UNKNOWN_KEY if wanted:
            return words.tr("“{key}” is no fact we know. Did you mean “{wanted}”?", key=key, wanted=wanted)
        case FileFault.UNKNOWN_KEY:
            return words.tr("“{key}” is no fact we know. The example file lists them all.", key=key)
        case FileFault.WRONG_KIND:
            return words.tr(
                "“{key}” cannot be {said}; write it like this: {wanted}.", key=key, said=said, wanted=wanted
            )
        case FileFault.ONE_OF:
            return words.tr("“{key}” cannot be {said}; it is one of: {wanted}.", key=key, said=said, wanted=wanted)
        case FileFault.NEGATIVE:
            return words.tr("“{key}” cannot be less than nothing.", key=key)
        case FileFault.MISSING:
            return words.tr("“{key}” is missing; it can be, for example: {wanted}.", key=key, wanted=wanted)
        case FileFault.END_BEFORE_START:
            return words.tr("“{key}” ({end}) lies before the start ({start}).", key=key, end=said, start=wanted)
        case FileFault.IN_FUTURE:
            return words.tr("“{key}” ({day}) lies in the future.", key=key, day=said)
        case FileFault.AFTER_END:
            return words.tr("“{key}” ({day}) lies after the end of the line ({end}).", key=key, day=said, end=wanted)
        case FileFault.TWICE:
            return words.tr("“{key}” stands there for the second time; each fact is said once.", key=key)
        case FileFault.NOT_TEXT:
            return words.tr("This is no text file in UTF-8, or it is larger than a facts file can be.")
        case FileFault.NOT_TOML:
            return words.tr('This line cannot be read. Each fact is a line like: notice = "30 days"')
