"""Which line a letter is about; what is known of another one is read on the store lane."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from selfcare.ui.context import Reading
from selfcare.ui.pages.leaving_papers import Desk, read_desk
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import Choice, named, part_of_page


class LetterLine(QWidget):
    """A choice, hidden where there is one line."""

    found = Signal(object)
    """The desk of the line that was chosen (leaving_papers.Desk)."""

    def __init__(self, page: Page, desk: Desk) -> None:
        super().__init__()
        self._page = page
        box, column = part_of_page()
        self.setLayout(column)
        box.deleteLater()
        name = page.words.tr("About which line")
        self.choice = Choice(name, list(desk.lines), desk.line_id)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(16)
        self.choice.currentIndexChanged.connect(self._read)
        column.addWidget(named(name, self.choice))
        self.setHidden(len(desk.lines) < 2)

    @Slot()
    def _read(self) -> None:
        line_id = self.choice.value
        self._page.ask(lambda reading: _desk_of(reading, line_id), self.found.emit, key="letter-line")


def _desk_of(reading: Reading, line_id: str) -> Desk:
    from selfcare.leaving.drafts import DRAFT_KEY, Plans, plans_from_bytes

    plans = plans_from_bytes(reading.reader.draft(DRAFT_KEY))
    return read_desk(reading, Plans(line_id, plans.answers))
