"""Shows a PDF as pictures that another process drew: turn pages, make larger, find, copy, print, save as it came."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from selfcare.domain.failures import Failure, PaperTrouble
from selfcare.i18n.words import Words
from selfcare.ui.tasks import Lane
from selfcare.viewmodel.ages import Absence
from selfcare.viewmodel.notices import notice_of

from .empty import EmptyState
from .labels import set_name
from .paper_bar import PaperBar
from .paper_lock import PaperLock
from .paper_printing import Printing, print_pages
from .paper_search import PaperSearch, find_all
from .sheet import Sheet

if TYPE_CHECKING:
    from selfcare.paper.reader import PaperReader
    from selfcare.paper.sheet import Box, Picture, Sheets

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0)
SETTLED = 80
"""Milliseconds without scrolling after which the part in sight is drawn sharply."""


class PaperView(QWidget):
    """One PDF. Everything that touches its bytes happens on the paper lane, in the reader's own process."""

    save_wanted = Signal()
    closed = Signal()
    drawn = Signal(int)
    """A page (from 0) is on the screen."""

    sharpened = Signal()
    """The part in sight of a page too large for one picture is on the screen with all its pixels."""

    copied = Signal(str)
    unlocked = Signal()

    def __init__(self, words: Words, lane: Lane, make_reader: Callable[[], PaperReader]) -> None:
        super().__init__()
        self._words = words
        self._lane = lane
        self._make_reader = make_reader
        self._reader: PaperReader | None = None
        self._pdf = b""
        self._pages = 0
        self._total = 0
        self._page = 0
        self._zoom = 1.0
        self._asked_wide = 0
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
        set_name(self._area, name)
        self._find.clear()
        self._say(Absence("neverRead", self._words.tr("Opening the PDF…"), ""))
        self._save.setEnabled(True)
        self._lane.ask(self, lambda: self._open().sheets(pdf), self._opened, self._failed, key="open")

    def stand_alone(self, *, saves: bool = True) -> None:
        """Offer no way back: what is around it has its own; nor one to save it, unless it `saves`."""
        self._bar.back.hide()
        self._save.setVisible(saves)

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

    def copy(self) -> None:
        """Put the words in the frame on the clipboard, or those of the whole page where none is drawn."""
        pdf, page, part = self._pdf, self._page, self._sheet.selection
        if self._pages:
            self._lane.ask(
                self, lambda: _words_of(self._open(), pdf, page, part), self._copied, self._failed, key="copy"
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw again at the new width."""
        super().resizeEvent(event)
        if self._pages and event.oldSize().width() != event.size().width():
            self._draw()

    # ---- inside

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._bar = bar = PaperBar(self._words)
        bar.closed.connect(self.closed)
        bar.turned.connect(self.turn)
        bar.zoomed.connect(self.zoom)
        bar.copy_wanted.connect(self.copy)
        bar.print_wanted.connect(self._print)
        self.printing = Printing(self, self._words, self._lane)
        self.printing.said.connect(bar.show_hits)
        bar.save_wanted.connect(self.save_wanted)
        self._find, self._save = bar.find_field, bar.save
        self._find.textChanged.connect(self._look)
        self._search = PaperSearch(self._words, self._lane, self)
        self._search.said.connect(bar.show_hits)
        self._search.moved.connect(self._go)
        self._find.step.connect(self._search.step)
        column.addWidget(bar)
        self._sheet = Sheet()
        self._sheet.setAccessibleName(self._words.tr("Opening the PDF…"))
        self._area = _scrolled(self._sheet)
        column.addWidget(self._area, 1)
        self._lock = PaperLock(self._words)
        self._lock.tried.connect(self._unlock)
        column.addWidget(self._lock)
        self._empty = EmptyState(Absence("neverRead", "", ""))
        self._message = _around(self._empty)
        column.addWidget(self._message)
        column.addStretch(0)
        self._settled = QTimer(self, singleShot=True, interval=SETTLED)
        self._settled.timeout.connect(self._sharpen)
        for scroll in (self._area.horizontalScrollBar(), self._area.verticalScrollBar()):
            scroll.valueChanged.connect(self._settled.start)
        _add_keys(self, self._area)
        self._show_only(self._message)

    def _open(self) -> PaperReader:
        if self._reader is None:
            self._reader = self._make_reader()
        return self._reader

    def _opened(self, sheets: Sheets) -> None:
        self._pages, self._total = len(sheets.sizes), sheets.total
        self._draw()

    @Slot(str)
    def _unlock(self, password: str) -> None:
        pdf = self._pdf
        failed = partial(self._failed, again=True)
        self._lane.ask(self, lambda: _unlocked(self._open(), pdf, password), self._unlocked, failed, key="open")

    def _unlocked(self, sheets: Sheets) -> None:
        self._opened(sheets)
        self.unlocked.emit()

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
            lambda picture: self._drawn(page, picture, wide, ratio),
            self._failed,
            key="draw",
        )

    def _drawn(self, page: int, picture: Picture, wide: int, ratio: float) -> None:
        high = wide * picture.height / picture.width
        self._sheet.show_picture(picture, QSize(round(wide / ratio), round(high / ratio)))
        self._asked_wide = wide if picture.width + 1 < wide else 0
        words = self._words
        here, all_ = words.number(page + 1), words.number(self._pages)
        set_name(self._sheet, words.tr("Page {page} of {pages}", page=here, pages=all_))
        self._show_only(self._area)
        if self.hasFocus():
            self._area.setFocus()
        self._mark()
        self._settled.start()
        self.drawn.emit(page)

    @Slot()
    def _sharpen(self) -> None:
        """Draw the part in sight with all its pixels, where the page is too large for one picture."""
        if not self._asked_wide or not self._pages:
            return
        part = self._sheet.part_in_sight(self._area.viewport())
        pdf, page, wide = self._pdf, self._page, self._asked_wide
        self._lane.ask(
            self,
            lambda: self._open().render(pdf, page, wide, part),
            lambda picture: self._sharp(picture, part, page, wide),
            self._failed,
            key="part",
        )

    def _sharp(self, picture: Picture, part: Box, page: int, wide: int) -> None:
        if (page, wide) == (self._page, self._asked_wide):
            self._sheet.show_part(picture, part)
            self.sharpened.emit()

    @Slot()
    def _look(self) -> None:
        pdf, pages, text = self._pdf, self._pages, self._find.text()
        self._search.look(pages, text, self._page, lambda: find_all(self._open, pdf, pages, text), self._failed)

    @Slot()
    def _go(self) -> None:
        here = self._search.hits.here
        if here is not None and here.page != self._page:
            self.turn(here.page - self._page)
        else:
            self._mark()

    def _mark(self) -> None:
        here = self._search.hits.here
        is_here = here is not None and here.page == self._page
        self._sheet.mark(self._search.hits.on(self._page), here.box if here is not None and is_here else None)
        if here is not None and is_here:
            place = self._sheet.place_of(here.box).center().toPoint()
            self._area.ensureVisible(place.x(), place.y(), 80, 80)

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._bar.show_hits(self._words.tr("copied") if text.strip() else self._words.tr("no words there"))
        self.copied.emit(text)

    @Slot()
    def _print(self) -> None:
        pdf, pages = self._pdf, self._pages
        self.printing.ask(
            pages, self._area.accessibleName(), lambda printer: print_pages(self._open(), pdf, pages, printer)
        )

    def _failed(self, failure: Failure | None, *, again: bool = False) -> None:
        self._pages = 0
        if isinstance(failure, PaperTrouble) and failure.what == "encrypted":
            self._lock.ask(again=again)
            self._show_only(self._lock)
            return
        notice = notice_of(failure if failure is not None else PaperTrouble("crashed"), self._words)
        self._say(Absence("failed", notice.sentence, notice.advice))

    def _say(self, absence: Absence) -> None:
        self._empty.show_absence(absence)
        self._show_only(self._message)

    def _show_only(self, one: QWidget) -> None:
        """Show one part. What has the keyboard and goes away leaves it here: it does not wander off to another room."""
        if one is not self._area and self._area.hasFocus():
            self.setFocus()
        for widget in (self._area, self._lock, self._message):
            widget.setVisible(widget is one)
        self._show_tools()

    def _show_tools(self) -> None:
        self._bar.show_page(self._page, self._pages, self._total, self._words)


def _around(inside: QWidget) -> QWidget:
    box = QWidget()
    holder = QHBoxLayout(box)
    holder.setContentsMargins(0, 0, 0, 0)
    holder.addWidget(inside)
    return box


def _scrolled(sheet: Sheet) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
    area.setWidget(sheet)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return area


def _unlocked(reader: PaperReader, pdf: bytes, password: str) -> Sheets:
    reader.unlock(pdf, password)
    return reader.sheets(pdf)


def _words_of(reader: PaperReader, pdf: bytes, page: int, part: Box | None) -> str:
    return reader.page_text(pdf, page) if part is None else reader.words_in(pdf, page, part)


def _add_keys(view: PaperView, area: QWidget) -> None:
    """What the keyboard does while the page has it."""
    for keys, act in (
        (QKeySequence(QKeySequence.StandardKey.Copy), view.copy),
        (QKeySequence(QKeySequence.StandardKey.ZoomIn), partial(view.zoom, 1)),
        (QKeySequence(QKeySequence.StandardKey.ZoomOut), partial(view.zoom, -1)),
        (QKeySequence("Ctrl+PgDown"), partial(view.turn, 1)),
        (QKeySequence("Ctrl+PgUp"), partial(view.turn, -1)),
    ):
        shortcut = QShortcut(keys, area)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
