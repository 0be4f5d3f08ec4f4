"""Pictures in a program that is read from right to left: words stand where their bars and months stand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from selfcare.ui.pages.leaving_picture import CostCourse
from selfcare.ui.theme import Theme
from selfcare.ui.widgets.chart import BarChart
from selfcare.ui.widgets.rows_chart import RowsChart
from selfcare.viewmodel.bars import Bar
from selfcare.viewmodel.leaving_cost_picture import CostPicture
from selfcare.viewmodel.pictures import PictureRow, PictureView

WIDE = 480


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    """The whole program reads from right to left, as it would in such a language."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def drawn(qtbot: QtBot, widget: QWidget) -> QImage:
    """What the widget paints, `WIDE` wide."""
    qtbot.addWidget(widget)
    widget.resize(WIDE, widget.sizeHint().height())
    return widget.grab().toImage()


def inked(picture: QImage, left: int, right: int, top: int, bottom: int) -> bool:
    """Whether anything is painted there."""
    ground = picture.pixel(WIDE // 2, 0)
    return any(picture.pixel(x, y) != ground for x in range(left, right) for y in range(top, bottom))


@pytest.mark.usefixtures("mirrored")
def test_names_and_figures_of_rows_stand_at_the_edges(qtbot: QtBot, theme: Theme) -> None:
    rows = (
        PictureRow("A name", (0.2,), ("£1.00",)),
        PictureRow("A name as wide as can be", (1.0,), ("£5,000,000.00",)),
    )
    picture = drawn(qtbot, RowsChart(PictureView("Where it goes", ("2026",), rows, "described")))
    assert inked(picture, WIDE - 8, WIDE, 4, 30), "the name begins at the right edge"
    assert inked(picture, 0, 8, 4, 30), "the figure ends at the left edge"


@pytest.mark.usefixtures("mirrored")
def test_the_first_month_of_a_cost_stands_where_the_picture_begins(qtbot: QtBot, theme: Theme) -> None:
    course = CostPicture(
        points=((0, 1, 1), (1, 0, 0)), mark=None, end_x=None, end_label="", first_label="March 2026",
        last_label="", top_label="£192.00", zero_label="£0.00", spoken="", note="",
    )  # fmt: skip
    picture = drawn(qtbot, CostCourse("Cost", course))
    foot = (picture.height() - 12, picture.height())
    assert inked(picture, WIDE // 2, WIDE, *foot), "the first month is at the right"
    assert not inked(picture, 0, WIDE // 2, *foot)


@pytest.mark.usefixtures("mirrored")
def test_the_first_month_of_bars_stands_below_the_first_bar(qtbot: QtBot, theme: Theme) -> None:
    chart = BarChart("Bills over time")
    chart.show_bars([Bar("May", "£40.00", 1.0, key="1"), Bar("November two thousand", "£40.00", 1.0, key="2")])
    chart.show_usual("", 0)
    picture = drawn(qtbot, chart)
    months = (picture.height() - 10, picture.height())
    assert inked(picture, WIDE - 30, WIDE, *months)
    assert not inked(picture, WIDE - 130, WIDE - 60, *months), "the short name is at the right"
