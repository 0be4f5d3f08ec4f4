"""A firm's many lines in one table: filtered, put in groups with what each costs, and saved as CSV."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from selfcare.i18n.words import Words
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.paper_saving import save_file
from selfcare.ui.pages.pieces import Choice
from selfcare.ui.speaking import AfterTyping
from selfcare.ui.theme import text_scale
from selfcare.ui.widgets.buttons import plain
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import quiet
from selfcare.ui.widgets.table import OVER, Cell, Column, DataTable, Row, row
from selfcare.viewmodel.lines_table import cost_of, end_text, grouped, groupings, lines_csv
from selfcare.viewmodel.services import LineView, ServicesView

PLAN = 2
"""The column whose words are read whole."""

COMMITMENT = 4
"""The column of the table that gives way first."""

WIDE = 1000
"""Pixels from which on there is room for all columns."""


class _Filter(QLineEdit):
    """A field in which its whole hint can be read, where there is room for it."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.setPlaceholderText(hint)

    def sizeHint(self) -> QSize:
        """As wide as the hint, its edges and the cross."""
        hint = super().sizeHint()
        wide = self.fontMetrics().horizontalAdvance(self.placeholderText()) + round(60 * text_scale())
        return QSize(max(hint.width(), wide), hint.height())


class LinesTable(QWidget):
    """The table with its filter, its groups and its way into a file."""

    opened = Signal(str)
    """A line, by its id."""

    def __init__(
        self, words: Words, today: Callable[[], date], save: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.words, self._today = words, today
        self._is_narrow = False
        self._view: ServicesView | None = None
        self.found: tuple[LineView, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.filter = _Filter(words.tr("Filter: number, user, plan, option, state…"))
        self.filter.setAccessibleName(words.tr("Filter the lines"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(round(200 * text_scale()))
        self.filter.textChanged.connect(self._show)
        self.groups = Choice(words.tr("Put the lines in groups"), groupings(words))
        self.groups.currentIndexChanged.connect(self._show)
        self.save_button = plain(words.tr("Save as CSV…"), save)
        self._count = quiet("")
        self._spoken = AfterTyping(self)
        self._typed = ""
        column.addWidget(flow(self.filter, self.groups, self.save_button))
        column.addWidget(self._count)
        self.table = DataTable(
            (
                Column(words.tr("Number"), bold=True),
                Column(words.tr("Used by")),
                Column(words.tr("Plan"), stretch=True),
                Column(words.tr("Cost"), right=True),
                Column(words.tr("Commitment"), quiet=True),
                Column(words.tr("Works?"), tag=True),
            ),
            words.tr("Lines"),
        )
        self.table.activated_key.connect(self.opened)
        self.table.clicked.connect(lambda _index: self.opened.emit(self.table.current_key()))
        column.addWidget(self.table, 1)
        self.table.setMinimumHeight(320)

    def show_view(self, view: ServicesView) -> None:
        """Show the lines as they are filtered and grouped already."""
        self._view = view
        self._show()

    def fit(self, wide: int) -> None:
        """Where it is narrow the commitment is told on the line's own card only."""
        self._is_narrow = wide < WIDE * text_scale()
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The table has its new width by now."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """A plan is read whole: the commitment gives way to it."""
        table = self.table
        table.setColumnHidden(COMMITMENT, self._is_narrow)
        others = sum(table.columnWidth(n) for n in range(table.rows.columnCount()) if n != PLAN)
        if table.viewport().width() - others < table.sizeHintForColumn(PLAN):
            table.setColumnHidden(COMMITMENT, True)

    @Slot()
    def _show(self) -> None:
        if self._view is None:
            return
        typed, words = self.filter.text(), self.words
        self.found = self._view.found(typed)
        self.table.show_rows(list(self._rows()))
        self._make_room()
        if typed.strip():
            said = words.trn(
                "{count} line found of {all}",
                "{count} lines found of {all}",
                len(self.found),
                all=words.number(len(self._view.lines)),
            )
            if typed != self._typed:  # a reading that shows the same again is no news
                self._spoken.say(said)
            self._count.setText(" · ".join(part for part in (said, cost_of(self.found, words)) if part))
        self._typed = typed
        self._count.setVisible(bool(typed.strip()))

    def _rows(self) -> Sequence[Row]:
        nothing, by = self.words.tr("not stated"), self.groups.value
        if not by:
            return [self._row(line, nothing) for line in self.found]
        rows: list[Row] = []
        for group in grouped(self.found, by, self.words):
            head = Cell(f"{group.title} · {group.count}", OVER)
            rows.append(row("", head, "", "", group.cost or nothing, "", Cell()))
            rows += [self._row(line, nothing) for line in group.lines]
        return rows

    def _row(self, line: LineView, nothing: str) -> Row:
        return row(
            line.id,
            line.title,
            line.user,
            line.plan,
            line.cost or nothing,
            end_text(line, self.words, self._today()),
            Cell(line.health.text, line.health.tone),
        )


def save_lines(page: Page, table: LinesTable) -> None:
    """Ask where to, and write the lines that are found in the order in which they stand."""
    words, found = page.words, table.found
    start = str(Path.home() / f"{words.tr('lines')}.csv")
    chosen, _kind = QFileDialog.getSaveFileName(page, words.tr("Save the lines"), start, words.tr("Tables (*.csv)"))
    if chosen:
        save_file(page, lambda: lines_csv(found, words), Path(chosen))
