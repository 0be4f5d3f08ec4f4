"""Two columns of cards of about the same height: what may stand in either goes where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from selfcare.ui.theme import text_scale

GAP = 12
BETWEEN = 16
IN_ONE_CARD = 32
"""Pixels between two columns inside one card, where no edges part them."""


class Balanced(QWidget):
    """Cards that belong left, cards that belong right, and free ones that fill the shorter column.

    Where it is narrow or the text is large all stand below each other: left, right, then the free ones; or the free
    ones between, where they are the more important.
    """

    def __init__(self, wide: int, thin: int, narrow: int, *, free_first: bool = False, between: int = BETWEEN) -> None:
        """`wide` to `thin` is how the width is shared; `narrow` are the pixels, at usual text size, for two columns;
        `between` those that part them."""
        super().__init__()
        self._between = between
        self._when_narrow = 0 if free_first else 1
        self._shares = (wide, thin)
        self._narrow = narrow
        self._left_cards: tuple[QWidget, ...] = ()
        self._right_cards: tuple[QWidget, ...] = ()
        self._free: tuple[QWidget, ...] = ()
        self._arranged: tuple[int, ...] = ()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(between)
        self._columns: list[QVBoxLayout] = []
        for share in self._shares:
            holder = QWidget()
            holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(GAP)
            self._columns.append(column)
            self._row.addWidget(holder, share, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_cards(self, left: Iterable[QWidget], right: Iterable[QWidget], free: Iterable[QWidget] = ()) -> None:
        """Show these cards instead of those that were there; one that is among both stays as it is."""
        gone = (*self._left_cards, *self._right_cards, *self._free)
        self._left_cards, self._right_cards, self._free = tuple(left), tuple(right), tuple(free)
        kept = {*self._left_cards, *self._right_cards, *self._free}
        for card in gone:
            if card not in kept:
                card.hide()
                card.deleteLater()
        if gone != (*self._left_cards, *self._right_cards, *self._free):
            self._arranged = ()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose by the width."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Choose once fonts and style are known."""
        super().showEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_narrow = self.width() < self._narrow * text_scale()
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != way:
            self._row.setDirection(way)
            self._row.setSpacing(GAP if is_narrow else self._between)
        sides = [self._when_narrow] * len(self._free) if is_narrow else self._sides()
        wanted = (int(is_narrow), *sides, len(self._left_cards), len(self._right_cards))
        if wanted == self._arranged:
            return
        self._arranged = wanted
        fixed = (self._left_cards, self._right_cards)
        for number, column in enumerate(self._columns):
            while column.takeAt(0) is not None:
                pass
            chosen = [card for card, side in zip(self._free, sides, strict=True) if side == number]
            for card in (*fixed[number], *chosen):
                column.addWidget(card)

    def _sides(self) -> list[int]:
        """For each free card in order, the column that is shorter so far; what fits at the right stays there."""
        room = max(0, self.width() - self._between)
        widths = [room * share // sum(self._shares) for share in self._shares]
        high = [_height(self._left_cards, widths[0]), _height(self._right_cards, widths[1])]
        sides: list[int] = []
        for card in self._free:
            at_right = high[1] + _height((card,), widths[1])
            at_left = high[0] + _height((card,), widths[0])
            side = 0 if at_left < at_right else 1
            high[side] = (at_right if side else at_left) + GAP
            sides.append(side)
        return sides


def _height(cards: Sequence[QWidget], width: int) -> int:
    """How high cards are below each other at a width."""
    found = [c.heightForWidth(width) if c.hasHeightForWidth() else c.sizeHint().height() for c in cards]
    return sum(found) + GAP * len(found)
