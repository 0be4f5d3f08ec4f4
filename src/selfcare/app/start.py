"""Starts the program: private process, log, settings, one window; and the demo with its own operator."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from selfcare.app import accounts
from selfcare.app.demo import DemoOperator, start_demo_operator
from selfcare.app.program import Browser, Program
from selfcare.domain.failures import Failure, Offline
from selfcare.host.folders import config_dir, data_dir, log_dir, private_dir
from selfcare.host.instance import take_instance
from selfcare.host.journal import start_log
from selfcare.host.process import harden
from selfcare.host.settings import AccountEntry, load_settings
from selfcare.ui.desk import Desk

DEMO_PORT = 8766
"""Where the demo operator listens by choice, so that what a demo customer saw is there again after a restart."""


@dataclass(slots=True)
class DemoStart:
    """What the start of the demo made: the account to open, and the operator's process, if it was started."""

    entry: AccountEntry
    operator: DemoOperator | None


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
    desk = Desk("system")
    program = Program(desk, home, load_settings(settings_path), settings_path)
    desk.theme.set_look(program.settings.look)
    started: list[DemoOperator] = []
    if demo:
        open_demo(program, login, started, offline=offline)
    else:
        open_current(program)
    program.window.show()
    try:
        return desk.run()
    finally:
        program.close()
        for operator in started:
            operator.stop()
        lock.release()


def open_current(program: Program) -> None:
    """The account that was open last, or the first page."""
    settings = program.settings
    entry = next((one for one in settings.accounts if one.id == settings.current), None)
    if entry is None or entry.key_place != "keyring":
        program.window.start()
    else:
        program.open_account(entry)


def open_demo(program: Program, login: str, started: list[DemoOperator], *, offline: bool) -> None:
    """Start the demo operator on the sync lane, then open the account, sign in and read everything."""

    def prepared(start: DemoStart) -> None:
        if start.operator is not None:
            started.append(start.operator)
        program.browser = demo_browser_for(login)
        program.signs_in_by_itself = True
        program.open_account(start.entry, then=None if offline else program.sign_in)

    home = program.home
    program.window.start()
    program.desk.sync.ask(
        program.window, lambda: prepare_demo(home, login, offline=offline), prepared, program.show_failure
    )


def prepare_demo(home: Path, login: str, *, offline: bool, port: int = DEMO_PORT) -> DemoStart:
    """The demo account of one of the demo people; its operator is started unless the demo is to be offline."""
    place = accounts.choose_key_place()
    if offline:
        return DemoStart(AccountEntry(f"demo-{login}", "", "profile.json", key_place=place), None)
    try:
        operator = start_demo_operator(port)
        account_id = f"demo-{login}"
    except Offline:
        operator = start_demo_operator(0)
        account_id, place = f"demo-{login}-once", "memory"
    try:
        from selfcare.api.finding import fetch_profile
        from selfcare.api.profile import read_profile

        text = fetch_profile(operator.issuer(login))
        entry = accounts.new_entry(read_profile(text), place, account_id)
        accounts.keep_profile(home, entry, text)
    except Failure:
        operator.stop()
        raise
    return DemoStart(entry, operator)


def demo_browser_for(login: str) -> Browser:
    """A browser that signs in by itself as one of the demo people."""

    def browse(url: str) -> None:
        from selfcare.api.demo_login import demo_browser

        demo_browser(f"{url}&login_hint={login}")

    return browse
