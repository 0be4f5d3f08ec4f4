"""Dispute a bill or single charges: why, which, how much, what about the debit, with which files, in which words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QListWidget, QListWidgetItem, QWidget

from selfcare.domain.commands import Evidence, OpenTicket
from selfcare.domain.failures import Failure
from selfcare.i18n.words import Words
from selfcare.ui.context import Context
from selfcare.ui.theme import TEXT, font, text_scale
from selfcare.ui.widgets.buttons import link
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.labels import quiet, strong, text, visible
from selfcare.viewmodel.bill import BillView
from selfcare.viewmodel.dispute_reasons import reason_choices
from selfcare.viewmodel.disputes import (
    DebitWish,
    Matter,
    amount_sentence,
    charges_of,
    dispute_command,
    dispute_letter,
    first_reason,
    wish_advice,
    wish_choices,
)

from .bill_dialogs import is_untouched, writing_field

LARGEST = 4 << 20
"""Bytes of all files together; what is larger is told and left out."""

MOST = 5
MIMES = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
         ".txt": "text/plain", ".eml": "message/rfc822"}  # fmt: skip
SHOWN = 6


class DisputeDialog(FactsDialog):
    """The evidence is already in the text, which may be changed; chosen charges and files go along as data."""

    def __init__(self, parent: QWidget | None, words: Words, view: BillView, matter: Matter, context: Context) -> None:
        self._view, self._matter, self._context, self.words = view, matter, context, words
        self.files: list[Evidence] = []
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
        self.body.addWidget(
            link(words.tr("Add a file as evidence…"), self._choose_files), 0, Qt.AlignmentFlag.AlignLeft
        )
        self._files = quiet("")
        self._files.hide()
        self._trouble = text("", tone="bad")
        self._trouble.hide()
        self.body.addWidget(self._files)
        self.body.addWidget(self._trouble)
        self.text = writing_field(words.tr("Text to your operator"), letter.text)
        self.body.addWidget(quiet(words.tr("Text to your operator")))
        self.body.addWidget(self.text, 1)
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
        return dispute_command(self._view.id, self._letter, written, reason, self._matter, self.chosen, self.files)

    def attach(self, path: Path) -> None:
        """Read a file on the store lane and put it beside the text; what is too large is told."""
        room = LARGEST - sum(one.size for one in self.files)

        def read() -> Evidence:
            from selfcare.host.folders import disk_trouble

            try:
                size = path.stat().st_size
                content = path.read_bytes() if size <= room else b""
            except OSError as trouble:
                raise disk_trouble(trouble) from trouble
            mime = MIMES.get(path.suffix.casefold(), "application/octet-stream")
            return Evidence(path.name[:120], mime, size, content)

        self._context.store_lane.ask(self, read, self._attached, self._not_read, key=f"evidence{path}")

    @Slot()
    def _choose_files(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(self, self.words.tr("Add a file as evidence…"), str(Path.home()))
        for name in chosen:
            self.attach(Path(name))

    def _attached(self, one: Evidence) -> None:
        is_too_much = len(one.content) < one.size or not one.size or len(self.files) >= MOST
        if is_too_much:
            self._say(
                self.words.tr(
                    "“{name}” does not go along: at most {count} files, together at most 4 MB, and none empty.",
                    name=visible(one.name, 60),
                    count=self.words.number(MOST),
                )
            )
            return
        self._say("")
        self.files.append(one)
        names = self.words.listing([visible(file.name, 60) for file in self.files])
        self._files.setText(self.words.tr("Goes along: {names}.", names=names))
        self._files.show()
        self.grow()

    def _not_read(self, _failure: Failure | None) -> None:
        self._say(self.words.tr("This file could not be read."))

    def _say(self, said: str) -> None:
        self._trouble.setText(said)
        self._trouble.setVisible(bool(said))

    def _changed(self) -> None:
        wish = DebitWish(str(self.wish.currentData()))
        self._advice.setText(wish_advice(wish, self.words))
        self.amount.setText(amount_sentence(self._matter, self.chosen, self.words))
        fresh = dispute_letter(self._view, str(self.reason.currentData()), self.words, self._matter, self.chosen, wish)
        untouched = is_untouched(self.text, self._letter.text)
        self._letter = fresh
        if untouched:
            self.text.setPlainText(fresh.text)

    def _check(self) -> None:
        self.confirm_button.setEnabled(bool(self.text.toPlainText().strip()))

    def _box(self, name: str, rows: tuple[tuple[str, str], ...], chosen: str) -> QComboBox:
        box = QComboBox()
        box.setFont(font(TEXT))
        box.setAccessibleName(name)
        for key, said in rows:
            box.addItem(said, key)
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
