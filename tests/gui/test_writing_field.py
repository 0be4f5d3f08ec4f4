"""A text that is far too long for any operator is not taken whole where it is written, and that is said at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from selfcare.domain.commands import LONGEST_TEXT
from selfcare.ui.widgets.writing import WritingField
from tests import samples

PAGES = Path(__file__).resolve().parents[2] / "src" / "selfcare" / "ui"


@pytest.fixture
def field(qtbot: QtBot) -> WritingField:
    field = WritingField(samples.words(), "Before ")
    qtbot.addWidget(field)
    field.show()
    return field


def paste(field: WritingField, text: str) -> None:
    pasted = QMimeData()
    pasted.setText(text)
    field.insertFromMimeData(pasted)


def test_what_fits_is_taken_whole(field: WritingField) -> None:
    field.selectAll()
    paste(field, "é" * LONGEST_TEXT)
    assert field.toPlainText() == "é" * LONGEST_TEXT
    assert not QToolTip.isVisible()


def test_of_what_does_not_fit_as_much_is_taken_as_does(field: WritingField, qtbot: QtBot) -> None:
    """It comes where the cursor is; nothing that stood there is lost, and it can be undone."""
    paste(field, "x" * 200_000)
    assert len(field.toPlainText()) == LONGEST_TEXT
    assert field.toPlainText().startswith("xx")
    assert field.toPlainText().endswith("xBefore ")
    qtbot.waitUntil(QToolTip.isVisible)
    assert QToolTip.text() == "Not all of it fits: a text has 20,000 characters at most."
    paste(field, "more")
    assert len(field.toPlainText()) == LONGEST_TEXT
    field.undo()
    field.undo()
    assert field.toPlainText() == "Before "


def test_a_text_that_the_program_wrote_itself_is_not_cut(qtbot: QtBot) -> None:
    field = WritingField(samples.words(), "y" * (LONGEST_TEXT + 5))
    qtbot.addWidget(field)
    paste(field, "x")
    assert field.toPlainText() == "y" * (LONGEST_TEXT + 5)


def test_every_field_of_several_lines_is_one() -> None:
    made = [path.name for path in PAGES.rglob("*.py") if "QPlainTextEdit(" in path.read_text("utf-8")]
    assert made == []
