"""Hours without service, noted by hand: from when, until when, or still; each that was noted can be taken away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDateTimeEdit, QWidget

from selfcare.case.notebook import BadNote, DeadTime, Notebook, with_spell, without_spell
from selfcare.ui.pages.moment_field import moment_field, moment_name, read_moment
from selfcare.ui.pages.pieces import named
from selfcare.ui.widgets.buttons import link
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import set_description, text, trouble
from selfcare.ui.widgets.ticks import Tick, TickedRow
from selfcare.viewmodel.case_noting import refusal
from selfcare.viewmodel.case_spells import spell_text

from .page import Page


class NoServiceDialog(FactsDialog):
    """The times that are noted, and one to put in. `drop` takes one away at once.

    One that still lasts is opened again, so that its end can be said.
    """

    chapter = "noService"

    def __init__(self, page: Page, notebook: Notebook, drop: Callable[[datetime], None]) -> None:
        words, context = page.words, page.context
        super().__init__(
            page,
            words,
            title=words.tr("Hours without service"),
            question=words.tr("Note when a line was dead. The hours are counted in your case file and the dossier."),
            confirm=words.tr("Keep these hours"),
            cancel=words.tr("Close"),
        )
        self._page, self._notebook, self._drop = page, notebook, drop
        self._lasting = next((s for s in notebook.without_service if s.ended is None), None)
        for spell in notebook.without_service:
            self.body.addWidget(self._row(spell, spell_text(spell, words, context.zone, context.today())))
        now = context.now()
        began = self._lasting.began if self._lasting is not None else now
        since, until = moment_name(page, words.tr("Without service from")), moment_name(page, words.tr("until"))
        self.began = _field(page, since, began)
        self.body.addWidget(named(since, self.began))
        self.still = Tick()
        self.still.setChecked(self._lasting is None)
        self.body.addWidget(TickedRow(self.still, "still", words.tr("There is still no service"), ""))
        self.ended = _field(page, until, now)
        self._until = named(until, self.ended)
        self._until.setVisible(self._lasting is not None)
        self.body.addWidget(self._until)
        self.trouble = trouble()
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.still.toggled.connect(self._lasts)
        self.began.setFocus()

    @property
    def lasting(self) -> datetime | None:
        """When the one began that is opened again here; None where a new one is noted."""
        return self._lasting.began if self._lasting is not None else None

    def spell(self) -> DeadTime:
        """What is written now."""
        began = read_moment(self.began)
        lasting = self._lasting
        if lasting is not None and began == lasting.began.replace(second=0, microsecond=0):
            began = lasting.began
        return DeadTime(began, None if self.still.isChecked() else read_moment(self.ended))

    def _row(self, spell: DeadTime, said: str) -> QWidget:
        away = link(self._page.words.tr("Take it away"))
        set_description(away, said)
        row = flow(text(said), away)
        away.clicked.connect(partial(self._away, spell, row))
        return row

    def _away(self, spell: DeadTime, row: QWidget, _checked: bool = False) -> None:
        self._notebook = without_spell(self._notebook, spell.began)
        row.hide()
        if spell == self._lasting:
            self._lasting = None
        self._drop(spell.began)

    @Slot(bool)
    def _lasts(self, still: bool) -> None:
        self._until.setVisible(not still)
        self.fit()

    def _confirm(self) -> None:
        try:
            with_spell(self._notebook, self.spell(), self._page.context.now())
        except BadNote as bad:
            self.trouble.setText(refusal(bad.what, self._page.words))
            self.trouble.show()
            self.fit()
            return
        super()._confirm()


def _field(page: Page, name: str, value: datetime) -> QDateTimeEdit:
    field = moment_field(page, name, value.replace(second=0, microsecond=0))
    field.setCalendarPopup(True)
    return field
