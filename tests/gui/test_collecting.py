"""What belongs to the screen is taken apart on the screen's thread, whoever makes objects meanwhile."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from selfcare.ui.collecting import Collector
from selfcare.ui.tasks import Lane

HERE = threading.get_ident


@pytest.fixture
def ends() -> list[int]:
    """The threads on which something was taken apart."""
    return []


@pytest.fixture
def lane(qapp: QApplication) -> Iterator[Lane]:
    """A lane of its own, closed afterwards."""
    made = Lane("collecting")
    yield made
    made.close()


class Knot(QWidget):
    """A window that holds itself, so that only a search for unused objects finds it."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def watched(seen: QObject, ends: list[int]) -> QObject:
    seen.destroyed.connect(lambda *_facts: ends.append(HERE()), Qt.ConnectionType.DirectConnection)
    return seen


def many_objects() -> None:
    """So many that Python would search several times, were it left to itself."""
    kept = [[n] for n in range(200_000)]
    kept.clear()


def test_a_busy_lane_takes_no_window_apart(qtbot: QtBot, lane: Lane, ends: list[int]) -> None:
    gc.enable()
    collector = Collector(parent := QObject())
    receiver, done = QObject(parent), []
    for _ in range(20):
        watched(Knot(), ends)
        lane.ask(receiver, many_objects, done.append)
    qtbot.waitUntil(lambda: len(done) == 20, timeout=20000)
    assert ends == []
    collector.start()
    gc.collect()
    assert len(ends) == 20
    assert set(ends) == {HERE()}
    collector.stop()


def test_the_collector_finds_what_is_unused(
    qtbot: QtBot, lane: Lane, ends: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("selfcare.ui.collecting.OFTEN_MS", 5)
    gc.collect()
    collector = Collector(parent := QObject())
    collector.follow(lane)
    collector.start()
    watched(Knot(), ends)
    gate, receiver = threading.Event(), QObject(parent)
    kept: list[list[int]] = []
    lane.ask(receiver, lambda: [kept.extend([n] for n in range(5000)), gate.wait()], lambda _answer: None)
    qtbot.waitUntil(lambda: bool(ends), timeout=20000)
    gate.set()
    qtbot.waitUntil(lambda: not lane.is_busy, timeout=20000)
    assert ends == [HERE()]
    collector.stop()


def test_everything_is_searched_only_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[int] = []
    monkeypatch.setattr("selfcare.ui.collecting.gc.get_count", lambda: (701, 11, 11))
    monkeypatch.setattr("selfcare.ui.collecting.gc.get_threshold", lambda: (700, 10, 10))
    monkeypatch.setattr("selfcare.ui.collecting.gc.collect", found.append)
    collector = Collector(QObject())
    collector.look()
    assert found == [1]
    monkeypatch.setattr("selfcare.ui.collecting.ALL_AFTER", 0.0)
    collector.look()
    assert found == [1, 2]
