"""The card in the settings on which the customer says how the internet is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit

from selfcare.domain.records import replace
from selfcare.i18n.words import Words
from selfcare.ui.pages.pieces import Choice, named
from selfcare.ui.pages.welcome_cards import passphrase_field, tell, trouble_line
from selfcare.ui.widgets.buttons import plain
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.labels import prefilled, text
from selfcare.viewmodel.proxy import LONGEST_PASSWORD, ProxyChoice, ProxyView, address_trouble, login_trouble

if TYPE_CHECKING:
    from selfcare.domain.proxy import ProxyWay


class ProxyCard(Card):
    """Straight and the computer's own way are taken at once; a proxy of one's own once it is right and confirmed."""

    chosen = Signal(object)
    """The customer chose: a `ProxyChoice` with nothing wrong in it."""

    def __init__(self, view: ProxyView, words: Words) -> None:
        super().__init__(words.tr("Way to the internet"))
        self._words, self._view = words, view
        self.add(text(view.text, tone="quiet"))
        self.way = Choice(words.tr("Way to the internet"), list(view.ways), view.way)
        self.way.currentIndexChanged.connect(self._other_way)
        self.address, self.user, self.password = (
            QLineEdit(prefilled(view.address)),
            QLineEdit(prefilled(view.user)),
            passphrase_field(),
        )
        self.address.setMaxLength(300)
        self.address.setPlaceholderText("proxy.example.net:8080")
        self.user.setMaxLength(200)
        self.password.setMaxLength(LONGEST_PASSWORD)
        self.password.setPlaceholderText(view.password_hint)
        self.password.textEdited.connect(self._typed)
        for field in (self.address, self.user, self.password):
            field.returnPressed.connect(self._take)
        self._has_typed = False
        self._trouble = trouble_line()
        self.button = plain(words.tr("Use this proxy"), self._take)
        self._own = (
            named(words.tr("Address of the proxy"), self.address),
            named(words.tr("Name, where it asks for one"), self.user),
            named(words.tr("Password, kept in the key store of this computer"), self.password),
        )
        self.add(self.way, *self._own, self._trouble)
        self.buttons(self.button)
        self._show_own()

    @Slot()
    def _other_way(self) -> None:
        self._show_own()
        if self.way.value != "own":
            self.chosen.emit(ProxyChoice(cast("ProxyWay", self.way.value)))

    def _show_own(self) -> None:
        is_own = self.way.value == "own"
        for part in (*self._own, self.button):
            part.setVisible(is_own)
        tell(self._trouble, "")

    @Slot()
    def _typed(self) -> None:
        self._has_typed = True

    @Slot()
    def _take(self) -> None:
        address, user, password = self.address.text().strip(), self.user.text().strip(), self.password.text()
        trouble = address_trouble(address, self._words)
        if trouble:
            self.address.setFocus()
        else:
            trouble = login_trouble(user, password, self._words)
            if trouble:
                self.user.setFocus()
        tell(self._trouble, trouble)
        if trouble:
            return
        stays = not self._has_typed and user == self._view.user and bool(user)
        self.password.clear()
        self.password.setPlaceholderText(self._words.tr("unchanged") if user else "")
        self._view, self._has_typed = replace(self._view, user=user), False
        self.chosen.emit(ProxyChoice("own", address, user, None if stays else password))
