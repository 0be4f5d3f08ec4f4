"""Signing out is seen at once, is still so after a restart, and is never called the operator's doing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.journeys.computer import Computer, Kept
from tests.journeys.person import go, must_say, says, top
from tests.journeys.quiet import quiet, settled
from tests.journeys.test_forget_everything import hold_until_closed
from tests.sandbox_process import Sandbox
from tests.shots.driving import buttons, press, until


def test_once_it_is_said_it_holds_though_the_window_is_closed_at_once(
    computer: Computer, homes: Callable[[str], Kept], monkeypatch: pytest.MonkeyPatch
) -> None:
    computer.put(homes("nadia"))
    asked: list[object] = []
    monkeypatch.setattr("selfcare.api.login.revoke", lambda _profile, tokens, *_facts: asked.append(tokens))
    program = computer.start("nadia")
    settings = go(program, "settings")
    hold_until_closed(program)
    session = program.session
    assert session is not None
    press(settings, "Sign out")
    until("the word of it", lambda: says(program.window, "You are signed out."))
    assert not session.is_signed_in
    assert asked == []
    computer.stop()
    assert len(asked) == 1
    program = computer.start()
    assert program.session is not None
    assert not program.session.is_signed_in


def test_a_window_that_is_closed_before_it_is_said_has_signed_out_all_the_same(
    computer: Computer, homes: Callable[[str], Kept], monkeypatch: pytest.MonkeyPatch
) -> None:
    computer.put(homes("nadia"))
    monkeypatch.setattr("selfcare.api.login.revoke", lambda *_facts: None)
    settings = go(computer.start("nadia"), "settings")
    press(settings, "Sign out")
    program = computer.restart()
    assert program.session is not None
    assert not program.session.is_signed_in


def test_sign_out_and_in_again(computer: Computer, own_operator: Callable[..., Sandbox]) -> None:
    operator = own_operator()
    program = computer.start("nadia")
    page = program.window.current
    page.sign_in.address.setText(operator.issuer())  # type: ignore[attr-defined]
    press(page, "Sign in")
    quiet(program)
    must_say(program.window.sidebar, "Nadia Karim")

    settings = go(program, "settings")
    press(settings, "Sign out")
    assert buttons(program.window.topbar, "Sign in")
    settled(program)
    must_say(program.window, "You are signed out.")
    assert buttons(settings, "Sign in")
    assert not buttons(settings, "Sign out")

    operator.reset_log()
    QTest.keyClick(program.window, Qt.Key.Key_F5)
    settled(program)
    must_say(program.window, "You are signed out.")
    program = computer.restart()
    program.rounds.begin()
    quiet(program)
    assert operator.log()["count"] == 0
    go(program, "bills")
    assert not says(program.window, "Your operator ended the session")
    assert "As your operator said on" in top(program)

    press(program.window.topbar, "Sign in")
    quiet(program)
    assert not buttons(program.window.topbar, "Sign in")
    assert buttons(program.window.topbar, "Refresh")
    assert buttons(go(program, "settings"), "Sign out")
