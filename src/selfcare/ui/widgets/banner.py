"""A band across a page that says what went wrong, what to do, and offers the button that does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from selfcare.ui.icons import pixmap
from selfcare.ui.speaking import announce
from selfcare.ui.theme import text_scale, tokens_in_use

from .buttons import Button, plain
from .flow import flow
from .labels import PlainLabel, quote, set_description, set_name, strong, text, visible

if TYPE_CHECKING:
    from selfcare.viewmodel.notice import Notice


_ICONS = {"bad": "alert", "warn": "alert", "good": "check"}


class Banner(QFrame):
    """One notice. Its kind tints it and chooses the drawing in front; its words say everything, and are announced when
    it first comes into sight."""

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
        self._kind = ""
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
        self._kind = notice.kind
        self._picture = PlainLabel()
        set_name(self._picture, notice.sentence)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self._tint()
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

    def changeEvent(self, event: QEvent) -> None:
        """Draw the picture again after the look changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._kind:
            self._tint()

    def _tint(self) -> None:
        tokens = tokens_in_use()
        inks = {"bad": tokens.bad, "warn": tokens.warn, "good": tokens.good, "accent": tokens.accent}
        ink = inks.get(self._kind, tokens.quiet)
        self._picture.setPixmap(pixmap(_ICONS.get(self._kind, "info"), ink, round(20 * text_scale())))

    def showEvent(self, event: QShowEvent) -> None:
        """Said once, at once where it is bad; a page that is opened again does not repeat it."""
        super().showEvent(event)
        notice, self._notice = self._notice, None
        if notice is not None:
            said = " ".join(part for part in (notice.sentence, notice.quote, notice.advice) if part)
            announce(self, visible(said), at_once=notice.kind == "bad")
