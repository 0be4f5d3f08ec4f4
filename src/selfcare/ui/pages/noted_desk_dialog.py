"""Asks for a way to reach the operator that it does not state: a number, an address, and the hours."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from selfcare.domain.support import Channel, Hours
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import Choice, named
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.labels import set_name, trouble
from selfcare.ui.widgets.writing import WritingField
from selfcare.viewmodel.noted_desks import LONGEST_ADDRESS, day_names, desk_typed, hours_typed, kind_choices, refusal


class DeskDialog(FactsDialog):
    """Which way, where, and when somebody is there."""

    chapter = "desk"

    def __init__(self, page: Page) -> None:
        words = page.words
        super().__init__(
            page,
            words,
            title=words.tr("A way to reach your operator"),
            question=words.tr("As it stands on your bill or in your contract. Letters are addressed to it."),
            confirm=words.tr("Keep"),
        )
        self._words, self._zone = words, page.context.zone.key
        self.kind = Choice(words.tr("Way"), kind_choices(words))
        self.body.addWidget(named(words.tr("Way"), self.kind))
        self.name, self.address = QLineEdit(), WritingField(words)
        self.name.setMaxLength(80)
        self.body.addWidget(named(words.tr("Which desk"), self.name))
        self.address.setFixedHeight(self.fontMetrics().lineSpacing() * 5)
        set_name(self.address, words.tr("Number or address"))
        self.body.addWidget(named(words.tr("Number or address"), self.address))
        self.hours = tuple(QLineEdit() for _day in day_names(words))
        for day, field in zip(day_names(words), self.hours, strict=True):
            field.setMaxLength(20)
            field.setPlaceholderText("09:00-18:00")
            self.body.addWidget(named(day, field))
        self.trouble = trouble()
        self.trouble.hide()
        self.body.addWidget(self.trouble)

    def desk(self) -> Channel:
        """What was noted."""
        hours = self._hours() or ()
        return desk_typed(self.kind.value, self.name.text(), self._where(), hours, self._zone, self._words)

    def _where(self) -> str:
        return self.address.toPlainText()[:LONGEST_ADDRESS]

    def _hours(self) -> tuple[Hours, ...] | None:
        return hours_typed([field.text() for field in self.hours])

    def _confirm(self) -> None:
        why = refusal(self._where(), self._hours(), self._words)
        if not why:
            super()._confirm()
            return
        self.trouble.setText(why)
        self.trouble.show()
        self.fit()
