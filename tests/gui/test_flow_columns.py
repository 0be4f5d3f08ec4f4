"""Totals that need two rows stand in columns; what fits in one row stands as it is."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from selfcare.ui.widgets.flow import flow


def places(qtbot: QtBot, widths: list[int], room: int) -> list[tuple[int, int]]:
    parts = []
    for width in widths:
        part = QWidget()
        part.setFixedHeight(20)
        part.setMinimumWidth(width)
        part.sizeHint = part.minimumSize  # type: ignore[method-assign]
        parts.append(part)
    box = flow(*parts, gap=32, in_columns=True)
    qtbot.addWidget(box)
    box.resize(room, 200)
    box.show()
    return [(part.x(), part.y()) for part in parts]


@pytest.mark.parametrize(("count", "first"), [(8, 4), (7, 4), (6, 3), (9, 5)])
def test_rows_are_even_and_stand_below_each_other(qtbot: QtBot, count: int, first: int) -> None:
    found = places(qtbot, [100, 160, 120, 90, 150, 80, 110, 70, 60][:count], 950 if count != 6 else 600)
    rows = sorted({y for _x, y in found})
    above = [x for x, y in found if y == rows[0]]
    assert len(rows) == 2
    assert len(above) == first
    assert [x for x, y in found if y == rows[1]] == above[: count - first]


def test_one_row_is_left_alone(qtbot: QtBot) -> None:
    assert places(qtbot, [100, 160, 120], 950) == [(0, 0), (132, 0), (324, 0)]
