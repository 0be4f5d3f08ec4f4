"""White cards with thin lines: one subject each."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QVBoxLayout, QWidget

from .flow import FlowLayout
from .labels import card_title, quiet, small_title
from .tag import Tag


class Card(QFrame):
    """A card; `body` is the column inside it."""

    def __init__(
        self,
        title: str = "",
        *,
        over: str = "",
        tag: str = "",
        tag_kind: str = "neutral",
        parent: QWidget | None = None,
    ) -> None:
        """`over` is a small quiet heading above the title, or in its place, `tag` a status above it."""
        super().__init__(parent)
        self.setObjectName("card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 16, 20, 16)
        self.body.setSpacing(6)
        if tag:
            self.body.addWidget(Tag(tag, tag_kind, self))
        if over:
            self.body.addWidget(quiet(over, self) if title else small_title(over, self))
        if title:
            self.body.addWidget(card_title(title, self))

    def add(self, *widgets: QWidget) -> None:
        """Put widgets below what is there."""
        for widget in widgets:
            self.body.addWidget(widget)

    def buttons(self, *buttons: QWidget) -> None:
        """A row of buttons at the foot, wrapped where it is narrow."""
        row = QWidget(self)
        layout = FlowLayout(row)
        layout.setContentsMargins(0, 8, 0, 0)
        for button in buttons:
            layout.addWidget(button)
        self.body.addWidget(row)

    def empty(self) -> None:
        """Take everything out."""
        empty_layout(self.body)


def empty_layout(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty_layout(inner)
