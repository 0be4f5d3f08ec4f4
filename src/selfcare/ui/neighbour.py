"""Hears a second start of the program: it asks this window to come to the front, and may bring a file along."""

from __future__ import annotations

import time
from functools import partial

from PySide6.QtCore import QDeadlineTimer, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from selfcare.host.meeting import ANSWER, LARGEST, Call, read_call, written

PATIENCE = 2.0
"""Seconds that a second start waits for an answer."""

_AGAIN_AFTER = 0.1
_HEARD_OUT_MS = 2000
_MOST_AT_ONCE = 8


class Neighbour(QObject):
    """Listens at one address, to this user alone. Whatever is no call is dropped without an answer."""

    called = Signal(str)
    """A second start: the file that it brings, "" for none."""

    def __init__(self, address: str, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_MOST_AT_ONCE)
        self._server.newConnection.connect(self._came)
        self._said: dict[QLocalSocket, bytes] = {}
        QLocalServer.removeServer(address)  # what a killed window left: this one has the right to the home
        self.listens = self._server.listen(address)

    def close(self) -> None:
        """Listen no more, and leave nothing behind."""
        self._server.close()
        for socket in list(self._said):
            self._drop(socket)

    def _came(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self._said) >= _MOST_AT_ONCE:
                socket.abort()
                socket.deleteLater()
                continue
            self._said[socket] = b""
            socket.readyRead.connect(partial(self._hear, socket))
            socket.disconnected.connect(partial(self._drop, socket))
            QTimer.singleShot(_HEARD_OUT_MS, socket, partial(self._drop, socket))
            self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        if socket not in self._said:
            return
        said = self._said[socket] = self._said[socket] + socket.read(LARGEST + 1).data()
        if len(said) <= LARGEST and not said.endswith(b"\n"):
            return
        call = read_call(said)
        if call is not None:
            socket.write(ANSWER)
            socket.flush()
            socket.disconnectFromServer()
            self.called.emit(call.place)
        else:
            self._drop(socket)

    def _drop(self, socket: QLocalSocket) -> None:
        if self._said.pop(socket, None) is not None:
            socket.abort()
            socket.deleteLater()


def call_first(address: str, call: Call, patience: float = PATIENCE) -> bool:
    """Ask the window that listens at an address to come to the front; whether it answered in time.

    It is tried until the time is over: a window that was only just opened does not listen yet. Needs no event loop.
    """
    said = written(call)
    until = QDeadlineTimer(int(patience * 1000))
    while address and said and not until.hasExpired():
        socket = QLocalSocket()
        socket.connectToServer(address)
        if socket.waitForConnected(int(until.remainingTime())):
            socket.write(said)
            socket.flush()
            heard = b""
            while len(heard) < len(ANSWER) and socket.waitForReadyRead(int(until.remainingTime())):
                heard += socket.readAll().data()
            socket.abort()
            if heard == ANSWER:
                return True
        time.sleep(_AGAIN_AFTER)
    return False
