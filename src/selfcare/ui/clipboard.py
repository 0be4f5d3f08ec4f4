"""Copies a secret (a PAC, a RIO) for a minute, and takes it back if nothing else was copied meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QCoreApplication, QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication

SECONDS = 60

_WINDOWS = 'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"'
_CONCEALED = (
    ("x-kde-passwordManagerHint", b"secret"),
    (_WINDOWS, b"1"),
    ("application/x-nspasteboard-concealed-type", b"1"),
)


class SecretCopy(QObject):
    """Holds a secret on the clipboard for a while; takes it back at the latest when its owner or the program goes."""

    def __init__(self, parent: QObject, seconds: float = SECONDS) -> None:
        super().__init__(parent)
        self._held = held = _Held()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(seconds * 1000))
        self._timer.timeout.connect(self.clear)
        parent.destroyed.connect(lambda: held.take_back())
        QCoreApplication.instance().aboutToQuit.connect(self.clear)  # type: ignore[union-attr]

    def copy(self, secret: str) -> None:
        """Put a secret on the clipboard; histories of copied things are asked not to keep it."""
        data = QMimeData()
        data.setText(secret)
        for format_name, content in _CONCEALED:
            data.setData(format_name, QByteArray(content))
        QGuiApplication.clipboard().setMimeData(data)
        self._held.secret = secret
        self._timer.start()

    @Slot()
    def clear(self) -> None:
        """Take the secret back, unless something else has been copied since."""
        self._timer.stop()
        self._held.take_back()


class _Held:
    """What is on the clipboard; outlives the widget that put it there by the one moment that taking it back needs."""

    def __init__(self) -> None:
        self.secret = ""

    def take_back(self) -> None:
        secret, self.secret = self.secret, ""
        if secret and QCoreApplication.instance() is not None:
            clipboard = QGuiApplication.clipboard()
            if clipboard.text() == secret:
                clipboard.clear()


def copy_secret(owner: QObject, secret: str, seconds: float = SECONDS) -> SecretCopy:
    """Copy a secret; it is cleared after a minute, or when `owner` or the program goes."""
    for child in owner.children():
        if isinstance(child, SecretCopy):
            child.copy(secret)
            return child
    made = SecretCopy(owner, seconds)
    made.copy(secret)
    return made
