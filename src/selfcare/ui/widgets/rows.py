"""The rows of a table of any length, fetched page by page as they come into sight, never all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal, Slot

from selfcare.domain.records import Struct, field
from selfcare.ui.theme import QUIET, font

from .labels import visible

PAGE = 100
"""Rows that are fetched at once."""

Index = QModelIndex | QPersistentModelIndex


class Column(Struct, frozen=True):
    """One column. `right` is for figures; `stretch` takes the room that is left; `width` is in pixels, 0 = by content;
    `tag` shows its cells as tags; `whole` words are never cut, the table scrolls sideways instead; those that
    may stand `below` do so where the table is narrow, in a second line of the row."""

    title: str
    right: bool = False
    stretch: bool = False
    bold: bool = False
    quiet: bool = False
    tag: bool = False
    width: int = 0
    sort: str = ""
    whole: bool = False
    below: bool = False


OVER = "over"
"""The kind of a cell whose words run over the empty cells beside it, as the head of a group does."""


class Cell(Struct, frozen=True):
    """One cell: its words, and the kind of its tag (or its tone), or OVER. `more` is read out after it."""

    text: str = ""
    kind: str = ""
    more: str = ""


class Row(Struct, frozen=True):
    """One row. `key` is what it opens; a row with an empty key opens nothing (a month without a bill)."""

    key: str
    cells: tuple[Cell, ...] = field(default=())


def row(key: str, *cells: str | Cell) -> Row:
    """A row of plain words and cells."""
    return Row(key, tuple(c if isinstance(c, Cell) else Cell(c) for c in cells))


class PagedModel(QAbstractTableModel):
    """A table of which only the pages that were looked at are held.

    `show` replaces everything by its first rows and says how many there are in all; where a later row is looked at,
    `wanted(offset, limit)` is emitted once per page, and `give` fills it in.
    """

    wanted = Signal(int, int)

    def __init__(self, columns: Sequence[Column], parent: Any = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._head: tuple[Row, ...] = ()
        self._pages: dict[int, tuple[Row, ...]] = {}
        self._asked: set[int] = set()
        self._total = 0
        self._offset = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._ask)
        self._missing: set[int] = set()

    def show_rows(self, rows: Sequence[Row], total: int | None = None, offset: int | None = None) -> None:
        """Show these rows first. `total` counts all rows, these included; `offset` is what the first row after these
        is called by whoever fetches it (usually their number)."""
        self.beginResetModel()
        self._head = tuple(rows)
        self._pages.clear()
        self._asked.clear()
        self._missing.clear()
        self._total = len(rows) if total is None else total
        self._offset = len(rows) if offset is None else offset
        self.endResetModel()

    def grow_to(self, total: int) -> None:
        """There are more rows than was known when the first were shown."""
        if total > self._total:
            self.beginInsertRows(QModelIndex(), self._total, total - 1)
            self._total = total
            self.endInsertRows()

    def give(self, offset: int, rows: Sequence[Row]) -> None:
        """Fill in a page that was wanted."""
        page = (offset - self._offset) // PAGE
        if page not in self._asked:
            return
        self._pages[page] = tuple(rows)
        first = len(self._head) + page * PAGE
        last = min(first + len(rows), self._total) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    @property
    def first_rows(self) -> int:
        """How many rows from the top are held for certain."""
        return len(self._head)

    def row_at(self, number: int) -> Row | None:
        """The row at a place, or None while it is being fetched."""
        if number < len(self._head):
            return self._head[number]
        page, place = divmod(number - len(self._head), PAGE)
        rows = self._pages.get(page)
        if rows is None:
            if page not in self._asked:
                self._missing.add(page)
                self._timer.start()
            return None
        return rows[place] if place < len(rows) else None

    def shown_at(self, number: int, column: int) -> tuple[str, str]:
        """The words of one cell as they are shown, and their kind; "…" while the row is being fetched."""
        found = self.row_at(number)
        if found is None:
            return "…", ""
        if column >= len(found.cells):
            return "", ""
        cell = found.cells[column]
        return visible(cell.text, 200), cell.kind

    def number_of(self, key: str) -> int:
        """The place of a row among those that are held, or -1."""
        for number, found in enumerate(self._head):
            if found.key == key:
                return number
        for page, rows in self._pages.items():
            for place, found in enumerate(rows):
                if found.key == key:
                    return len(self._head) + page * PAGE + place
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Part of Qt's contract of models."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Part of Qt's contract of models."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Part of Qt's contract of models: the words, the side they stand on, and what is read out."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[index.column()].right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.UserRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        words, kind = self.shown_at(index.row(), index.column())
        if role == Qt.ItemDataRole.UserRole:
            return kind
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        found = self.row_at(index.row())
        more = found.cells[index.column()].more if found is not None and index.column() < len(found.cells) else ""
        return f"{words} {more}".strip()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Part of Qt's contract of models."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.columns[section].title
        if role == Qt.ItemDataRole.FontRole:
            return font(QUIET)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    @Slot()
    def _ask(self) -> None:
        missing, self._missing = sorted(self._missing), set()
        for page in missing:
            self._asked.add(page)
            self.wanted.emit(self._offset + page * PAGE, PAGE)
