"""What stands above the pages: one notice at a time, and above it that a promise was missed; that a request is kept is
taken back once that is over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .context import Context
from .page_room import side_of
from .widgets.card import empty_layout

if TYPE_CHECKING:
    from selfcare.account.session import Session
    from selfcare.domain.failures import Failure
    from selfcare.domain.waiting import Waiting
    from selfcare.viewmodel.notice import Notice

    from .widgets.banner import Banner

COPIED_FOR = 300
"""Seconds that the address of a sign-in stays on the clipboard: as long as the sign-in waits for it."""

BELOW = 8
"""Pixels between a notice and the page below it."""


class Notes(QWidget):
    """The place for one notice, above every page, until the customer closes it or goes on. What was promised and missed
    has a place of its own there: no other notice keeps it waiting, and none takes it away."""

    room_wanted = Signal(str)
    """The customer wants to see what waits ("waiting"), or the case file ("case")."""

    def __init__(self, context: Context, failed: Callable[[Failure | None], None]) -> None:
        """`failed` is told when what waits cannot be read."""
        super().__init__()
        self._context = context
        self._failed = failed
        self.seen_version = ""
        self._told = ""
        self._said: Notice | None = None
        self._banner: Banner | None = None
        self._whole = QVBoxLayout(self)
        self.raised: Banner | None = None
        self._above = QVBoxLayout()
        self.column = QVBoxLayout()
        self._whole.setSpacing(8)
        self._whole.addLayout(self._above)
        self._whole.addLayout(self.column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand where the page stands."""
        super().resizeEvent(event)
        side = side_of(event.size().width())
        self._whole.setContentsMargins(side, 0, side, 0)

    def say(self, notice: Notice | None) -> None:
        """Show a notice instead of the one that is there, or none."""
        empty_layout(self.column)
        self._told = ""
        self._said = notice
        if notice is None:
            return
        from .widgets.banner import Banner

        words = self._context.words
        button, on_click = words.tr("Close"), self._hush
        if notice.action == "waiting":
            button, on_click = words.tr("Waiting"), lambda: self.room_wanted.emit("waiting")
        elif notice.action == "copy":
            button, on_click = words.tr("Copy the address"), self._copy
        elif notice.action == "news":
            button, on_click = words.tr("What is new"), self._show_news
        self._banner = Banner(notice, button, on_click)
        self.column.addWidget(self._banner)
        self.column.addSpacing(BELOW)

    def raise_up(self, notice: Notice | None) -> None:
        """Show that promises were missed, instead of what is said of that now; None takes it away."""
        empty_layout(self._above)
        self.raised = None
        if notice is not None:
            from .widgets.banner import Banner

            self.raised = Banner(notice, self._context.words.tr("Case file"), self._open_case)
            self._above.addWidget(self.raised)

    def renew(self, notice: Notice) -> None:
        """Say in the same place how long ago it was, without a word to a screen reader."""
        if self.raised is not None:
            self.raised.renew(notice.advice)

    @property
    def has_raised(self) -> bool:
        """It stands there that promises were missed."""
        return self.raised is not None

    def clear(self) -> None:
        """Take everything away: the customer went on to another page."""
        self.raise_up(None)
        self.say(None)

    @property
    def is_free(self) -> bool:
        """Nothing stands there now."""
        return self._said is None

    def unsay(self, notice: Notice) -> None:
        """Take a notice away, if it is the one that stands there."""
        if self._said == notice:
            self.say(None)

    def _copy(self) -> None:
        from .clipboard import copy_secret

        if self._said is not None and self._banner is not None and self._banner.button is not None:
            copy_secret(self, self._said.copies, COPIED_FOR)
            self._banner.button.say(self._context.words.tr("Copied"))

    def say_kept(self, waiting: Waiting) -> None:
        """Say that a request is kept here."""
        from selfcare.viewmodel.notices import request_kept

        self.say(request_kept(self._context.words))
        self._told = waiting.id

    @Slot()
    def fold_kept(self) -> None:
        """The customer has gone on: what is kept need not be said any longer, but a refusal of it still is."""
        if told := self._told:
            self.say(None)
            self._told = told

    def follow(self) -> None:
        """What waits has changed: look whether what is said of a request still holds."""
        session, told = self._context.session, self._told
        if session is not None and told:
            self._context.store_lane.ask(
                self, lambda: _request(session, told), lambda item: self._hold(told, item), self._failed, key="told"
            )

    def _hold(self, told: str, item: Waiting | None) -> None:
        from selfcare.domain.waiting import WaitingState
        from selfcare.viewmodel.notices import request_refused

        if told != self._told or (item is not None and item.state in {WaitingState.NEW, WaitingState.SENDING}):
            return
        refused = item if item is not None and item.state is WaitingState.REJECTED else None
        self.say(request_refused(refused.reason, self._context.words) if refused is not None else None)

    def _show_news(self) -> None:
        from .widgets.handbook import show_news

        seen, self.seen_version = self.seen_version, ""
        self.say(None)
        show_news(self, self._context.words, seen)

    @Slot()
    def _open_case(self) -> None:
        self.raise_up(None)
        self.room_wanted.emit("case")

    @Slot()
    def _hush(self) -> None:
        self.say(None)


def _request(session: Session, told: str) -> Waiting | None:
    return next((item for item in session.reader.waiting() if item.id == told), None)
