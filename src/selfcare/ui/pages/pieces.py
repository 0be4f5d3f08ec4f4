"""The small pieces of a view as widgets: facts, tags, steps, columns that stack when narrow, and questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from selfcare.i18n.words import Words
from selfcare.ui.theme import text_scale
from selfcare.ui.widgets.buttons import link, plain
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.course import Course, Step
from selfcare.ui.widgets.dialog import LONG as SENTENCE
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.empty import EmptyState
from selfcare.ui.widgets.facts import FactList
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import card_title, quiet, set_name, set_tone, text, visible
from selfcare.ui.widgets.tag import Tag
from selfcare.viewmodel.ages import Absence
from selfcare.viewmodel.facts import ConfirmView, FactView, TagView
from selfcare.viewmodel.tickets import Mark, StepView

if TYPE_CHECKING:
    from .page import Page

NARROW = 820
"""Pixels below which two columns stand one below the other."""


LONG = 60
"""Characters from which on a tag is said in words below its value; a shorter one has it beside it, or below."""


ONE_LINE = 40
"""Characters that a value may have to stand beside its name, with a sentence below both."""


def tag_of(view: TagView) -> Tag:
    """A tag in its tint."""
    return Tag(view.text, view.tone)


def fact_list(facts: Iterable[FactView]) -> FactList:
    """Facts in rows; what the operator does not state is quiet."""
    rows = FactList()
    for fact in facts:
        value = f"{fact.value}\n{fact.note}" if fact.note else fact.value
        if fact.tag is None and len(fact.note) > SENTENCE and len(fact.value) <= ONE_LINE:
            label = rows.add_noted(fact.name, fact.value, fact.note)
        elif fact.tag is not None and max(map(len, value.splitlines()), default=0) > LONG:
            label = rows.add(fact.name, f"{value}\n{fact.tag.text}")
        elif fact.tag is None and len(fact.value) > SENTENCE:
            label = rows.add_long(fact.name, value)
        elif fact.tag is not None:
            label = rows.add(fact.name, value, tag=fact.tag.text, tag_kind=fact.tag.tone)
        else:
            label = rows.add(fact.name, value)
        label.setContentsMargins(0, 6, 0, 6)
        if not fact.is_stated:
            set_tone(label, "quiet")
    return rows


def heading(words: str, *beside: QWidget) -> QWidget:
    """A card's title with its tags behind it, however long it is; below it where there is no room for both."""
    title = card_title(words)
    return flow(title, *beside, gap=10) if beside else title


def course_of(steps: Sequence[StepView], name: str, words: Words) -> Course:
    """A line of time from top to bottom."""
    states = {
        Mark.PAST: "done",
        Mark.NOW: "now",
        Mark.NEXT: "later",
        Mark.MISSED: "missed",
        Mark.UNSENT: "now",
        Mark.GONE: "later",
    }
    said = {
        Mark.PAST: "",
        Mark.GONE: "",
        Mark.NOW: words.tr("now"),
        Mark.NEXT: words.tr("still to come"),
        Mark.MISSED: words.tr("missed"),
        Mark.UNSENT: words.tr("not confirmed"),
    }
    course = Course(name)
    course.show_steps(
        [Step(s.when, s.title, s.text, s.far, states[s.mark], said=said[s.mark]) for s in steps],
        {number: _gap() for number, s in enumerate(steps) if not s.text},
    )
    return course


def _gap() -> QWidget:
    """Room below a step that has no words, so that its day does not touch the next one."""
    gap = QWidget()
    gap.setFixedHeight(round(10 * text_scale()))
    return gap


class Columns(QWidget):
    """Two columns side by side; one below the other where the window is narrow or the text is large."""

    def __init__(self, wide: int = 3, thin: int = 2, *, narrow: int = NARROW, between: int = 16) -> None:
        """`between` are the pixels that part the columns: more inside one card, where no edges do."""
        super().__init__()
        self._narrow = narrow
        self._between = between
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(between)
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        for column, share in ((self.left, wide), (self.right, thin)):
            column.setSpacing(12)
            holder = QWidget()
            holder.setMinimumWidth(0)
            column.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(column)
            holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._row.addWidget(holder, share, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the direction by the width."""
        narrow = event.size().width() < self._narrow * text_scale()
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != direction:
            self._row.setDirection(direction)
            self._row.setSpacing(16 if narrow else self._between)
        super().resizeEvent(event)


def over(label: str, value: str, *, tone: str = "", wraps: bool = False) -> QWidget:
    """A fact in a small column: its name above, what it is below. `wraps` where columns share the width."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0 if wraps else 24, 0)
    column.setSpacing(2)
    name = quiet(label)
    name.setWordWrap(False)
    shown = text(value, tone=tone)
    shown.setWordWrap(wraps)
    name.setBuddy(shown)
    column.addWidget(name)
    column.addWidget(shown)
    return box


def in_columns(parts: Sequence[QWidget]) -> QWidget:
    """Small columns side by side that share the width and wrap their words."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
    return box


def back_link(words: str, on_click: Callable[[], object]) -> QWidget:
    """The way back from a detail to its list."""
    button = link(words, on_click)
    button.setAccessibleDescription("Esc")
    return button


class Choice(QComboBox):
    """A list to choose one thing from. The wheel scrolls the page and changes nothing by accident."""

    def __init__(self, name: str, rows: Sequence[tuple[str, str]], chosen: str = "") -> None:
        """`rows` are (value, words); `chosen` is the value that stands there first."""
        super().__init__()
        set_name(self, name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for value, words in rows:
            self.addItem(visible(words, 120), value)
        self.setCurrentIndex(max(0, self.findData(chosen)))

    @property
    def value(self) -> str:
        """The value of what is chosen."""
        return str(self.currentData())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


def named(label: str, field: QWidget) -> QWidget:
    """A field below its name."""
    box, column = part_of_page()
    column.setSpacing(4)
    name = quiet(label)
    name.setBuddy(field)
    set_name(field, label)
    column.addWidget(name)
    column.addWidget(field)
    return box


def empty_card(page: Page, absence: Absence) -> Card:
    """Why there is nothing, as a card, with the button that helps."""
    card = Card()
    card.add(EmptyState(absence, reading_button(page, absence)))
    return card


def reading_button(page: Page, absence: Absence) -> QWidget | None:
    """The button that has the operator asked, where nothing was read yet; None where that would not help."""
    if absence.kind != "neverRead":
        return None
    words, context = page.words, page.context
    if context.is_signed_out:
        return plain(words.tr("Sign in"), lambda: context.sign_in())
    return plain(words.tr("Refresh"), lambda: context.refresh())


def part_of_page() -> tuple[QWidget, QVBoxLayout]:
    """A part of a page that is shown or hidden as a whole, and the column to fill it by."""
    box = QWidget()
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return box, column


def rebuilt(page: QWidget, build: Callable[[], object]) -> None:
    """Build a part of a page anew; the keyboard stays where it was, on the new widget of the same name."""
    focused = QApplication.focusWidget()
    name = focused.accessibleName() if focused is not None and page.isAncestorOf(focused) else ""
    before = set(page.findChildren(QWidget)) if name else set()
    build()
    if not name:
        return
    for widget in page.findChildren(QWidget):
        if widget not in before and widget.accessibleName() == name and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            widget.setFocus()
            return


def confirmed(parent: QWidget, view: ConfirmView, words: Words) -> bool:
    """Ask one question with its facts; True if the customer says yes."""
    dialog = confirm_dialog(parent, view, words)
    try:
        return bool(dialog.exec())
    finally:
        dialog.deleteLater()


def confirm_dialog(parent: QWidget | None, view: ConfirmView, words: Words) -> FactsDialog:
    """The question as a dialog, for whoever wants to look at it without waiting."""
    dialog = FactsDialog(
        parent,
        words,
        title=view.title,
        question=view.text,
        facts=[(f.name, f.value) for f in view.facts],
        confirm=view.yes,
        cancel=view.no,
    )
    dialog.body.addStretch(1)
    return dialog
