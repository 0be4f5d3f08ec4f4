"""Every piece of text on the screen is made here, as plain text: what an operator sends is never read as markup."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from selfcare.domain.marks import few_marks
from selfcare.i18n.whole_days import whole_days, whole_words, whole_years
from selfcare.ui.speaking import announce
from selfcare.ui.theme import CARD_TITLE, QUIET, TEXT, TITLE, font

LONGEST = 4000
"""Characters of a text that are shown; a longer one is cut with an ellipsis."""

LONG_WORD = 40
_LONGER = re.compile(rf"\S{{{LONG_WORD + 1},}}")
_PIECES = re.compile(r".{1,20}")
_TRICKS = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
_KEPT = {"\n", "\t", "\u00ad", "\u200d"}


class PlainLabel(QLabel):
    """A label that can only show plain text. Its accessible name is its text, also when that changes.

    A day in it stays on one line with its month; `text` says it with ordinary spaces, as it was given.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, *, limit: int = LONGEST) -> None:
        super().__init__(parent)
        self._limit, self._said = limit, ""
        self._heights: dict[int, int] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setOpenExternalLinks(False)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show a text; control and direction marks in it are made visible."""
        self._heights.clear()
        self._said = visible(text, self._limit)
        super().setText(whole_words(whole_days(_breakable(self._said))))

    def text(self) -> str:
        """What it says."""
        return self._said

    def heightForWidth(self, width: int) -> int:
        """How high the wrapped text is at a width; Qt asks, and breaks lines, a dozen times for each change."""
        found = self._heights.get(width)
        if found is None:
            found = self._heights[width] = super().heightForWidth(width)
        return found

    def changeEvent(self, event: QEvent) -> None:
        """Another font, look or language may be of another height."""
        self._heights.clear()
        super().changeEvent(event)


def _breakable(text: str) -> str:
    """With places (U+200B) at which a word may be broken that is longer than any: a name from elsewhere must not push
    what stands beside it off the screen."""
    if len(text) <= LONG_WORD:
        return text
    return _LONGER.sub(lambda word: "\u200b".join(_PIECES.findall(word[0])), text)


class Heading(PlainLabel):
    """A title that a screen reader can jump to (`ui/speaking.py` tells it as a heading)."""

    def setText(self, text: str) -> None:
        """The words are its name too: a heading is asked for nothing else. No year stands alone on its second line."""
        super().setText(text)
        QLabel.setText(self, whole_years(QLabel.text(self)))
        self.setAccessibleName(self.text())


class Trouble(PlainLabel):
    """What is wrong with what was typed or asked for. It is announced when it comes up, and again when it changes."""

    _announced = ""

    def setText(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        super().setText(text)
        self._announce()

    def showEvent(self, event: QShowEvent) -> None:
        """It comes into sight."""
        super().showEvent(event)
        self._announce()

    def hideEvent(self, event: QHideEvent) -> None:
        """What comes up again is said again."""
        super().hideEvent(event)
        self._announced = ""

    def _announce(self) -> None:
        words = self.text()
        if words and not self.isVisible():
            return
        if words != self._announced:
            self._announced = words
            announce(self, words, at_once=True)


def visible(text: str, limit: int = LONGEST) -> str:
    """A text that cannot play tricks: control and direction marks become a visible sign, no letter carries a tower of
    accents, and it is cut."""
    if not text.isascii() or not text.isprintable():
        import unicodedata

        text = "".join(
            c if c in _KEPT or unicodedata.category(c) not in {"Cc", "Cf"} else "\ufffd" for c in few_marks(text)
        )
    return text if len(text) <= limit else text[: limit - 1] + "…"


def escaped(text: str) -> str:
    """A text for a button, a tab or a menu, where "&" would underline the next letter."""
    return visible(text, 200).replace("&", "&&")


def prefilled(text: str) -> str:
    """A text for a field in which the customer may change it: what plays tricks is made visible, nothing is cut."""
    return text if text.isascii() and text.isprintable() else re.sub(_TRICKS, "\ufffd", few_marks(text))


def set_name(widget: QWidget, text: str) -> None:
    """What a screen reader calls a widget."""
    widget.setAccessibleName(visible(text))


def set_description(widget: QWidget, text: str) -> None:
    """What a screen reader says of a widget after its name."""
    widget.setAccessibleDescription(visible(text))


def title(text: str, parent: QWidget | None = None) -> PlainLabel:
    """The title of a page."""
    return _dressed(Heading(text, parent), TITLE, bold=True)


def card_title(text: str, parent: QWidget | None = None) -> PlainLabel:
    """The title of a card, wrapped."""
    return _dressed(Heading(text, parent), CARD_TITLE, bold=True)


def small_title(text: str, parent: QWidget | None = None) -> PlainLabel:
    """The title of a card or part whose figure says the most: small and quiet."""
    return _dressed(Heading(text, parent), QUIET, tone="quiet")


def strong(text: str, parent: QWidget | None = None) -> PlainLabel:
    """Ordinary text, bold."""
    return _label(text, TEXT, bold=True, parent=parent)


def text(text: str, parent: QWidget | None = None, *, tone: str = "") -> PlainLabel:
    """Ordinary text, wrapped. `tone` is "", "quiet", "accent", "bad", "warn" or "good"."""
    return _label(text, TEXT, tone=tone, parent=parent)


def trouble(words: str = "", parent: QWidget | None = None) -> PlainLabel:
    """What is wrong, in red; it is announced when it comes up."""
    return _dressed(Trouble(words, parent), TEXT, tone="bad")


def quiet(text: str, parent: QWidget | None = None) -> PlainLabel:
    """Small and quiet: an age, a source, a heading over a figure."""
    return _label(text, QUIET, tone="quiet", parent=parent)


def figure(text: str, parent: QWidget | None = None, *, size: float = TEXT, bold: bool = False) -> PlainLabel:
    """An amount: right-aligned, never wrapped, figures of equal width."""
    label = _label(text, size, bold=bold, wrap=False, parent=parent)
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    label.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
    return label


def big_figure(text: str, parent: QWidget | None = None) -> PlainLabel:
    """The one amount that a card is about."""
    return _label(text, TITLE, bold=True, wrap=False, parent=parent)


def quote(text: str, parent: QWidget | None = None) -> PlainLabel:
    """Somebody else's words, set apart by a line at the side; can be selected and copied."""
    label = _label(text, TEXT, parent=parent)
    label.setObjectName("quote")
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def rule(parent: QWidget | None = None) -> QFrame:
    """A thin line."""
    frame = QFrame(parent)
    frame.setObjectName("rule")
    return frame


def set_tone(label: QWidget, tone: str) -> None:
    """Change the tone of a label that is already shown."""
    if label.property("tone") != tone:
        label.setProperty("tone", tone)
        label.style().unpolish(label)
        label.style().polish(label)


def _label(
    text: str,
    size: float,
    *,
    bold: bool = False,
    tone: str = "",
    wrap: bool = True,
    parent: QWidget | None = None,
) -> PlainLabel:
    return _dressed(PlainLabel(text, parent), size, bold=bold, tone=tone, wrap=wrap)


def _dressed(label: PlainLabel, size: float, *, bold: bool = False, tone: str = "", wrap: bool = True) -> PlainLabel:
    label.setFont(font(size, bold=bold))
    label.setWordWrap(wrap)
    if tone:
        label.setProperty("tone", tone)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        label.setSizePolicy(policy)
    return label
