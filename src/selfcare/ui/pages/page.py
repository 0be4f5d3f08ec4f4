"""What all pages have in common: a title, an age, a place for trouble, and loading without freezing the window."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from selfcare.domain.records import Struct
from selfcare.domain.topics import Topic
from selfcare.ui.context import Context, Reading
from selfcare.ui.page_room import WIDEST, side_of
from selfcare.ui.widgets.card import empty_layout
from selfcare.ui.widgets.labels import set_name

from .page_head import PageHead

if TYPE_CHECKING:
    from selfcare.domain.failures import Failure
    from selfcare.domain.freshness import Freshness
    from selfcare.viewmodel.ages import Age
    from selfcare.viewmodel.notice import Notice

log = logging.getLogger(__name__)

FIRST_PAINT_MS = 100
"""How long what is shown first is left alone to be drawn, before the rest is read."""


Way = tuple[str, Callable[[], object]]
"""The words of a button, and what it does."""


class Loaded(Struct, frozen=True):
    """What the store lane hands back: the page's own view, how old it is, and what went wrong while reading it."""

    view: Any
    parts: tuple[Freshness, ...]
    age: Age
    trouble: Notice | None


class Page(QWidget):
    """A page names its `topics`, builds its view in `load` on the store lane and shows it in `show_view`.

    Everything else is done here: reading again when a topic changed, dropping late answers, failures as a banner over
    the last good view, and its age. A page that shows only what its view says sets `is_all_in_view`, and is left alone
    where a round of reading changed nothing.
    """

    topics: ClassVar[frozenset[Topic]] = frozenset()
    is_all_in_view: ClassVar[bool] = False

    submitted = Signal(object)
    """The customer asks for something: a domain command."""

    opened = Signal(str)
    """Another page is wanted, by its key and perhaps more: "bills/780123467"."""

    aged = Signal(object)
    """The age of what is shown changed: an `Age`, or None before the first load."""

    went_on = Signal()
    """The customer went to another step of this page: what was said of the step before has been read."""

    search_over = Signal()
    """The customer wants everything again: the field of the search is emptied."""

    found = Signal(object)
    """A view was shown for the first time or again; for tests and pictures."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.words = context.words
        self.age: Age | None = None
        self.fresh: tuple[Freshness, ...] = ()
        self.is_stale = True
        self.has_view = False
        self._noticed: Notice | None = None
        self._shown_view: Any = None
        self._build_frame()

    # ---- what a page fills in

    def load(self, reading: Reading) -> Any:
        """Build the view; runs on the store lane and touches no widget."""
        raise LookupError(f"{type(self).__name__} does not load")

    def show_view(self, view: Any) -> None:
        """Put the view on the screen."""
        raise LookupError(f"{type(self).__name__} does not show")

    def open_at(self, target: str) -> None:
        """Show one thing of this page: what stood behind the slash in `opened`. "" is the page itself."""

    def go_back(self) -> bool:
        """Leave a detail; False where there is none, then the window goes back itself."""
        return False

    def search(self, text: str) -> None:
        """Search for a text; the bills do."""

    # ---- what a page may use

    def set_title(self, words: str, below: str = "") -> None:
        """The title of the page and the quiet sentence below it."""
        self.head.say(words, below)
        set_name(self, words)

    def set_margins(self, top: int, bottom: int, widest: int = WIDEST) -> None:
        """The free room above and below the page, and how wide it is at the most, in pixels at usual text size."""
        self._margins = (top, bottom, widest)
        self._keep_width()

    def fill_height(self) -> None:
        """Let the body take the height of the window; the page scrolls only where that is too low for it."""
        self._frame.setStretchFactor(self.body, 1)
        self._frame.setStretch(self._frame.count() - 1, 0)

    def head_actions(self, *widgets: QWidget) -> None:
        """Filters and buttons at the right of the title."""
        for widget in widgets:
            self.head.beside.addWidget(widget)

    def submit(self, command: object) -> None:
        """Ask the operator for something."""
        self.submitted.emit(command)

    def open(self, target: str) -> None:
        """Go to another page: "help", "bills/780123467"."""
        self.opened.emit(target)

    def ask(self, work: Callable[[Reading], Any], on_result: Callable[[Any], None], *, key: str = "") -> None:
        """Read something more on the store lane; a failure becomes the banner. Without an account nothing happens."""
        reading = self.context.reading()
        if reading is None:
            return
        self.context.store_lane.ask(self, lambda: work(reading), on_result, self.show_failure, key=key)

    def put_away(self) -> None:
        """The page is left, or nobody looks at the window any more: what must not stay goes."""

    def reload(self) -> None:
        """Load the view again. Only the newest answer is shown."""
        self.is_stale = False
        reading = self.context.reading()
        if reading is None:
            return
        self.context.store_lane.ask(self, lambda: self._load(reading), self._show, self.show_failure, key="load")

    def show_loaded(self, view: Any, age: Age, trouble: Notice | None) -> None:
        """Show a view that was made before; it is read again at the next change, not when the page comes up."""
        self.is_stale = False
        self._show(Loaded(view, (), age, trouble))

    def changed(self, topics: Iterable[Topic]) -> None:
        """Something was read again: reload if it is shown here and visible, else remember."""
        if not self.topics & frozenset(topics):
            return
        self.is_stale = True
        if self.isVisible():
            self.reload()

    def enter(self) -> None:
        """The page comes to the front."""
        if self._has_lasting_notice:
            self.show_notice(None)
        if self.is_stale:
            self.reload()
        self.aged.emit(self.age)

    @property
    def _has_lasting_notice(self) -> bool:
        """What is said above the page stays until the page is left, whatever is read meanwhile."""
        return self._noticed is not None and (self._noticed.kind == "good" or self._noticed.stays)

    def show_failure(self, failure: Failure | None) -> None:
        """Say what went wrong above what is still shown; None is our own mistake."""
        from selfcare.viewmodel.ages import has_read
        from selfcare.viewmodel.notices import as_read, notice_of

        self.show_notice(as_read(notice_of(failure, self.words), has_read=has_read(self.fresh)))

    def show_notice(self, notice: Notice | None, ways: Sequence[Way] = ()) -> None:
        """Put a notice on top of the page, or take it away; `ways` are what can be done about it from there."""
        if notice == self._noticed and not ways:
            return
        self._noticed = notice
        empty_layout(self._banner_slot)
        if notice is None:
            return
        from selfcare.ui.widgets.banner import Banner

        button, on_click = "", None
        if notice.action == "refresh":
            button, on_click = self.words.tr("Refresh"), self.context.refresh
        elif notice.action == "signIn":
            button, on_click = self.words.tr("Sign in"), self.context.sign_in
        elif notice.action == "settings":
            button, on_click = self.words.tr("Open the settings"), self._open_settings
        self._banner_slot.addWidget(Banner(notice, button, on_click, ways=ways))

    def part(self, topic: Topic) -> Freshness | None:
        """The age of one of the page's topics, as of the last load."""
        return next((p for p in self.fresh if p.topic is topic), None)

    # ---- inside

    def _open_settings(self) -> None:
        self.opened.emit("settings")

    def _load(self, reading: Reading) -> Loaded:
        from selfcare.viewmodel.ages import age_of, trouble_of

        parts = tuple(reading.reader.freshness(*sorted(self.topics)))
        age = age_of(parts, reading.words, reading.zone, reading.today)
        return Loaded(self.load(reading), parts, age, trouble_of(parts, reading.words))

    def _show(self, loaded: Loaded) -> None:
        self.fresh = loaded.parts
        self.age = loaded.age
        if loaded.trouble is not None or not self._has_lasting_notice:
            self.show_notice(loaded.trouble)
        if not (self.is_all_in_view and self.has_view and loaded.view == self._shown_view):
            try:
                self.show_view(loaded.view)
            except Exception:
                log.exception("a page could not be built by our own mistake")
                self.show_failure(None)
                return
        self._shown_view = loaded.view
        self.has_view = True
        if self.isVisible():
            self.aged.emit(self.age)
        self.found.emit(loaded.view)

    def _build_frame(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._scroll = QScrollArea(self)
        inside = QWidget(self._scroll)
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setSpacing(16)
        self._frame = column
        self.set_margins(8, 24)
        self.head = PageHead()
        column.addWidget(self.head)
        self._banner_slot = QVBoxLayout()
        column.addLayout(self._banner_slot)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        column.addLayout(self.body)
        column.addStretch(1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._keep_width)
        outer.addWidget(self._scroll)

    @Slot()
    def _keep_width(self) -> None:
        """The scroll bar stands in the margin, so that cards are as wide with it as without."""
        top, bottom, widest = self._margins
        left = right = side_of(self.width(), widest)
        if self._scroll.verticalScrollBar().maximum():
            right = max(0, right - self._scroll.verticalScrollBar().sizeHint().width())
        self._frame.setContentsMargins(left, top, right, bottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A very wide window leaves room free at both sides."""
        super().resizeEvent(event)
        self._keep_width()

    def scroll_to(self, widget: QWidget) -> None:
        """Bring a part of the page into sight, once it has its place."""
        area = self._scroll
        QTimer.singleShot(0, widget, lambda: area.ensureWidgetVisible(widget))

    @Slot()
    def focus_first(self) -> None:
        """Give the keyboard to the first thing of the page."""
        self.focusNextChild()


def takes_wait(page: Page | None, notice: Notice) -> bool:
    """Say until when the operator is left alone in the place of the trouble above the page that is the reason for it;
    False where none stands there."""
    there = page._noticed if page is not None else None
    if page is None or there is None or not (there.waits and notice.waits):
        return False
    page.show_notice(notice)
    return True
