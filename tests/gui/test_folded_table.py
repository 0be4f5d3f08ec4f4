"""A table that is too narrow for its columns tells them in further lines of each row; nothing goes out of sight."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from selfcare.ui.pages.bill_room import BESIDE_ROWS, BesideEachOther
from selfcare.ui.theme import Theme
from selfcare.ui.widgets.table import Cell, Column, DataTable, row
from tests.shots.wholeness import unreadable

COLUMNS = (
    Column("Date"),
    Column("Number", quiet=True, stretch=True, whole=True, below=True),
    Column("Total", right=True, bold=True),
    Column("Against last", right=True, below=True),
    Column("State", tag=True, below=True),
)
ROWS = [
    row(str(n), "17 Nov 2026", "447100031", "£241.37", "+£156.37", Cell("not like the others", "bad")) for n in range(9)
]


@pytest.fixture
def table(qtbot: QtBot, theme: Theme) -> Iterator[DataTable]:
    """A table in a window of its own."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    made = DataTable(COLUMNS, "Bills")
    made.setMinimumWidth(0)
    column.addWidget(made)
    window.resize(800, 600)
    window.show()
    made.show_rows(ROWS)
    QApplication.processEvents()
    yield made
    window.close()


def hidden(table: DataTable) -> list[int]:
    return [n for n in range(len(COLUMNS)) if table.isColumnHidden(n)]


def resize(table: DataTable, width: int) -> None:
    table.window().resize(width, 600)
    QApplication.processEvents()


@pytest.mark.parametrize("mirrored", [False, True], ids=["ltr", "rtl"])
def test_columns_go_below_and_come_back(table: DataTable, mirrored: bool) -> None:
    table.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    usual = table.rowHeight(0)
    assert (hidden(table), table.is_folded) == ([], False)
    for width, lines in ((480, 1), (330, 2)):
        resize(table, width)
        assert hidden(table) == [1, 3, 4], width
        assert table.rowHeight(0) >= usual + lines * usual // 2, width
        assert table.horizontalScrollBar().maximum() == 0, width
        assert unreadable(table.window()) == [], width
        assert all(table.room_of(n) >= table._wanted[n] for n in range(5)), width
    resize(table, 800)
    assert (hidden(table), table.rowHeight(0)) == ([], usual)
    assert table.columnWidth(0) == table._wanted[0]


def test_what_was_left_out_stays_out(table: DataTable) -> None:
    table.leave_out((3, 4))
    assert hidden(table) == [3, 4]
    resize(table, 240)
    assert hidden(table) == [1, 3, 4]
    resize(table, 800)
    assert hidden(table) == [3, 4]
    table.leave_out(())
    assert hidden(table) == []


def test_what_stands_below_is_painted(table: DataTable) -> None:
    resize(table, 480)
    image = table.viewport().grab().toImage()
    top, bottom = table.rowViewportPosition(2) + table._row_height, table.rowViewportPosition(3) - 2
    inks = {image.pixelColor(x, y).name() for y in range(top, bottom) for x in range(0, image.width(), 2)}
    assert len(inks) > 3


def test_a_column_that_nobody_sees_is_noticed(table: DataTable) -> None:
    table.rows.columns = tuple(
        Column(c.title, c.right, c.stretch, c.bold, c.quiet, c.tag, c.width, c.sort, c.whole) for c in COLUMNS
    )
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    resize(table, 330)
    found = unreadable(table.window())
    assert "column out of sight: Bills, State" in found
    table.setColumnWidth(2, 30)
    assert "cut in a table: £241.37" in unreadable(table.window())


@pytest.mark.parametrize(("share", "folds"), [(0.62, False), (0.7, True)], ids=["room", "none"])
def test_a_list_beside_a_bill_unfolds_where_its_share_of_the_page_is_enough(
    qtbot: QtBot, theme: Theme, share: float, folds: bool
) -> None:
    """What it takes while it is folded is not what it needs."""
    window = QWidget()
    qtbot.addWidget(window)
    made, other = DataTable(COLUMNS, "Bills"), QWidget()
    two = BesideEachOther(made, other, made)
    window.setLayout(two)
    two.setContentsMargins(0, 0, 0, 0)
    window.resize(460, 600)
    window.show()
    made.show_rows(ROWS)
    QApplication.processEvents()
    assert made.is_folded
    whole = made.whole_width()
    assert whole == sum(made._wanted) > made.viewport().width()
    page = round((whole + BESIDE_ROWS) / share)
    window.resize(page, 600)
    two.give_room(page)
    QApplication.processEvents()
    assert made.is_folded is folds
    made.leave_out((3, 4))
    assert made.whole_width() == sum(made._wanted[:3]) < whole
