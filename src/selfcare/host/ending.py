"""Hears that this computer wants the program to end: Ctrl-C, a logout, a shutdown, or a terminal that closes."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class Ending:
    """The wishes to end since it was made. Each is a byte to be read at `number`; no work is interrupted by it.

    A wish that this process was started to ignore (nohup, a job in the background) stays ignored.
    """

    number: int
    """The open file, on Windows the socket, at which there is something to be read once the program is to end."""

    def __init__(self) -> None:
        if sys.platform == "win32":
            from socket import socketpair  # it takes a while to load; elsewhere a pipe does

            inbox, outbox = socketpair()
            inbox.setblocking(False)
            outbox.setblocking(False)
            self.number, written = inbox.fileno(), outbox.fileno()
            self._take: Callable[[], bytes] = partial(inbox.recv, 1)
            self._shut: tuple[Callable[[], None], ...] = (inbox.close, outbox.close)
        else:
            self.number, written = os.pipe()
            os.set_blocking(self.number, False)
            os.set_blocking(written, False)
            self._take = partial(os.read, self.number, 1)
            self._shut = (partial(os.close, self.number), partial(os.close, written))
        self._woken_before = signal.set_wakeup_fd(written, warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, _noted) for number in _heard()}

    def status(self) -> int:
        """The exit status that tells why the program ends, as shells count it: 128 and the signal's number.

        0 if nobody has asked. Each wish is told once.
        """
        try:
            asked = self._take()
        except BlockingIOError:
            return 0
        return 128 + asked[0] if asked else 0

    def close(self) -> None:
        """From now on the computer ends the program as it ends any other."""
        for number, before in self._before.items():
            signal.signal(number, before)
        signal.set_wakeup_fd(self._woken_before)
        for shut in self._shut:
            shut()


def _heard() -> list[int]:
    numbers = [int(getattr(signal, name)) for name in _NAMES if hasattr(signal, name)]
    return [number for number in numbers if signal.getsignal(number) is not signal.SIG_IGN]


def _noted(_number: int, _frame: FrameType | None) -> None:
    """Python itself has written the number down, at the very moment it came."""
