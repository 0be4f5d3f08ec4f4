"""Lets an object follow what happens to a window or a page, and lets go before Python ends."""

from __future__ import annotations

import atexit
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QObject


class _Pair(QObject):
    """Who follows whom; it goes with the follower."""

    def __init__(self, follower: QObject, watched: QObject) -> None:
        super().__init__(follower)
        self.follower, self.watched = follower, watched


_pairs: WeakSet[_Pair] = WeakSet()


def follow(watched: QObject, follower: QObject) -> None:
    """Let `follower.eventFilter` see every event of `watched`, until `unfollow` or the end of the program.

    Qt lets go of its last objects when Python has already ended, and would still ask a filter written in Python: that
    ends the process with a crash. So all of them are taken away just before.
    """
    unfollow(watched, follower)
    watched.installEventFilter(follower)
    _pairs.add(_Pair(follower, watched))


def unfollow(watched: QObject, follower: QObject) -> None:
    """See no more of `watched`; nothing happens where it was not followed."""
    for pair in list(_pairs):
        if pair.watched is watched and pair.follower is follower:
            _pairs.discard(pair)
            if shiboken6.isValid(pair):
                pair.deleteLater()
    watched.removeEventFilter(follower)


@atexit.register
def unfollow_all() -> None:
    """Before Python ends: nobody follows anything."""
    for pair in list(_pairs):
        if shiboken6.isValid(pair.watched) and shiboken6.isValid(pair.follower):
            pair.watched.removeEventFilter(pair.follower)
    _pairs.clear()
