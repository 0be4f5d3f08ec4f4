"""Rows of a label and what it says: the facts of a bill, a contract, a request."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from selfcare.ui.theme import TEXT, text_scale

from .flow import flow
from .labels import PlainLabel, _label, figure, quiet, rule
from .tag import Tag


class FactList(QWidget):
    """Label at the left, value right-aligned, a thin line between the rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self._rows = 0
        self._names = self._values = 0

    def add(
        self,
        label: str,
        value: str,
        *,
        tag: str = "",
        tag_kind: str = "neutral",
        bold: bool = False,
        plain_label: bool = False,
    ) -> PlainLabel:
        """One more fact; the label of its value is returned. A tag stands after the value."""
        row = self._rows * 2
        if self._rows:
            self._grid.addWidget(rule(), row - 1, 0, 1, 2)
        name = _label(label, TEXT, bold=bold) if bold or plain_label else quiet(label)
        name.setContentsMargins(0, 9, 0, 9)
        shown = _label(value, TEXT, bold=bold)
        shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        shown.setContentsMargins(0, 6, 0, 6)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        name.setBuddy(shown)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignVCenter)
        if tag:
            shown.setWordWrap(len(value) * text_scale() > 30)
            if not value:
                shown.hide()
            both = flow(shown, Tag(tag, tag_kind), at_end=True)
            both.setContentsMargins(0, 0, 0, 4)
            self._grid.addWidget(both, row, 1)
        else:
            self._grid.addWidget(shown, row, 1)
        self._rows += 1
        self._share(label, f"{value} {tag}")
        return shown

    def add_long(self, label: str, value: str) -> PlainLabel:
        """One more fact that is a sentence or more: below its name, over the whole width."""
        name, shown = quiet(label), _label(value, TEXT)
        column = self._across(name, shown, above=8)
        column.addWidget(name)
        column.addWidget(shown)
        return shown

    def add_noted(self, label: str, value: str, note: str) -> PlainLabel:
        """One more fact with a sentence about it, which stands below both over the whole width."""
        name, shown = quiet(label), figure(value)
        column = self._across(name, shown, above=6)
        beside = QHBoxLayout()
        beside.setSpacing(16)
        beside.addWidget(name, 1)
        beside.addWidget(shown)
        column.addLayout(beside)
        column.addWidget(quiet(note))
        return shown

    def _across(self, name: PlainLabel, shown: PlainLabel, above: int) -> QVBoxLayout:
        """The next row as one column over the whole width, for a name and the value that belongs to it."""
        row = self._rows * 2
        if self._rows:
            self._grid.addWidget(rule(), row - 1, 0, 1, 2)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, above, 0, 8)
        column.setSpacing(2)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        name.setBuddy(shown)
        self._grid.addWidget(box, row, 0, 1, 2)
        self._rows += 1
        return column

    def _share(self, label: str, value: str) -> None:
        """Share the width by what the longest name and the longest value need."""
        self._names = max(self._names, min(40, len(label)))
        self._values = max(self._values, min(40, max(map(len, value.splitlines()), default=0)))
        self._grid.setColumnStretch(0, max(10, self._names))
        self._grid.setColumnStretch(1, max(10, self._values))

    def add_named(
        self,
        name: str,
        value: str,
        *,
        below: str = "",
        tag: str = "",
        tag_kind: str = "neutral",
        bold: bool = False,
    ) -> None:
        """One more row whose name is what matters: its tag and a quiet sentence stand with the name."""
        row = self._rows * 2
        if self._rows:
            self._grid.addWidget(rule(), row - 1, 0, 1, 2)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(2)
        label = _label(name, TEXT, bold=bold)
        if tag:
            label.setWordWrap(len(name) * text_scale() > 40)
            column.addWidget(flow(label, Tag(tag, tag_kind)))
        else:
            column.addWidget(label)
        if below:
            column.addWidget(quiet(below))
        amount = figure(value, bold=bold)
        label.setBuddy(amount)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 0)
        self._grid.addWidget(box, row, 0)
        self._grid.addWidget(amount, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._rows += 1
