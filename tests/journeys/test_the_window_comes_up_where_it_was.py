"""Close the program and start it again: the window stands where it stood, also after a change of language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize

from selfcare.domain.records import replace
from selfcare.host.settings import load_settings
from selfcare.ui import placing
from tests.journeys.computer import Computer


def test_its_size_is_kept(computer: Computer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "room_of", lambda window: QSize(1920, 1080))
    program = computer.start()
    program.window.setMinimumSize(0, 0)
    program.window.resize(790, 640)
    program = computer.restart()
    assert load_settings(computer.settings_path).window
    assert program.window.height() == 640
    program.window.setMinimumSize(0, 0)
    program.window.resize(780, 630)
    program.keep_settings(replace(program.settings, language="fr"))
    assert program.window.height() == 630
    assert program.settings.language == "fr"
    program = computer.restart()
    assert program.window.height() == 630
    assert program.settings.language == "fr"
