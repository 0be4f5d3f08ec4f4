"""The card of the settings about the program itself: new versions, and the start at login; both off unless ticked."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from PySide6.QtCore import Signal

from selfcare.domain.failures import Failure
from selfcare.host.login_start import set_start_at_login
from selfcare.i18n.words import Words
from selfcare.ui.links import open_link
from selfcare.ui.pages.page import Page
from selfcare.ui.widgets.buttons import link
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import text
from selfcare.ui.widgets.ticks import Tick, TickedRow
from selfcare.viewmodel.updates import TickView, UpdatesView


class StartCard(Card):
    """Two ticks, and what the last look at the list of versions came to."""

    updates_chosen = Signal(bool)
    """The customer allows the looking, or not."""

    login_chosen = Signal(bool)
    """The program is to start at login, or not."""

    look_wanted = Signal()
    """Look at the list now."""

    def __init__(self, updates: UpdatesView, login: TickView, words: Words) -> None:
        super().__init__(words.tr("The program itself"))
        self.login = _tick(self, login, "login")
        self.login.toggled.connect(self.login_chosen)
        self.updates = _tick(self, updates.tick, "updates")
        self.updates.toggled.connect(self.updates_chosen)
        if updates.said:
            self.add(text(updates.said, tone=updates.tone))
        links = []
        if updates.page:
            page = updates.page
            self.add(text(page, tone="quiet"))
            links.append(link(updates.open_page, lambda: open_link(page, [urlsplit(page).hostname or ""])))
        if updates.look_now:
            links.append(link(updates.look_now, self.look_wanted.emit))
        if links:
            self.add(flow(*links, gap=16))


def _tick(card: Card, view: TickView, name: str) -> Tick:
    tick = Tick()
    tick.setChecked(view.is_on)
    tick.setEnabled(view.may_choose)
    card.add(TickedRow(tick, name, view.label, view.text))
    return tick


def start_at_login(page: Page, is_on: bool, refused: Callable[[], None]) -> None:
    """Have the system start the program at login, or not; where it does not do so, say why and call `refused`."""

    def failed(failure: Failure | None) -> None:
        page.show_failure(failure)
        refused()

    page.context.store_lane.ask(page, lambda: set_start_at_login(is_on), lambda _none: None, failed)
