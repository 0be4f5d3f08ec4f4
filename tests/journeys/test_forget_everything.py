"""After "Forget everything" nothing of the account is left on this computer, and its key is gone."""

from __future__ import annotations

import os
import socket
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from selfcare.account.signin import SignedIn, kept_tokens
from selfcare.api.client import Request, Wire
from selfcare.api.limits import Patience
from selfcare.api.login import refresh
from selfcare.api.operator import Operator
from selfcare.app import accounts
from selfcare.app.forgetting import mark
from selfcare.app.program import Program
from selfcare.domain.failures import Failure, Offline, SignedOut
from selfcare.domain.records import replace
from selfcare.host.settings import load_settings
from selfcare.ui.pages.page import Page
from tests.journeys.computer import Computer, fill
from tests.journeys.person import button_of, go, in_dialog, must_say, says
from tests.journeys.quiet import settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import press, until

NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""By this clock every token has run out."""


def test_forget_everything(computer: Computer, operator: Sandbox, tmp_path: Path) -> None:
    computer.put(fill(tmp_path / "filled", operator.issuer(), "nadia"))
    program = computer.start("nadia")
    folder = computer.home / "accounts" / "journey-nadia"
    assert len([p for p in folder.rglob("*") if p.is_file()]) >= 4
    assert list(computer.keys.secrets) == ["journey-nadia"]

    set_a_proxy(program)
    assert sorted(computer.keys.secrets) == ["journey-nadia", "proxy"]
    kept = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert [p for p in kept if b"geheim" in p.read_bytes() or b"geheim".hex().encode() in p.read_bytes()] == []

    page = go(program, "settings")
    in_dialog(lambda: press(page, "Forget everything…"), lambda dialog: None)
    settled(program)
    assert folder.exists(), "the safe answer changes nothing"

    in_dialog(lambda: press(page, "Forget everything…"), say_yes)
    until("the first page", lambda: says(program.window, "Sign in to your operator"))
    settled(program)
    left = [p for p in computer.home.rglob("*") if p.is_file()]
    assert left == []
    assert not folder.exists()
    assert computer.keys.secrets == {}
    choices = load_settings(computer.settings_path)
    assert (choices.accounts, choices.proxy, choices.proxy_user) == ((), "none", "")

    program = computer.restart()
    must_say(program.window, "Sign in to your operator", "Look around with the demo")
    assert program.session is None


def nothing_is_left(computer: Computer) -> bool:
    """Neither a file of an account, nor a key, nor a mark; a folder may go while it is looked at."""
    return computer.keys.secrets == {} and not any(files for _, _, files in os.walk(computer.home))


def forget(page: Page) -> None:
    in_dialog(lambda: press(page, "Forget everything…"), say_yes)


def test_an_operator_that_does_not_answer_keeps_nothing_here(
    computer: Computer, operator: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    computer.put(fill(tmp_path / "filled", operator.issuer(), "nadia"))
    answers, asked = threading.Event(), []

    def revoke(_profile: object, tokens: object, *_facts: object) -> None:
        asked.append(tokens)
        answers.wait()

    monkeypatch.setattr("selfcare.api.login.revoke", revoke)
    program = computer.start("nadia")
    try:
        forget(go(program, "settings"))
        until("the end of everything", lambda: bool(asked) and nothing_is_left(computer))
        until("the first page", lambda: says(program.window, "Sign in to your operator"))
    finally:
        answers.set()
    assert len(asked) == 1


def test_a_window_that_is_closed_at_once_has_forgotten_all_the_same(
    computer: Computer, operator: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    computer.put(fill(tmp_path / "filled", operator.issuer(), "nadia"))
    asked: list[object] = []
    monkeypatch.setattr("selfcare.api.login.revoke", lambda _profile, tokens, *_facts: asked.append(tokens))
    program = computer.start("nadia")
    page = go(program, "settings")
    hold_until_closed(program)
    forget(page)
    computer.stop()
    assert nothing_is_left(computer)
    assert load_settings(computer.settings_path).accounts == ()
    assert len(asked) == 1
    must_say(computer.start().window, "Sign in to your operator")


def test_a_program_that_was_killed_meanwhile_ends_it_at_the_next_start(
    computer: Computer, operator: Sandbox, tmp_path: Path
) -> None:
    computer.put(fill(tmp_path / "filled", operator.issuer(), "nadia"))
    (entry,) = load_settings(computer.settings_path).accounts
    mark(computer.home, entry)
    program = computer.start("nadia")
    must_say(program.window, "Sign in to your operator")
    assert program.session is None
    assert nothing_is_left(computer)
    assert load_settings(computer.settings_path).accounts == ()
    assert accounts.marked(computer.home) == ()


@pytest.mark.parametrize(
    ("what", "way", "said"),
    [
        ("reading", "forget", "Your data is being deleted from this computer."),
        ("reading", "add_one", "The account is being closed."),
        ("renewal", "forget", "Your data is being deleted from this computer."),
        ("renewal", "add_one", "The account is being closed."),
        ("renewal", "lock", "Locked, because nobody was here for a while."),
        ("renewal", "forget what is locked", "Sign in to your operator"),
    ],
)
def test_while_the_operator_is_silent_it_is_said_what_goes_on_and_nobody_waits_for_its_answer(
    computer: Computer, operator: Sandbox, tmp_path: Path, what: str, way: str, said: str
) -> None:
    computer.put(fill(tmp_path / "filled", operator.issuer(), "nadia"))
    program = computer.start("nadia")
    session, goes_on, came = program.session, threading.Event(), []
    assert session is not None
    page = go(program, "settings")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        wire = Wire({url}, Patience(silence=600, json_total=600))
        session._operator = Operator(session.profile, wire, lambda: "", lambda: "")
        renewed = SignedIn(session._vault().actions, replace(session.profile, issuer=url), lambda: NEVER)
        session._signed_in = renewed

        def ask() -> None:
            try:
                if what == "reading":
                    wire.send(Request("GET", url))
                else:
                    renewed.access()
            except Failure as failure:
                came.append(failure)
            goes_on.wait()

        program.desk.sync.run(ask)
        try:
            silent.settimeout(20)
            held = silent.accept()[0]
            if way == "forget":
                forget(page)  # type: ignore[arg-type]
            elif way != "add_one":
                computer.entrance.lock()
                until("the end of the key", lambda: not session._key)
                if way != "lock":
                    computer.entrance.ways.forget()
                    assert session._signed_in is renewed
                    assert renewed._is_over_for_all
            else:
                computer.entrance.ways.add_one()
            until("what goes on", lambda: says(program.window, said))
            until("the end of the question", lambda: bool(came))
        finally:
            goes_on.set()
        if way != "lock":
            until("the first page", lambda: says(program.window, "Sign in to your operator"))
        settled(program)
        held.close()
    assert session._syncing is None
    assert came == [Offline()]
    assert nothing_is_left(computer) == way.startswith("forget")


@pytest.mark.parametrize("description", ["", "of another operator", "damaged"])
def test_what_is_locked_ends_its_session_at_the_operator_too(
    computer: Computer, operator: Sandbox, tmp_path: Path, description: str
) -> None:
    computer.put(fill(tmp_path / "filled", operator.issuer(), "nadia"))
    program = computer.start("nadia")
    session = program.session
    assert session is not None
    tokens = kept_tokens(session._reading.actions)
    assert tokens is not None
    computer.entrance.lock()
    settled(program)
    for name in ("profile.json", "profile.json.copy") if description else ():
        path = computer.home / "accounts" / "journey-nadia" / name
        text = path.read_bytes()
        other = text.replace(session.profile.issuer.encode(), b"https://login.evil.example")
        assert other != text
        path.write_bytes(b"{" if description == "damaged" else other)

    def yes(dialog: QDialog) -> None:
        must_say(dialog, "At your operator", "nothing changes")
        button_of(dialog, "Forget this data").click()

    in_dialog(lambda: press(program.window.current, "Forget this data…"), yes)
    settled(program)
    assert nothing_is_left(computer)
    with pytest.raises(SignedOut):
        refresh(session.profile, tokens)


def hold_until_closed(program: Program) -> None:
    """The sync lane is busy with something that ends only once the window is being closed."""
    lane = program.desk.sync

    def wait() -> None:
        while not lane._closed:
            time.sleep(0.001)

    lane.run(wait)


def set_a_proxy(program: Program) -> None:
    """Type a proxy with its password into the settings; this computer's own operator is reached without it."""
    page = go(program, "settings")
    page.way.way.setCurrentIndex(page.way.way.findData("own"))  # type: ignore[attr-defined]
    for field, typed in (("address", "proxy.example:8080"), ("user", "nadia"), ("password", "geheim")):
        getattr(page.way, field).setFocus()  # type: ignore[attr-defined]
        QTest.keyClicks(getattr(page.way, field), typed)  # type: ignore[attr-defined]
    press(page, "Use this proxy")
    settled(program)
    must_say(program.window, "The proxy proxy.example:8080 is used from now on.")
    assert page.way.password.text() == ""  # type: ignore[attr-defined]


def say_yes(dialog: QDialog) -> None:
    """The question names what is lost; yes."""
    must_say(dialog, "Orvane Mobile", "nothing changes")
    assert dialog.focusWidget() is not None
    assert dialog.focusWidget().text() != "Forget everything", "the safe answer has the focus"
    button_of(dialog, "Forget everything").click()
