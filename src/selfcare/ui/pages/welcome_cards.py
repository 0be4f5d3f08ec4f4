"""The cards of the first page: which operator to sign in to, where the key is kept, and opening what is here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QLineEdit, QWidget

from selfcare.i18n.words import Words
from selfcare.ui.pages.pieces import Choice, Columns, named
from selfcare.ui.widgets.buttons import Button, danger, link, plain, primary
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import PlainLabel, quiet, text, trouble, visible
from selfcare.ui.widgets.ticks import OneOf, TickedRow
from selfcare.viewmodel.welcome import (
    AsideView,
    KeyChoice,
    OperatorRow,
    SignInChoice,
    WelcomeView,
    address_trouble,
    list_sentence,
    operator_words,
    operators_found,
    passphrase_trouble,
)

OTHER = "other"
"""Stands in the list for an operator that is not in it."""


class SignInCard(Card):
    """An operator from the list, by its address, or by its profile file."""

    pressed = Signal()
    """The customer wants to go on."""

    problems_asked = Signal()
    """The customer wants to see the known problems of the chosen operator, without signing in."""

    changed = Signal()
    """Another operator, address or file was chosen: what was said of the one before counts no more."""

    def __init__(self, view: WelcomeView, words: Words) -> None:
        super().__init__(words.tr("Sign in to your operator"))
        self._words = words
        self.file = ""
        self.add(
            text(
                words.tr("Your browser opens your operator’s own page. This program never sees your password."),
                tone="quiet",
            )
        )
        self._operators = view.operators
        self.search = QLineEdit()
        self.search.setPlaceholderText(words.tr("Name or country"))
        self.search.setMaxLength(100)
        self.search.textChanged.connect(self._look_for)
        self._search_box = named(words.tr("Look for your operator"), self.search)
        self._search_box.setVisible(any(not one.demo for one in view.operators))
        self.operator = Choice(words.tr("Operator"), self._rows(view.operators))
        if all(one.demo for one in view.operators):
            self.operator.setCurrentIndex(self.operator.findData(OTHER))
        self.operator.currentIndexChanged.connect(self._other_operator)
        self.operator.activated.connect(self.changed)
        self._list_line = quiet("")
        self.address = QLineEdit()
        self.address.setPlaceholderText("https://")
        self.address.setMaxLength(500)
        self.address.returnPressed.connect(self.pressed)
        self.address.textEdited.connect(self.changed)
        self._address_box = named(words.tr("Address of the operator for programs"), self.address)
        self._file_box = flow(link(words.tr("Choose its profile file instead…"), self._choose_file))
        self._file_name = quiet("")
        self._trouble = trouble_line()
        self.button = (plain if view.brought_sentence else primary)(words.tr("Sign in"), self.pressed.emit)
        self.add(self._search_box, named(words.tr("Operator"), self.operator), self._list_line)
        self.add(self._address_box, self._file_box, self._file_name)
        self.add(self._trouble)
        self.buttons(self.button)
        self.add(flow(problems_link(words, self.problems_asked.emit)))
        self._say_of_list("")
        self._other_operator()

    def _rows(self, operators: Sequence[OperatorRow]) -> list[tuple[str, str]]:
        rows = [(one.id, operator_words(one, self._words)) for one in operators]
        return [*rows, (OTHER, self._words.tr("Another operator…"))]

    @Slot(str)
    def _look_for(self, typed: str) -> None:
        """Offer what fits alone, the first of it chosen; where nothing fits, an address or a file does."""
        found = operators_found(typed, self._operators, self._words)
        self.operator.clear()
        for value, words in self._rows(found):
            self.operator.addItem(visible(words, 120), value)
        if not typed.strip() and all(one.demo for one in found):
            self.operator.setCurrentIndex(self.operator.findData(OTHER))
        self._say_of_list(typed)

    def _say_of_list(self, typed: str) -> None:
        tell(self._list_line, list_sentence(typed, self._operators, self._words))

    def choice(self, key: KeyChoice) -> SignInChoice:
        """What was chosen, with the key."""
        if self.operator.value != OTHER:
            return SignInChoice(key, operator_id=self.operator.value)
        if self.file:
            return SignInChoice(key, file=self.file)
        return SignInChoice(key, address=self.address.text().strip())

    def is_ready(self) -> bool:
        """Something sensible was chosen; says what is wrong otherwise."""
        typed = self.operator.value == OTHER and not self.file
        trouble = address_trouble(self.address.text(), self._words) if typed else ""
        tell(self._trouble, trouble)
        if trouble:
            self.address.setFocus()
        return not trouble

    def typed(self) -> tuple[str, str, str]:
        """What was chosen and typed, to be put back after a try that failed."""
        return self.operator.value, self.address.text(), self.file

    def put_back(self, typed: tuple[str, str, str]) -> None:
        """Show again what was chosen and typed before."""
        chosen, address, self.file = typed
        self.operator.setCurrentIndex(max(0, self.operator.findData(chosen)))
        self.address.setText(address)
        self._file_name.setText(self.file)
        self._other_operator()

    def take_file(self, path: str) -> None:
        """Sign in by this profile file."""
        self.file = path
        self._file_name.setText(path)
        self._other_operator()
        self.changed.emit()

    @Slot()
    def _other_operator(self) -> None:
        other = self.operator.value == OTHER
        self._address_box.setVisible(other and not self.file)
        self._file_box.setVisible(other)
        self._file_name.setVisible(other and bool(self.file))

    def _choose_file(self) -> None:
        path = choose_profile(self, self._words)
        if path:
            self.take_file(path)


class KeyCard(Card):
    """Where the key is kept. It asks only where this computer has no key store that works."""

    lacking = Signal()
    """What was typed is not good enough, and that is said here."""

    def __init__(self, view: WelcomeView, words: Words) -> None:
        super().__init__(words.tr("Where the key is kept"))
        self._words = words
        self._asks = view.asks_for_key
        self.add(text(view.key_sentence, tone="quiet"))
        self.passphrase, self.nothing = OneOf(), OneOf()
        self._one_of = QButtonGroup(self)
        self._one_of.addButton(self.passphrase)
        self._one_of.addButton(self.nothing)
        self.first, self.second = passphrase_field(), passphrase_field()
        self._fields = Columns(1, 1, narrow=560)
        self._fields.left.addWidget(named(words.tr("Passphrase"), self.first))
        self._fields.right.addWidget(named(words.tr("The same again"), self.second))
        self._fields.setVisible(view.asks_for_key)
        self._trouble = trouble_line()
        if view.asks_for_key:
            self.passphrase.setChecked(True)
            self.passphrase.toggled.connect(self._other_key)
            typed = TickedRow(self.passphrase, "passphrase", words.tr("A passphrase that I type at each start"), "")
            self.add(typed, self._fields, self._trouble)
            self.add(TickedRow(self.nothing, "nothing", words.tr("Keep nothing when the program ends"), ""))

    def choice(self) -> KeyChoice | None:
        """Where the key goes; None, and what is wrong is said, while the passphrase is not good enough."""
        if not self._asks:
            return KeyChoice("keyring")
        if self.nothing.isChecked():
            return KeyChoice("memory")
        trouble = passphrase_trouble(self.first.text(), self.second.text(), self._words)
        tell(self._trouble, trouble)
        if trouble:
            self.first.setFocus()
            self.lacking.emit()
            return None
        return KeyChoice("passphrase", self.first.text())

    def choice_for_demo(self) -> KeyChoice | None:
        """The same for what is made up, which needs no passphrase: where none was typed, nothing of it is kept."""
        is_typed = bool(self.first.text() or self.second.text())
        return self.choice() if is_typed or not self._asks else KeyChoice("memory")

    @Slot(bool)
    def _other_key(self, passphrase: bool) -> None:
        self._fields.setVisible(passphrase)
        tell(self._trouble, "")


class OpenCard(Card):
    """What is here is encrypted: its passphrase, or the key store once more; or forget it."""

    opened = Signal(str)
    """Open it: the passphrase, or "" where the key store is to be asked again."""

    forget_asked = Signal()
    """The customer would rather forget it; nothing is confirmed yet."""

    problems_asked = Signal()
    """The customer wants to see the known problems of this operator, without opening anything."""

    aside_wanted = Signal(str)
    """Open the rest without the damaged file; the customer has confirmed. The passphrase, or ""."""

    description_wanted = Signal(str, str)
    """Get the operator's description anew: the passphrase, or ""; and a file with it, "": ask the operator."""

    def __init__(self, view: WelcomeView, words: Words) -> None:
        super().__init__(words.tr("Open your data"))
        self.add(text(view.progress, tone="quiet"))
        self.field = passphrase_field()
        self.field.returnPressed.connect(self._open)
        box = named(words.tr("Passphrase"), self.field)
        box.setVisible(view.asks_passphrase)
        self.add(box)
        self.button: Button = primary(_open_words(view, words), self._open)
        self.forget_button = danger(words.tr("Forget this data…"), self.forget_asked.emit)
        self._aside, self._words = view.aside, words
        self.aside_button = plain(view.aside.button, self._ask_to_go_on) if view.aside is not None else None
        self.ask_button = plain(words.tr("Ask for the description anew…"), self._ask) if view.may_describe else None
        ways = (self.button, self.aside_button, self.ask_button, self.forget_button)
        self.buttons(*(one for one in ways if one is not None))
        if view.may_describe:
            self.add(flow(link(words.tr("Choose its profile file instead…"), self._choose_file)))
        elif view.has_operator:
            self.add(flow(problems_link(words, self.problems_asked.emit)))
        if view.is_opening:
            self.button.hide()
            self.forget_button.hide()
        self.setFocusProxy(self.field if view.asks_passphrase else self.button)

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self.field.text())

    @Slot()
    def _ask(self) -> None:
        self.description_wanted.emit(self.field.text(), "")

    @Slot()
    def _choose_file(self) -> None:
        path = choose_profile(self, self._words)
        if path:
            self.description_wanted.emit(self.field.text(), path)

    @Slot()
    def _ask_to_go_on(self) -> None:
        if self._aside is None:
            return
        dialog = aside_dialog(self, self._words, self._aside)
        if dialog.exec():
            self.aside_wanted.emit(self.field.text())
        dialog.deleteLater()


def choose_profile(parent: QWidget, words: Words) -> str:
    """The file with an operator's description that the customer chooses, or ""."""
    return QFileDialog.getOpenFileName(parent, words.tr("Profile of the operator"), "", "JSON (*.json)")[0]


def aside_dialog(parent: QWidget, words: Words, ask: AsideView) -> FactsDialog:
    """The question before the damaged file of requests is put aside."""
    facts = [(one.name, one.value) for one in ask.facts]
    return FactsDialog(
        parent, words, title=ask.title, question=ask.question, facts=facts, confirm=ask.confirm, cancel=ask.cancel,
        is_final=True,
    )  # fmt: skip


def problems_link(words: Words, on_click: Callable[[], object]) -> Button:
    """The way to the known problems that an operator publishes for everybody."""
    return link(words.tr("Known problems, without signing in"), on_click)


def _open_words(view: WelcomeView, words: Words) -> str:
    return words.tr("Open") if view.asks_passphrase or view.is_locked else words.tr("Try again")


def passphrase_field() -> QLineEdit:
    """A field whose letters are not shown."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(200)
    return field


def tell(label: PlainLabel, trouble: str) -> None:
    """Say what is wrong below a field, or nothing."""
    label.setText(trouble)
    label.setVisible(bool(trouble))


def trouble_line() -> PlainLabel:
    """The line below a field that says what is wrong with it; hidden while nothing is."""
    label = trouble()
    label.hide()
    return label
