"""Every kind of question is opened while all words and numbers of the operator are bombs: none goes off in any."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QWidget

from selfcare.api.client import Reply, Request, Wire
from selfcare.domain.records import replace
from tests.journeys.computer import Computer, brand_of, fill
from tests.journeys.person import ROOMS, go
from tests.journeys.quiet import settled
from tests.journeys.test_bombs_in_every_word import BOMBS, bombed, goes_off, opened
from tests.sandbox_process import Sandbox
from tests.shots.driving import plain

__all__ = ["opened"]

LEFT = {"Forget everything…", "Sign out", "Sign in", "Refresh", "Print…"}
"""Buttons that end the journey, or that open what is not ours."""
KINDS = {
    "ChangeDialog", "ComplaintDialog", "ContactDialog", "DebitDialog", "DisputeDialog", "DossierDialog", "EndDialog",
    "FarewellDialog", "GuideDialog", "LetterDialog", "NoServiceDialog", "OrderDialog",
    "PicturesDialog", "PromisedDialog", "ProofDialog", "TicketDialog",
}  # fmt: skip
"""Those that one customer of the demo can open. The others ask about the customer's own files and notes."""


class Questions:
    """Looks at each question as soon as it is open, and says no to it."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.wrong: list[object] = []
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(20)

    def _look(self) -> None:
        shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
        for dialog in shown:
            kind = type(dialog).__name__
            if not kind.startswith("Q"):
                self.wrong += [(kind, *one) for one in goes_off(dialog)]
                self.seen.add(kind)
            dialog.reject()

    def close(self) -> None:
        """No more."""
        self._timer.stop()


def ways(page: QWidget, known: set[str]) -> list[QAbstractButton]:
    """Buttons that can be pressed and were not yet, by their words."""
    return [
        button
        for button in page.findChildren(QAbstractButton)
        if button.isVisible()
        and button.isEnabled()
        and not button.isCheckable()
        and button.text()
        and plain(button)[:24] not in known | LEFT
    ]


@pytest.mark.campaign
def test_no_question_goes_off(
    computer: Computer, operator: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[str]
) -> None:
    for name, nothing in (
        ("getSaveFileName", ("", "")), ("getOpenFileName", ("", "")), ("getOpenFileNames", ([], "")),
        ("getExistingDirectory", ""),
    ):  # fmt: skip
        monkeypatch.setattr(QFileDialog, name, lambda *_a, _nothing=nothing, **_k: _nothing)
    real: Callable[[Wire, Request], Reply] = Wire.send

    def send(self: Wire, request: Request) -> Reply:
        reply = real(self, request)
        if "authorization" not in request.headers or "json" not in reply.headers.get("content-type", ""):
            return reply
        document = bombed(bombed(json.loads(reply.body), BOMBS["markup"]), BOMBS["direction"])
        return replace(reply, body=json.dumps(document, ensure_ascii=False).encode())

    with monkeypatch.context() as patch:
        patch.setattr(Wire, "send", send)
        computer.put(fill(tmp_path / "filled", operator.issuer(brand_of("julien")), "julien"))
    program = computer.start("julien")
    questions = Questions()
    for room in ROOMS:
        page, pressed = go(program, room), set[str]()
        while len(pressed) < 40 and (found := ways(page, pressed)):
            pressed.add(plain(found[0])[:24])
            found[0].click()
            settled(program)
            QTest.qWait(100)
            page = program.window.current if program.window.current is page else go(program, room)
    questions.close()
    assert questions.wrong == []
    assert questions.seen >= KINDS
    assert opened == []
