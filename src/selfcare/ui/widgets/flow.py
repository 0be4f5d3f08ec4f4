"""Puts things side by side and starts a new row when the window is narrow or the text is large."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """A row that wraps. Right-to-left languages start at the right."""

    def __init__(
        self, parent: QWidget | None = None, *, gap: int = 8, at_end: bool = False, in_columns: bool = False
    ) -> None:
        """`gap` is between two things, and at most 16 of it between two rows. `at_end` lets each row stand at the end
        of the line, as amounts and the buttons of a question do. `in_columns`: what needs several rows stands in
        columns, as many in each row but the last."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._hint = self._least = QSize()
        self._gap, self._down = gap, min(gap, 16)
        self._at_end, self._in_columns = at_end, in_columns
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Part of Qt's contract of layouts."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """Part of Qt's contract of layouts."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Part of Qt's contract of layouts."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Part of Qt's contract of layouts."""
        self._forget()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high the rows are at a width."""
        if width not in self._heights:  # Qt asks a dozen times for each change
            margins = self.contentsMargins()
            inner = width - margins.left() - margins.right()
            rows = self._arrange(QRect(0, 0, inner, 0), move=False)
            self._heights[width] = rows + margins.top() + margins.bottom()
        return self._heights[width]

    def invalidate(self) -> None:
        """Something in it is of another size."""
        self._forget()
        super().invalidate()

    def _forget(self) -> None:
        self._heights.clear()
        self._hint = self._least = QSize()

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        self._arrange(rect.marginsRemoved(self.contentsMargins()), move=True)

    def sizeHint(self) -> QSize:
        """All in one row."""
        if not self._hint.isValid():
            hints = [item.sizeHint() for item in self._shown()]
            wide = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
            self._hint = self._with_margins(QSize(wide, max((hint.height() for hint in hints), default=0)))
        return self._hint

    def minimumSize(self) -> QSize:
        """The widest single thing."""
        if not self._least.isValid():
            size = QSize()
            for item in self._shown():
                size = size.expandedTo(item.minimumSize())
            self._least = self._with_margins(size)
        return self._least

    def _with_margins(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return QSize(size.width() + margins.left() + margins.right(), size.height() + margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [i for i in self._items if not i.isEmpty()]

    def _cells(self, room: int) -> tuple[int, int]:
        """How wide each thing stands at the least, and how many in a row at the most (0: as many as there is room)."""
        shown = self._shown()
        if not self._in_columns or self.sizeHint().width() <= room or not shown:
            return 0, 0
        widest = max(item.sizeHint().width() for item in shown)
        fitting = max(1, (room + self._gap) // (widest + self._gap))
        rows = -(-len(shown) // fitting)
        most = -(-len(shown) // rows)
        return min(room, max(widest, (room + self._gap) // most - self._gap)), most

    def _wide_enough(self, item: QLayoutItem, hint: int, room: int, together: int) -> int:
        """A text that may wrap takes what the others in its row leave free before it does; Qt's guess is narrow.

        `together` is how wide all of them are in one row. Where they do not fit beside it, it has the row for itself.
        """
        label = item.widget()
        if not isinstance(label, QLabel) or not label.wordWrap() or self._in_columns:
            return hint
        others = together - item.sizeHint().width()
        margins = label.contentsMargins()
        whole = label.fontMetrics().size(0, label.text()).width() + margins.left() + margins.right()
        free = room - others if room - others >= hint else room
        return max(hint, min(whole + 2 * label.margin(), free))

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, row = rect.x(), rect.y(), 0
        parent = self.parentWidget()
        mirrored = parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft
        rows: list[list[tuple[QLayoutItem, QRect]]] = [[]]
        cell, most = self._cells(rect.width())
        together = self.sizeHint().width()
        for item in self._shown():
            size = item.sizeHint().boundedTo(QSize(max(rect.width(), item.minimumSize().width()), 16777215))
            size.setWidth(self._wide_enough(item, size.width(), rect.width(), together))
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            size.setWidth(max(size.width(), cell))
            if rows[-1] and (x + size.width() > rect.right() + 1 or len(rows[-1]) == most):
                x, y, row = rect.x(), y + row + self._down, 0
                rows.append([])
            rows[-1].append((item, QRect(QPoint(x, y), size)))
            x += size.width() + self._gap
            row = max(row, size.height())
        if move:
            for line in rows:
                high = max((place.height() for _item, place in line), default=0)
                free = rect.right() - line[-1][1].right() if line and self._at_end else 0
                for item, place in line:
                    place.translate(max(0, free), 0)
                    place.moveTop(place.top() + (high - place.height()) // 2)
                    if mirrored:
                        place.moveLeft(rect.left() + rect.right() - place.right())
                    item.setGeometry(place)
        return y + row - rect.y()


def flow(*widgets: QWidget, gap: int = 8, at_end: bool = False, in_columns: bool = False) -> QWidget:
    """Widgets in a row that wraps, as one widget."""
    box = QWidget()
    layout = FlowLayout(box, gap=gap, at_end=at_end, in_columns=in_columns)
    for widget in widgets:
        layout.addWidget(widget)
    return box
