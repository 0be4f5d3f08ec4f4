"""The way out on a sheet of paper: every step with its day, its hour and a box to tick, in the customer's language."""

from __future__ import annotations

from selfcare.i18n import Words
from selfcare.leaving.choices import Route
from selfcare.leaving.tracker import TrackedKind, is_refused, may_end_debit
from selfcare.leaving.way import StepKind
from selfcare.paper.letter import Form, PrintedChecklist, PrintedStep

from .leaving import StepView, goes_on_sentence, route_sentence, step_view, way_sentence
from .leaving_cautions import caution_notice
from .leaving_cost import cost_view
from .leaving_last_steps import known_steps
from .leaving_material import Case
from .leaving_tracker import tracker_view
from .leaving_unlock import cautions_left
from .leaving_words import day_is_open


def way_checklist(case: Case, words: Words) -> PrintedChecklist:
    """The planned way as a checklist; what to beware of stands before the first step.

    A notice that was refused or taken back ends nothing: then the sheet says so, and what is left to do.
    """
    material = case.material
    goes_on = goes_on_sentence(case, words)
    facts = [(words.tr("Line"), case.number or words.tr("this line")), (words.tr("Operator"), material.profile.name)]
    if goes_on:
        printed = _going_on(case, words)
        notes = []
    else:
        facts += _of_the_end(case, words)
        steps = known_steps(case)
        to_do = [_printed(step_view(step, case, words)) for step in steps if step.kind is not StepKind.DOOR]
        door = [_printed(step_view(step, case, words)) for step in steps if step.kind is StepKind.DOOR]
        printed = [*to_do, *_of_the_money(case, words), *door]
        notes = [caution_notice(caution, case, words) for caution in cautions_left(case)]
    return PrintedChecklist(
        language=words.language,
        region=material.profile.country,
        day=material.today,
        title=words.tr("Leaving, step by step"),
        below=goes_on or _below(case, words),
        facts=tuple((name, value) for name, value in facts if value),
        notes=tuple(" ".join(part for part in (note.sentence, note.advice) if part) for note in notes),
        steps_word=words.tr("Steps"),
        steps=tuple(printed),
        small=words.tr(
            "As of {day}. Days may move; the program keeps them current.", day=words.long_day(material.today)
        ),
        form=Form.US if material.profile.country == "US" else Form.GB,
    )


def _going_on(case: Case, words: Words) -> list[PrintedStep]:
    """What the tracker shows of a notice that came to nothing, and what can be done about a refusal."""
    found = [_printed(tracked.step) for tracked in tracker_view(case, words).steps]
    if not is_refused(case.facts, case.way):
        return found
    again = (
        words.tr("Complain in writing, or withdraw again")
        if case.way.route is Route.WITHDRAW
        else words.tr("Complain in writing, or give notice again")
    )
    return [*found, PrintedStep(words.tr("Now"), "", again, "")]


_MONEY = frozenset({TrackedKind.CHECKED, TrackedKind.FINAL_PAID, TrackedKind.REFUND, TrackedKind.DEBIT_AFTER})
"""What the tracker follows beside the steps of the way: it stands on the sheet once the line has ended."""


def _of_the_money(case: Case, words: Words) -> list[PrintedStep]:
    """What is owed or contested after the end of a line, with its last days, as the tracker has it."""
    if case.facts.line_ended is None:
        return []
    after, shown = case.aftermath(), set(_MONEY)
    if after.review is None:
        shown.remove(TrackedKind.CHECKED)
    if after.final is None:
        shown.remove(TrackedKind.FINAL_PAID)
    return [_printed(row.step, *row.notes) for row in tracker_view(case, words).steps if row.step.key in shown]


def _printed(step: StepView, *notes: str) -> PrintedStep:
    """A step with its box, ticked where the window says that it is done."""
    said = step.said if step.state in {"done", "missed"} else ""
    text = " ".join(part for part in (step.text, *notes) if part)
    return PrintedStep(step.when, step.more, step.title, text, step.state == "done", said)


def _of_the_end(case: Case, words: Words) -> list[tuple[str, str]]:
    """The day of the end as far as one is known, what it costs, and what becomes of the Direct Debit."""
    found = []
    if not day_is_open(case):
        over = case.facts.line_ended is not None
        name = words.tr("This line has ended") if over else words.tr("This line ends")
        found.append((name, words.long_day(case.way.cut)))
    return [
        *found,
        (words.tr("Cost"), cost_view(case, words).headline),
        (words.tr("Direct Debit"), _debit(case, words)),
    ]


def _debit(case: Case, words: Words) -> str:
    """Whether the Direct Debit still has to stay; empty where there is none, or where it has ended."""
    if not case.facts.has_direct_debit or case.answers.debit_ended is not None:
        return ""
    if case.facts.line_ended is not None and may_end_debit(case.aftermath()):
        return words.tr("the final bill is paid: the bank ends it at once, free")
    return words.tr("keep it until the final bill is paid")


def _below(case: Case, words: Words) -> str:
    """Which line leaves in which way; on paper without what only the window can promise."""
    open_plan = case.facts.line_ended is None and case.answers.confirmed is None and not case.answers.is_discreet
    return route_sentence(case, words) if open_plan else way_sentence(case, words)
