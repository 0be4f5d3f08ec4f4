"""A picture that has the keyboard is framed, and the frame leaves its words whole."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from selfcare.ui.theme import QUIET, TEXT, Theme, font
from selfcare.ui.widgets.chart import BarChart
from selfcare.ui.widgets.rows_chart import RowsChart
from selfcare.viewmodel.bars import Bar
from selfcare.viewmodel.pictures import PictureRow, PictureView

WIDE = 480


def framed(qtbot: QtBot, picture: QWidget, words: list[QRect]) -> list[bool]:
    """Whether the keyboard changes each of these places, and the picture as a whole."""
    qtbot.addWidget(picture)
    picture.resize(WIDE, picture.sizeHint().height())
    picture.show()
    picture.clearFocus()
    bare = picture.grab().toImage()
    picture.setFocus()
    qtbot.waitUntil(picture.hasFocus)
    seen = picture.grab().toImage()
    return [bare.copy(place) != seen.copy(place) for place in (*words, picture.rect())]


def test_the_frame_of_a_chart_leaves_its_months_and_what_is_usual_whole(qtbot: QtBot, theme: Theme) -> None:
    chart = BarChart("Bills over time")
    chart.show_bars([Bar("May 2024", "£40.00", 1.0, key="1"), Bar("November 2026", "£40.00", 1.0, key="2")])
    chart.show_usual("£40.00", 0.5)
    metrics = QFontMetrics(font(QUIET))
    high, beside = metrics.height(), metrics.horizontalAdvance("£40.00")
    tall = chart.sizeHint().height()
    words = [QRect(0, tall - high, WIDE, high), QRect(WIDE - beside, 0, beside, tall)]
    assert framed(qtbot, chart, words) == [False, False, True]


def test_the_frame_of_rows_leaves_names_and_figures_whole(qtbot: QtBot, theme: Theme) -> None:
    rows = (PictureRow("A plan", (1.0,), ("£384.00",)), PictureRow("An option", (0.2,), ("£40.00",)))
    chart = RowsChart(PictureView("Where it goes", ("2026",), rows, "described"))
    metrics = QFontMetrics(font(TEXT))
    name, figure = metrics.horizontalAdvance("An option"), metrics.horizontalAdvance("£384.00")
    tall = chart.sizeHint().height()
    words = [QRect(0, 0, name, tall), QRect(WIDE - figure, 0, figure, tall)]
    assert framed(qtbot, chart, words) == [False, False, True]
