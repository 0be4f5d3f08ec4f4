"""Known problems without signing in: the operator's open list, one of them whole, and the way back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from selfcare.ui.context import Context
from selfcare.ui.pages.help_lists import problem_list
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import back_link, empty_card, part_of_page, rebuilt
from selfcare.ui.pages.ticket import ProblemDetail
from selfcare.ui.widgets.buttons import plain
from selfcare.ui.widgets.card import Card, empty_layout
from selfcare.ui.widgets.labels import quiet, rule, text
from selfcare.viewmodel.open_problems import OpenProblemsFacts, OpenProblemsView, open_problems_view


class OpenProblemsPage(Page):
    """Shown while no account is open, or one whose session is over. It asks nobody itself: it says that the list is to
    be read again."""

    again_wanted = Signal()
    """Ask the operator once more."""

    left = Signal()
    """Back to the first page."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.view: OpenProblemsView | None = None
        self._at = ""
        self.set_margins(24, 24)
        self._again = plain(self.words.tr("Read again"), self.again_wanted.emit)
        self.head_actions(self._again)
        self._part, self._column = part_of_page()
        self.body.addWidget(self._part)
        self.body.addStretch(1)

    def show_facts(self, facts: OpenProblemsFacts) -> None:
        """Show how things stand; called again when the answer has come."""
        now = self.context.now()
        self.show_view(open_problems_view(facts, self.words, now.astimezone(facts.zone).date(), now))

    def show_view(self, view: OpenProblemsView) -> None:
        """The list, or why there is none; a problem that is open stays open."""
        self.view = view
        self.set_title(view.title, view.subtitle)
        self._again.setEnabled(not view.is_asking)
        rebuilt(self, partial(self._build, view))

    def reload(self) -> None:
        """There is nothing to load: it is told how things stand, also while an account is open."""
        self.is_stale = False

    def open_at(self, target: str) -> None:
        """One problem by its number; "" is the list."""
        self._at = target
        if self.view is not None:
            self._build(self.view)
            self._back.setFocus()

    def go_back(self) -> bool:
        """From one problem to the list, from the list to the first page."""
        if self._at:
            self.open_at("")
        else:
            self.left.emit()
        return True

    def _build(self, view: OpenProblemsView) -> None:
        empty_layout(self._column)
        problem = view.problem(self._at)
        words = self.words.tr("← Back") if problem is None else self.words.tr("← All known problems")
        self._back = back_link(words, self.go_back)
        self._column.addWidget(self._back)
        if problem is not None:
            self._column.addWidget(ProblemDetail(problem, self.words))
            return
        if view.absence is not None:
            self._column.addWidget(empty_card(self, view.absence))
            return
        card = Card()
        if view.unread:
            card.add(text(view.unread, tone="warn"))
        problem_list(card, view.problems, view.score, self.words, self.open_at)
        card.add(rule(), quiet(view.hint))
        self._column.addWidget(card)
