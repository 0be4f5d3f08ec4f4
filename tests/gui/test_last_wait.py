"""The end of the program: where it takes more than a moment, a small window says so."""

from __future__ import annotations

import time

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from selfcare.ui import last_wait
from selfcare.ui.last_wait import LastWait
from selfcare.ui.tasks import Lane
from tests.gui.desk import words_on
from tests.samples import words


@pytest.mark.parametrize(("takes", "is_said"), [(0.0, False), (0.4, True)])
def test_it_is_said_once_it_takes_long(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, takes: float, is_said: bool
) -> None:
    monkeypatch.setattr(last_wait, "SAY_AFTER", 0.2)
    seen: list[tuple[bool, str]] = []
    lane, wait = Lane("ending"), LastWait(words())
    lane.run(lambda: time.sleep(takes), promised=True)

    def look() -> None:
        wait.turn()
        if isinstance(wait.box, QDialog):
            seen.append((wait.box.isVisible(), words_on(wait.box)))

    lane.close(None, look)
    wait.close()
    assert bool(seen) is is_said
    assert all(is_visible and "closes then" in said for is_visible, said in seen)
    assert wait.box is None


def test_a_hushed_lane_takes_nothing_new_and_keeps_what_was_promised(qtbot: QtBot) -> None:
    lane, done = Lane("ending"), []
    lane.run(lambda: time.sleep(0.1))
    lane.run(lambda: done.append("promised"), promised=True)
    lane.hush()
    lane.run(lambda: done.append("late"), promised=True)
    lane.close(lambda: done.append("last"))
    assert done == ["promised", "last"]
