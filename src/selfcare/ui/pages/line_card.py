"""One line as a card: its options in three facts each, its plan and cost, and its handset with its lock."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from selfcare.i18n.words import Words
from selfcare.ui.pages.pieces import NARROW, fact_list, heading, in_columns, over, part_of_page, tag_of
from selfcare.ui.widgets.balance import IN_ONE_CARD, Balanced
from selfcare.ui.widgets.buttons import Button, link, plain
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import figure, quiet, quote, rule, set_description, set_name, strong, text
from selfcare.ui.widgets.turning import Turning
from selfcare.viewmodel.handsets import HandsetView
from selfcare.viewmodel.services import LineView
from selfcare.viewmodel.verdicts import OptionView, ProblemLink


class LineCard(Card):
    """A line. It asks for nothing itself: it says what the customer wants."""

    report_wanted = Signal(object)
    """Something does not work: a `Draft` of a ticket."""

    test_wanted = Signal(str)
    """Something is to be tested step by step: the id of the option, or of the line."""

    drop_wanted = Signal(object)
    """An option is to be taken off: a `ConfirmView`."""

    order_wanted = Signal(object)
    """An option is to be ordered: an `OrderView`."""

    unlock_wanted = Signal(object)
    """The handset is to be unlocked: an `UnlockView`."""

    opened = Signal(str)
    """Another page: a known problem, the contract."""

    def __init__(self, line: LineView, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._line, self._words = line, words
        set_name(self, f"{line.kind} {line.title}")
        self.body.addWidget(self._head())
        for problem in line.problems:
            self.body.addWidget(self._problem(problem))
        columns = Balanced(5, 4, NARROW, free_first=True, between=IN_ONE_CARD)
        self.body.addSpacing(4)
        self.body.addWidget(columns)
        options = self._options()
        half = len(line.facts) if options else (len(line.facts) + 1) // 2
        left = [*options, *self._ordering()] if options else [fact_list(line.facts[:half])]
        right: list[QWidget] = [fact_list(line.facts[:half] if options else line.facts[half:])]
        if line.handset is not None:
            right.append(self._handset(line.handset))
        columns.show_cards(left, right, () if options else self._ordering())

    def minimumSizeHint(self) -> QSize:
        """It may be as narrow as the window wants."""
        return QSize(0, super().minimumSizeHint().height())

    def _head(self) -> QWidget:
        line, words = self._line, self._words
        box, left = part_of_page()
        left.setSpacing(2)
        none = "" if line.options else words.tr("no options")
        left.addWidget(heading(line.title, tag_of(line.health)))
        left.addWidget(quiet(" · ".join(p for p in (line.kind, line.subtitle, none) if p)))
        draft = line.drafts.get(line.id)
        if draft is None:
            return box
        button = plain(words.tr("This line does not work"), lambda: self.report_wanted.emit(draft))
        if not line.can_report:
            button = self._noter(line.title)
        tested = plain(words.tr("Test it"), lambda: self.test_wanted.emit(line.id))
        set_name(tested, words.tr("{option}: test it step by step", option=line.title))
        for one in (tested, button):
            set_description(one, line.subtitle or line.kind)
        return Turning(box, flow(tested, button))

    def _ordering(self) -> Iterator[QWidget]:
        """Orders on their way, and the way to another one or why there is none."""
        ordering, words = self._line.ordering, self._words
        for said in ordering.under_way:
            yield text(said, tone="warn")
            look = link(words.tr("See it under Waiting"), lambda: self.opened.emit("waiting"))
            set_name(look, words.tr("{order}: see it under Waiting", order=said))
            yield flow(look)
        question = ordering.question
        if question is not None:
            button = plain(words.tr("Order an option…"), lambda: self.order_wanted.emit(question))
            set_name(button, question.title)
            yield flow(button)
        elif ordering.why_not:
            yield quiet(ordering.why_not)

    def _options(self) -> list[QWidget]:
        """How many there are with the first one, and each other below a line."""
        line, words, found = self._line, self._words, []
        for number, option in enumerate(line.options):
            box, column = part_of_page()
            count = quiet(words.trn("{count} option", "{count} options", len(line.options)))
            column.addWidget(rule() if number else count)
            column.addWidget(self._option(option))
            found.append(box)
        return found

    def _option(self, option: OptionView) -> QWidget:
        words = self._words
        box = QWidget()
        set_name(box, words.tr("{name}: {value}", name=option.name, value=option.verdict.text))
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 2, 0, 6)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.setSpacing(8)
        name = strong(option.name)
        top.addWidget(name, 1)
        if option.price:
            top.addWidget(figure(option.price), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        column.addWidget(tag_of(option.verdict))
        if option.unasked:
            column.addWidget(text(option.unasked, tone="bad"))
        column.addWidget(text(option.sentence, tone="quiet"))
        if option.paid:
            column.addWidget(text(option.paid))
        parts = [
            over(fact.name, fact.value, tone="" if fact.is_stated else "quiet", wraps=True)
            for fact in (option.sold, option.on_paper, option.really)
        ]
        column.addWidget(in_columns(parts))
        if option.clause:
            column.addWidget(quiet(words.tr("The clause in your contract")))
            column.addWidget(quote(option.clause))
        if option.problem is not None:
            column.addWidget(self._problem(option.problem))
        draft = self._line.drafts.get(option.id)
        if draft is not None:
            if not self._line.can_report:
                button = self._noter(option.name)
            elif option.unasked:
                button = plain(words.tr("I did not order this"), lambda: self.report_wanted.emit(draft))
                set_name(button, words.tr("{option}: I did not order this", option=option.name))
            else:
                button = plain(words.tr("It does not work"), lambda: self.report_wanted.emit(draft))
                set_name(button, words.tr("{option}: it does not work", option=option.name))
            column.addWidget(flow(button, *self._tester(option), *self._dropper(option)))
        return box

    def _noter(self, name: str) -> Button:
        """Where the operator takes no ticket, what was said on the telephone is the evidence."""
        button = plain(self._words.tr("Note a call about it"), lambda: self.opened.emit("case/note"))
        set_name(button, self._words.tr("{option}: note a call about it", option=name))
        return button

    def _dropper(self, option: OptionView) -> tuple[QWidget, ...]:
        question = self._line.drops.get(option.id)
        if question is None:
            return ()
        button = plain(self._words.tr("Take it off…"), lambda: self.drop_wanted.emit(question))
        set_name(button, self._words.tr("{option}: take it off", option=option.name))
        return (button,)

    def _tester(self, option: OptionView) -> tuple[QWidget, ...]:
        if option.unasked or option.has_ended:
            return ()
        button = plain(self._words.tr("Test it"), lambda: self.test_wanted.emit(option.id))
        set_name(button, self._words.tr("{option}: test it step by step", option=option.name))
        return (button,)

    def _problem(self, problem: ProblemLink) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(text(problem.text, tone="warn"), 1)
        target = f"help/problem/{problem.id}"
        look = link(self._words.tr("See the known problem"), lambda: self.opened.emit(target))
        row.addWidget(look, 0, Qt.AlignmentFlag.AlignTop)
        return box

    def _handset(self, handset: HandsetView) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(heading(handset.name, tag_of(handset.lock)))
        column.addWidget(text(handset.sentence, tone="quiet"))
        column.addWidget(fact_list(handset.facts))
        view = handset.unlock
        if view is not None:
            column.addWidget(flow(plain(view.question.yes, lambda: self.unlock_wanted.emit(view))))
        return box
