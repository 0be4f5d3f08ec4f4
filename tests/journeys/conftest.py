"""The whole program in its real window, offscreen, against the real process of the demo operator."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.canaries import Heard, listening
from tests.journeys.computer import Computer, Kept, KeyStore, brand_of, fill
from tests.journeys.unreadable import Needles, Records, personal, published, readable
from tests.sandbox_process import Sandbox, start_sandbox


@pytest.fixture(scope="session", autouse=True)
def heard() -> Iterator[Heard]:
    """Everything secret or personal that goes over the wire in all journeys."""
    with listening() as found:
        yield found


@pytest.fixture(scope="session")
def needles() -> Needles:
    """The same in all its dresses, to be looked for after each journey."""
    return Needles()


@pytest.fixture(autouse=True)
def nothing_is_readable(
    heard: Heard, needles: Needles, own_home: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Fails a journey that leaves something readable in a file of its computer, or tells it in a record or in the title
    of a window, which every program on the screen can read."""
    home, records, root = Path(os.environ["SELFCARE_HOME"]), Records(), logging.getLogger()
    monkeypatch.setattr(QWidget, "setWindowTitle", records.titled(QWidget.setWindowTitle))
    before, level = set(heard.facts), root.level
    root.addHandler(records)
    root.setLevel(1)
    yield
    root.removeHandler(records)
    root.setLevel(level)
    facts = personal(heard)
    needles.add(facts | heard.secrets)
    assert readable(home, needles) == []
    public = published(home)
    new = {fact for fact in facts - before if fact not in public}
    assert records.telling(heard.secrets, new) == []
    assert records.in_titles(heard.secrets | facts) == []


@pytest.fixture(scope="session")
def shared_operator() -> Iterator[Sandbox]:
    """One demo operator for the journeys that leave no trace at it. Nobody moves its clock."""
    with start_sandbox("--tmf", os.environ.get("SELFCARE_TMF") or "v4") as running:
        running.set_tokens(accessSeconds=86400)
        yield running


@pytest.fixture
def operator(shared_operator: Sandbox) -> Iterator[Sandbox]:
    """The shared demo operator, well."""
    shared_operator.set_faults()
    shared_operator.reset_log()
    yield shared_operator
    shared_operator.set_faults()


@pytest.fixture
def own_operator(request: pytest.FixtureRequest) -> Iterator[Callable[..., Sandbox]]:
    """Starts demo operators of a journey's own: it may stop them, and change what they hold.

    Parametrised, its APIs are in another version: v5 or mixed. SELFCARE_TMF chooses one for all journeys.
    """
    started: list[Sandbox] = []
    tmf = os.environ.get("SELFCARE_TMF") or getattr(request, "param", "v4")

    def start(*args: str) -> Sandbox:
        started.append(start_sandbox("--tmf", tmf, *args))
        return started[-1]

    yield start
    for one in started:
        one.stop()


@pytest.fixture(scope="session")
def homes(shared_operator: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Kept]]:
    """Homes that were read once from the shared operator, by login; each is filled when it is first wanted."""
    made: dict[str, Kept] = {}
    keys = KeyStore()
    with pytest.MonkeyPatch.context() as patch:

        def home(login: str) -> Kept:
            if login not in made:
                shared_operator.set_faults()
                patch.setattr("selfcare.host.keychain.system_keychain", lambda timeout=30.0: keys)
                folder = tmp_path_factory.mktemp(f"home-{login}")
                try:
                    made[login] = fill(folder, shared_operator.issuer(brand_of(login)), login)
                finally:
                    patch.undo()
            return made[login]

        yield home


@pytest.fixture
def computer(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Computer]:
    """An empty computer with a key store of its own; whatever runs on it is ended."""
    keys = KeyStore()
    monkeypatch.setattr("selfcare.host.keychain.system_keychain", lambda timeout=30.0: keys)
    made = Computer(keys)
    yield made
    made.stop()
