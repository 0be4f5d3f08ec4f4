"""What cannot be chosen now is seen to be off, also where colours say little."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from selfcare.ui.theme import CONTRAST_DARK, DARK, LIGHT, Tokens, palette_of, style_sheet
from selfcare.ui.widgets.ticks import Tick, TickedRow


def edge(widget: QWidget, y: int) -> set[int]:
    """The colours along a line of a picture of it."""
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {picture.pixel(x, y) for x in range(16, picture.width() - 40)}


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    yield
    wear(qapp, LIGHT)


def wear(app: QApplication, tokens: Tokens) -> None:
    app.setProperty("tokens", tokens.name)
    app.setPalette(palette_of(tokens))
    app.setStyleSheet(style_sheet(tokens))


@pytest.mark.parametrize("tokens", [LIGHT, DARK, CONTRAST_DARK], ids=lambda tokens: tokens.name)
def test_a_field_that_is_off_has_a_dashed_edge(qtbot: QtBot, qapp: QApplication, tokens: Tokens) -> None:
    wear(qapp, tokens)
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItem("every 6 hours")
    box.resize(300, 36)
    box.show()
    assert len(edge(box, 0)) == 1
    box.setEnabled(False)
    assert len(edge(box, 0)) > 1


def test_the_words_of_a_tick_go_quiet_with_it(qtbot: QtBot, qapp: QApplication) -> None:
    wear(qapp, LIGHT)
    tick = Tick()
    row = TickedRow(tick, "tray", "Keep reminding in the tray", "This desktop has no tray.")
    qtbot.addWidget(row)
    row.show()
    on = tick.grab().toImage()
    tick.setEnabled(False)
    assert row.findChildren(QLabel)[0].property("tone") == "quiet"
    assert tick.grab().toImage() != on
    tick.setEnabled(True)
    assert row.findChildren(QLabel)[0].property("tone") == ""
