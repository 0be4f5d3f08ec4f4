"""In which order a line at home is changed, so that there is no hour without service: in one sentence."""

from __future__ import annotations

from selfcare.i18n import Words
from selfcare.leaving.cutover import CutoverStep
from selfcare.leaving.outlook import safe_order

from .leaving_material import Case


def order_sentence(case: Case, words: Words) -> str:
    """The safe order of this way; empty where there is none to keep."""
    order = safe_order(case.way, alarm=case.answers.is_critical)
    if not order:
        return ""
    names = {
        CutoverStep.TELL_ALARM: words.tr("tell the firm behind the alarm"),
        CutoverStep.ORDER_NEW: words.tr("order the new service"),
        CutoverStep.NEW_WORKS: words.tr("see that it works"),
        CutoverStep.TEST_ALARM: words.tr("try the alarm on it"),
        CutoverStep.MOVE_NUMBER: words.tr("let the number move"),
        CutoverStep.GIVE_NOTICE: words.tr("give notice"),
        CutoverStep.OLD_ENDS: words.tr("let this line end"),
    }
    return words.tr("The safe order: {steps}.", steps=words.listing([names[step] for step in order]))
