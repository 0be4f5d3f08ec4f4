"""The Tab key follows the eye: from the top of each column down to its end, whatever was built first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGridLayout,
    QLayout,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox)
"""What takes the keyboard as one thing, whatever it is made of."""


def follow_the_eye(root: QWidget) -> None:
    """Let Tab go over what is in sight in the order in which it stands there. What was added since is sorted in too."""
    for one, other in pairwise(reading_order(root)):
        QWidget.setTabOrder(one, other)


def reading_order(root: QWidget) -> list[QWidget]:
    """What takes the keyboard inside of `root` and is in sight, in the order of its layouts: column by column."""
    return [widget for widget in _inside(root) if _takes_keys(widget)]


def _inside(widget: QWidget) -> Iterator[QWidget]:
    yield widget
    if isinstance(widget, WHOLE):
        return
    for child in _children(widget):
        if child.isVisible():
            yield from _inside(child)


def _children(widget: QWidget) -> list[QWidget]:
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        return [inside] if inside is not None else []
    if isinstance(widget, QStackedWidget):
        current = widget.currentWidget()
        return [current] if current is not None else []
    layout = widget.layout()
    placed = list(_laid_out(layout)) if layout is not None else []
    loose = [c for c in widget.children() if isinstance(c, QWidget) and not c.isWindow() and c not in placed]
    return [*placed, *sorted(loose, key=lambda c: (c.y(), c.x()))]


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=partial(_cell, layout))
    for number in places:
        item = layout.itemAt(number)
        inner, widget = (item.layout(), item.widget()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)


def _cell(grid: QGridLayout, number: int) -> tuple[int, int]:
    """In which row and column of a grid something stands."""
    place: Any = grid.getItemPosition(number)  # the stubs say `object`
    return place[0], place[1]


def _takes_keys(widget: QWidget) -> bool:
    by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and widget.focusProxy() is None and widget.isVisible() and widget.isEnabled()
