"""Reads the papers that an end is judged by, and asks for the receipt and since when the new service works."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime
from PySide6.QtWidgets import QDateTimeEdit, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from selfcare.domain.bills import Bill
from selfcare.domain.lines import Line
from selfcare.domain.options import PaperState
from selfcare.domain.periods import is_monthly
from selfcare.i18n.words import Words
from selfcare.leaving.aftermath import Papers
from selfcare.leaving.drafts import Plans
from selfcare.leaving.facts import LeavingFacts
from selfcare.leaving.wizard import RECEIPT_MOST, Answers
from selfcare.ui.widgets.buttons import link, plain
from selfcare.ui.widgets.flow import FlowLayout
from selfcare.ui.widgets.labels import prefilled, quiet, set_description, set_name, strong
from selfcare.viewmodel.leaving_after import ReceiptView
from selfcare.viewmodel.leaving_cutover import WorksView
from selfcare.viewmodel.leaving_reminders import is_followed

from .leaving_pieces import Doors

if TYPE_CHECKING:
    from selfcare.account.read import Reader

_OVER = frozenset({PaperState.TERMINATED, PaperState.CANCELLED, PaperState.ABORTED})
_BEFORE = 3
"""So many bills before the end may hold rent that was paid in advance."""


def read_papers(
    reader: Reader, lines: Sequence[Line], facts: Iterable[LeavingFacts], plans: Plans, bills: Sequence[Bill]
) -> Papers:
    """What the ends are judged by, read on the store lane; nothing where no plan is followed."""
    parts = {line.id: [line.main, *line.options] for line in lines}
    prices = {
        o.id: o.gross for own in parts.values() for o in own if o is not None and o.gross and is_monthly(o.period)
    }
    prices |= {line.id: line.gross for line in lines if line.gross and is_monthly(line.period)}
    ends = [day for f in facts if (day := _end(f, plans.of(f.line_id))) is not None]
    wanted = _around(bills, min(ends)) if ends else ()
    return Papers(
        lines=tuple(line for bill in wanted for line in reader.bill_lines(bill.id)),
        payments=reader.payments() if ends else (),
        products={i: frozenset({i, *(o.id for o in own if o is not None)}) for i, own in parts.items()},
        prices=prices,
        accounts={line.id: line.account_id for line in lines if line.account_id},
        running=frozenset(line.id for line in lines if line.on_paper not in _OVER),
    )


def _end(facts: LeavingFacts, answers: Answers) -> date | None:
    """The end of a line with a plan that is followed; nothing is read for one that nobody follows."""
    return (facts.line_ended or answers.day) if is_followed(answers) else None


def _around(bills: Sequence[Bill], ended: date) -> tuple[Bill, ...]:
    """The bills written since the end and the few before; none where none was written since."""
    after = [b for b in bills if b.day is not None and b.day >= ended]
    before = [b for b in bills if b.day is not None and b.day < ended]
    return (*after, *before[:_BEFORE]) if after else ()


def receipt_box(view: ReceiptView, words: Words, doors: Doors) -> QWidget:
    """The receipt's number or photo; without one of them the box cannot be ticked off."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(4)
    label = quiet(view.label)
    field = QLineEdit(prefilled(view.number))
    field.setObjectName("receipt")
    field.setMaxLength(RECEIPT_MOST)
    field.setMinimumWidth(200)
    set_name(field, view.label)
    label.setBuddy(field)
    keep = plain(view.keep, lambda: doors.answer("receipt", field.text()))
    keep.setObjectName("keepReceipt")

    def typed(number: str) -> None:
        keep.setEnabled(bool(number.strip()) and number.strip() != view.number)

    typed(view.number)
    field.textChanged.connect(typed)
    row = FlowLayout(gap=8)
    row.addWidget(field)
    row.addWidget(keep)
    choose = plain(view.choose, lambda: _choose(box, words, doors))
    choose.setObjectName("choosePhoto")
    row.addWidget(choose)
    column.addWidget(label)
    column.addLayout(row)
    if view.photo:
        column.addWidget(strong(view.photo))
    if view.is_kept:
        clear = link(view.clear, lambda: _clear(doors))
        clear.setObjectName("clearReceipt")
        column.addWidget(clear)
    return box


def _choose(box: QWidget, words: Words, doors: Doors) -> None:
    kinds = words.tr("Pictures and PDF files (*.png *.jpg *.jpeg *.heic *.webp *.pdf)")
    chosen, _kind = QFileDialog.getOpenFileName(box, words.tr("Photo of the receipt"), "", kinds)
    if chosen:
        doors.answer("receiptPhoto", chosen)


def _clear(doors: Doors) -> None:
    doors.answer("receipt", "")
    doors.answer("receiptPhoto", "")


def works_box(view: WorksView, words: Words, doors: Doors) -> QWidget:
    """Since when the new service works, to the minute, in the operator's zone."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(4)
    at = view.moment or view.start
    field = QDateTimeEdit(QDateTime(QDate(at.year, at.month, at.day), QTime(at.hour, at.minute)))
    field.setObjectName("works")
    set_name(field, view.label)
    field.setLocale(QLocale(words.locale))
    field.setDisplayFormat(words.moment_pattern)
    field.setCalendarPopup(True)
    field.setMinimumWidth(220)
    label = quiet(view.label)
    label.setBuddy(field)

    def kept() -> None:
        chosen = field.dateTime()
        day, hour = chosen.date(), chosen.time()
        moment = datetime(day.year(), day.month(), day.day(), hour.hour(), hour.minute(), tzinfo=at.tzinfo)
        doors.answer("works", moment.isoformat())

    keep = plain(view.keep, kept)
    keep.setObjectName("keepWorks")
    set_description(keep, view.label)
    row = FlowLayout(gap=8)
    row.addWidget(field)
    row.addWidget(keep)
    if view.moment is not None:
        clear = link(view.clear, lambda: doors.answer("works", ""))
        clear.setObjectName("clearWorks")
        row.addWidget(clear)
    column.addWidget(label)
    column.addLayout(row)
    return box
