"""Reaches a server by its name in the time there is: all its addresses are tried side by side, not one by one."""

from __future__ import annotations

import errno
import ipaddress
import selectors
import socket
import threading
import time
from collections.abc import Callable
from itertools import chain, zip_longest
from typing import Any

STAGGER = 0.25
"""Seconds that one address is given before the next is tried as well (RFC 8305, 5: Connection Attempt Delay)."""
_UNDER_WAY = frozenset({0, errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", 0)})
Address = tuple[Any, ...]
"""As socket.getaddrinfo gives them: family, kind, protocol, canonical name, where."""


def reach(host: str, port: int, seconds: float, is_over: Callable[[], bool] = lambda: False) -> socket.socket:
    """A connection to the first address of a host that answers.

    A name server that does not answer, and an address where nobody is, cost together no more than `seconds`, and a
    moment once it `is_over`, because nobody wants it any more. Raises TimeoutError, and the OSError of the address that
    failed last.
    """
    until = time.monotonic() + seconds
    return _first(_in_turns(_looked_up(host, port, until, is_over)), until, is_over)


def _looked_up(host: str, port: int, until: float, is_over: Callable[[], bool]) -> list[Address]:
    """The addresses of a name. The system's own look-up knows no time limit, so that it has a thread of its own."""
    if _is_number(host):
        return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    found: list[list[Address] | OSError] = []

    def look() -> None:
        try:
            found.append(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except OSError as trouble:
            found.append(trouble)
        except UnicodeError as trouble:
            found.append(OSError(str(trouble)))

    looking = threading.Thread(target=look, name="selfcare-name", daemon=True)
    looking.start()
    while looking.is_alive() and (left := until - time.monotonic()) > 0 and not is_over():
        looking.join(min(left, STAGGER))
    if not found:
        raise TimeoutError("the name was not looked up in time")
    if isinstance(found[0], OSError):
        raise found[0]
    return found[0]


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _in_turns(addresses: list[Address]) -> list[Address]:
    """IPv6 and IPv4 in turns, beginning with the kind that the system put first (RFC 8305, 4)."""
    first = [one for one in addresses if one[0] == addresses[0][0]]
    others = [one for one in addresses if one[0] != addresses[0][0]]
    return [one for one in chain.from_iterable(zip_longest(first, others)) if one is not None]


def _first(waiting: list[Address], until: float, is_over: Callable[[], bool]) -> socket.socket:
    trouble = OSError("the name has no address")
    next_start = 0.0
    with selectors.DefaultSelector() as tried:
        try:
            while waiting or tried.get_map():
                now = time.monotonic()
                if now >= until or is_over():
                    raise TimeoutError("no address answered in time")
                if waiting and (now >= next_start or not tried.get_map()):
                    try:
                        tried.register(_begun(waiting.pop(0)), selectors.EVENT_WRITE)
                    except OSError as failed:
                        trouble = failed
                    next_start = now + STAGGER
                    continue
                for key, _ in tried.select(min(until, next_start if waiting else now + STAGGER) - now):
                    line: Any = key.fileobj
                    tried.unregister(line)
                    number = line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                    if not number:
                        return _ready(line)
                    line.close()
                    trouble, next_start = OSError(number, "no connection"), 0.0
        finally:
            for key in list(tried.get_map().values()):
                key.fileobj.close()  # type: ignore[union-attr]
    raise trouble


def _begun(address: Address) -> socket.socket:
    family, kind, protocol, _, where = address
    line = socket.socket(family, kind, protocol)
    line.setblocking(False)
    number = line.connect_ex(where)
    if number not in _UNDER_WAY:
        line.close()
        raise OSError(number, "no connection")
    return line


def _ready(line: socket.socket) -> socket.socket:
    line.setblocking(True)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line
