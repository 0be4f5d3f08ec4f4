"""Starts the program: a private process, the log, the settings, one window; and the demo with its own operator.

The order matters for how soon the window is there: Qt is loaded by `load_qt`, so everything that needs Qt is imported
after it, inside the functions.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from selfcare import __version__
from selfcare.domain.failures import DiskTrouble, VaultNewer
from selfcare.domain.records import Struct
from selfcare.host.ending import Ending
from selfcare.host.folders import config_dir, data_dir, log_dir, private_dir
from selfcare.host.instance import InstanceLock, take_instance
from selfcare.host.journal import start_log
from selfcare.host.process import harden
from selfcare.host.settings import Settings, load_settings

if TYPE_CHECKING:
    from selfcare.app.entrance import Entrance
    from selfcare.app.program import Program

HEAR_AFTER = 1.5
"""Seconds until other starts are heard: what that needs is loaded after the window is there."""

COLLECT_AFTER = 2.0
"""Seconds without collecting garbage: a start makes many things that stay, and looking through them finds nothing."""


class Started(Struct):
    """The program with its window made, not yet shown, and the right to work on its files.

    `takes_files`: it may be given bills to take in; the demo is not.
    """

    program: Program
    entrance: Entrance
    lock: InstanceLock
    takes_files: bool = True

    def stay(self, ending: Ending | None = None) -> int:
        """Show the window and stay until it is closed, or the computer asks for the end. Returns the exit status."""
        desk = self.program.desk
        if ending is not None:
            desk.watch(ending.number, lambda: desk.end(ending.status()))
        self.program.show_soon()
        desk.after("collect", COLLECT_AFTER, self._collect)
        desk.after("hear", HEAR_AFTER, self._hear)
        if self.takes_files:
            desk.hear_files(self.entrance.bringing.bring)
        try:
            return desk.run()
        finally:
            self.program.close()
            for operator in self.entrance.demo.operators:
                operator.stop()
            self.lock.release()

    def _collect(self) -> None:
        gc.freeze()  # what a start makes stays
        self.program.desk.collect_from_now()

    def _hear(self) -> None:
        """From now on another start brings this window to the front, once it is there; and its file with it."""
        program = self.program
        if not (program.window.isVisible() or program.is_quiet):
            program.desk.after("hear", HEAR_AFTER, self._hear)
            return
        from selfcare.host.meeting import meeting_point

        program.desk.hear_others(meeting_point(program.home), self._called)

    def _called(self, place: str) -> None:
        self.program.desk.show_window()
        if place and self.takes_files:
            self.entrance.bringing.bring(place)


def run(
    *,
    demo: bool,
    login: str = "claire",
    offline: bool = False,
    debug: bool = False,
    at_login: bool = False,
    place: Path | None = None,
) -> int:
    """Open the window and stay until it is closed. Returns the exit status.

    `place` is a file or a folder that it takes in. Where the program is open already, its window comes to the front and
    takes it in; the status is 0 then, and 3 where that window does not answer.

    `at_login`: the computer's login starts it; then the window stays away where the program is kept in the tray, and
    nothing is said where it is open already.
    """
    harden()
    ending = Ending()
    try:
        home, settings_path = places(demo=demo)
        started = start(home, settings_path, log_dir(), debug=debug)
    except (DiskTrouble, VaultNewer) as failure:
        from selfcare.app.no_start import say_trouble

        ending.close()
        return say_trouble(failure)
    except ImportError as missing:
        from selfcare.app.no_start import library_of, say_library

        if not library_of(missing):
            raise
        ending.close()
        return say_library(missing)
    if started is None:
        ending.close()
        if at_login:
            return 3
        if hand_over(home, place):
            return 0
        say_already_open(settings_path)
        return 3
    started.program.is_quiet = at_login
    started.takes_files = not demo
    if demo:
        started.entrance.open_demo(login, offline=offline)
    else:
        if place is not None:
            started.entrance.bringing.put_in(str(place))
        started.entrance.open_current()
    return started.stay(ending)


def places(*, demo: bool) -> tuple[Path, Path]:
    """The folder of the accounts and the file of the choices; the demo has its own of both."""
    if demo:
        return private_dir(data_dir() / "demo"), config_dir() / "demo.json"
    return private_dir(data_dir()), config_dir() / "settings.json"


def hand_over(home: Path, place: Path | None) -> bool:
    """Ask the window that works on this home to come to the front and take the file in; whether it answered."""
    from selfcare.ui.toolkit import load_qt

    load_qt()
    from selfcare.host.meeting import Call, meeting_point
    from selfcare.host.process import let_others_raise
    from selfcare.ui.neighbour import call_first

    let_others_raise()
    return call_first(meeting_point(home), Call(__version__, str(place) if place is not None else ""))


def say_already_open(settings_path: Path) -> None:
    """Say it on the terminal, and in a small window if there is a screen: from a menu nobody sees a terminal."""
    from selfcare.ui.toolkit import load_qt

    load_qt()
    from selfcare.app.language import words_of
    from selfcare.host.screen import has_screen
    from selfcare.ui.second_start import already_open_words, tell_already_open

    try:
        settings = load_settings(settings_path)
    except (DiskTrouble, VaultNewer):  # the window that is open knows them
        settings = Settings()
    words = words_of(settings)
    sys.stderr.write(already_open_words(words, in_tray=settings.stay_in_tray) + "\n")
    if has_screen():
        tell_already_open(words, settings.look, in_tray=settings.stay_in_tray)


def start(home: Path, settings_path: Path, log: Path, *, debug: bool = False) -> Started | None:
    """The log, the lock, the settings, Qt and the window; None if another window works on these files already."""
    gc.disable()
    start_log(log, debug)
    lock = take_instance(home)
    if lock is None:
        return None
    settings = load_settings(settings_path)
    from selfcare.ui.toolkit import load_qt

    load_qt()
    from selfcare.app.early import begin_early
    from selfcare.ui.desk import Desk

    desk = Desk(settings.look)
    early = begin_early(desk, home, settings)
    from selfcare.app.entrance import Entrance  # while the account is being opened
    from selfcare.app.program import Program

    program = Program(desk, home, settings, settings_path, early)
    return Started(program, Entrance(program), lock)
