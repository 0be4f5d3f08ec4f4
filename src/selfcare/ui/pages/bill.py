"""One bill beside the list: what it asks for, why it is different, its lines, its payments and what can be done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from selfcare.i18n.words import Words
from selfcare.ui.widgets.buttons import link, plain, primary
from selfcare.ui.widgets.card import Card, empty_layout
from selfcare.ui.widgets.empty import EmptyState
from selfcare.ui.widgets.facts import FactList
from selfcare.ui.widgets.fading import FadedFoot
from selfcare.ui.widgets.labels import big_figure, quiet, set_name, small_title, text
from selfcare.ui.widgets.table import Column, DataTable, row
from selfcare.ui.widgets.tag import Tag
from selfcare.viewmodel.bill import BillView, Fact
from selfcare.viewmodel.bill_check import CheckRow
from selfcare.viewmodel.bill_lines import LineGroup
from selfcare.viewmodel.differences import Comparison

MOST_ROWS = 60
"""More lines of one group than this stand in a table of their own."""

ROWS_IN_SIGHT = 10
TURN_KEYS = {"newer": "Alt+Up", "older": "Alt+Down"}


class BillPane(QScrollArea):
    """The facts of one bill. Its buttons say what the customer wants; the page does it."""

    wanted = Signal(str)
    """"dispute", "ticket", "plan", "offer", "proof", "debit", "name", "check", "newer", "older" or "paper/<id>"."""

    back_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.view: BillView | None = None
        self._checks: Card | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(words.tr("The chosen bill"))
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._column = QVBoxLayout(inside)
        self.bar = self.verticalScrollBar().sizeHint().width()
        self.verticalScrollBar().rangeChanged.connect(self._keep_width)
        self._column.setSpacing(12)
        self._back = link(words.tr("← All bills"), self.back_wanted.emit)
        self._back.hide()
        self._column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        self._column.addLayout(self._cards)
        self.foot = QVBoxLayout()
        self._column.addLayout(self.foot)
        self._column.addStretch(1)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self._fade = FadedFoot(self)
        self._keep_width()

    @Slot()
    def _keep_width(self) -> None:
        """The scroll bar stands beside the cards, which are as wide with it as without."""
        self._column.setContentsMargins(0, 0, 0 if self.verticalScrollBar().maximum() else self.bar, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What fades at the foot stays there."""
        super().resizeEvent(event)
        self._fade.follow()

    def show_nothing(self) -> None:
        """There is no bill to be shown."""
        self.view = self._checks = None
        empty_layout(self._cards)

    def show_bill(self, view: BillView, *, is_final: bool = False) -> None:
        """Show a bill from its top; `is_final` says that its PDF was looked into already."""
        is_same = self.view is not None and self.view.id == view.id
        self.view = view
        empty_layout(self._cards)
        self._cards.addWidget(self._main_card(view))
        comparisons = [self._comparison_card(comparison) for comparison in view.comparisons]
        self._checks = Card(self._words.tr("Is it right?"))
        self._checks.hide()
        for card in (*comparisons[:1], self._checks, *comparisons[1:]):
            self._cards.addWidget(card)
        if view.may_ask_plan:
            self._cards.addWidget(self._parts_card(view))
        self.add_checks(view.checks)
        self._cards.addWidget(self._lines_card(view))
        self._cards.addWidget(self._facts_card(view))
        if not is_same:
            self.verticalScrollBar().setValue(0)
        if not is_final:
            self.wanted.emit("check")

    def add_checks(self, rows: tuple[CheckRow, ...]) -> None:
        """Say what was found, below what is said already."""
        if self._checks is None:
            return
        for found in rows:
            line = QWidget()
            beside = QHBoxLayout(line)
            beside.setContentsMargins(0, 4, 0, 4)
            beside.setSpacing(12)
            beside.addWidget(text(found.text), 1)
            beside.addWidget(Tag(found.tag, found.kind), 0, Qt.AlignmentFlag.AlignTop)
            self._checks.add(line)
        if rows:
            self._checks.show()
            self._column.activate()

    def show_back(self, is_alone: bool) -> None:
        """Offer the way back where the list is not beside it."""
        self._back.setVisible(is_alone)

    def _main_card(self, view: BillView) -> Card:
        words = self._words
        box = Card()
        head = QHBoxLayout()
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(small_title(view.over))
        left.addWidget(big_figure(view.total))
        left.addWidget(text(view.sentence, tone="quiet"))
        head.addLayout(left, 1)
        right = QVBoxLayout()
        if view.papers:
            right.addWidget(plain(words.tr("PDF"), self._paper), 0, Qt.AlignmentFlag.AlignRight)
        turns = QHBoxLayout()
        turns.setSpacing(4)
        for sign, name, task in (("↑", words.tr("Newer bill"), "newer"), ("↓", words.tr("Older bill"), "older")):
            turns.addWidget(self._turn(sign, name, task))
        right.addLayout(turns)
        right.addStretch(1)
        head.addLayout(right)
        box.body.addLayout(head)
        box.body.addWidget(Tag(view.state, view.state_kind), 0, Qt.AlignmentFlag.AlignLeft)
        if view.proof:
            box.add(text(words.tr("Your proof: {payment}", payment=view.proof)))
        if view.dispute:
            box.add(text(view.dispute))
        for said in view.oddities:
            box.add(text(said, tone="bad"))
        if view.warning:
            box.add(text(view.warning, tone="bad"))
        if view.untold:
            box.add(quiet(view.untold))
        buttons: list[QWidget] = []
        if view.may_dispute:
            make = primary if _is_strange(view) else plain
            buttons.append(make(words.tr("Dispute it"), lambda: self.wanted.emit("dispute")))
        elif view.dispute:
            buttons.append(primary(view.dispute_step, lambda: self.wanted.emit("ticket")))
        if view.may_ask_plan:
            buttons.append(plain(words.tr("What about the debit?"), lambda: self.wanted.emit("debit")))
        if view.payments:
            buttons.append(plain(words.tr("Proof of payment"), lambda: self.wanted.emit("proof")))
        if view.naming:
            buttons.append(plain(view.naming, lambda: self.wanted.emit("name")))
        if buttons:
            box.buttons(*buttons)
        return box

    def _parts_card(self, view: BillView) -> Card:
        words = self._words
        box = Card(words.tr("Pay it in parts?"))
        asking = [] if view.plan else [plain(words.tr("Ask for a plan"), lambda: self.wanted.emit("plan"))]
        if view.plan:
            box.add(text(view.plan))
        box.buttons(
            *asking,
            plain(words.tr("Judge an offered plan"), lambda: self.wanted.emit("offer")),
        )
        return box

    @staticmethod
    def _comparison_card(comparison: Comparison) -> Card:
        box = Card(comparison.title)
        rows = FactList()
        for change in comparison.rows:
            rows.add_named(
                change.label,
                change.amount,
                below=change.below,
                tag=change.tag,
                tag_kind=change.tag_kind,
                bold=change.bold,
            )
        if comparison.rows:
            box.add(rows)
        if comparison.note:
            box.add(text(comparison.note, tone="quiet"))
        return box

    def _lines_card(self, view: BillView) -> Card:
        box = Card(self._words.tr("Line by line"))
        if view.lines_absence is not None:
            box.add(EmptyState(view.lines_absence))
        for group in view.groups:
            box.body.addSpacing(4)
            box.add(quiet(group.title))
            is_long = len(group.rows) > MOST_ROWS
            if is_long:
                box.add(self._long(group))
            box.add(self._short(group, is_sum_alone=is_long))
        if view.taxes:
            box.body.addSpacing(4)
            box.add(quiet(self._words.tr("Tax")), self._facts(view.taxes))
        return box

    def _short(self, group: LineGroup, *, is_sum_alone: bool) -> FactList:
        rows = FactList()
        for line in () if is_sum_alone else group.rows:
            rows.add_named(line.name, line.amount, below=line.detail)
        if group.sum:
            rows.add_named(self._words.tr("Together"), group.sum, bold=True)
        return rows

    def _long(self, group: LineGroup) -> DataTable:
        """A table of its own, which paints only what is in sight: thousands of lines are as quick as ten."""
        words = self._words
        columns = (
            Column(words.tr("Line"), stretch=True),
            Column(words.tr("When"), quiet=True),
            Column(words.tr("Amount"), right=True),
        )
        table = DataTable(columns, group.title, bare=True)
        table.show_rows([row(str(n), line.name, line.detail, line.amount) for n, line in enumerate(group.rows)])
        table.setMinimumHeight(table.height_of(ROWS_IN_SIGHT))
        return table

    def _facts_card(self, view: BillView) -> Card:
        words = self._words
        box = Card(words.tr("About this bill"))
        box.add(self._facts(view.facts))
        if view.payments or view.no_payments:
            box.body.addSpacing(4)
            box.add(quiet(words.tr("Payments")))
            box.add(self._facts(view.payments) if view.payments else text(view.no_payments, tone="quiet"))
        others = view.papers[1:]
        if others:
            box.body.addSpacing(4)
            box.add(quiet(words.tr("Other papers of this bill")))
            for paper in others:
                opened = partial(self.wanted.emit, f"paper/{paper.id}")
                box.body.addWidget(link(paper.name, opened), 0, Qt.AlignmentFlag.AlignLeft)
        if view.paper_absence is not None:
            box.add(EmptyState(view.paper_absence))
        return box

    def _turn(self, sign: str, name: str, task: str) -> QWidget:
        button = plain(sign, lambda: self.wanted.emit(task))
        set_name(button, name)
        button.setToolTip(self._words.tr("{name} ({keys})", name=name, keys=TURN_KEYS[task]))
        return button

    def _paper(self) -> None:
        if self.view is not None and self.view.papers:
            self.wanted.emit(f"paper/{self.view.papers[0].id}")

    @staticmethod
    def _facts(facts: tuple[Fact, ...]) -> FactList:
        rows = FactList()
        for fact in facts:
            if fact.below:
                rows.add_named(fact.label, fact.value, below=fact.below, tag=fact.tag, tag_kind=fact.tag_kind)
            else:
                rows.add(fact.label, fact.value, tag=fact.tag, tag_kind=fact.tag_kind)
        return rows


def _is_strange(view: BillView) -> bool:
    """Whether most people would want to dispute it: it is not like the others, or something in it is not right."""
    return bool(view.warning or view.oddities) or any(found.kind == "bad" for found in view.checks)
