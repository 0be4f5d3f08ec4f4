"""What every test starts from: a home of its own, no key store of the desk's, and no unexpected warning in the log."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")

PATIENCE = 20_000
"""Milliseconds for which a page is waited for: what comes late on a busy computer is not a fault."""
for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals):
    wait.__kwdefaults__["timeout"] = PATIENCE


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the folders of the person who runs it, and all of them begin in English."""
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("SELFCARE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)


@pytest.fixture(scope="module", autouse=True)
def windows_end_on_their_own_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where there are windows, unused objects are searched on this thread alone, as in the program: after each test
    what is due, and at the end of a file all."""
    if request.path.relative_to(ROOT / "tests").parts[0] not in {"gui", "journeys"}:
        yield
        return
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def unused_objects(windows_end_on_their_own_thread: None) -> Iterator[None]:
    """What a test left over goes before the next one, where Python does not search by itself."""
    yield
    if not gc.isenabled():
        from selfcare.ui.collecting import collect_what_is_due

        collect_what_is_due()


@pytest.fixture(autouse=True)
def no_unexpected_warning(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning that our own code logs fails the test, unless the test has cleared `caplog` after reading it."""
    yield
    records = [r for when in ("setup", "call") for r in caplog.get_records(when)]
    seen = [
        f"{r.name}: {r.getMessage()}" for r in records if r.levelno >= logging.WARNING and r.name.startswith("selfcare")
    ]
    assert not seen


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real inputs and official specifications beside the project; tests skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder of specifications and real inputs beside the project is absent")
    return SHARED


def pytest_sessionfinish() -> None:
    """Empty the clipboard: Qt's offscreen one is let go after Python is, and what Python put there would crash it."""
    if (gui := sys.modules.get("PySide6.QtGui")) is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()
