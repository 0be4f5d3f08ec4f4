"""The window is never held for a fifth of a second, whatever a PDF or an operator does."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from selfcare.api.operator import Operator
from selfcare.paper.reader import PaperReader
from selfcare.ui.tasks import Lane
from selfcare.ui.widgets.paper import PaperView
from selfcare.viewmodel.notices import notice_of
from tests import samples
from tests.gui.beat import ALLOWED, longest_block
from tests.wire.calls import CALLS, operator_at
from tests.wire.crooked import FAULTS, Crooked

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit" / "paper"))

from hostile_papers import all_papers

PAPERS = all_papers()
WORDS = samples.words()
ONE_OF_EACH_CLASS = (
    "hang", "slow loris", "lost response", "body without end", "gzip bomb", "gzip in gzip", "interim answers",
    "302 elsewhere", "401", "429 in seconds", "500", "200 with an error", "HTTP/2 goes away", "portal by 200",
    "out of a cache",
)  # fmt: skip
"""One of each class of faults: transport, framing and size, status, middle boxes and time."""


@pytest.fixture
def lane() -> Iterator[Lane]:
    made = Lane("held")
    yield made
    made.close()


def test_a_window_that_is_held_is_noticed_and_a_busy_lane_is_none(qtbot: QtBot, lane: Lane) -> None:
    def held() -> None:
        qtbot.wait(20)
        time.sleep(1.0)  # well above what a busy computer is allowed for
        qtbot.wait(20)

    def elsewhere() -> None:
        over: list[object] = []
        lane.ask(label, lambda: time.sleep(0.3), over.append)
        qtbot.waitUntil(lambda: bool(over))

    label = QLabel()
    qtbot.addWidget(label)
    assert longest_block(held) > ALLOWED
    assert longest_block(elsewhere) < ALLOWED


@pytest.mark.skipif(sys.platform != "linux", reason="the reading process is in its cage there")
@pytest.mark.parametrize("name", [name for n, name in enumerate(PAPERS) if n % 20 == 0])
def test_a_hostile_pdf_holds_nothing(qtbot: QtBot, lane: Lane, name: str) -> None:
    hold_nothing_with(qtbot, lane, name)


@pytest.mark.campaign
@pytest.mark.skipif(sys.platform != "linux", reason="the reading process is in its cage there")
@pytest.mark.parametrize("name", PAPERS)
def test_no_hostile_pdf_holds_anything(qtbot: QtBot, lane: Lane, name: str) -> None:
    hold_nothing_with(qtbot, lane, name)


def hold_nothing_with(qtbot: QtBot, lane: Lane, name: str) -> None:
    reader, pdf = PaperReader(limit=1.0), PAPERS[name]()
    view = PaperView(WORDS, lane, lambda: reader)
    qtbot.addWidget(view)
    view.resize(700, 900)
    view.show()
    qtbot.wait(50)

    def story() -> None:
        view.show_pdf(pdf, "hostile")
        qtbot.waitUntil(lambda: not lane.is_busy, timeout=60_000)

    assert longest_block(story) < ALLOWED
    lane.run(reader.close)
    qtbot.waitUntil(lambda: not lane.is_busy, timeout=60_000)


def ask_for_everything(qtbot: QtBot, lane: Lane, operator: Operator, label: QLabel, calls: tuple[str, ...]) -> None:
    """Each kind of call on a lane, as the program makes them, and what came of it shown."""
    for call in calls:
        ask: Callable[[Operator], object] = CALLS[call]
        lane.ask(
            label, lambda ask=ask: ask(operator), lambda _: label.setText(""),
            lambda failure: label.setText(notice_of(failure, WORDS).sentence),
        )  # fmt: skip
    qtbot.waitUntil(lambda: not lane.is_busy, timeout=60_000)


@pytest.mark.parametrize("fault", ONE_OF_EACH_CLASS)
def test_no_class_of_faults_holds_anything(qtbot: QtBot, lane: Lane, fault: str) -> None:
    with_fault(qtbot, lane, fault, ("list",))


@pytest.mark.campaign
@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_holds_anything(qtbot: QtBot, lane: Lane, fault: str) -> None:
    with_fault(qtbot, lane, fault, tuple(CALLS))


def with_fault(qtbot: QtBot, lane: Lane, fault: str, calls: tuple[str, ...]) -> None:
    server = Crooked()
    server.start()
    operator = operator_at(server)
    label = QLabel()
    qtbot.addWidget(label)
    label.show()

    def story() -> None:
        server.fault, server.left = fault, 99
        ask_for_everything(qtbot, lane, operator, label, calls)

    assert longest_block(story) < ALLOWED
    operator.wire.close()
    server.stop()


def test_names_that_are_never_looked_up_hold_nothing(qtbot: QtBot, lane: Lane, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Crooked(host="operator.test")
    server.start()
    server.url = server.url.replace("http:", "https:")
    monkeypatch.setattr("socket.getaddrinfo", lambda *a, **k: time.sleep(1.5) or [])
    operator = operator_at(server)
    label = QLabel()
    qtbot.addWidget(label)
    assert longest_block(lambda: ask_for_everything(qtbot, lane, operator, label, ("list",))) < ALLOWED
    assert label.text() == "Your operator cannot be reached."
    operator.wire.close()
    server.stop()
