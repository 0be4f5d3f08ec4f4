"""The sign in the system's tray: it keeps the program reminding after its window is closed, if the customer wants it.

What it says there can be read by whoever passes: no name, no number, no amount, not a word of leaving.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from selfcare.i18n.words import Words

from .icons import icon
from .theme import tokens_in_use

_MESSAGE_MS = 20_000


def has_tray() -> bool:
    """Whether this desktop has a tray."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """One sign with two entries: show the window, end the program."""

    opened = Signal()
    """The customer wants to see the window."""

    ended = Signal()
    """The customer ends the program."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.menu = QMenu()
        self.menu.addAction(words.tr("Show the window"), self.opened.emit)
        self.menu.addAction(words.tr("End the program"), self.ended.emit)
        self.sign = QSystemTrayIcon(icon("calendar", tokens_in_use().accent), self)
        self.sign.setToolTip(words.tr("Selfcare"))
        self.sign.setContextMenu(self.menu)
        self.sign.activated.connect(self._pressed)
        self.sign.messageClicked.connect(self.opened)
        self.sign.show()

    def tell(self, title: str, text: str) -> None:
        """Show a message beside the sign for a while."""
        self.sign.showMessage(title, text, QSystemTrayIcon.MessageIcon.NoIcon, _MESSAGE_MS)

    def _pressed(self, why: QSystemTrayIcon.ActivationReason) -> None:
        if why in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self.opened.emit()

    def take_away(self) -> None:
        """Nothing of it stays in the tray."""
        self.sign.hide()
        self.menu.deleteLater()
        self.deleteLater()
