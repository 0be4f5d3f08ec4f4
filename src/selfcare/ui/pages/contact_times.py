"""When a contact began and how long it took: asked for one that is over, and for a running one that cannot be right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from selfcare.case.deadlines import WorkingDays
from selfcare.case.notebook import LONGEST_CALL, Noted, Word
from selfcare.domain.records import replace
from selfcare.ui.pages.moment_field import moment_field, moment_name, read_moment
from selfcare.ui.pages.pieces import named, part_of_page
from selfcare.ui.widgets.labels import quiet, set_name
from selfcare.viewmodel.case_following import followed, following_sentence

from .page import Page
from .promise_fields import read_days

MOST_MINUTES = int(LONGEST_CALL.total_seconds() // 60)


class ContactTimes(QWidget):
    """Two fields. What is not touched stays as it was noted, to the second; an end that is not known stays unknown.

    What was `promised` in a contact that is over follows its times: by when it is due then is said under them.
    """

    changed = Signal()
    """A day, a time or a length was set."""

    def __init__(self, page: Page, noted: Noted, promised: Sequence[Word] = ()) -> None:
        super().__init__()
        self._page, self._noted, words = page, noted, page.words
        self._promised = () if noted.is_running else promised
        box, column = part_of_page()
        self.setLayout(column)
        box.deleteLater()
        began = moment_name(page, words.tr("It began"))
        self.started = moment_field(page, began, noted.started)
        for inner in self.started.findChildren(QLineEdit):
            inner.setTextMargins(10, 0, 0, 0)
        column.addWidget(named(began, self.started))
        took = words.tr("How many minutes it took")
        self.minutes = number_field(took, max(0, round(noted.length.total_seconds() / 60)), MOST_MINUTES)
        self.minutes.setSpecialValueText(words.tr("not known"))
        column.addWidget(named(took, self.minutes))
        self._was = (read_moment(self.started), self.minutes.value())
        self.started.dateTimeChanged.connect(self.changed)
        self.minutes.valueChanged.connect(self.changed)
        self.follows = quiet("")
        self.follows.hide()
        column.addWidget(self.follows)
        reading = page.context.reading()
        if self._promised and reading is not None:
            page.context.store_lane.ask(self, lambda: read_days(reading), self._know, page.show_failure)
        self.setVisible(not noted.is_running)

    def _know(self, days: WorkingDays) -> None:
        self._days = days
        self.changed.connect(self._say_what_follows)
        self._say_what_follows()

    @Slot()
    def _say_what_follows(self) -> None:
        context, words = self._page.context, self._page.words
        started, ended = self.times(context.now(), is_over=True)
        after = replace(self._noted, started=started, ended=ended)
        country = context.profile.country if context.profile is not None else ""
        both = [
            (word, followed(word, self._noted, after, country, context.zone, self._days)) for word in self._promised
        ]
        self.follows.setText(following_sentence(both, words, context.zone, context.today()))
        self.follows.setVisible(bool(self.follows.text()))

    @property
    def is_asked(self) -> bool:
        """The fields are shown, and so what stands in them counts."""
        return not self.isHidden()

    def times(self, now: datetime, *, is_over: bool) -> tuple[datetime, datetime | None]:
        """When it began and when it ended: None while it runs, and where nobody knows."""
        noted = self._noted
        if not self.is_asked:
            return noted.started, now if is_over else None
        began, minutes = read_moment(self.started), self.minutes.value()
        started = noted.started if began == self._was[0] else began
        if noted.is_running and not is_over:
            return started, None
        if minutes != self._was[1]:
            return started, started + timedelta(minutes=minutes) if minutes else None
        if noted.is_running:
            return started, now if timedelta() <= now - started <= LONGEST_CALL else None
        return started, None if noted.ended is None else started + noted.length


def number_field(name: str, value: int, most: int) -> QSpinBox:
    """A field for a whole number from none on."""
    field = QSpinBox()
    for inner in field.findChildren(QLineEdit):
        set_name(inner, name)
        inner.setTextMargins(10, 0, 0, 0)
    field.setRange(0, most)
    field.setValue(value)
    return field
