"""A request made without a network is kept, survives a restart, and reaches the operator exactly once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton

from tests.journeys.computer import Computer, fill
from tests.journeys.person import button_of, go, in_dialog, must_say, says
from tests.journeys.quiet import quiet, refreshed, settled
from tests.sandbox_process import Sandbox
from tests.shots.driving import until

OPTION = "EU Roaming Pass"


@pytest.mark.parametrize("own_operator", ["v4", "v5"], indirect=True)
def test_report_a_dead_option_offline_and_it_goes_out_once(
    computer: Computer, own_operator: Callable[..., Sandbox], tmp_path: Path
) -> None:
    operator = own_operator("--seed", "7")
    port = operator.url.rpartition(":")[2]
    computer.put(fill(tmp_path / "filled", operator.issuer(), "claire"))
    operator.stop()
    program = computer.start()
    page = go(program, "services")
    report = next(
        b for b in page.findChildren(QPushButton) if b.isVisible() and b.accessibleName().startswith(f"{OPTION}:")
    )
    assert report.text() == "It does not work"
    in_dialog(report.click, write_and_send)
    until("the request", lambda: says(program.window, "Your request is kept."))
    quiet(program)

    program = computer.restart()
    page = go(program, "waiting")
    must_say(page, f"Ticket: {OPTION}", "kept here, not sent yet", "No data since Tuesday.", "Try now")
    must_say(program.window.sidebar, "1")
    must_say(go(program, "help"), OPTION)

    operator = own_operator("--seed", "7", "--port", port)
    assert tickets_at(operator) == []
    refreshed(program)
    page = go(program, "waiting")
    if says(page, "kept here, not sent yet"):
        button_of(page, "Try now").click()
        until("an answer", lambda: not says(page, "kept here, not sent yet"))
        settled(program)
    assert len(tickets_at(operator)) == 1
    number = tickets_at(operator)[0]["id"]
    must_say(page, number)
    assert says(page, "accepted") or says(page, "Settled")

    program = computer.restart()
    refreshed(program)
    assert len(tickets_at(operator)) == 1
    must_say(go(program, "help"), OPTION)


def write_and_send(dialog: QDialog) -> None:
    """Add a sentence of one's own and send it."""
    must_say(dialog, "Report something", "Sold", OPTION)
    field = dialog.findChild(QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText("No data since Tuesday.")
    button_of(dialog, "Send").click()


def tickets_at(operator: Sandbox) -> list[dict[str, Any]]:
    """The tickets that the operator has opened since it was started."""
    return [e for e in operator.effects()["effects"] if "icket" in e["kind"]]
