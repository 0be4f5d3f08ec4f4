"""The screen goes first, and nobody waits for it for ever."""

from __future__ import annotations

import threading

import pytest

from selfcare.domain import precedence
from selfcare.domain.precedence import Precedence


def test_nobody_waits_where_the_screen_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precedence, "LONGEST", 60.0)
    order = Precedence()
    order.give_way()
    order.take()
    order.give_back()
    order.give_way()


def test_long_work_goes_on_when_the_screen_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precedence, "LONGEST", 60.0)
    order, went_on, waits = Precedence(), threading.Event(), threading.Event()

    def work() -> None:
        waits.set()
        order.give_way()
        went_on.set()

    order.take()
    beside = threading.Thread(target=work)
    beside.start()
    assert waits.wait(20)
    assert not went_on.wait(0.05)
    order.give_back()
    assert went_on.wait(20)
    beside.join()


def test_a_screen_that_never_gives_back_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    order, told = Precedence(), []
    monkeypatch.setattr(precedence, "monotonic", lambda: told.append(1) or 1000.0)
    order.take()
    monkeypatch.setattr(precedence, "monotonic", lambda: told.append(1) or 1000.0 + 2 * precedence.LONGEST)
    for _ in range(1000):
        order.give_way()
    assert len(told) == 2, "after the first look nobody looks any more"
