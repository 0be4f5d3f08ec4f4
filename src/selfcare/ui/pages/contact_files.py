"""The files that are put to a contact: chosen, looked at off the window's thread, and named below the button."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from selfcare.account.notebook import LARGEST_FILE, unfit
from selfcare.case.notebook import Noted
from selfcare.ui.pages.pieces import part_of_page
from selfcare.ui.widgets.buttons import plain
from selfcare.ui.widgets.labels import quiet, trouble, visible
from selfcare.viewmodel.case_noting import LeftOut, left_out_text

from .page import Page

MOST_MEGABYTES = LARGEST_FILE >> 20


class ContactFiles(QWidget):
    """A button, and the names of what goes along; what cannot is told and left out."""

    changed = Signal()
    """A file was added or left out."""

    def __init__(self, page: Page, noted: Noted) -> None:
        super().__init__()
        self._page, self._words = page, page.words
        self._kept = [file.name for file in noted.files]
        self._handed: tuple[Path, ...] = ()
        self._new: tuple[Path, ...] = ()
        box, column = part_of_page()
        self.setLayout(column)
        box.deleteLater()
        self.named, self.trouble = quiet(""), trouble()
        self.trouble.hide()
        button = plain(self._words.tr("Attach files…"), self._choose)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.named)
        column.addWidget(self.trouble)
        self._show()

    @property
    def count(self) -> int:
        """How many files the contact has, with those that are still to be read."""
        return len(self._kept) + len(self._handed) + len(self._new)

    @property
    def new(self) -> tuple[Path, ...]:
        """The files that were chosen and not handed over yet."""
        return self._new

    def add(self, paths: Iterable[Path]) -> None:
        """Put files to the contact; whether they can be is looked at on the store lane."""
        added = tuple(path for path in paths if path not in (*self._handed, *self._new))
        self._new = (*self._new, *added)
        self._show()
        self.changed.emit()
        self._page.context.store_lane.ask(self, partial(_unfit, added), self.leave_out, self._page.show_failure)

    def hand_over(self) -> None:
        """What is new was handed over: it is not handed over again."""
        self._handed, self._new = (*self._handed, *self._new), ()

    def leave_out(self, left: Sequence[tuple[Path, str]]) -> None:
        """Take away what cannot be put to the contact, and say why."""
        if not left:
            return
        gone = {path for path, _why in left}
        self._new = tuple(path for path in self._new if path not in gone)
        self._handed = tuple(path for path in self._handed if path not in gone)
        self.trouble.setText(left_out_text(left_out(left), MOST_MEGABYTES, self._words))
        self.trouble.show()
        self._show()
        self.changed.emit()

    @Slot()
    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(self, self._words.tr("Attach files…"), str(Path.home()))
        if chosen:
            self.trouble.hide()
            self.add(Path(one) for one in chosen)

    def _show(self) -> None:
        names = [*self._kept, *(path.name for path in (*self._handed, *self._new))]
        self.named.setText(self._words.listing([visible(name, 60) for name in names]))
        self.named.setVisible(bool(names))


def left_out(left: Sequence[tuple[Path, str]]) -> tuple[LeftOut, ...]:
    """Files that were left out, by the names that are shown."""
    return tuple(LeftOut(visible(path.name, 60), why) for path, why in left)


def _unfit(paths: Sequence[Path]) -> tuple[tuple[Path, str], ...]:
    return tuple((path, why) for path in paths if (why := unfit(path)))
