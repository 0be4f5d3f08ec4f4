"""A small proxy on this computer, as companies have them: it opens tunnels (CONNECT), asks for a password, or fails."""

from __future__ import annotations

import base64
import contextlib
import socket
import threading
from dataclasses import dataclass, field

from selfcare.domain.proxy import Proxy
from tests.wire.crooked import hear_head
from tests.wire.listening import Listening


@dataclass(slots=True)
class SmallProxy(Listening):
    """`mood` is what it does: "well", "drops" the connection, "hangs", or a status line such as "502 Bad Gateway".

    `known` is the name and the password that it wants, "" if none. Names lead to this computer, whatever they are.
    """

    mood: str = "well"
    known: str = ""
    asked: list[str] = field(default_factory=list)

    def start(self) -> None:
        """Listen on a free port, or on that of before."""
        self.listen()

    @property
    def way(self) -> Proxy:
        """The proxy as a customer sets it, with the right password."""
        user, _, password = self.known.partition(":")
        return Proxy("127.0.0.1", self.port, user, password)

    def _talk(self, line: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), line:
            line.settimeout(10)
            self._lines.append(line)
            first, headers, _ = hear_head(line)
            self.asked.append(first)
            if self.mood == "hangs":
                line.recv(1)
            elif self.mood not in {"well", "drops"}:
                line.sendall(f"HTTP/1.1 {self.mood}\r\nContent-Length: 0\r\n\r\n".encode())
            elif self.known and headers.get("proxy-authorization") != f"Basic {_packed(self.known)}":
                line.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            elif self.mood == "well":
                method, target, _ = first.split(" ")
                assert method == "CONNECT", first
                self._tunnel(line, int(target.rpartition(":")[2]))

    def _tunnel(self, line: socket.socket, port: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as other:
            self._lines.append(other)
            line.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_carry, args=(other, line), daemon=True)
            back.start()
            _carry(line, other)
            back.join()


def _carry(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def _packed(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
