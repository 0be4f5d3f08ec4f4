"""A question with a sheet of paper: side by side where the screen has room for both, else one below the other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from selfcare.ui.theme import text_scale

SIDE, GAP = 24, 24
AROUND = 64
"""Pixels of the screen that a question leaves free."""

SHEET = 480
"""Pixels of a sheet's height, at usual text size, where it stands below."""

READABLE = 360
"""Pixels of a sheet's width from which on it can be read beside the question."""

NO_LIMIT = 16_777_215
"""Qt's own word for a widget that may be as wide as it likes."""


def beside_paper(dialog: QDialog, choices: QWidget, sheet: QWidget | None) -> None:
    """Lay both out; `choices` have a fixed width, which they give up where the sheet stands below them."""
    outer = QHBoxLayout(dialog)
    outer.setContentsMargins(SIDE, SIDE, SIDE, SIDE)
    outer.setSpacing(GAP)
    room = dialog.screen().availableGeometry().width() - AROUND
    wide = (
        choices.minimumWidth()
        + 2 * SIDE
        + (GAP + max(READABLE, sheet.minimumSizeHint().width()) if sheet is not None else 0)
    )
    if wide <= room:
        outer.addWidget(choices)
        if sheet is not None:
            outer.addWidget(sheet, 1)
        return
    inside = QWidget()
    inside.setObjectName("scrolled")
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GAP)
    asked = choices.takeWidget() if isinstance(choices, QScrollArea) else choices
    if asked is not choices:
        choices.deleteLater()
    asked.setMinimumWidth(0)
    asked.setMaximumWidth(NO_LIMIT)
    column.addWidget(asked)
    if sheet is not None:
        sheet.setMinimumHeight(
            min(round(SHEET * text_scale()), dialog.screen().availableGeometry().height() - 2 * AROUND)
        )
        column.addWidget(sheet, 1)
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(inside)
    outer.addWidget(scroll)
