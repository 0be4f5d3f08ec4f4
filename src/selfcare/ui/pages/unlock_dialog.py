"""Ask for a handset to be unlocked: its facts, and a note that goes to the operator word for word."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from selfcare.domain.commands import RequestUnlock
from selfcare.domain.records import replace
from selfcare.i18n.words import Words
from selfcare.ui.pages.pieces import named
from selfcare.ui.theme import text_scale
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.writing import WritingField
from selfcare.viewmodel.handsets import UnlockView


class UnlockDialog(FactsDialog):
    """One question with its facts and a note that may be changed or emptied; nothing else goes along."""

    chapter = "unlock"

    def __init__(self, parent: QWidget | None, words: Words, view: UnlockView) -> None:
        question = view.question
        super().__init__(
            parent,
            words,
            title=question.title,
            question=question.text,
            facts=[(f.name, f.value) for f in question.facts],
            confirm=question.yes,
            cancel=question.no,
        )
        self._wish = view.wish
        self.note_field = WritingField(words, view.wish.note)
        self.note_field.setPlaceholderText(words.tr("Nothing goes along unless you write it."))
        self.note_field.setFixedHeight(round(128 * text_scale()))
        self.body.addWidget(named(view.note_label, self.note_field))
        self.body.addStretch(1)

    def command(self) -> RequestUnlock:
        """The request with the note as it stands in the field."""
        return replace(self._wish, note=self.note_field.toPlainText().strip())
