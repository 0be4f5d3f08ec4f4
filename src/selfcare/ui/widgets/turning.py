"""Something with its button beside it; the button goes below where the window is narrow or the text is large."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget


class Turning(QWidget):
    """The main thing takes the width that is left; the aside keeps the width that it needs."""

    def __init__(self, main: QWidget, aside: QWidget, *, at: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop) -> None:
        """`at` is where the aside stands beside the main thing: at its top or at its foot."""
        super().__init__()
        self._main, self._aside = main, aside
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._row.addWidget(main, 1)
        self._row.addWidget(aside, 0, at)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two."""
        hint = super().minimumSizeHint()
        wide = max(self._main.minimumSizeHint().width(), self._aside.minimumSizeHint().width())
        return QSize(wide, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose by the width."""
        needed = self._main.sizeHint().width() + self._aside.sizeHint().width() + 16
        is_narrow = event.size().width() < needed
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != way:
            self._row.setDirection(way)
            self._row.setSpacing(8 if is_narrow else 16)
        super().resizeEvent(event)
