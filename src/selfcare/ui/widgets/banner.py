"""A band across a page that says what went wrong, what to do, and offers the button that does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from selfcare.ui.speaking import announce

from .buttons import Button, plain
from .flow import flow
from .labels import quote, set_description, set_name, strong, text, visible

if TYPE_CHECKING:
    from selfcare.viewmodel.notice import Notice


class Banner(QFrame):
    """One notice. Its kind tints it; its words say everything, and are announced when it first comes into sight."""

    def __init__(
        self,
        notice: Notice,
        button: str = "",
        on_click: Callable[[], object] | None = None,
        parent: QWidget | None = None,
        *,
        ways: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> None:
        """`button` stands beside the words; `ways` are more buttons, below them."""
        super().__init__(parent)
        self.button: Button | None = None
        self._notice: Notice | None = notice
        self.setObjectName("banner")
        self.setProperty("kind", notice.kind)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        set_name(self, notice.sentence)
        set_description(self, notice.advice)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        column = QVBoxLayout()
        column.setSpacing(2)
        row.addLayout(column, 1)
        column.addWidget(strong(notice.sentence))
        if notice.quote:
            column.addWidget(quote(notice.quote))
        self._advice = text(notice.advice)
        column.addWidget(self._advice)
        self._advice.setHidden(not notice.advice)
        if ways:
            column.addSpacing(6)
            column.addWidget(flow(*(plain(said, then) for said, then in ways)))
        if button and on_click is not None:
            self.button = plain(button, on_click)
            row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def renew(self, advice: str) -> None:
        """Say the advice in other words, silently: it is the same notice."""
        self._advice.setText(advice)
        set_description(self, advice)

    def showEvent(self, event: QShowEvent) -> None:
        """Said once, at once where it is bad; a page that is opened again does not repeat it."""
        super().showEvent(event)
        notice, self._notice = self._notice, None
        if notice is not None:
            said = " ".join(part for part in (notice.sentence, notice.quote, notice.advice) if part)
            announce(self, visible(said), at_once=notice.kind == "bad")
