"""Starts the program: a private process, the log, the settings, one window; and the demo with its own operator."""

from __future__ import annotations

import sys

from selfcare.app import accounts
from selfcare.app.entrance import Entrance
from selfcare.app.program import Program
from selfcare.app.start_demo import DemoStart, demo_browser_for, prepare_demo
from selfcare.host.folders import config_dir, data_dir, log_dir, private_dir
from selfcare.host.instance import take_instance
from selfcare.host.journal import start_log
from selfcare.host.process import harden
from selfcare.host.settings import load_settings
from selfcare.ui.desk import Desk


def run(*, demo: bool, login: str = "claire", offline: bool = False, debug: bool = False) -> int:
    """Open the window and stay until it is closed. Returns the exit status."""
    harden()
    home = private_dir(data_dir() / "demo" if demo else data_dir())
    start_log(log_dir(), debug)
    lock = take_instance(home)
    if lock is None:
        sys.stderr.write("Selfcare is already open.\n")
        return 3
    settings_path = config_dir() / ("demo.json" if demo else "settings.json")
    settings = load_settings(settings_path)
    desk = Desk(settings.look)
    program = Program(desk, home, settings, settings_path)
    entrance = Entrance(program)
    if demo:
        open_demo(entrance, login, offline=offline)
    else:
        entrance.open_current()
    program.window.show()
    try:
        return desk.run()
    finally:
        program.close()
        for operator in entrance.operators:
            operator.stop()
        lock.release()


def open_demo(entrance: Entrance, login: str, *, offline: bool) -> None:
    """Start the demo operator on the sync lane, then open the account, sign in and read everything."""
    program = entrance.program

    def prepared(start: DemoStart) -> None:
        if start.operator is not None:
            entrance.operators.append(start.operator)
        program.browser = demo_browser_for(login)
        program.rounds.signs_in_by_itself = True
        program.open_account(start.entry, then=program.rounds.begin if offline else program.rounds.sign_in)

    home = program.home
    program.desk.sync.ask(
        program.window,
        lambda: prepare_demo(home, login, accounts.choose_key_place(), offline=offline),
        prepared,
        program.show_failure,
    )
