"""One customer's computer: a home, a key store in memory, and the program that is started and ended on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from selfcare.account.session import Session
from selfcare.api.finding import fetch_profile
from selfcare.api.profile import read_profile
from selfcare.app import accounts
from selfcare.app.early import begin_early
from selfcare.app.entrance import Entrance
from selfcare.app.program import Program
from selfcare.app.start import places
from selfcare.app.start_demo import demo_browser_for
from selfcare.host.folders import config_dir, data_dir, private_dir
from selfcare.host.settings import Settings, load_settings, save_settings, with_account
from selfcare.ui.desk import Desk
from tests.journeys.quiet import settled

FRENCH = frozenset({"julien", "atelier", "garage", "lucie", "margot"})


@dataclass(slots=True)
class KeyStore:
    """A key store that forgets nothing until the test ends; it stands where the computer's own would be."""

    secrets: dict[str, bytes] = field(default_factory=dict)
    name: str = "Test key store"

    def read(self, account: str) -> bytes | None:
        """The secret of this account, or None."""
        return self.secrets.get(account)

    def write(self, account: str, secret: bytes) -> None:
        """Keep the secret."""
        self.secrets[account] = bytes(secret)

    def delete(self, account: str) -> None:
        """Forget the secret."""
        self.secrets.pop(account, None)


@dataclass(frozen=True, slots=True)
class Kept:
    """A home in which an account has been read once, to be copied by the tests that only look or change their copy."""

    home: Path
    secrets: dict[str, bytes]


class Computer:
    """The program as `selfcare` starts it, in this process: the same rooms, a window offscreen, real lanes."""

    def __init__(self, keys: KeyStore) -> None:
        self.keys = keys
        self.login = "claire"
        self.begin_with: Path | None = None
        self._running: Program | None = None
        self._entrance: Entrance | None = None

    @property
    def home(self) -> Path:
        """Where the accounts are."""
        return data_dir()

    @property
    def settings_path(self) -> Path:
        """The file of the customer's choices."""
        return config_dir() / "settings.json"

    @property
    def entrance(self) -> Entrance:
        """The way in of the running program."""
        assert self._entrance is not None
        return self._entrance

    def put(self, kept: Kept) -> None:
        """Lay a home that was read before on this computer."""
        shutil.copytree(kept.home, self.home.parent, dirs_exist_ok=True)
        self.keys.secrets.update(kept.secrets)

    def start(self, login: str = "") -> Program:
        """Start the program; its browser signs in by itself as one of the demo people."""
        self.login = login or self.login
        program = self._made(demo=False)
        program.browser = demo_browser_for(self.login)
        if self.begin_with is not None:
            self.entrance.bringing.put_in(str(self.begin_with))
        self.entrance.open_current()
        program.window.show()
        settled(program)
        return program

    def start_demo(self, *, offline: bool = False) -> Program:
        """Start it as `selfcare demo` does; it is only just begun."""
        program = self._made(demo=True)
        self.entrance.open_demo(self.login, offline=offline)
        program.show_soon()
        return program

    def _made(self, *, demo: bool) -> Program:
        home, settings_path = places(demo=demo)
        private_dir(settings_path.parent)
        settings = load_settings(settings_path)
        desk = Desk(settings.look)
        early = begin_early(desk, home, settings)
        program = Program(desk, home, settings, settings_path, early)
        self._running, self._entrance = program, Entrance(program)
        program.desk.qt.setQuitOnLastWindowClosed(False)
        program.desk.collect_from_now()
        return program

    def stop(self) -> None:
        """Close the window and end the program, as closing the window does."""
        program, self._running = self._running, None
        if program is None:
            return
        program.window.close()
        program.close()
        for operator in self.entrance.demo.operators:
            operator.stop()
        desk = program.desk
        assert not any(lane._thread.isRunning() for lane in (desk.store, desk.sync, desk.paper))
        program.window.deleteLater()
        desk.theme.setParent(None)
        desk.theme.deleteLater()
        desk.qt.processEvents()

    def restart(self) -> Program:
        """End the program and start it again on the same home."""
        self.stop()
        return self.start()


def fill(folder: Path, issuer: str, login: str, then: Callable[[Session], object] | None = None) -> Kept:
    """A home with one account that has been read once, filled over real HTTP without a window.

    `then` may ask for something, which a second round sends.
    """
    home = private_dir(folder / "data")
    text = fetch_profile(issuer)
    entry = accounts.new_entry(read_profile(text), "keyring", f"journey-{login}")
    accounts.keep_profile(home, entry, text)
    session = accounts.open_account(home, entry, lambda: datetime.now(UTC))
    try:
        session.sign_in(demo_browser_for(login))
        session.round()
        if then is not None and session.trouble is None:
            then(session)
            session.round()
        if session.trouble is not None:
            raise session.trouble
    finally:
        session.close()
    private_dir(folder / "config")
    save_settings(folder / "config" / "settings.json", with_account(Settings(language="en", look="light"), entry))
    from selfcare.host.keychain import system_keychain

    key = system_keychain().read(entry.id)
    assert key is not None
    return Kept(folder, {entry.id: key})


def brand_of(login: str) -> str:
    """Whose customer a demo person is."""
    return "orvane-fr" if login in FRENCH else "orvane-gb"
