"""When a promise was kept: now, or earlier, if the customer only notes it later."""

from __future__ import annotations

from datetime import datetime

from selfcare.case.notebook import Word
from selfcare.ui.pages.moment_field import moment_field, moment_name, read_moment
from selfcare.ui.pages.pieces import named
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.labels import trouble
from selfcare.viewmodel.case_noting import kept_refusal

from .page import Page


class KeptDialog(FactsDialog):
    """One moment, which is now to begin with."""

    chapter = "promise"

    def __init__(self, page: Page, word: Word) -> None:
        words, context = page.words, page.context
        facts = [(words.tr("What was promised"), word.said)]
        if word.due is not None:
            facts.append((words.tr("Due"), words.instant(word.due, context.zone, context.today())))
        super().__init__(
            page,
            words,
            title=words.tr("It was kept"),
            question=words.tr("When? What came in time counts as kept in time, also if you note it later."),
            facts=facts,
            confirm=words.tr("Keep"),
        )
        self._page, self._word = page, word
        name = moment_name(page, words.tr("It was kept on"))
        self._first = context.now()
        self.field = moment_field(page, name, self._first)
        self._shown = read_moment(self.field)
        self.field.setCalendarPopup(True)
        self.body.addWidget(named(name, self.field))
        self.trouble = trouble()
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.field.setFocus()

    def moment(self) -> datetime:
        """When it was kept."""
        chosen = read_moment(self.field)
        return self._first if chosen == self._shown else chosen

    def _confirm(self) -> None:
        why = kept_refusal(self._word, self.moment(), self._page.context.now(), self._page.words)
        if not why:
            super()._confirm()
            return
        self.trouble.setText(why)
        self.trouble.show()
        self.fit()
