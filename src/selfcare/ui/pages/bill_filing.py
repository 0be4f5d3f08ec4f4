"""The question by which a bill of an archive is filed: operator, number, date, total, as they stand on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from selfcare.domain.found_bill import FoundBill
from selfcare.i18n.words import Words
from selfcare.ui.pages.pieces import in_columns, named
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.labels import prefilled, trouble
from selfcare.viewmodel.filing import Typed, filing_view, read_filing

BESIDE = ("amount", "unit")
"""Fields that stand side by side."""


class FilingDialog(FactsDialog):
    """Asks until what was typed can be a bill; `filed` is it then."""

    chapter = "filing"

    def __init__(self, parent: QWidget | None, words: Words, found: FoundBill, currency: str, today: date) -> None:
        view = filing_view(found, currency, words)
        super().__init__(parent, words, title=view.title, question=view.text, confirm=view.yes)
        self.words, self._today = words, today
        self.filed: FoundBill | None = None
        self.fields: dict[str, QLineEdit] = {}
        self.trouble = trouble()
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        pair: list[QWidget] = []
        first = view.first
        for key, name, value in (
            ("number", view.number, first.number),
            ("day", view.day, first.day),
            ("amount", view.amount, first.amount),
            ("unit", view.unit, first.unit),
            ("operator", view.operator, first.operator),
        ):
            field = self.fields[key] = QLineEdit(prefilled(value))
            field.setMaxLength(60)
            if key in BESIDE:
                pair.append(named(name, field))
            else:
                self.body.addWidget(named(name, field))
            if len(pair) == len(BESIDE):
                self.body.addWidget(in_columns(pair))
                pair = []

    def _confirm(self) -> None:
        typed = Typed(**{key: field.text() for key, field in self.fields.items()})
        found = read_filing(typed, self._today, self.words)
        if isinstance(found, str):
            self.trouble.setText(found)
            self.trouble.show()
            self.grow()
            return
        self.filed = found
        self.accept()


def ask_to_file(
    parent: QWidget, words: Words, found: FoundBill, currency: str, today: date, then: Callable[[FoundBill], None]
) -> FilingDialog:
    """Open the question over a page; `then` is told what was filed."""
    dialog = FilingDialog(parent, words, found, currency, today)

    def accepted() -> None:
        if dialog.filed is not None:
            then(dialog.filed)

    dialog.accepted.connect(accepted)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
