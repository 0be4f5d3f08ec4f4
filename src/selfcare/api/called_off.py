"""Asks a server so that the customer need not wait for its answer: whoever gives up is free at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import Any, TypeVar

from selfcare.domain.failures import SignInFailed

_T = TypeVar("_T")
_TICK = 0.1


def unless_over(work: Callable[[], _T], is_over: Callable[[], bool], let_go: Callable[[Future[Any]], None]) -> _T:
    """What `work` gives or raises; it is done beside the caller, who looks ten times a second whether it `is_over`.

    Raises SignInFailed("declined") as soon as it is. The work goes on where it cannot be stopped, and nobody waits for
    it any more; `let_go` is given it, to end what it leaves behind.
    """
    done: Future[_T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    Thread(target=run, name="selfcare-asking", daemon=True).start()
    while not wait([done], _TICK).done:
        if is_over():
            let_go(done)
            raise SignInFailed("declined")
    return done.result()
