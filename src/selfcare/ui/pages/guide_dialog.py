"""Test something step by step, say what came of it, and go on to the ticket with that as evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from selfcare.i18n.words import Words
from selfcare.ui.pages.pieces import Choice, named, part_of_page
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.labels import prefilled, quiet, strong, text
from selfcare.ui.widgets.turning import Turning
from selfcare.viewmodel.guided_test import LONGEST, GuideView, Outcome, Trial


class GuideDialog(FactsDialog):
    """The steps, each with what came of it. Every answer is kept at once by `keep`; yes means: on to the ticket, or,
    where the operator takes none (`to_ticket` False), to the note of a call."""

    chapter = "guide"

    def __init__(
        self, parent: QWidget | None, words: Words, view: GuideView, before: Trial, today: date,
        keep: Callable[[Trial], None], *, to_ticket: bool = True,
    ) -> None:  # fmt: skip
        super().__init__(
            parent,
            words,
            title=view.title,
            question=view.text,
            confirm=words.tr("On to the ticket") if to_ticket else words.tr("Note a call about it"),
            cancel=words.tr("Close"),
        )
        self._before, self._today, self._keep = before, today, keep
        if view.known:
            self.body.addWidget(text(view.known, tone="warn"))
        self.choices: dict[str, Choice] = {}
        for number, step in enumerate(view.steps, start=1):
            box, column = part_of_page()
            column.setSpacing(2)
            column.addWidget(strong(f"{number}. {step.title}"))
            column.addWidget(quiet(step.how))
            choice = Choice(step.title, view.outcomes, before.tried.get(step.key, Outcome.NOT_TRIED))
            choice.currentIndexChanged.connect(self._changed)
            self.choices[step.key] = choice
            self.body.addWidget(Turning(box, choice))
        self.seen_field = QLineEdit(prefilled(before.seen))
        self.seen_field.setMaxLength(LONGEST)
        self.seen_field.editingFinished.connect(self._changed)
        self.body.addWidget(named(words.tr("What you see or hear"), self.seen_field))
        self._good = text(
            words.tr("If it works now, nothing needs to be sent. What you tried stays here."), tone="good"
        )
        self._good.setVisible(before.has_helped)
        self.body.addWidget(self._good)
        self.body.addStretch(1)

    def trial(self) -> Trial:
        """What was tried as it stands in the fields; the day is today's where anything was changed."""
        tried = {key: Outcome(choice.value) for key, choice in self.choices.items()}
        seen = self.seen_field.text().strip()
        same = seen == self._before.seen and tried == {k: self._before.tried.get(k, Outcome.NOT_TRIED) for k in tried}
        return Trial(tried, seen, self._before.day if same else self._today)

    @Slot()
    def _changed(self) -> None:
        trial = self.trial()
        self._good.setVisible(trial.has_helped)
        self._keep(trial)
