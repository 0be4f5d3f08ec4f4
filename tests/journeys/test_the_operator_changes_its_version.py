"""Overnight the operator speaks another version: the customer sees what is new, agrees, and reads on as before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog

from tests.journeys.computer import Computer, fill
from tests.journeys.person import button_of, go, in_dialog, must_say, words_on
from tests.journeys.quiet import settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import until


def test_the_operator_changes_its_version(
    computer: Computer, own_operator: Callable[..., Sandbox], tmp_path: Path
) -> None:
    operator = own_operator("--bills", "6")
    operator.set_tmf("v4")
    computer.put(fill(tmp_path / "kept", operator.issuer(), "claire"))
    program = computer.start()
    bills = words_on(go(program, "bills"))
    operator.set_tmf("v5")

    page = go(program, "settings")
    seen: list[str] = []

    def refuse(dialog: QDialog) -> None:
        must_say(
            dialog, "describes itself differently now", "Bills and lines of the bills (TMF678): version", "v4 → v5"
        )
        seen.extend(words_on(dialog))
        button_of(dialog, "Leave it as it is").click()

    in_dialog(button_of(page, "What is new at the operator?").click, refuse)
    assert not any(words.startswith("! ") for words in seen)
    assert program.session is not None
    assert {e.version for e in program.session.profile.apis.values() if e} == {"v4"}

    in_dialog(
        button_of(page, "What is new at the operator?").click, lambda dialog: button_of(dialog, "Take it over").click()
    )
    until("the account again", lambda: program.session is not None and _version(program) == "v5")
    settled(program)
    button_of(program.window.topbar, "Refresh").click()
    until("a round", lambda: any("/v5/" in row["path"] for row in operator.log()["requests"]))
    settled(program)
    page = go(program, "bills")
    until("the same bills as before", lambda: words_on(page) == bills)

    page = go(program, "settings")
    button_of(page, "What is new at the operator?").click()
    settled(program)
    until("the news", lambda: any("describes itself as before" in text for text in words_on(program.window)))

    operator.set_faults("not-offered:TMF621")
    button_of(program.window.topbar, "Refresh").click()
    until("a word of it", lambda: any("a part of it is not where it was" in text for text in words_on(program.window)))


def _version(program: object) -> str:
    entry = program.session.profile.apis["TMF678"]  # type: ignore[attr-defined]
    return str(entry.version)
