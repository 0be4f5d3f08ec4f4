"""Bills: years of them in one list with instant search, the chosen one beside it, and its PDF, online and offline."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from selfcare.i18n.words import Words
from selfcare.store.search import BillQuery
from selfcare.ui.context import Context, Reading
from selfcare.ui.page_room import side_of
from selfcare.ui.pages.letter_opening import letter_button
from selfcare.ui.theme import text_scale
from selfcare.ui.widgets.table import Cell, Column, DataTable, Row, row
from selfcare.viewmodel.ages import Absence
from selfcare.viewmodel.bills import BillsView, ListedBill, found_of

from .bill import BillPane
from .bill_archive import BillArchive
from .bill_beside import PaneAndChart
from .bill_counting import LateCount
from .bill_filters import BillFilters, is_narrow
from .bill_loading import OneBill, Reported, RowsFound, bills_loaded, more_rows, one_bill, reported, rows_found
from .bill_nothing import NothingHere
from .bill_room import BesideEachOther
from .bill_tasks import BillTasks
from .page import Page

TOPICS = (
    Topic.BILLS,
    Topic.BILL_LINES,
    Topic.PAYMENTS,
    Topic.PAPERS,
    Topic.PRODUCTS,
    Topic.ACCOUNTS,
    Topic.TICKETS,
    Topic.WAITING,
)
"""What the page is made of: payments and tickets say what was taken, and what is disputed."""

NARROW = 1000
"""Below this width, in pixels at usual text size, list and bill take turns."""

LOW = 640
"""Below this height the chart scrolls with the bill instead of standing below it."""

ROWS_AT_LEAST = 6
"""So many bills are in sight at once; where the window is too low for them, the page scrolls."""


class BillsPage(Page):
    """The list at the left, the chosen bill or its PDF at the right."""

    topics: ClassVar[frozenset[Topic]] = frozenset(TOPICS)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._query = BillQuery()
        self._known = Reported({})
        self._bill_id = ""
        self._task = ""
        self._nothing: Absence | None = None
        self._below, self._all = "", 0
        self._is_alone = False
        self._shows_bill = False
        self.set_title(self.words.tr("Bills"))
        self._filters = BillFilters(self.words, self)
        self._filters.changed.connect(self._filtered)
        self.archive = BillArchive(self)
        self.head_actions(*self._filters.boxes)
        self.head.add_links(*self.archive.buttons, letter_button(self, as_link=True))
        self._build()
        self._late = LateCount(self, self._table.rows, self._counted)

    # ---- the page's part of the contract

    def load(self, reading: Reading) -> BillsView:
        """The first rows, the filters and the chart."""
        return bills_loaded(reading, self._query, self._known)

    def show_view(self, view: BillsView) -> None:
        """Show the list anew; the chosen bill stays chosen."""
        self._below, self._all = view.below, view.count
        if not is_narrow(self._query):
            self.set_title(self.words.tr("Bills"), self._below)
        self._filters.show_view(view)
        self.archive.export_button.setEnabled(view.absence is None)
        self._nothing = view.absence
        self._found_rows(RowsFound(view.rows, view.total, view.after, view.newest))
        self._beside.show_bars(view.bars)
        if self._bill_id:
            self._read_bill(self._bill_id)
        elif view.newest:
            self._read_bill(view.newest)
        self.ask(reported, self._know, key="paid")

    def choose_newest(self) -> None:
        """Whatever was chosen so far, the next reading chooses the newest bill."""
        self._bill_id = ""

    def open_at(self, target: str) -> None:
        """ "780123467" opens a bill, "780123467/dispute" (plan, debit, paper) also what is wanted of it."""
        bill_id, _, task = target.partition("/")
        if bill_id:
            self._task = task
            self._shows_bill = True
            if not task.startswith("paper"):
                self._tasks.leave_paper()
            self._table.choose(bill_id)
            self._read_bill(bill_id)
            self._arrange()

    def go_back(self) -> bool:
        """From the PDF to the facts, from the bill to the list where they take turns."""
        if self._right.currentWidget() is self._tasks.paper:
            self._tasks.leave_paper()
            return True
        if self._is_alone and self._shows_bill:
            self._to_list()
            return True
        return False

    def search(self, text: str) -> None:
        """Find while the customer types."""
        self._query = replace(self._query, text=text.strip())
        self._tasks.paper_check.rest()
        self._read_rows(is_asked=True)
        if self._shows_bill:
            self._shows_bill = False
            self._arrange()

    # ---- building

    def _build(self) -> None:
        words = self.words
        self._table = DataTable(_columns(words), words.tr("Bills"))
        self._table.keep_in_sight(ROWS_AT_LEAST)
        self._table.horizontalHeader().setMinimumSectionSize(round(72 * text_scale()))
        self._table.chosen.connect(self._came_to)
        self._table.activated_key.connect(self._activated)
        self._table.clicked.connect(self._clicked)
        self._table.rows.wanted.connect(self._read_more)
        self._nothing_here = NothingHere(self, self._show_all)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self._table, 1)
        left.addWidget(self._nothing_here)
        left.addStretch(0)
        self._pane = BillPane(words)
        self._pane.wanted.connect(self._do)
        self._pane.back_wanted.connect(self._to_list)
        self._beside = PaneAndChart(words, self._pane, self._activated, lambda: self._tasks.show_pictures())
        self._right = QStackedWidget()
        self._right.addWidget(self._beside)
        self._tasks = BillTasks(self, self._right, self._pane, self._table)
        self._two = BesideEachOther(self._left, self._right, self._table, self._pane.bar)
        self._right.currentChanged.connect(self._turned_to)
        self.body.addLayout(self._two, 1)
        self.fill_height()

    # ---- rows

    def _read_rows(self, *, is_asked: bool = False) -> None:
        self._late.expect(is_asked=is_asked)
        query, known = self._query, self._known
        self.ask(lambda reading: rows_found(reading, query, known), self._found_rows, key="rows")

    def _found_rows(self, found: RowsFound) -> None:
        self._show_rows(found)
        self._nothing_here.show_why(None if found.rows else self._nothing, finds=not found.rows and not self._nothing)
        self._table.setVisible(bool(found.rows))

    def _counted(self, total: int, newest: str) -> None:
        """So many match, now that the customer has paused: the bill beside them is one of them."""
        if not total:
            self._tasks.leave_paper()
            self._pane.show_nothing()
        elif self._bill_id and self._pane.view is None:
            self._read_bill(self._bill_id)
        is_narrowed = is_narrow(self._query)
        self.set_title(self.words.tr("Bills"), found_of(total, self._all, self.words) if is_narrowed else self._below)
        if is_narrowed and newest and not self._table.choose(self._bill_id):
            self._table.choose(newest)
            self._read_bill(newest)

    def _show_all(self) -> None:
        """Neither search nor filter."""
        self._filters.clear()
        self._query = self._filters.apply(replace(self._query, text=""))
        self.search_over.emit()
        self._read_rows(is_asked=True)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_rows(self, found: RowsFound) -> None:
        self._table.show_rows([_row(b) for b in found.rows], max(found.total, len(found.rows)), found.after)
        self._late.found(self._query, found)
        if not self._query.text:  # while the customer types, the list and the bill keep their room
            self._give_room()
        if self._bill_id:
            self._table.choose(self._bill_id)

    @Slot(int, int)
    def _read_more(self, offset: int, limit: int) -> None:
        query, known = replace(self._query, offset=offset, limit=limit), self._known
        self.ask(
            lambda reading: more_rows(reading, query, known),
            lambda rows: self._table.rows.give(offset, [_row(b) for b in rows]),
            key=f"more{offset}",
        )

    def _know(self, known: Reported) -> None:
        if not known.says_the_same(self._known):
            self._known = known
            self._read_rows()

    @Slot()
    def _filtered(self) -> None:
        self._query = self._filters.apply(self._query)
        self._read_rows(is_asked=True)

    # ---- one bill

    @Slot(str)
    def _came_to(self, bill_id: str) -> None:
        self._task = ""
        self._read_bill(bill_id)

    @Slot(str)
    def _activated(self, bill_id: str) -> None:
        self._shows_bill = True
        self._table.choose(bill_id)
        self._read_bill(bill_id)
        self._arrange()

    @Slot()
    def _clicked(self) -> None:
        if self._is_alone and self._table.current_key():
            self._activated(self._table.current_key())

    def _read_bill(self, bill_id: str) -> None:
        self._bill_id = bill_id
        self.ask(lambda reading: one_bill(reading, bill_id), self._show_bill, key="bill")

    def _show_bill(self, found: OneBill | None) -> None:
        if found is None or found.view.id != self._bill_id:
            return
        self._tasks.bill = found
        self.archive.show_bill(found)
        self._pane.show_bill(found.view)
        if self._right.currentWidget() is self._tasks.paper:
            self._do(f"paper/{self._tasks.same_paper(found)}" if found.view.papers else "facts")
        task, self._task = self._task, ""
        if task:
            self._do(task)

    @Slot(str)
    def _do(self, task: str) -> None:
        self._tasks.do(task)

    # ---- room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """List and bill side by side, or in turns where that is too narrow."""
        super().resizeEvent(event)
        self._is_alone = self.width() < NARROW * text_scale()
        self._beside.keep_low(self.height() < LOW * text_scale())
        self._arrange()
        self._give_room()

    @Slot()
    def _turned_to(self) -> None:
        self._two.show_paper(self._right.currentWidget() is self._tasks.paper)
        self._give_room()

    def _give_room(self) -> None:
        self._two.give_room(0 if self._is_alone else self.width() - 2 * side_of(self.width()))

    def _arrange(self) -> None:
        self._left.setVisible(not (self._is_alone and self._shows_bill))
        self._right.setVisible(not self._is_alone or self._shows_bill)
        self._pane.show_back(self._is_alone)
        for box in self._filters.boxes:
            box.setVisible(self._left.isVisibleTo(self))

    @Slot()
    def _to_list(self) -> None:
        self._shows_bill = False
        self._arrange()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)


def _columns(words: Words) -> tuple[Column, ...]:
    return (
        Column(words.tr("Date")),
        Column(words.tr("Number"), quiet=True, stretch=True, whole=True, below=True),
        Column(words.tr("Total"), right=True, bold=True),
        Column(words.tr("Against last"), right=True, quiet=True, below=True),
        Column(words.tr("State"), tag=True, below=True),
    )


def _row(bill: ListedBill) -> Row:
    total = Cell(bill.total)
    return row(bill.id, bill.day, bill.number, total, bill.against, Cell(bill.state, bill.kind))
