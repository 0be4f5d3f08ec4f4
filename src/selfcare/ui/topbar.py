"""The strip above every page: the search field, how old what is shown is, and the button that reads again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QSizePolicy, QToolButton, QWidget

from .icons import icon
from .page_room import MARGIN, side_of
from .speaking import Progress, announce
from .theme import TEXT, font, text_scale, tokens_in_use
from .widgets.buttons import link
from .widgets.labels import quiet

if TYPE_CHECKING:
    from selfcare.i18n.words import Words
    from selfcare.viewmodel.ages import Age

NARROW = 620
"""Pixels, at usual text size, that search and age need to stand side by side."""

ROOM = 76
"""Pixels of the search field, at usual text size, that its edges, the glass and the cross take."""

GLASS = 16
"""Pixels of the glass at usual text size."""

BEFORE_GLASS = 10

BEGUN_WITHIN = 3000
"""Milliseconds in which a reading begins that the customer asked for; other readings are not announced."""

SETTLED = 500
"""Milliseconds after a reading in which the page has said its new age."""


class SearchField(QLineEdit):
    """A field that says what is found in it, and by which key it is reached where there is room for that too.

    The glass is drawn here: that of an action of the field would not grow with the text.
    """

    def __init__(self, hint: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._hint = hint
        self.setPlaceholderText(hint)
        self._side = round(GLASS * text_scale())
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.setTextMargins(0 if mirrored else self._side + 8, 0, self._side + 8 if mirrored else 0, 0)
        self.tint()

    def tint(self) -> None:
        """Draw the glass in the colours of the look."""
        self._glass = icon("search", tokens_in_use().quiet)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and the glass before its words."""
        super().paintEvent(event)
        place = QRect(BEFORE_GLASS, (self.height() - self._side) // 2, self._side, self._side)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveRight(self.width() - BEFORE_GLASS)
        self._glass.paint(QPainter(self), place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the key out before a word is cut."""
        super().resizeEvent(event)
        fits = self.fontMetrics().horizontalAdvance(self._hint) <= event.size().width() - round(ROOM * text_scale())
        self.setPlaceholderText(self._hint if fits else self._hint.partition("   ")[0])


class TopBar(QWidget):
    """Search at the left, age and Refresh at the right. While reading, progress and Stop stand in their place."""

    searched = Signal(str)
    refresh_wanted = Signal()
    sign_in_wanted = Signal()
    stop_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._age: Age | None = None
        self._reading = ""
        self._is_signed_out = False
        self._progress = Progress(self)
        self._is_awaited = False
        self._asked = QTimer(self)
        self._asked.setSingleShot(True)
        self._asked.setInterval(BEGUN_WITHIN)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(MARGIN, 16, MARGIN, 8)
        self._rows.setHorizontalSpacing(8)
        self._rows.setVerticalSpacing(4)
        self._rows.setColumnStretch(0, 1)
        self.field = SearchField(words.tr("Find a bill, a number, an amount…   Ctrl F"), self)
        self.field.setFont(font(TEXT))
        self.field.setAccessibleName(words.tr("Find a bill, a number or an amount"))
        self.field.setClearButtonEnabled(True)
        self.field.setMaximumWidth(round(392 * text_scale()))
        self.field.setMinimumWidth(200)
        self.field.setMaxLength(100)
        for button in self.field.findChildren(QToolButton):
            button.setAccessibleName(words.tr("Clear the search"))
        self.field.textEdited.connect(self.searched)
        self.field.textChanged.connect(self._cleared)
        self._rows.addWidget(self.field, 0, 0)
        self._line = quiet("", self)
        self._button = link(words.tr("Refresh"), self._pressed, self)
        self._rows.addWidget(self._button, 0, 2)
        self.help_button = link("?", self.help_wanted.emit, self)
        self.help_button.setAccessibleName(words.tr("Help for this page"))
        self.help_button.setToolTip(words.tr("{name} ({keys})", name=words.tr("Help for this page"), keys="F1"))
        self.help_button.setMinimumWidth(round(28 * text_scale()))
        self.help_button.setObjectName("ask")
        self._rows.addWidget(self.help_button, 0, 3)
        self._is_narrow = False
        self._place_line()
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand where the page stands; the age goes below where the window is narrow or the text is large."""
        super().resizeEvent(event)
        side = side_of(event.size().width())
        self._rows.setContentsMargins(side, 16, side, 8)
        is_narrow = event.size().width() < NARROW * text_scale()
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._place_line()

    def _place_line(self) -> None:
        self._rows.removeWidget(self._line)
        side = Qt.AlignmentFlag.AlignLeft if self._is_narrow else Qt.AlignmentFlag.AlignRight
        self._line.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self._rows.setColumnStretch(1, 0 if self._is_narrow else 1)
        if self._is_narrow:
            self._rows.addWidget(self._line, 1, 0, 1, 4)
        else:
            self._rows.addWidget(self._line, 0, 1)

    def show_age(self, age: Age | None) -> None:
        """Say how old the page is."""
        self._age = age
        self._show()

    def show_signed_out(self, is_so: bool) -> None:
        """Offer to sign in instead of reading again, or not."""
        self._is_signed_out = is_so
        self._show()

    def show_reading(self, line: str) -> None:
        """Say what is being read now; "" when it is over. What the customer asked for is announced, with its end."""
        before, self._reading = self._reading, line
        self._show()
        if line and not before:
            self._is_awaited = self._asked.isActive()
            if self._is_awaited:
                self._progress.begin(line)
        elif self._is_awaited and line:
            self._progress.say(line)
        elif self._is_awaited:
            self._is_awaited = False
            QTimer.singleShot(SETTLED, self, self._say_age)

    def expect_reading(self) -> None:
        """The customer has asked for a reading, which begins now if it may."""
        self._asked.start()

    def _say_age(self) -> None:
        if not self._reading:
            announce(self, self._line.text())

    def tint(self) -> None:
        """Draw the icon again after the look changed."""
        self.field.tint()

    def _show(self) -> None:
        words = self._words
        self._button.setVisible(bool(self._reading) or self._age is None or not self._age.is_archive)
        self._line.setText(self._reading or (self._age.text if self._age is not None else ""))
        if self._reading:
            self._button.say(words.tr("Stop"))
        elif self._needs_sign_in():
            self._button.say(words.tr("Sign in"))
        else:
            self._button.say(words.tr("Refresh"))

    def _needs_sign_in(self) -> bool:
        return self._is_signed_out or (self._age is not None and self._age.needs_sign_in)

    def _pressed(self) -> None:
        if self._reading:
            self.stop_wanted.emit()
        elif self._needs_sign_in():
            self.sign_in_wanted.emit()
        else:
            self.refresh_wanted.emit()

    @Slot(str)
    def _cleared(self, text: str) -> None:
        if not text:
            self.searched.emit("")
