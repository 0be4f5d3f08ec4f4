"""Judge a payment plan that was offered: type what it says, see what it comes to, and answer it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from PySide6.QtCore import QDate, QLocale, Qt, Slot
from PySide6.QtWidgets import QDateEdit, QGridLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from selfcare.billing.plan import even_plan, judge_plan
from selfcare.domain.commands import OpenTicket
from selfcare.domain.money import Money
from selfcare.domain.records import Struct
from selfcare.i18n.words import Words
from selfcare.ui.context import Reading
from selfcare.ui.theme import TEXT, font
from selfcare.ui.widgets.card import empty_layout
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.facts import FactList
from selfcare.ui.widgets.labels import prefilled, quiet, set_name, text
from selfcare.viewmodel.plans import PlanView, answer_command, no_plan, offer_of, plan_view, wrong_offer
from selfcare.viewmodel.typed_amount import read_amount

from .bill_dialogs import is_untouched, writing_field

_CLAIMS = {"FR": "FR-PRS-01", "GB": "UK-LIM-01"}
"""The rule that says for how long a debt can be claimed, by country."""

MOST_PAYMENTS = 1200
USUAL_OF = 12
LATE = timedelta(days=31)
"""So long ago the first payment of a plan may have been, or since the bill was due."""
MOST_YEARS = 10
"""So many years ahead it may be."""


class Offer(Struct, frozen=True):
    """What an offered plan is held against: the debt, a usual bill, when it fell due, how long it can be claimed."""

    bill_id: str
    number: str
    debt: Money
    usual: Money | None
    due: date | None
    claim_years: int | None
    rule: str
    today: date


def read_offer(reading: Reading, bill_id: str) -> Offer | None:
    """Everything the judgement needs; None without a bill or an amount. For the store lane."""
    from selfcare.billing.usual import typical_of
    from selfcare.leaving.rules import parse_rules
    from selfcare.viewmodel.letter_material import RULES

    bill = reading.reader.bill(bill_id)
    debt = (bill.remaining or bill.total) if bill is not None else None
    if bill is None or debt is None or debt.value <= 0:
        return None
    before = [
        b.total.value
        for b in reversed(reading.reader.bills(limit=40))
        if b.total is not None and b.id != bill.id and b.total.unit == debt.unit and not b.is_credit_note
    ]
    typical = typical_of(before[-USUAL_OF:])
    usual = Money(Decimal(str(typical)), debt.unit).rounded() if typical > 0 else None
    years, said = None, ""
    country = reading.profile.country
    if country in RULES and country in _CLAIMS:
        rule = parse_rules(reading.rules(RULES[country])).find(_CLAIMS[country], reading.today)
        if rule is not None:
            years, said = rule.number, rule.sentence(reading.words.language)
    return Offer(bill.id, bill.number, debt, usual, bill.due, years, said, reading.today)


class OfferDialog(FactsDialog):
    """Payments, amount, first day and fee at the top; what it comes to below; the answer at the end."""

    chapter = "offer"

    def __init__(self, parent: QWidget | None, words: Words, offer: Offer) -> None:
        super().__init__(
            parent,
            words,
            title=words.tr("Judge an offered plan"),
            question=words.tr(
                "Type what your operator offered for {amount}. Nothing is agreed by looking at it.",
                amount=words.money(offer.debt),
            ),
            confirm=words.tr("Send this answer"),
            cancel=words.tr("Close"),
        )
        self._offer, self.words = offer, words
        self._view: PlanView | None = None
        self._is_named = False
        self.payments = QSpinBox()
        self.payments.setFont(font(TEXT))
        self.payments.setRange(1, MOST_PAYMENTS)
        self.payments.setValue(12)
        self.payments.lineEdit().setTextMargins(12, 0, 0, 0)
        self.payments.lineEdit().setAccessibleName(words.tr("Payments, one a month"))
        self.each, self.fee = QLineEdit(), QLineEdit()
        self.each.setPlaceholderText(words.tr("equal parts"))
        self.fee.setPlaceholderText(words.tr("none"))
        for field in (self.each, self.fee):
            field.setFont(font(TEXT))
            field.setMaxLength(16)
        self.fee.textChanged.connect(self._changed)
        self.first = self._day_field(words.tr("First payment"))
        self.payments.valueChanged.connect(self._named)
        self.payments.lineEdit().textEdited.connect(self._named)
        self.each.textChanged.connect(self._named)
        self.body.addLayout(
            _fields(
                (words.tr("Payments, one a month"), self.payments),
                (words.tr("Each"), self.each),
                (words.tr("First payment"), self.first),
                (words.tr("Fee for the plan"), self.fee),
            )
        )
        self._result = QVBoxLayout()
        self._result.setSpacing(8)
        self.body.addLayout(self._result)
        self.text = writing_field(words.tr("Text to your operator"), "", words)
        self.text.textChanged.connect(self._check)
        self.body.addWidget(quiet(words.tr("Text to your operator")))
        self.body.addWidget(self.text, 1)
        self._changed()

    @property
    def view(self) -> PlanView | None:
        """What is said of the plan that stands there now; None while it is none."""
        return self._view

    def command(self) -> OpenTicket:
        """The answer that is sent."""
        assert self._view is not None
        return answer_command(self._offer.bill_id, self._view, self.text.toPlainText().strip())

    @Slot()
    def _named(self) -> None:
        """Payments or an amount were written down: before that no plan stands there to be answered."""
        self._is_named = True
        self._changed()

    @Slot()
    def _changed(self) -> None:
        offer, day = self._offer, self.first.date()
        even = even_plan(offer.debt, self.payments.value(), date(day.year(), day.month(), day.day()))
        each, fee = self.each.text(), self.fee.text()
        wrong = wrong_offer(each, fee, self.words)
        plan = None
        if self._is_named and not wrong:
            plan = offer_of(offer.debt, self.payments.value(), read_amount(each), read_amount(fee), even)
        written = self._view.answer if self._view is not None else ""
        untouched = not self.text.toPlainText() or is_untouched(self.text, written)
        empty_layout(self._result)
        if plan is None or plan.each.value <= 0:
            self._view = None
            self._result.addWidget(text(wrong or no_plan(self.words), tone="bad" if wrong else ""))
        else:
            verdict = judge_plan(plan, offer.usual, offer.due, offer.claim_years)
            self._view = plan_view(verdict, offer.number, offer.usual, offer.rule, self.words)
            rows = FactList()
            for name, value in self._view.facts:
                rows.add(name, value)
            self._result.addWidget(rows)
            for said in self._view.sentences:
                self._result.addWidget(text(said, tone="" if self._view.is_fair else "bad"))
        if untouched:
            self.text.setPlainText(prefilled(self._view.answer if self._view is not None else ""))
        self._check()

    def _check(self) -> None:
        self.confirm_button.setEnabled(self._view is not None and bool(self.text.toPlainText().strip()))

    def _day_field(self, name: str) -> QDateEdit:
        day, today = self._offer.due or self._offer.today, self._offer.today
        field = QDateEdit(QDate(day.year, day.month, day.day))
        earliest = min(day, today - LATE)
        field.setDateRange(QDate(earliest.year, earliest.month, earliest.day), QDate(today.year + MOST_YEARS, 12, 31))
        for inner in field.findChildren(QLineEdit):
            set_name(inner, name)
            inner.setTextMargins(12, 0, 0, 0)
        field.setFont(font(TEXT))
        field.setLocale(QLocale(self.words.locale))
        field.setDisplayFormat("ddd d MMM yyyy")
        field.setKeyboardTracking(False)
        field.dateChanged.connect(self._changed)
        return field


def _fields(*asked: tuple[str, QWidget]) -> QGridLayout:
    """Fields of one height below their names, two in a row; a name that wraps moves both."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    for _name, field in asked:
        field.ensurePolished()
    high = max(field.sizeHint().height() for _name, field in asked)
    for number, (name, field) in enumerate(asked):
        row, column = 3 * (number // 2), number % 2
        label = quiet(name)
        label.setBuddy(field)
        set_name(field, name)
        field.setMinimumWidth(0)
        field.setFixedHeight(high)
        grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(field, row + 1, column)
        grid.setColumnStretch(column, 1)
        grid.setRowMinimumHeight(row + 2, 4)
    return grid
