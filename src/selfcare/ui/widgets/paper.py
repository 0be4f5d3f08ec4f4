"""Shows a PDF as pictures that another process drew: turn pages, make larger, find a word, save as it came."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from selfcare.domain.failures import Failure, PaperTrouble
from selfcare.i18n.words import Words
from selfcare.ui.tasks import Lane
from selfcare.ui.theme import TEXT, font, text_scale, tokens_in_use
from selfcare.viewmodel.ages import Absence
from selfcare.viewmodel.notices import notice_of

from .buttons import Button, plain
from .empty import EmptyState
from .flow import FlowLayout
from .labels import quiet

if TYPE_CHECKING:
    from selfcare.paper.reader import PaperReader
    from selfcare.paper.sheet import Box, Picture

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


class Sheet(QWidget):
    """One page as a picture, with the places of a found word marked."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QPixmap()
        self._boxes: tuple[Box, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_picture(self, picture: Picture, ratio: float) -> None:
        """Show what was drawn; its length was checked by whoever received it."""
        image = QImage(picture.rgb, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB888)
        self._picture = QPixmap.fromImage(image)
        self._picture.setDevicePixelRatio(ratio)
        self._boxes = ()
        self.setFixedSize(self._picture.deviceIndependentSize().toSize())
        self.update()

    def mark(self, boxes: tuple[Box, ...]) -> None:
        """Mark places on the page."""
        self._boxes = boxes
        self.update()

    def sizeHint(self) -> QSize:
        """As large as the picture."""
        return self._picture.deviceIndependentSize().toSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page and the marks on it."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        colour = QColor(tokens_in_use().warn)
        colour.setAlpha(90)
        for box in self._boxes:
            place = QRectF(
                box.left * self.width(), box.top * self.height(), box.width * self.width(), box.height * self.height()
            )
            painter.fillRect(place.adjusted(-1, -1, 1, 1), colour)


class PaperView(QWidget):
    """One PDF. Everything that touches its bytes happens on the paper lane, in the reader's own process."""

    save_wanted = Signal()
    closed = Signal()
    drawn = Signal(int)
    """A page (from 0) is on the screen."""

    def __init__(self, words: Words, lane: Lane, make_reader: Callable[[], PaperReader]) -> None:
        super().__init__()
        self._words = words
        self._lane = lane
        self._make_reader = make_reader
        self._reader: PaperReader | None = None
        self._pdf = b""
        self._pages = 0
        self._page = 0
        self._zoom = 1.0
        self._build()

    @property
    def page(self) -> int:
        """The page that is shown, from 0."""
        return self._page

    @property
    def pages(self) -> int:
        """How many pages can be shown; 0 until the PDF was opened."""
        return self._pages

    def show_pdf(self, pdf: bytes, name: str) -> None:
        """Open a PDF at its first page."""
        self._pdf, self._pages, self._page = pdf, 0, 0
        self._area.setAccessibleName(name)
        self._find.clear()
        self._say(Absence("neverRead", self._words.tr("Opening the PDF…"), ""))
        self._save.setEnabled(True)
        self._lane.ask(self, lambda: self._open().pages(pdf), self._opened, self._failed, key="open")

    def stand_alone(self) -> None:
        """Offer no way back: what is around it has its own."""
        self._back.hide()

    def keep_inside(self) -> None:
        """Offer no way to save it."""
        self._save.hide()

    def show_absence(self, absence: Absence) -> None:
        """Say why there is no PDF."""
        self._pdf, self._pages = b"", 0
        self._save.setEnabled(False)
        self._say(absence)

    def turn(self, step: int) -> None:
        """Go forwards or backwards some pages."""
        page = max(0, min(self._pages - 1, self._page + step))
        if page != self._page:
            self._page = page
            self._draw()

    def zoom(self, step: int) -> None:
        """Larger or smaller; 1.0 is the width of the pane."""
        place = min(range(len(ZOOMS)), key=lambda n: abs(ZOOMS[n] - self._zoom))
        self._zoom = ZOOMS[max(0, min(len(ZOOMS) - 1, place + step))]
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw again at the new width."""
        super().resizeEvent(event)
        if self._pages and event.oldSize().width() != event.size().width():
            self._draw()

    # ---- inside

    def _build(self) -> None:
        words = self._words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        bar = QWidget()
        row = FlowLayout(bar)
        self._back = plain(words.tr("← Facts"), self.closed.emit)
        self._before = self._tool("‹", words.tr("Page before"), lambda: self.turn(-1))
        self._count = quiet("")
        self._count.setWordWrap(False)
        self._next = self._tool("›", words.tr("Next page"), lambda: self.turn(1))
        smaller = self._tool("−", words.tr("Smaller"), lambda: self.zoom(-1))
        larger = self._tool("+", words.tr("Larger"), lambda: self.zoom(1))
        self._find = QLineEdit()
        self._find.setFont(font(TEXT))
        self._find.setPlaceholderText(words.tr("Find on this page"))
        self._find.setAccessibleName(words.tr("Find on this page"))
        self._find.setMaxLength(100)
        self._find.setFixedWidth(round(160 * text_scale()))
        self._find.textChanged.connect(self._look)
        self._save = plain(words.tr("Save as…"), self.save_wanted.emit)
        for widget in (self._back, self._before, self._count, self._next, smaller, larger, self._find, self._save):
            row.addWidget(widget)
        column.addWidget(bar)
        self._sheet = Sheet()
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._area.setWidget(self._sheet)
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column.addWidget(self._area, 1)
        self._message = QWidget()
        holder = QHBoxLayout(self._message)
        holder.setContentsMargins(0, 0, 0, 0)
        self._empty = EmptyState(Absence("neverRead", "", ""))
        holder.addWidget(self._empty)
        column.addWidget(self._message)
        column.addStretch(0)
        self._area.hide()
        self._show_tools()

    @staticmethod
    def _tool(sign: str, name: str, on_click: Callable[[], object]) -> Button:
        button = plain(sign, on_click)
        button.setAccessibleName(name)
        return button

    def _open(self) -> PaperReader:
        if self._reader is None:
            self._reader = self._make_reader()
        return self._reader

    def _opened(self, pages: int) -> None:
        self._pages = pages
        self._draw()

    def _draw(self) -> None:
        self._show_tools()
        if not self._pages:
            return
        ratio = self.devicePixelRatioF()
        room = max(240, self.width() - 24)
        wide = round(room * self._zoom * ratio)
        pdf, page = self._pdf, self._page
        self._lane.ask(
            self,
            lambda: self._open().render(pdf, page, wide),
            lambda picture: self._drawn(page, picture, ratio),
            self._failed,
            key="draw",
        )

    def _drawn(self, page: int, picture: Picture, ratio: float) -> None:
        self._sheet.show_picture(picture, ratio)
        words = self._words
        name = words.tr("Page {page} of {pages}", page=words.number(page + 1), pages=words.number(self._pages))
        self._sheet.setAccessibleName(name)
        self._message.hide()
        self._area.show()
        self._look()
        self.drawn.emit(page)

    @Slot()
    def _look(self) -> None:
        text, pdf, page = self._find.text(), self._pdf, self._page
        if not text or not self._pages:
            self._sheet.mark(())
            return
        self._lane.ask(
            self, lambda: tuple(self._open().find(pdf, page, text)), self._sheet.mark, self._failed, key="find"
        )

    def _failed(self, failure: Failure | None) -> None:
        notice = notice_of(failure if failure is not None else PaperTrouble("crashed"), self._words)
        self._pages = 0
        self._say(Absence("failed", notice.sentence, notice.advice))

    def _say(self, absence: Absence) -> None:
        self._empty.show_absence(absence)
        self._message.show()
        self._area.hide()
        self._show_tools()

    def _show_tools(self) -> None:
        words = self._words
        self._before.setEnabled(self._page > 0)
        self._next.setEnabled(self._page + 1 < self._pages)
        self._find.setEnabled(self._pages > 0)
        text = ""
        if self._pages:
            text = words.tr("{page} of {pages}", page=words.number(self._page + 1), pages=words.number(self._pages))
        self._count.setText(text)
