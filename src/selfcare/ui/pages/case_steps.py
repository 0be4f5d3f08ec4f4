"""The way up as a card: each step with its days, what it needs, and the letter or text that takes it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import part_of_page, tag_of
from selfcare.ui.widgets.buttons import link, plain
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import quiet, rule, set_description, strong, text
from selfcare.viewmodel.case_ladder import LadderView, StepRow

if TYPE_CHECKING:
    from .case_dossier import CaseDossier
    from .case_notes import CaseNotes


def ladder_card(page: Page, view: LadderView, notes: CaseNotes, dossier: CaseDossier) -> Card:
    """The card. A letter opens ready to print; a text is copied for the form of whoever decides."""
    words = page.words
    card = Card(words.tr("If it is not put right"))
    card.add(text(view.since or view.ask, tone="quiet"))
    card.buttons(plain(words.tr("The days of your complaint"), notes.ask_complaint))
    for step in view.steps:
        card.add(rule(), _step(page, step, dossier))
    return card


def _step(page: Page, step: StepRow, dossier: CaseDossier) -> QWidget:
    words = page.words
    box, column = part_of_page()
    column.setSpacing(4)
    column.addWidget(tag_of(step.tag))
    column.addWidget(strong(step.title))
    for sentence in (step.days, step.needs):
        if sentence:
            column.addWidget(text(sentence, tone="quiet"))
    if step.caution:
        column.addWidget(text(step.caution, tone="warn"))
    why = quiet("\n".join(step.basis))
    why.hide()
    buttons = []
    if step.letter == "text":
        buttons.append(link(step.letter_label, dossier.copy_text))
    elif step.letter:
        buttons.append(link(step.letter_label, partial(dossier.write_letter, step.letter)))
    if step.basis:
        buttons.append(link(words.tr("Why"), lambda: why.setVisible(why.isHidden())))
    for button in buttons:
        set_description(button, step.title)
    if buttons:
        column.addWidget(flow(*buttons))
    column.addWidget(why)
    return box
