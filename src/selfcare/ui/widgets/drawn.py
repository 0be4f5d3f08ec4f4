"""A drawing of the program's own: for a screen reader it is a picture, with its name and with what it shows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget


class Drawn(QLabel):
    """Whoever draws something derives from this, gives it an accessible name, and describes what is to be seen.

    Qt tells a screen reader that a label with a picture is a picture, and of a plain widget nothing at all; the picture
    in it is empty and never seen.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setPixmap(QPixmap(1, 1))
