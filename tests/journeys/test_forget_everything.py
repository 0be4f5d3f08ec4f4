"""After "Forget everything" nothing of the account is left on this computer, and its key is gone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog

from selfcare.host.settings import load_settings
from tests.journeys.computer import Computer, fill
from tests.journeys.person import button_of, go, in_dialog, must_say, says
from tests.journeys.quiet import settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import press, until


def test_forget_everything(computer: Computer, operator: Sandbox, tmp_path: Path) -> None:
    computer.put(fill(tmp_path / "filled", operator.issuer(), "nadia"))
    program = computer.start("nadia")
    folder = computer.home / "accounts" / "journey-nadia"
    assert len([p for p in folder.rglob("*") if p.is_file()]) >= 4
    assert list(computer.keys.secrets) == ["journey-nadia"]

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
    assert load_settings(computer.settings_path).accounts == ()

    program = computer.restart()
    must_say(program.window, "Sign in to your operator", "Look around with the demo")
    assert program.session is None


def say_yes(dialog: QDialog) -> None:
    """The question names what is lost; yes."""
    must_say(dialog, "Orvane Mobile", "nothing changes")
    assert dialog.focusWidget() is not None
    assert dialog.focusWidget().text() != "Forget everything", "the safe answer has the focus"
    button_of(dialog, "Forget everything").click()
