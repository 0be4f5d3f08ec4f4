"""The questions before something is asked about a bill: pay it in parts, or what the debit will take."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QSpinBox, QWidget

from selfcare.domain.commands import OpenTicket
from selfcare.domain.money import Money
from selfcare.i18n.words import Words
from selfcare.ui.theme import TEXT, font
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.labels import prefilled, quiet, set_name, text
from selfcare.ui.widgets.writing import WritingField
from selfcare.viewmodel.bill import BillView
from selfcare.viewmodel.disputes import (
    Letter,
    plan_command,
    plan_letter,
    plan_sentence,
)


class PlanDialog(FactsDialog):
    """In how many parts, what each is, and the text that asks for it."""

    chapter = "plan"

    def __init__(self, parent: QWidget | None, words: Words, view: BillView, total: Money | None) -> None:
        letter = plan_letter(view, total, 3, words)
        super().__init__(
            parent,
            words,
            title=letter.title,
            question=words.tr("Your operator decides. Nothing is agreed before it says so in writing."),
            facts=letter.facts,
            confirm=words.tr("Ask for the plan"),
        )
        self._view, self._total, self._letter, self._words_used = view, total, letter, words
        self.parts = QSpinBox()
        self.parts.setFont(font(TEXT))
        self.parts.setRange(2, 60)
        self.parts.setValue(3)
        self.parts.lineEdit().setTextMargins(12, 0, 0, 0)
        self.parts.setAccessibleName(words.tr("Number of monthly payments"))
        self._each = text(plan_sentence(total, 3, words))
        self.text = writing_field(words.tr("Text to your operator"), letter.text, words)
        self.parts.valueChanged.connect(self._changed)
        if view.dispute:
            own = words.tr("Asking for a plan can be read as owning up to the whole amount. Settle the dispute first.")
            self.body.addWidget(text(f"{view.dispute} {own}", tone="bad"))
        self.body.addWidget(quiet(words.tr("Number of monthly payments")))
        self.body.addWidget(self.parts)
        self.body.addWidget(self._each)
        self.body.addWidget(quiet(words.tr("Text to your operator")))
        self.body.addWidget(self.text, 1)

    def command(self) -> OpenTicket:
        """What is asked for."""
        return plan_command(self._view.id, self._letter, self.text.toPlainText().strip())

    def _changed(self) -> None:
        parts = self.parts.value()
        self._each.setText(plan_sentence(self._total, parts, self._words_used))
        fresh: Letter = plan_letter(self._view, self._total, parts, self._words_used)
        if is_untouched(self.text, self._letter.text):
            self.text.setPlainText(prefilled(fresh.text))
        self._letter = fresh


class DebitDialog(FactsDialog):
    """What will be taken, when and from where, and what can be done before."""

    chapter = "debit"

    def __init__(self, parent: QWidget | None, words: Words, view: BillView) -> None:
        super().__init__(
            parent,
            words,
            title=words.tr("What about the debit?"),
            question=words.tr(
                "Dispute the bill first: your operator then knows before it debits. "
                "Your bank can refuse or take back a Direct Debit, but an unpaid bill may then cost fees; "
                "ask your bank by when it must know."
            ),
            facts=[(fact.label, fact.value) for fact in view.debit],
            confirm=view.dispute_step or words.tr("Dispute it"),
            cancel=words.tr("Close"),
        )
        self.is_disputed = bool(view.dispute)


def writing_field(name: str, content: str, words: Words) -> WritingField:
    """A field for a text to the operator."""
    field = WritingField(words, content)
    field.setFont(font(TEXT))
    set_name(field, name)
    field.setMinimumHeight(180)
    return field


def is_untouched(field: QPlainTextEdit, content: str) -> bool:
    """The field still says what was put into it; Qt gives no-break spaces back as plain ones."""
    return field.toPlainText() == content.replace("\u00a0", " ")
