"""Three pictures of the bills: over the years, what the money went to, and this bill against the last."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from selfcare.i18n.words import Words
from selfcare.ui.context import Reading
from selfcare.ui.widgets.buttons import plain
from selfcare.ui.widgets.chart import ChartPanel
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.handbook import help_link
from selfcare.ui.widgets.labels import card_title, strong, text
from selfcare.ui.widgets.rows_chart import RowsPanel
from selfcare.viewmodel.bars import bars_of
from selfcare.viewmodel.pictures import Pictures, money_goes, month_against
from selfcare.viewmodel.unusual import before_of

MONTHS = 60
A_YEAR = 12


def read_pictures(reading: Reading, bill_id: str) -> Pictures:
    """Five years of bills, a year of their lines, and the chosen bill against the one before. For the store lane."""
    reader, words = reading.reader, reading.words
    bills = reader.bills(limit=MONTHS + A_YEAR)
    ordinary = [b for b in bills if not b.is_credit_note]
    judged = {one.bill_id: one.is_odd for one in reader.judgements(reading.today)}
    year = ordinary[:A_YEAR]
    goes = money_goes(year, {b.id: reader.bill_lines(b.id) for b in year}, words)
    bill = next((b for b in ordinary if b.id == bill_id), ordinary[0] if ordinary else None)
    before = before_of(bill, ordinary) if bill is not None else None
    against = None
    if bill is not None and before is not None:
        against = month_against(bill, reader.bill_lines(bill.id), before, reader.bill_lines(before.id), words)
    return Pictures(bars_of(bills, words, MONTHS, judged), goes, against)


class PicturesDialog(QDialog):
    """The pictures one below the other; each can be shown as a table."""

    bill_wanted = Signal(str)

    def __init__(self, parent: QWidget | None, words: Words, pictures: Pictures) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.tr("Pictures of your bills"))
        room = self.screen().availableGeometry()
        self.resize(min(860, room.width() - 64), min(760, room.height() - 96))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.setSpacing(16)
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(20)
        column.addWidget(card_title(words.tr("Pictures of your bills")))
        if pictures.bars is not None:
            name, heads = words.tr("Bills over time"), (words.tr("Month"), words.tr("Total"))
            panel = ChartPanel(name, words, heads, 120, strong(name))
            panel.show_view(pictures.bars)
            panel.caption(words.tr("{caption}. Hatched: not like the others; with a peak: cut off. Dashed: no bill.",
                                   caption=pictures.bars.caption))  # fmt: skip
            panel.chart.chosen.connect(self._open)
            column.addWidget(panel)
        for view in (pictures.against, pictures.goes):
            if view is not None:
                column.addWidget(RowsPanel(view, words))
        if pictures.bars is None and pictures.goes is None and pictures.against is None:
            column.addWidget(text(words.tr("There are too few bills for a picture.")))
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        outer.addWidget(scroll, 1)
        close = plain(words.tr("Close"), self.reject)
        outer.addWidget(flow(help_link(self, words, "pictures"), close, gap=16, at_end=True))

    def _open(self, bill_id: str) -> None:
        self.bill_wanted.emit(bill_id)
        self.accept()
