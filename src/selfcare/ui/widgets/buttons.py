"""Buttons: one primary on a page, plain ones beside it, and quiet ones that look like a link."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from selfcare.ui.theme import QUIET, TEXT, font, text_scale

from .labels import escaped, set_name

LONGEST = 180
"""Pixels, at usual text size, that the words of a button keep however narrow the window is."""

OnClick = Callable[[], object]


class Button(QPushButton):
    """A push button whose words are plain text, also with an "&" in them."""

    def __init__(self, text: str, on_click: OnClick | None = None, kind: str = "plain", parent: QWidget | None = None):
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.setFont(font(TEXT))
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.say(text)
        if on_click is not None:
            self.clicked.connect(lambda _checked=False: on_click())

    def say(self, text: str) -> None:
        """Put other words on it."""
        self.setText(escaped(text))
        set_name(self, text)

    def minimumSizeHint(self) -> QSize:
        """A long name (a document's) may be cut where the window is narrow; it is read out whole."""
        return self.sizeHint().boundedTo(QSize(round(LONGEST * text_scale()), 1000))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words that do not fit end in an ellipsis instead of losing both ends."""
        if self.width() >= self.sizeHint().width():
            super().paintEvent(event)
            return
        from PySide6.QtWidgets import QStyle, QStyleOptionButton, QStylePainter  # seldom needed, slow to load

        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self).width()
        option.text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room, int(Qt.TextFlag.TextShowMnemonic)
        )
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

    def keyPressEvent(self, event: object) -> None:
        """Return presses the button that has the focus, as people expect."""
        key = getattr(event, "key", lambda: None)()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]


def primary(text: str, on_click: OnClick | None = None, parent: QWidget | None = None) -> Button:
    """The one thing most people want here; one on a page."""
    return Button(text, on_click, "primary", parent)


def plain(text: str, on_click: OnClick | None = None, parent: QWidget | None = None) -> Button:
    """Anything else that may be done here."""
    return Button(text, on_click, "plain", parent)


def danger(text: str, on_click: OnClick | None = None, parent: QWidget | None = None) -> Button:
    """Something that cannot be undone, said in words and in red."""
    return Button(text, on_click, "danger", parent)


def link(text: str, on_click: OnClick | None = None, parent: QWidget | None = None) -> Button:
    """A way to another page or fact, small as text."""
    button = Button(text, on_click, "link", parent)
    button.setFont(font(QUIET + 0.5))
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return button


def key_hint(button: Button, keys: str) -> None:
    """Give a button a key of its own; it is read out with its name."""
    button.setShortcut(QKeySequence(keys))
