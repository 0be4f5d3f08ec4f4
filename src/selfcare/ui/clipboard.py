"""Copies a secret (a PAC, a RIO) for a minute, and takes it back if nothing else was copied meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

SECONDS = 60

_WINDOWS = 'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"'
_CONCEALED = (
    ("x-kde-passwordManagerHint", b"secret"),
    (_WINDOWS, b"1"),
    ("application/x-nspasteboard-concealed-type", b"1"),
)


class SecretCopy(QObject):
    """Holds a secret on the clipboard for a while. One lives as long as the window."""

    def __init__(self, parent: QObject, seconds: float = SECONDS) -> None:
        super().__init__(parent)
        self._secret = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(seconds * 1000))
        self._timer.timeout.connect(self.clear)

    def copy(self, secret: str) -> None:
        """Put a secret on the clipboard; histories of copied things are asked not to keep it."""
        data = QMimeData()
        data.setText(secret)
        for format_name, content in _CONCEALED:
            data.setData(format_name, QByteArray(content))
        QGuiApplication.clipboard().setMimeData(data)
        self._secret = secret
        self._timer.start()

    @Slot()
    def clear(self) -> None:
        """Take the secret back, unless something else has been copied since."""
        self._timer.stop()
        clipboard = QGuiApplication.clipboard()
        if self._secret and clipboard.text() == self._secret:
            clipboard.clear()
        self._secret = ""


def copy_secret(owner: QObject, secret: str, seconds: float = SECONDS) -> SecretCopy:
    """Copy a secret; it is cleared after a minute, or when `owner` goes."""
    for child in owner.children():
        if isinstance(child, SecretCopy):
            child.copy(secret)
            return child
    made = SecretCopy(owner, seconds)
    made.copy(secret)
    return made
