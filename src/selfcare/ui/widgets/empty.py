"""What stands in an empty place: nothing there, not offered, could not be read, and never read are four messages.

None of them is a success, so none has a tick; only what needs nobody ("calm") has one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from selfcare.ui.icons import pixmap
from selfcare.ui.theme import text_scale, tokens_in_use

from .labels import PlainLabel, card_title, set_name, text

if TYPE_CHECKING:
    from selfcare.viewmodel.ages import Absence

_ICONS = {"calm": "check", "nothing": "none", "notOffered": "minus", "failed": "alert", "neverRead": "waiting"}


class EmptyState(QWidget):
    """A picture, a sentence and what follows from it; perhaps one button."""

    def __init__(self, absence: Absence, button: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.absence = absence
        self._picture = PlainLabel()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 16, 8, 16)
        row.setSpacing(16)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        row.addLayout(column, 1)
        self._title = card_title(absence.title)
        self._text = text(absence.text, tone="quiet")
        column.addWidget(self._title)
        column.addWidget(self._text)
        if button is not None:
            column.addSpacing(8)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.show_absence(absence)

    def show_absence(self, absence: Absence) -> None:
        """Say another reason."""
        self.absence = absence
        self._tint()
        self._title.setText(absence.title)
        set_name(self._picture, absence.title)
        self._picture.setVisible(bool(absence.title))  # a picture that says nothing is none
        self._text.setText(absence.text)
        self._text.setVisible(bool(absence.text))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the picture again after the look changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        colour = tokens_in_use().warn if self.absence.kind == "failed" else tokens_in_use().quiet
        self._picture.setPixmap(pixmap(picture_of(self.absence), colour, round(24 * text_scale())))


def picture_of(absence: Absence) -> str:
    """The name of the drawing beside a reason."""
    return _ICONS.get(absence.kind, "minus")
