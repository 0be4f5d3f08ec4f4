"""What stands beside the list of bills: the chosen one, and below it all of them as bars."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from selfcare.i18n.words import Words
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.chart import ChartPanel
from selfcare.ui.widgets.labels import small_title

from .bill import BillPane

if TYPE_CHECKING:
    from selfcare.viewmodel.bars import BarsView


class PaneAndChart(QWidget):
    """The bars stay in sight while the bill above them scrolls, unless the window is too low for that."""

    def __init__(
        self, words: Words, pane: BillPane, on_bill: Callable[[str], object], on_more: Callable[[], object]
    ) -> None:
        """`on_bill` is told which bar was chosen, `on_more` that more pictures are wanted."""
        super().__init__()
        self._pane = pane
        self._is_low = False
        self.card = Card()
        name, heads = words.tr("Bills over time"), (words.tr("Month"), words.tr("Total"))
        self._chart = ChartPanel(name, words, heads, 64, small_title(name))
        self._chart.chart.chosen.connect(on_bill)
        self._chart.more(words.tr("More pictures"), on_more)
        self.card.add(self._chart)
        self.card.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(pane, 1)
        self._below = QVBoxLayout()
        self._below.setContentsMargins(0, 0, pane.bar, 0)
        self._below.addWidget(self.card)
        column.addLayout(self._below)

    def show_bars(self, view: BarsView | None) -> None:
        """Show the bars, if there are enough for a picture."""
        if view is not None:
            self._chart.show_view(view)
        self.card.setVisible(view is not None)

    def keep_low(self, is_low: bool) -> None:
        """Where the window is low the bars scroll with the bill."""
        if is_low != self._is_low:
            self._is_low = is_low
            (self._pane.foot if is_low else self._below).addWidget(self.card)
