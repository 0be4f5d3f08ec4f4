"""Dispute a bill or single charges: why, which, how much, what about the debit, with which files, in which words."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QWidget

from selfcare.domain.commands import OpenTicket
from selfcare.i18n.words import Words
from selfcare.ui.context import Context
from selfcare.ui.theme import TEXT, font, text_scale
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.labels import prefilled, quiet, set_name, strong, trouble, visible
from selfcare.viewmodel.bill import BillView
from selfcare.viewmodel.dispute_reasons import reason_choices
from selfcare.viewmodel.disputes import (
    DebitWish,
    Matter,
    amount_sentence,
    carried_over,
    charges_of,
    dispute_command,
    dispute_letter,
    first_reason,
    unsaid_amount,
    wish_advice,
    wish_choices,
)

from .bill_dialogs import is_untouched, writing_field
from .evidence import EvidenceBox

SHOWN = 6


class DisputeDialog(FactsDialog):
    """The evidence is already in the text, which may be changed; chosen charges and files go along as data."""

    chapter = "dispute"

    def __init__(self, parent: QWidget | None, words: Words, view: BillView, matter: Matter, context: Context) -> None:
        self._view, self._matter, self.words = view, matter, words
        letter = dispute_letter(view, first_reason(view, matter), words, matter, matter.proposed)
        super().__init__(
            parent,
            words,
            title=letter.title,
            question=words.tr("Choose why. The text is ready; change it as you like. You get a ticket to follow."),
            facts=letter.facts,
            confirm=words.tr("Send the dispute"),
        )
        self._letter = letter
        self.reason = self._box(words.tr("Why you dispute it"), reason_choices(words), first_reason(view, matter))
        self.body.addWidget(quiet(words.tr("Why")))
        self.body.addWidget(self.reason)
        self.charges = self._list()
        if self.charges.count():
            self.body.addWidget(quiet(words.tr("Which charges; none chosen means the whole bill")))
            self.body.addWidget(self.charges)
        self.amount = strong(amount_sentence(matter, matter.proposed, words))
        self.body.addWidget(self.amount)
        self.wish = self._box(words.tr("What about the debit meanwhile"), wish_choices(words), DebitWish.HOLD.value)
        self._advice = quiet(wish_advice(DebitWish.HOLD, words))
        if not view.proof and not matter.bill.is_paid:
            self.body.addWidget(quiet(words.tr("What about the debit meanwhile")))
            self.body.addWidget(self.wish)
            self.body.addWidget(self._advice)
        self.evidence = EvidenceBox(words, context)
        self.evidence.grew.connect(self.grow)
        self.body.addWidget(self.evidence)
        self.text = writing_field(words.tr("Text to your operator"), letter.text, words)
        self.body.addWidget(quiet(words.tr("Text to your operator")))
        self.body.addWidget(self.text, 1)
        self.unsaid = trouble()
        self.unsaid.hide()
        self.body.addWidget(self.unsaid)
        self.reason.currentIndexChanged.connect(self._changed)
        self.wish.currentIndexChanged.connect(self._changed)
        self.charges.itemChanged.connect(self._changed)
        self.text.textChanged.connect(self._check)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the charges that are ticked."""
        items = (self.charges.item(n) for n in range(self.charges.count()))
        return tuple(
            str(one.data(Qt.ItemDataRole.UserRole)) for one in items if one.checkState() is Qt.CheckState.Checked
        )

    def command(self) -> OpenTicket:
        """What is asked for."""
        reason, written = str(self.reason.currentData()), self.text.toPlainText().strip()
        return dispute_command(
            self._view.id, self._letter, written, reason, self._matter, self.chosen, self.evidence.files
        )

    def _changed(self) -> None:
        wish = DebitWish(str(self.wish.currentData()))
        self._advice.setText(wish_advice(wish, self.words))
        self.amount.setText(amount_sentence(self._matter, self.chosen, self.words))
        fresh = dispute_letter(self._view, str(self.reason.currentData()), self.words, self._matter, self.chosen, wish)
        before, self._letter = self._letter, fresh
        if is_untouched(self.text, before.text):
            self.text.setPlainText(prefilled(fresh.text))
        else:
            self.text.setPlainText(prefilled(carried_over(self.text.toPlainText(), before.text, fresh.text)))
        self._check()

    def _check(self) -> None:
        written = self.text.toPlainText()
        self.confirm_button.setEnabled(bool(written.strip()))
        unsaid = unsaid_amount(self._matter, self.chosen, written, self.words) if written.strip() else ""
        self.unsaid.setText(unsaid)
        self.unsaid.setVisible(bool(unsaid))
        if unsaid:
            self.grow()

    def _box(self, name: str, rows: tuple[tuple[str, str], ...], chosen: str) -> QComboBox:
        box = QComboBox()
        box.setFont(font(TEXT))
        set_name(box, name)
        for key, said in rows:
            box.addItem(visible(said, 120), key)
        box.setCurrentIndex(box.findData(chosen))
        return box

    def _list(self) -> QListWidget:
        rows = QListWidget()
        rows.setFont(font(TEXT))
        rows.setAccessibleName(self.words.tr("Which charges; none chosen means the whole bill"))
        high = round(30 * text_scale())
        for charge in charges_of(self._matter, self.words):
            item = QListWidgetItem(visible(charge.label, 120))
            item.setData(Qt.ItemDataRole.UserRole, charge.id)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if charge.is_odd else Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, high))
            rows.addItem(item)
        rows.setTabKeyNavigation(False)
        rows.setFixedHeight(high * min(SHOWN, max(1, rows.count())) + 14)
        return rows
