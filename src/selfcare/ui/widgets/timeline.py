"""A line of time from left to right: the start of a contract, its end, today and the days that matter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from selfcare.domain.records import Struct
from selfcare.ui.theme import QUIET, font, text_scale, tokens_in_use

from .drawn import Drawn
from .labels import set_description, set_name

BETWEEN = 8
"""Pixels between the words of two marks."""

REACH = 20
"""Pixels from the line to where the stroke of a mark meets its words."""

NEAR = 10
"""Pixels by which a stroke keeps away from the ends of its words."""

AWAY = 1_000.0
"""What it counts when words would stand wholly beside their mark."""

LOST = 10_000.0
"""What it counts when words would leave the picture."""


class Mark(Struct, frozen=True):
    """A day on a line of time. `at` is 0 (its start) to 1 (its end); `kind` is "plain", "accent", "bad" or "now"."""

    at: float
    label: str
    day: str
    kind: str = "plain"


def label_places(dots: Sequence[float], rooms: Sequence[float], width: float) -> list[tuple[bool, float]]:
    """For each mark whether its words stand above the line, and where they begin, so that none lie on each other.

    All ways to share the marks between above and below are tried; the one with the least moving of words wins.
    """
    best: tuple[float, list[tuple[bool, float]]] = (float("inf"), [])
    for sides in product((True, False), repeat=len(dots)):
        cost, places = 4.0 * sides.count(False), [(side, 0.0) for side in sides]
        for side in (True, False):
            chosen = sorted((n for n in range(len(dots)) if sides[n] is side), key=lambda n: dots[n])
            end = width
            for number in reversed(chosen):
                wanted = max(0.0, dots[number] - rooms[number] / 2)
                start = min(wanted, end - rooms[number])
                is_away = not start <= dots[number] <= start + rooms[number]
                cost += abs(start - wanted) + (LOST if start < 0 else 0.0) + (AWAY if is_away else 0.0)
                places[number] = (side, max(0.0, start))
                end = start - BETWEEN
        if cost < best[0]:
            best = (cost, places)
    return best[1]


def leader_of(dot: float, start: float, room: float) -> float:
    """Where the stroke from a mark reaches its words: straight up or down where they allow it."""
    return min(max(dot, start + NEAR), start + room - NEAR)


def side_of(leader: float, start: float, room: float) -> Qt.AlignmentFlag:
    """Words that had to leave the middle of their mark stand at the end that is nearest to it."""
    part = (leader - start) / room
    way = Qt.AlignmentFlag.AlignHCenter
    if part < 1 / 3:
        way = Qt.AlignmentFlag.AlignLeft
    elif part > 2 / 3:
        way = Qt.AlignmentFlag.AlignRight
    return way | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


class TimeLine(Drawn):
    """One horizontal line from the start of a contract to beyond its end, with days marked on it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[Mark, ...] = ()
        self._filled = 0.0
        set_name(self, name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(round(124 * text_scale()))

    def show_marks(self, marks: Sequence[Mark], filled: float) -> None:
        """Show these days; the line is drawn strong up to `filled` (today), 0 to 1."""
        self._marks = tuple(sorted(marks, key=lambda m: m.at))
        self._filled = min(1.0, max(0.0, filled))
        set_description(self, ". ".join(f"{m.label}, {m.day}" for m in self._marks))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, then every mark with its words above or below, so that neighbours do not collide."""
        tokens = tokens_in_use()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, wide, y = 12.0, self.width() - 24.0, self.height() / 2
        painter.setPen(QPen(QColor(tokens.line), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(left, y), QPointF(left + wide, y))
        painter.setPen(QPen(QColor(tokens.accent), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if self._filled > 0:
            painter.drawLine(QPointF(self._x(0, left, wide), y), QPointF(self._x(self._filled, left, wide), y))
        names, days = font(QUIET, bold=True), font(QUIET)
        name_size, day_size = QFontMetrics(names), QFontMetrics(days)
        high = name_size.height() + day_size.height()
        inks = {"accent": tokens.accent, "bad": tokens.bad, "now": tokens.ink}
        rooms = [
            max(name_size.horizontalAdvance(m.label), day_size.horizontalAdvance(m.day)) + 4.0 for m in self._marks
        ]
        dots = [self._x(m.at, left, wide) for m in self._marks]
        for mark, x, room, (above, start) in zip(
            self._marks, dots, rooms, label_places(dots, rooms, self.width()), strict=True
        ):
            ink = QColor(inks.get(mark.kind, tokens.quiet))
            leader = leader_of(x, start, room)
            painter.setPen(QPen(ink, 1.5))
            painter.drawLine(QPointF(x, y), QPointF(leader, y - REACH if above else y + REACH))
            painter.setPen(QPen(QColor(tokens.card), 2))
            painter.setBrush(ink)
            painter.drawEllipse(QPointF(x, y), 7, 7)
            top = y - REACH - 2 - high if above else y + REACH + 2
            side = int(side_of(leader, start, room))
            painter.setPen(ink if mark.kind in inks else QColor(tokens.ink))
            painter.setFont(names)
            painter.drawText(QRectF(start, top, room, name_size.height()), side, mark.label)
            painter.setPen(QColor(tokens.quiet))
            painter.setFont(days)
            painter.drawText(QRectF(start, top + name_size.height(), room, day_size.height()), side, mark.day)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _x(self, at: float, left: float, wide: float) -> float:
        at = min(1.0, max(0.0, at))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            at = 1.0 - at
        return left + wide * at
