"""The window: the list of pages at the side, one page at a time, and what stands above all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from os import urandom
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from selfcare.domain.topics import Topic

from .ahead import Ahead
from .context import Context, Reading
from .notes import Notes
from .pages.page import Page, takes_wait
from .placing import place
from .rooms import BEFORE, rooms
from .sidebar import Sidebar
from .theme import Theme
from .topbar import TopBar
from .unwatched import Unwatched

if TYPE_CHECKING:
    from selfcare.account.session import Session
    from selfcare.domain.commands import Command
    from selfcare.domain.failures import Failure
    from selfcare.domain.waiting import Waiting
    from selfcare.viewmodel.ages import Age
    from selfcare.viewmodel.glance import Look
    from selfcare.viewmodel.notice import Notice
    from selfcare.viewmodel.shell import ShellView

_SHELL = frozenset({Topic.CUSTOMER, Topic.PRODUCTS, Topic.TICKETS, Topic.WAITING})


class MainWindow(QMainWindow):
    """Shows one page at a time and builds each when it is first opened.

    Without an open account it shows the first page only. Its title names the program, never a person.
    """

    shown = Signal(str)
    """A page came to the front: its key."""

    stop_wanted = Signal()
    """The customer stops the reading that is going on."""

    closing = Signal()
    """The window is about to go: end the lanes."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.words = context.words
        context.changed = self.changed
        self.rooms = {room.key: room for room in rooms(context.words)}
        self._pages: dict[str, Page] = {}
        self._history: list[str] = []
        self._key = ""
        self._ahead = Ahead(self)
        self.stays_behind = False
        self.setWindowTitle(self.words.tr("Selfcare"))
        self.setMinimumSize(900, 600)
        place(self, context.settings.window)
        self._build()
        keys = {"Ctrl+F": self._find, "F5": self._refresh, "Ctrl+R": self._refresh, "Alt+Left": self._back}
        _add_shortcuts(self, keys)
        theme = QApplication.instance().findChild(Theme)  # type: ignore[union-attr]
        if theme is not None:
            theme.changed.connect(self._dressed)
        context.store_lane.our_mistake.connect(self._our_mistake)

    # ---- what app calls

    def start(self, target: str = "home", look: Look | None = None) -> None:
        """Open the first page: the one asked for (Home as it was made ahead), or the first while no account is open."""
        if self.context.session is None:
            self.show_room("welcome")
            return
        _dress(self.sidebar, self.context)
        if look is not None:
            self._ahead.show_look(look)
        else:
            self.show_room(target)
            self.stack.setFocus()
            self._reload_shell()

    def make_ahead(self) -> None:
        """What Home is made of was written to, though it says the same: make what the next start shows anew."""
        self._ahead.plan()

    def show_room(self, target: str) -> None:
        """Go to a page by its key, and to one thing on it: "bills/780123467"."""
        key, _, rest = target.partition("/")
        if key not in BEFORE and (key not in self.rooms or self.context.session is None):
            return
        if self._key and self._key != key:
            self._history.extend({self._key} - BEFORE.keys())
            self._say(None)
        page = self.page(key)
        self._key = key
        self._show_around(key != "welcome" and self.context.session is not None)
        self.sidebar.mark(key)
        self.stack.setCurrentWidget(page)
        page.open_at(rest)
        page.enter()
        self.shown.emit(key)

    def page(self, key: str) -> Page:
        """The page of a room, built if it was not yet."""
        if key not in self._pages:
            room = BEFORE[key](self.words) if key in BEFORE else self.rooms[key]
            page = room.page_class()(self.context, self.stack)
            page.submitted.connect(self._submit)
            page.opened.connect(self.show_room)
            page.aged.connect(self._aged)
            page.went_on.connect(self.notes.fold_kept)
            page.search_over.connect(self.topbar.field.clear)
            self._ahead.watch(key, page)
            self._pages[key] = page
            self.stack.addWidget(page)
        return self._pages[key]

    @property
    def current(self) -> Page:
        """The page that is seen."""
        return self._pages[self._key]

    @Slot(object)
    def changed(self, topics: Iterable[Topic]) -> None:
        """Something was read again, or asked for: pages that show it load anew, hidden ones when they come up."""
        found = frozenset(topics)
        for page in self._pages.values():
            page.changed(found)
        if found & _SHELL:
            self._reload_shell()
        if Topic.WAITING in found:
            self.notes.follow()

    def show_reading(self, line: str) -> None:
        """Say what is being read, "" when it is over."""
        self.topbar.show_reading(line)

    def say(self, notice: Notice) -> None:
        """Put a notice above the page until the customer goes on; in the place of one of the page's that is no news
        beside it."""
        if not takes_wait(self._pages.get(self._key), notice):
            self._say(notice)

    # ---- inside

    def _show_around(self, is_so: bool) -> None:
        """The list of pages and the search are for an open account only; before there is one nothing stands there, nor
        around the first page while an account is being opened."""
        self.sidebar.setVisible(is_so)
        self.topbar.setVisible(is_so)

    def _build(self) -> None:
        middle = QWidget(self)  # each part is made where it stays: moving it would dress all that is in it once more
        self.setCentralWidget(middle)
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.sidebar = Sidebar(tuple(self.rooms.values()), self.words.tr("Pages"), middle)
        self.sidebar.picked.connect(self.show_room)
        row.addWidget(self.sidebar)
        column = QVBoxLayout()
        column.setSpacing(0)
        self.topbar = TopBar(self.words, middle)
        self.topbar.searched.connect(self._search)
        self.topbar.refresh_wanted.connect(self._refresh)
        self.topbar.sign_in_wanted.connect(self._sign_in)
        self.topbar.stop_wanted.connect(self.stop_wanted)
        column.addWidget(self.topbar)
        self.notes = Notes(self.context, self._failed)
        self.notes.room_wanted.connect(self.show_room)
        column.addWidget(self.notes)
        self.stack = QStackedWidget(middle)
        self.stack.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        column.addWidget(self.stack, 1)
        self.unwatched = Unwatched(self, self.stack)
        row.addLayout(column, 1)
        self._show_around(False)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab, or Shift and Tab: over what stands in the window now, as the eye goes."""
        _order(self)
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back: out of the search, out of a detail, to the page before."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.topbar.field.hasFocus() and self.topbar.field.text():
            self.topbar.field.clear()
        else:
            self._back()

    def setVisible(self, visible: bool) -> None:
        """Arrange everything for the width that it has now before it is drawn: once, and right."""
        super().setVisible(visible)
        if visible:
            _arrange_now()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell the program that the window goes; where it stays in the tray (`stays_behind`) it is only hidden."""
        if self.stays_behind:
            event.ignore()
            self.hide()
        else:
            self.closing.emit()
            super().closeEvent(event)

    @Slot()
    def _back(self) -> None:
        if self._key and self.current.go_back():
            return
        if self._history:
            key = self._history.pop()
            self.show_room(key)
            if self._history and self._history[-1] != key:
                self._history.pop()

    @Slot()
    def _find(self) -> None:
        self.topbar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.topbar.field.selectAll()

    @Slot(str)
    def _search(self, text: str) -> None:
        if text and self._key != "bills":
            self.show_room("bills")
        if "bills" in self._pages:
            self._pages["bills"].search(text)

    @Slot()
    def _refresh(self) -> None:
        self.topbar.expect_reading()
        self.context.refresh()

    @Slot()
    def _sign_in(self) -> None:
        self.topbar.expect_reading()
        self.context.sign_in()

    @Slot(object)
    def _aged(self, age: Age | None) -> None:
        if self.sender() is self.stack.currentWidget():
            self.topbar.show_age(age)

    @Slot(object)
    def _submit(self, command: Command) -> None:
        if self.context.session is not None:
            _keep(self, self.context.session, command)

    def _failed(self, failure: Failure | None) -> None:
        from selfcare.viewmodel.notices import notice_of

        self._say(notice_of(failure, self.words))

    def _say(self, notice: Notice | None) -> None:
        if notice is None:
            self.notes.clear()
            return
        from selfcare.viewmodel.ages import has_read
        from selfcare.viewmodel.notices import as_read

        self.notes.say(as_read(notice, has_read=not self._key or has_read(self.current.fresh)))

    @Slot()
    def _our_mistake(self) -> None:
        self._failed(None)

    @Slot()
    def _dressed(self) -> None:
        self.sidebar.tint()
        self.topbar.tint()

    def _reload_shell(self) -> None:
        reading = self.context.reading()
        if reading is None:
            return
        self.context.store_lane.ask(
            self, lambda: _load_shell(reading), self.sidebar.show_view, self._failed, key="shell"
        )


def take_note_up(window: MainWindow, old: MainWindow) -> None:
    """The note of a contact that runs and stood beside the window before stands beside this one."""
    from .pages.case_file import CaseFilePage

    page = old.findChild(CaseFilePage)
    if page is not None and page.notes.lay_down():
        window.page("case").open_at("note")


def _order(window: MainWindow) -> None:
    from .reading_order import follow_the_eye

    follow_the_eye(window)


def _help(window: MainWindow) -> None:
    from .widgets.handbook import show_help

    show_help(window, window.words, window._key)


def _arrange_now() -> None:
    """What was arranged for another width is arranged anew, and what is to be drawn is noted."""
    for kind in (QEvent.Type.LayoutRequest, QEvent.Type.UpdateLater, QEvent.Type.UpdateRequest):
        QCoreApplication.sendPostedEvents(None, kind.value)


def _keep(window: MainWindow, session: Session, command: Command) -> None:
    """Keep what the customer asks for, and say so."""
    confirm = urandom(16).hex()

    def kept(waiting: Waiting) -> None:
        from selfcare.domain.commands import topic_of

        window.notes.say_kept(waiting)
        window.changed({Topic.WAITING, topic_of(command)})
        window.context.push()

    window.context.store_lane.ask(window, lambda: session.submit(command, confirm), kept, window._failed)


def _load_shell(reading: Reading) -> ShellView:
    from selfcare.viewmodel.shell import brand_view, shell_view

    reader = reading.reader
    return shell_view(
        brand_view(reading.profile).name,
        reader.customer(),
        len(reader.lines()),
        reader.tickets(),
        reader.waiting(),
        reading.words,
        reading.now,
    )


def _dress(sidebar: Sidebar, context: Context) -> None:
    """Whose operator it is, and whether anything is kept."""
    from selfcare.viewmodel.shell import brand_view

    if context.account is not None and context.account.key_place == "memory":
        from selfcare.viewmodel.notices import nothing_is_kept

        sidebar.show_kept(nothing_is_kept(context.words).sentence)
    if context.session is not None:
        sidebar.show_operator(brand_view(context.session.profile))


def _write_letter(page: Page) -> None:
    from .pages.letter_opening import write_letter

    write_letter(page)


def _add_shortcuts(window: MainWindow, keys: dict[str, Callable[[], None]]) -> None:
    more = {"Ctrl+N": lambda: window.show_room("case/note"), "F1": lambda: _help(window)}
    more["Ctrl+L"] = lambda: _write_letter(window.current)
    for key, slot in (keys | more).items():
        QShortcut(QKeySequence(key), window, slot)
    window.topbar.help_wanted.connect(more["F1"])
