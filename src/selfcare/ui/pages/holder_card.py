"""The card of a change of holder: what is needed once, what stays on, what was sent, and the way to ask for it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from selfcare.i18n.words import Words
from selfcare.ui.pages.pieces import fact_list, heading
from selfcare.ui.widgets.buttons import plain
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import quiet, quote, set_name, text
from selfcare.viewmodel.holder import HolderView


class HolderCard(Card):
    """It asks for nothing itself: it says what the customer wants."""

    asked = Signal(object)
    """The change is to be asked for: a `Draft` of a ticket."""

    opened = Signal(str)
    """Another page: the ticket, the bills."""

    def __init__(self, view: HolderView, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        set_name(self, view.title)
        self.add(heading(view.title))
        for sentence in view.needed:
            self.add(text(sentence))
        if view.clause:
            self.add(quiet(words.tr("The clause in your contract")))
            self.add(quote(view.clause))
        if view.rule:
            self.add(quiet(view.rule))
        if view.sent:
            self.add(quiet(words.tr("What was sent, and what was answered")))
            self.add(fact_list(view.sent))
        buttons = []
        if view.dunned:
            self.add(text(view.dunned, tone="warn"))
            buttons.append(plain(words.tr("Proof of payment"), lambda: self.opened.emit("bills")))
        if view.ticket_id:
            target = f"help/ticket/{view.ticket_id}"
            buttons.insert(0, plain(words.tr("Open the ticket"), lambda: self.opened.emit(target)))
        else:
            buttons.insert(0, plain(words.tr("Ask for another holder"), lambda: self.asked.emit(view.draft)))
        buttons.append(plain(words.tr("Note what you sent"), lambda: self.opened.emit("case/earlier")))
        self.add(flow(*buttons))
