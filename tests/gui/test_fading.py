"""What scrolls inside a page fades at its foot while there is more below, and takes no click there."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from selfcare.ui.theme import Theme
from selfcare.ui.widgets.fading import HIGH, FadedFoot


class Area(QScrollArea):
    """Fades at its foot."""

    def __init__(self) -> None:
        super().__init__()
        self.fade = FadedFoot(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fade.follow()


def test_it_fades_at_the_foot_until_its_end_is_reached(qtbot: QtBot, theme: Theme) -> None:
    area = Area()
    qtbot.addWidget(area)
    inside = QWidget()
    column = QVBoxLayout(inside)
    for number in range(40):
        column.addWidget(QLabel(f"Line {number}"))
    area.setWidgetResizable(True)
    area.setWidget(inside)
    foot = area.fade
    area.resize(200, 300)
    area.show()
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert foot.isVisible()
    seen = area.viewport().geometry()
    assert foot.geometry().getRect() == (seen.left(), seen.bottom() + 1 - HIGH, seen.width(), HIGH)
    under = area.childAt(seen.center().x(), seen.bottom() - 2)
    assert under is not None
    assert under is not foot
    bar.setValue(bar.maximum())
    assert not foot.isVisible()
    bar.setValue(0)
    area.resize(200, 2_000)
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    assert not foot.isVisible()
