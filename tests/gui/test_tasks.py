"""Work on a lane: answers come back on the screen's thread, late ones are dropped, mistakes are told."""

from __future__ import annotations

import threading
import weakref
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from selfcare.domain.failures import Failure, Offline
from selfcare.domain.precedence import SCREEN
from selfcare.ui.tasks import Lane


def test_the_answer_comes_back_on_the_screens_thread(qtbot: QtBot, lanes: tuple[Lane, Lane]) -> None:
    lane, receiver, got = lanes[0], QObject(), []
    here = QThread.currentThread()
    lane.ask(receiver, threading.get_ident, lambda ident: got.append((ident, QThread.currentThread())))
    qtbot.waitUntil(lambda: bool(got), timeout=20000)
    assert got[0][0] != threading.get_ident()
    assert got[0][1] is here


def test_answers_keep_the_order_of_the_questions(qtbot: QtBot, lanes: tuple[Lane, Lane]) -> None:
    lane, receiver, got = lanes[0], QObject(), []
    for number in range(50):
        lane.ask(receiver, lambda n=number: n, got.append)
    qtbot.waitUntil(lambda: len(got) == 50, timeout=20000)
    assert got == list(range(50))


def test_an_answer_whose_receiver_is_gone_is_dropped(qtbot: QtBot, lanes: tuple[Lane, Lane]) -> None:
    import shiboken6

    lane, receiver, other, got = lanes[0], QObject(), QObject(), []
    gate = threading.Event()
    lane.ask(receiver, gate.wait, lambda _r: got.append("gone"))
    lane.ask(other, lambda: None, lambda _r: got.append("other"))
    shiboken6.delete(receiver)
    gate.set()
    qtbot.waitUntil(lambda: bool(got), timeout=20000)
    assert got == ["other"]


def test_only_the_newest_question_under_a_key_is_answered(qtbot: QtBot, lanes: tuple[Lane, Lane]) -> None:
    lane, receiver, got, ran = lanes[0], QObject(), [], []
    gate = threading.Event()
    lane.ask(receiver, gate.wait, lambda _r: None)
    for number in range(5):
        lane.ask(receiver, lambda n=number: ran.append(n) or n, got.append, key="typed")
    gate.set()
    qtbot.waitUntil(lambda: bool(got), timeout=20000)
    assert got == [4]
    assert ran == [4]


def test_a_failure_of_the_world_reaches_the_page(qtbot: QtBot, lanes: tuple[Lane, Lane]) -> None:
    lane, receiver, got = lanes[0], QObject(), []

    def work() -> None:
        raise Offline()

    lane.ask(receiver, work, lambda _r: None, got.append)
    qtbot.waitUntil(lambda: bool(got), timeout=20000)
    assert got == [Offline()]


def test_our_own_mistake_is_logged_and_told(
    qtbot: QtBot, lanes: tuple[Lane, Lane], caplog: pytest.LogCaptureFixture
) -> None:
    lane, receiver = lanes[0], QObject()
    got: list[Failure | str | None] = []

    def work() -> Any:
        return {}["absent"]

    lane.ask(receiver, work, lambda _r: got.append("result"), got.append)
    qtbot.waitUntil(lambda: bool(got), timeout=20000)
    assert got == [None]
    with qtbot.waitSignal(lane.our_mistake, timeout=20000):
        lane.run(work)
    assert caplog.text.count("KeyError") >= 2
    caplog.clear()


def test_closing_ends_the_thread_and_skips_what_has_not_begun(qtbot: QtBot) -> None:
    ran: list[str] = []
    for _ in range(100):
        lane, receiver = Lane("short"), QObject()
        gate = threading.Event()
        lane.ask(receiver, gate.wait, lambda _r: None)
        lane.ask(receiver, lambda: ran.append("second"), lambda _r: None)
        lane._thread.stopping = True
        gate.set()
        lane.close(lambda: ran.append("last"))
        assert lane._thread.isFinished()
        lane.ask(receiver, lambda: ran.append("late"), lambda _r: None)
    assert ran == ["last"] * 100


def test_what_was_promised_is_done_though_the_lane_is_closed(qtbot: QtBot) -> None:
    ran: list[str] = []
    lane, receiver = Lane("short"), QObject()
    gate = threading.Event()
    lane.ask(receiver, gate.wait, lambda _r: None)
    lane.ask(receiver, lambda: ran.append("skipped"), lambda _r: None)
    lane.ask(receiver, lambda: ran.append("promised"), lambda _r: ran.append("told"), promised=True)
    lane._thread.stopping = True
    gate.set()
    lane.close(lambda: ran.append("last"))
    assert ran == ["promised", "last"]


def test_an_idle_lane_holds_nothing_of_its_last_job(qtbot: QtBot, lanes: tuple[Lane, Lane]) -> None:
    class Bill:
        pass

    held: list[weakref.ref[Bill]] = []

    def work() -> Bill:
        bill = Bill()
        held.append(weakref.ref(bill))
        return bill

    lanes[0].ask(lanes[0], work, lambda _bill: None)
    qtbot.waitUntil(lambda: bool(held) and held[0]() is None, timeout=20000)


def test_busy_is_told_once_until_all_is_answered(qtbot: QtBot) -> None:
    lane, receiver, said = Lane("busy"), QObject(), []
    lane.busy.connect(said.append)
    for _ in range(3):
        lane.ask(receiver, lambda: None, lambda _r: None)
    qtbot.waitUntil(lambda: len(said) == 2, timeout=20000)
    assert said == [True, False]
    lane.close()


def test_the_screen_goes_first_while_an_answer_is_put_on_it(
    qtbot: QtBot, lanes: tuple[Lane, Lane], monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    monkeypatch.setattr(SCREEN, "take", lambda: order.append("take"))
    monkeypatch.setattr(SCREEN, "give_back", lambda: order.append("give back"))
    label = QLabel()
    qtbot.addWidget(label)
    label.show()
    qtbot.waitExposed(label)

    def shown(text: str) -> None:
        label.paintEvent = lambda _event: order.append("paint")  # type: ignore[method-assign]
        order.append("answer")
        label.setText(text)

    lanes[0].ask(label, lambda: "25 bills", shown)
    qtbot.waitUntil(lambda: "give back" in order)
    assert order == ["take", "answer", "paint", "give back"]


def test_the_others_go_on_also_after_an_answer_that_cannot_be_shown(
    qtbot: QtBot, lanes: tuple[Lane, Lane], monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    monkeypatch.setattr(SCREEN, "give_back", lambda: order.append("give back"))
    with qtbot.captureExceptions() as caught:
        lanes[0].ask(lanes[0], lambda: None, lambda _none: 1 / 0)
        qtbot.waitUntil(lambda: bool(order))
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]
