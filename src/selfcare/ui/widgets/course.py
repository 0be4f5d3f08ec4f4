"""Steps one below the other with their days: the way out, the course of a ticket, what happened and what comes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from selfcare.domain.records import Struct
from selfcare.ui.theme import TEXT, text_scale, tokens_in_use

from .card import empty_layout
from .labels import PlainLabel, _label, quiet, set_description, set_name, text
from .tag import Tag

WIDEST = 1.6
"""How much the column of the days grows with the text at the most: the words beside it need the room more."""


NARROW = 300
"""Pixels, at usual text size, below which a day stands above its words: they need the room more."""


DOT_ROOM = 40


class Step(Struct, frozen=True):
    """One step. `when` is its day in words, `more` what stands below it ("by 10:45"), `state` is "done", "now",
    "later" or "missed"; `said` is what a screen reader adds ("done"). A tag says a status beside the title."""

    when: str
    title: str
    text: str = ""
    more: str = ""
    state: str = "later"
    tag: str = ""
    tag_kind: str = "neutral"
    said: str = ""


_INSIDE = re.compile(
    r"(?<=\d) (?=[^\W\d]{3,5}\b)"
    r"|(?<=\b[^\W\d]{3}) (?=\d{1,2}\b)|(?<=[^\W\d]\.) (?=\d{1,2}\b)"
    r"|(?<=\d) (?=[AP]M\b)"
)
"""The spaces inside "13 Dec", inside "Sun 13", "Dec 13" and "dim. 13", and inside "11:59 PM"."""


def whole_days(said: str) -> str:
    """A day and its month stay on one line: "Until Sun 13 Dec" breaks after "Until".

    >>> whole_days("Until Sun 13 Dec").split(" ")
    ['Until', 'Sun\xa013\xa0Dec']
    """
    return _INSIDE.sub("\u00a0", said)


class Course(QWidget):
    """A vertical line of dots; at the left the days, at the right what happens. Each step may carry widgets."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is what a screen reader calls it."""
        super().__init__(parent)
        set_name(self, name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(2, 1)
        self._parts: list[tuple[_Days, _Dot, QWidget]] = []
        self._is_narrow = False

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest words with their dot: the days may stand above."""
        hint = super().minimumSizeHint()
        words = max((part.minimumSizeHint().width() for _days, _dot, part in self._parts), default=0)
        return QSize(min(hint.width(), words + DOT_ROOM), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Days beside the words, or above them where it is narrow or the text is large."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < NARROW * text_scale()
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._arrange()

    def show_steps(self, steps: Sequence[Step], extras: dict[int, QWidget] | None = None) -> None:
        """Show these steps; `extras` are widgets below the text of a step, by its number."""
        empty_layout(self._grid)
        self._parts = [
            (
                _Days(step),
                _Dot(step.state, is_first=number == 0, is_last=number == len(steps) - 1),
                self._words(step, (extras or {}).get(number)),
            )
            for number, step in enumerate(steps)
        ]
        self._arrange()

    def _arrange(self) -> None:
        while self._grid.takeAt(0) is not None:
            pass
        top = Qt.AlignmentFlag.AlignTop
        for number, (days, dot, words) in enumerate(self._parts):
            row = 2 * number
            days.stand(is_above=self._is_narrow)
            self._grid.addWidget(days, row, 2 if self._is_narrow else 0, top)
            self._grid.addWidget(dot, row, 1, 2 if self._is_narrow else 1, 1)
            self._grid.addWidget(words, row + (1 if self._is_narrow else 0), 2, top)
        self.updateGeometry()

    @staticmethod
    def _words(step: Step, extra: QWidget | None) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        name = _label(step.title, TEXT, bold=True)
        if step.said:
            set_description(name, step.said)
        column.addWidget(name)
        if step.tag:
            column.addWidget(Tag(step.tag, step.tag_kind))
        if step.text:
            column.addWidget(text(step.text, tone="quiet"))
        if extra is not None:
            column.addSpacing(4)
            column.addWidget(extra)
        column.addSpacing(14)
        return box


class _Days(QWidget):
    """The day of a step and what stands below it: at the left of the words, or above them."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(1)
        self._shown: list[PlainLabel] = [_label(whole_days(step.when), TEXT - 0.5, bold=True)]
        if step.more:
            self._shown.append(quiet(whole_days(step.more)))
        for label in self._shown:
            self._column.addWidget(label)

    def stand(self, *, is_above: bool) -> None:
        """Above the words it takes their width, beside them a narrow column of its own."""
        wide = round(124 * min(WIDEST, text_scale()))
        self.setMinimumWidth(0 if is_above else wide)
        self.setMaximumWidth(16777215 if is_above else wide)
        self._column.setContentsMargins(0, 0, 0, 2 if is_above else 14)
        side = Qt.AlignmentFlag.AlignLeft if is_above else Qt.AlignmentFlag.AlignRight
        for label in self._shown:
            label.setAlignment(side | Qt.AlignmentFlag.AlignTop)


class _Dot(QWidget):
    """The dot of a step and its piece of the line; done is filled and ticked, missed is crossed, later is hollow."""

    def __init__(self, state: str, *, is_first: bool, is_last: bool) -> None:
        super().__init__()
        self._state, self._first, self._last = state, is_first, is_last
        self.setFixedWidth(DOT_ROOM)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, then the dot on it."""
        tokens = tokens_in_use()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = text_scale()
        x, y = self.width() / 2, 9.0 * scale
        painter.setPen(QPen(QColor(tokens.line), 1.5))
        top = y if self._first else 0.0
        bottom = y if self._last else float(self.height())
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        fills = {"done": tokens.good, "now": tokens.accent, "missed": tokens.bad}
        fill = fills.get(self._state)
        painter.setPen(QPen(QColor(fill or tokens.quiet), 1.5))
        painter.setBrush(QColor(fill or tokens.card))
        radius = (6.0 if fill else 5.0) * scale
        painter.drawEllipse(QPointF(x, y), radius, radius)
        painter.setPen(QPen(QColor(tokens.card), 1.6))
        painter.translate(x, y)
        painter.scale(scale, scale)
        if self._state == "done":
            painter.drawPolyline([QPointF(-3, 0), QPointF(-0.8, 2.4), QPointF(3, -2.2)])
        elif self._state == "missed":
            painter.drawLine(QPointF(-2.4, -2.4), QPointF(2.4, 2.4))
            painter.drawLine(QPointF(-2.4, 2.4), QPointF(2.4, -2.4))
