"""Prints a PDF page by page, away from the screen's thread, from the pictures that the reader's process draws."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from selfcare.domain.failures import Failure, PaperTrouble
from selfcare.i18n.words import Words
from selfcare.ui.tasks import Lane

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from selfcare.paper.reader import PaperReader

SHARP = 3400
"""Pixels across a page: 400 for each inch of A4."""


class Printing(QObject):
    """Asks which printer and which pages, and says what came of it."""

    said = Signal(str)
    done = Signal(int)

    def __init__(self, owner: QWidget, words: Words, lane: Lane) -> None:
        super().__init__(owner)
        self._owner, self._words, self._lane = owner, words, lane

    def ask(self, pages: int, name: str, work: Callable[[QPrinter], int]) -> None:
        """Open the system's own dialog; `work` prints, on the paper lane, if the customer says so."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(name)
        dialog = QPrintDialog(printer, self._owner)
        dialog.setMinMax(1, pages)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.start(printer, work))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()

    def start(self, printer: QPrinter, work: Callable[[QPrinter], int]) -> None:
        """Print on the paper lane."""
        self._lane.ask(self, lambda: work(printer), self._printed, self._failed, key="print")

    def _printed(self, pages: int) -> None:
        self.said.emit(self._words.trn("{count} page printed", "{count} pages printed", pages))
        self.done.emit(pages)

    def _failed(self, _failure: Failure | None) -> None:
        self.said.emit(self._words.tr("not printed"))


def print_pages(reader: PaperReader, pdf: bytes, pages: int, printer: QPrinter) -> int:
    """Print the pages that were chosen (all, if none were); how many. Raises PaperTrouble."""
    first = max(1, printer.fromPage()) if printer.toPage() else 1
    last = min(pages, printer.toPage() or pages)
    painter = QPainter()
    if last < first or not painter.begin(printer):
        raise PaperTrouble("crashed")
    try:
        for page in range(first - 1, last):
            if page >= first:
                printer.newPage()
            room = QRect(0, 0, printer.width(), printer.height())
            picture = reader.render(pdf, page, min(SHARP, room.width()))
            image = QImage(picture.rgb, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB888)
            size = QSize(picture.width, picture.height).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRect(room.topLeft(), size), image)
    finally:
        painter.end()
    return last - first + 1
