"""A small window that stays above the program while its pages are looked through."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget


class FloatDialog(QDialog):
    """Stands beside the window and stops nothing; Esc closes it."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page.window(), Qt.WindowType.Tool | Qt.WindowType.WindowCloseButtonHint)
        self.setModal(False)
