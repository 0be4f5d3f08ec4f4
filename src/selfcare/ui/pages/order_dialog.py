"""Order an option: one is chosen, its price and its term stand below it, and one press sends exactly that."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from selfcare.domain.commands import OrderOption
from selfcare.i18n.words import Words
from selfcare.ui.pages.pieces import Choice, fact_list, named, part_of_page
from selfcare.ui.widgets.card import empty_layout
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.labels import quiet, quote
from selfcare.viewmodel.option_order import OfferView, OrderView


class OrderDialog(FactsDialog):
    """The only question before an option is ordered."""

    chapter = "order"

    def __init__(self, parent: QWidget | None, words: Words, view: OrderView) -> None:
        super().__init__(parent, words, title=view.title, question=view.question, confirm=view.yes, cancel=view.no)
        self._words, self._offers = words, view.offers
        self.choice = Choice(view.choose, [(one.id, one.label) for one in view.offers])
        self.body.addWidget(named(view.choose, self.choice))
        part, self._column = part_of_page()
        self.body.addWidget(part)
        self.body.addStretch(1)
        self.choice.currentIndexChanged.connect(self._show)
        self._show()
        self.choice.setFocus()

    def command(self) -> OrderOption:
        """The order as it was shown."""
        return self._chosen().command

    def _chosen(self) -> OfferView:
        return self._offers[max(0, self.choice.currentIndex())]

    @Slot()
    def _show(self) -> None:
        offer = self._chosen()
        empty_layout(self._column)
        if offer.text:
            self._column.addWidget(quiet(self._words.tr("What your operator says of it")))
            self._column.addWidget(quote(offer.text))
        self._column.addWidget(fact_list(offer.facts))
        if offer.clause:
            self._column.addWidget(quiet(self._words.tr("The term, in your operator’s words")))
            self._column.addWidget(quote(offer.clause))
        if self.isVisible():
            QTimer.singleShot(0, self, self.fit)  # once what is new has its height
