"""Finds words on a picture that a person could not read: cut off, squeezed, or lying on each other."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QWidget

from selfcare.ui.widgets.table import DataTable

SLACK = 2
"""Pixels that may be missing: no letter ends there."""

SHORT = 40
"""Characters of a text that are told."""


def unreadable(window: QWidget) -> list[str]:
    """What cannot be read on a window: why, and the first words of it."""
    labels = [label for label in window.findChildren(QLabel) if label.isVisible() and label.text()]
    found = [f"{why}: {_told(label)}" for label in labels if (why := _squeezed(label) or _outside(label))]
    found += [f"squeezed button: {button.text()}" for button in _buttons(window) if _is_narrow(button)]
    found += [why for table in window.findChildren(DataTable) if table.isVisible() for why in _lost(table)]
    return found + [f"lies on each other: {one} / {other}" for one, other in _overlaps(labels)]


def _squeezed(label: QLabel) -> str:
    """Whether a label has less room than its words need; words that no window could hold count as wide only."""
    if label.wordWrap():
        need = label.heightForWidth(label.width())
        return "cut below" if need > label.height() + SLACK else ""
    hint = label.minimumSizeHint()
    if hint.width() > label.width() + SLACK:
        return "cut at the side"
    return "cut below" if hint.height() > label.height() + SLACK else ""


def _outside(widget: QWidget) -> str:
    """Whether a widget leaves what it stands in; what scrolls may."""
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        above = parent.parentWidget()
        if isinstance(above, QAbstractScrollArea) and parent is not above.viewport():
            parent = above
            continue
        if above is not None and isinstance(above.parentWidget(), QAbstractScrollArea):
            return ""
        place = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
        if not parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(place):
            return "outside its box"
        parent = above
    return ""


def _buttons(window: QWidget) -> list[QAbstractButton]:
    return [b for b in window.findChildren(QAbstractButton) if b.isVisible() and b.text()]


def _is_narrow(button: QAbstractButton) -> bool:
    return button.width() + 1 < button.minimumSizeHint().width() or bool(_outside(button))


def _lost(table: DataTable) -> Iterator[str]:
    """Columns that are out of sight while no bar says so, and figures and states that are cut."""
    bar, wide = table.horizontalScrollBar(), table.viewport().width()
    says_so = bar.isVisible() and not bar.visibleRegion().isEmpty()
    for number, column in enumerate(table.rows.columns):
        left = table.columnViewportPosition(number)
        is_out = left < -SLACK or left + table.columnWidth(number) > wide + SLACK
        if is_out and not table.isColumnHidden(number) and not says_so:
            yield f"column out of sight: {table.accessibleName()[:SHORT]}, {column.title}"
    rows = range(max(0, table.rowAt(0)), min(table.rows.rowCount(), table.rowAt(0) + 20))
    for row in rows:
        for number, column in enumerate(table.rows.columns):
            needed, room = table.itemDelegate().width_of(row, number), table.room_of(number)  # type: ignore[attr-defined]
            if (column.right or column.tag) and 0 < room < needed - 2 * SLACK:
                yield f"cut in a table: {table.rows.shown_at(row, number)[0][:SHORT]}"


def _overlaps(labels: list[QLabel]) -> Iterator[tuple[str, str]]:
    """Pairs of labels that lie on each other where both are seen."""
    places = [
        (label, label.visibleRegion().boundingRect().translated(label.mapToGlobal(QPoint(0, 0)))) for label in labels
    ]
    for number, (one, place) in enumerate(places):
        for other, its in places[number + 1 :]:
            shared = place.intersected(its)
            if one.window() is other.window() and min(shared.width(), shared.height()) > SLACK:
                yield _told(one), _told(other)


def _told(label: QLabel) -> str:
    return " ".join(label.text().split())[:SHORT]
