"""The way out on a sheet of paper: every step with its day, its hour and a box to tick, in the customer's language."""

from __future__ import annotations

from selfcare.i18n import Words
from selfcare.leaving.way import StepState
from selfcare.paper.letter import Form, PrintedChecklist, PrintedStep

from .leaving import route_sentence, step_view, way_sentence
from .leaving_cautions import caution_notice
from .leaving_cost import cost_view
from .leaving_material import Case
from .leaving_unlock import cautions_left


def way_checklist(case: Case, words: Words) -> PrintedChecklist:
    """The planned way as a checklist; what to beware of stands before the first step."""
    material = case.material
    facts = [
        (words.tr("Line"), case.number or words.tr("this line")),
        (words.tr("Operator"), material.profile.name),
        (words.tr("This line ends"), words.long_day(case.way.cut)),
        (words.tr("Cost"), cost_view(case, words).headline),
    ]
    if case.facts.has_direct_debit:
        facts.append((words.tr("Direct Debit"), words.tr("keep it until the final bill is paid")))
    notes = [caution_notice(caution, case, words) for caution in cautions_left(case)]
    steps = []
    for step in case.way.steps:
        view = step_view(step, case, words)
        said = view.said if step.state in {StepState.DONE, StepState.LATE} else ""
        steps.append(PrintedStep(view.when, view.more, view.title, view.text, step.state is StepState.DONE, said))
    return PrintedChecklist(
        language=words.language,
        region=material.profile.country,
        day=material.today,
        title=words.tr("Leaving, step by step"),
        below=_below(case, words),
        facts=tuple((name, value) for name, value in facts if value),
        notes=tuple(" ".join(part for part in (note.sentence, note.advice) if part) for note in notes),
        steps_word=words.tr("Steps"),
        steps=tuple(steps),
        small=words.tr(
            "As of {day}. Days may move; the program keeps them current.", day=words.long_day(material.today)
        ),
        form=Form.US if material.profile.country == "US" else Form.GB,
    )


def _below(case: Case, words: Words) -> str:
    """Which line leaves in which way; on paper without what only the window can promise."""
    open_plan = case.facts.line_ended is None and case.answers.confirmed is None and not case.answers.is_discreet
    return route_sentence(case, words) if open_plan else way_sentence(case, words)
