"""Two customers of two operators on one computer: whoever is open, not a byte of the other one is on the screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from selfcare.app.program import Program
from selfcare.host.settings import load_settings, save_settings, with_account
from tests.canaries import hits, listening
from tests.journeys.computer import Computer, brand_of, fill
from tests.journeys.person import ROOMS, go
from tests.journeys.quiet import settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import until

TWO = ("nadia", "lucie")


def everything_in(windows: list[QWidget]) -> str:
    """Every text that any widget in these windows holds, seen or not, for eyes or for a screen reader."""
    found = []
    for window in windows:
        for widget in (window, *window.findChildren(QWidget)):
            for name in ("text", "toolTip", "accessibleName", "accessibleDescription", "windowTitle", "toPlainText"):
                asked = getattr(widget, name, None)
                if callable(asked):
                    found.append(str(asked()))
            if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
                found += [
                    str(model.index(row, column).data() or "")
                    for row in range(min(200, model.rowCount()))
                    for column in range(model.columnCount())
                ]
    return "\n".join(found)


def look_everywhere(program: Program) -> str:
    """Everything on every page."""
    texts = []
    for room in ROOMS:
        go(program, room)
        texts.append(everything_in(QApplication.topLevelWidgets()))
    return "\n".join(texts)


def change_to(program: Program, computer: Computer, account: str) -> str:
    """Use the other account, and look at the moment of the change too."""
    computer.entrance.ways.change_to(account)
    at_once = everything_in([window for window in QApplication.topLevelWidgets() if window.isVisible()])
    until("the other account", lambda: program.session is not None)
    settled(program)
    assert program.entry is not None
    assert program.entry.id == account
    return at_once


def test_switching_shows_no_byte_of_the_other(computer: Computer, operator: Sandbox, tmp_path: Path) -> None:
    facts: dict[str, set[str]] = {}
    settings = None
    for login in TWO:
        with listening() as heard:
            kept = fill(tmp_path / login, operator.issuer(brand_of(login)), login)
        facts[login] = {fact for fact in heard.facts if any(c.isdigit() for c in fact)}
        computer.put(kept)
        own = load_settings(kept.home / "config" / "settings.json")
        settings = own if settings is None else with_account(settings, own.accounts[0])
    assert settings is not None
    save_settings(computer.settings_path, settings)
    only = {login: facts[login] - facts[other] for login, other in (TWO, TWO[::-1])}
    assert min(len(found) for found in only.values()) >= 20
    vaults = {login: computer.home / "accounts" / f"journey-{login}" for login in TWO}

    program = computer.start(TWO[1])
    for login, other in (TWO[::-1], TWO, TWO[::-1]):
        assert program.entry is not None
        assert program.entry.id == f"journey-{login}"
        shown = look_everywhere(program)
        assert [fact for fact in only[login] if fact in shown], "its own facts are there"
        assert [fact for fact in only[other] if fact in shown] == []
        at_once = change_to(program, computer, f"journey-{other}")
        assert [fact for fact in only[login] if fact in at_once] == []
    keys = computer.keys.secrets
    assert len(set(keys.values())) == 2
    for login, other in (TWO, TWO[::-1]):
        sample = sorted(only[other])[:40]
        assert hits([vaults[login]], [*sample, keys[f"journey-{other}"], keys[f"journey-{login}"]]) == []
