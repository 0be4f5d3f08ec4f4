"""What the small servers of the tests have in common: a port, a thread for each connection, and letting go of them."""

from __future__ import annotations

import contextlib
import socket
import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass, field


@dataclass(slots=True)
class Listening(ABC):
    """Listens on this computer. Whoever inherits says in `_talk` what is said on a connection, and notes it in
    `_lines` for as long as it may have to be let go of."""

    port: int = 0
    _listener: socket.socket | None = None
    _lines: list[socket.socket] = field(default_factory=list)

    def listen(self, where: str = "127.0.0.1") -> None:
        """Listen on a free port, or again on the one of before."""
        family = socket.AF_INET6 if ":" in where else socket.AF_INET
        self._listener = socket.create_server((where, self.port), family=family, backlog=50)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._run, args=(self._listener,), daemon=True).start()

    def stop(self) -> None:
        """Listen no more, and let go of every connection."""
        if self._listener is not None:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        self.hang_up()

    def hang_up(self) -> None:
        """Let go of every connection that is still kept."""
        while self._lines:
            with contextlib.suppress(OSError):
                self._lines.pop().shutdown(socket.SHUT_RDWR)

    def _run(self, listener: socket.socket) -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    @abstractmethod
    def _talk(self, line: socket.socket) -> None:
        """What is said on a connection."""
