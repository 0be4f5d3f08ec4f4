"""One question, its facts, and two buttons: nothing happens until the customer says so."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from selfcare.i18n.words import Words

from .buttons import danger, plain, primary
from .facts import FactList
from .flow import flow
from .labels import card_title, set_name, text

LONG = 60
"""Characters from which on a fact is read as a sentence, below its name."""


class FactsDialog(QDialog):
    """Asks one question. `Esc` and closing the window mean no; `body` takes more widgets (a text field).

    `chapter` names its page of help, "" where it has none of its own; `has_help`: it answers F1.
    """

    chapter: ClassVar[str] = ""
    has_help: ClassVar[bool] = True

    def __init__(
        self,
        parent: QWidget | None,
        words: Words,
        *,
        title: str,
        question: str = "",
        facts: Sequence[tuple[str, str]] = (),
        confirm: str = "",
        cancel: str = "",
        is_final: bool = False,
    ) -> None:
        """`is_final` marks what cannot be undone: then the safe button has the focus."""
        super().__init__(parent)
        self.setWindowTitle(words.tr("Selfcare"))  # every program on the screen can read it, and there may be a number
        set_name(self, title)
        self.setModal(True)
        self.setMinimumWidth(560)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.setSpacing(16)
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        self.body = QVBoxLayout()
        column.addLayout(self.body)
        column.addStretch(0)
        self.body.setSpacing(12)
        self.body.addWidget(card_title(title))
        if question:
            self.body.addWidget(text(question))
        if facts:
            rows = FactList()
            for label, value in facts:
                (rows.add if len(value) <= LONG else rows.add_long)(label, value)
            self.body.addWidget(rows)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self._scroll, self._inside = scroll, inside
        outer.addWidget(scroll, 1)
        self.cancel_button = plain(cancel or words.tr("Cancel"), self.reject)
        self.confirm_button = (danger if is_final else primary)(confirm or words.tr("Confirm"), self._confirm)
        self._safe = is_final
        row = [self.cancel_button, self.confirm_button]
        self._foot: list[QWidget] = [*row]
        if self.chapter:
            from .handbook import help_link

            row.insert(0, help_link(self, words, self.chapter))
            self._foot.append(row[0])
        elif self.has_help:
            from .handbook import answer_f1

            answer_f1(self, lambda: words, lambda: "question")
        outer.addWidget(flow(*row, at_end=True))

    def showEvent(self, event: object) -> None:
        """Take the room that the facts need, up to most of the screen."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.fit()
        self._order()
        if self._safe:
            self.cancel_button.setFocus()

    def fit(self) -> None:
        """Take the room that what is in it needs now, up to most of the screen."""
        for part in self._inside.findChildren(QWidget):
            part.ensurePolished()
        least = self._inside.minimumSizeHint().width() + 64
        wide = max(560, least, min(720, self._inside.sizeHint().width() + 64))
        inner = self._inside.heightForWidth(wide - 48) if self._inside.hasHeightForWidth() else 0
        high = max(inner, self._inside.minimumSizeHint().height()) + self._around()
        screen = self.screen().availableGeometry()
        wide, highest = min(wide, screen.width() - 64), screen.height() - 96
        self.resize(wide, min(high, highest))
        for _again in range(3):
            self.grow()

    def _order(self) -> None:
        """Tab goes over what is asked, then no, then yes, then the help; it begins at the first thing asked."""
        asked: list[QWidget] = []
        here = self.nextInFocusChain()
        while here is not self and here is not None:
            takes = here.focusPolicy() & Qt.FocusPolicy.TabFocus and here.focusProxy() is None
            if takes and self._inside.isAncestorOf(here):
                asked.append(here)
            here = here.nextInFocusChain()
        for one, other in pairwise([*asked[-1:], *self._foot]):
            self.setTabOrder(one, other)
        if self.focusWidget() in {None, *self._foot}:
            first = next((one for one in asked if one.isEnabled() and one.isVisible()), self.cancel_button)
            first.setFocus()

    def grow(self) -> None:
        """Take more room where what is in it has grown, up to most of the screen."""
        high = self.height() + self._scroll.verticalScrollBar().maximum()
        self.resize(self.width(), min(high, self.screen().availableGeometry().height() - 96))

    def _around(self) -> int:
        """The height of everything that does not scroll: the margins and the buttons."""
        outer = self.layout()
        if outer is None:
            return 0
        return outer.minimumSize().height() - self._scroll.minimumSizeHint().height() + 2

    def _confirm(self) -> None:
        self.confirm_button.setEnabled(False)
        self.accept()
