"""The first page: sign in to an operator or look around, where the key is kept, and how far the signing in is."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QLineEdit, QProgressBar, QRadioButton, QWidget

from selfcare.ui.context import Context
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import Choice, Columns, named, part_of_page
from selfcare.ui.widgets.buttons import danger, link, plain, primary
from selfcare.ui.widgets.card import Card, empty_layout
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import PlainLabel, quiet, set_tone, text
from selfcare.viewmodel.welcome import (
    KeyChoice,
    SignInChoice,
    Stage,
    WelcomeFacts,
    WelcomeView,
    address_trouble,
    passphrase_trouble,
    welcome_view,
)

OTHER = "other"


class WelcomePage(Page):
    """Shown while no account is open. It signs nobody in itself: it says what the customer wants."""

    sign_in_wanted = Signal(object)
    """Sign in: a `SignInChoice`."""

    demo_wanted = Signal(object)
    """Look around with the demo operator: a `KeyChoice`."""

    open_wanted = Signal(str)
    """Open the files that are here: the passphrase, or "" where the key store is to be asked again."""

    forget_wanted = Signal()
    """Delete the files that are here; the customer has confirmed."""

    cancel_wanted = Signal()
    """Stop the signing in, or the first reading."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        box, self._column = part_of_page()
        frame = self.body.parentWidget().layout()
        if frame is not None:
            frame.setContentsMargins(64, 56, 64, 24)
        self.body.addWidget(box)
        self.body.addStretch(1)
        self._file = ""
        self._view: WelcomeView | None = None
        self.show_facts(WelcomeFacts())

    def show_facts(self, facts: WelcomeFacts) -> None:
        """Show how things stand; called again as the signing in goes on."""
        self.show_view(welcome_view(facts, self.words))

    def show_view(self, view: WelcomeView) -> None:
        """The choices, or the progress. What was typed stays when only the progress changes."""
        before, self._view = self._view, view
        self.set_title(view.title, view.subtitle)
        self.show_notice(replace(view.notice, action="") if view.notice is not None else None)
        if view.stage is Stage.OPEN:
            self._build_open(view)
        elif view.stage is not Stage.CHOOSE:
            if before is None or before.stage is not view.stage:
                self._build_progress(view)
            self._show_progress(view)
        elif before is None or replace(before, notice=None) != replace(view, notice=None):
            self._build_choices(view)

    # ---- the choices

    def _build_choices(self, view: WelcomeView) -> None:
        empty_layout(self._column)
        columns = Columns(5, 4)
        columns.left.addWidget(self._sign_in_card(view))
        if view.may_demo:
            columns.right.addWidget(self._demo_card())
        columns.right.addWidget(self._key_card(view))
        self._column.addWidget(columns)
        self._other_operator()

    def _sign_in_card(self, view: WelcomeView) -> Card:
        words = self.words
        card = Card(words.tr("Sign in to your operator"))
        card.add(
            text(
                words.tr("Your browser opens your operator's own page. This program never sees your password."),
                tone="quiet",
            )
        )
        rows = [(o.id, f"{o.name} ({o.country})" if o.country else o.name) for o in view.operators]
        self.operator = Choice(words.tr("Operator"), [*rows, (OTHER, words.tr("Another operator…"))])
        self.operator.currentIndexChanged.connect(self._other_operator)
        card.add(named(words.tr("Operator"), self.operator))
        self.address = QLineEdit()
        self.address.setPlaceholderText("https://")
        self.address.setMaxLength(500)
        self._address_box = named(words.tr("Address of the operator for programs"), self.address)
        self._file_name = quiet("")
        self._file_name.hide()
        self._file_box = flow(link(words.tr("Choose its profile file instead…"), self._choose_file))
        card.add(self._address_box, self._file_box, self._file_name)
        self._trouble = text("", tone="bad")
        self._trouble.hide()
        self.sign_in_button = primary(words.tr("Sign in"), self._sign_in)
        card.add(self._trouble)
        card.buttons(self.sign_in_button)
        self.address.returnPressed.connect(self._sign_in)
        return card

    def _demo_card(self) -> Card:
        words = self.words
        card = Card(words.tr("Look around"))
        card.add(
            text(
                words.tr(
                    "A made-up operator on this computer, with a made-up customer and her two years of bills. Nothing "
                    "leaves this computer."
                ),
                tone="quiet",
            )
        )
        self.demo_button = plain(words.tr("Look around with the demo"), self._demo)
        card.buttons(self.demo_button)
        return card

    def _key_card(self, view: WelcomeView) -> Card:
        words = self.words
        card = Card(words.tr("Where the key is kept"))
        card.add(text(view.key_sentence, tone="quiet"))
        self.passphrase = QRadioButton(words.tr("A passphrase that I type at each start"))
        self.nothing = QRadioButton(words.tr("Keep nothing when the program ends"))
        self.first, self.second = QLineEdit(), QLineEdit()
        for field in (self.first, self.second):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setMaxLength(200)
        self._first_box = named(words.tr("Passphrase"), self.first)
        self._second_box = named(words.tr("The same again"), self.second)
        self._key_trouble = text("", tone="bad")
        self._key_trouble.hide()
        if view.asks_for_key:
            self.passphrase.setChecked(True)
            self.passphrase.toggled.connect(self._other_key)
            card.add(self.passphrase, self._first_box, self._second_box, self._key_trouble, self.nothing)
        self._asks = view.asks_for_key
        return card

    @Slot()
    def _other_operator(self) -> None:
        other = self.operator.value == OTHER
        self._address_box.setVisible(other and not self._file)
        self._file_box.setVisible(other)
        self._file_name.setVisible(other and bool(self._file))

    @Slot(bool)
    def _other_key(self, passphrase: bool) -> None:
        for box in (self._first_box, self._second_box):
            box.setVisible(passphrase)
        self._key_trouble.hide()

    def _choose_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, self.words.tr("Profile of the operator"), "", "JSON (*.json)")
        if name:
            self.take_file(name)

    def take_file(self, path: str) -> None:
        """Sign in by this profile file."""
        self._file = path
        self._file_name.setText(path)
        self._other_operator()

    def _key(self) -> KeyChoice | None:
        if not self._asks:
            return KeyChoice("keyring")
        if self.nothing.isChecked():
            return KeyChoice("memory")
        trouble = passphrase_trouble(self.first.text(), self.second.text(), self.words)
        _tell(self._key_trouble, trouble)
        if trouble:
            self.first.setFocus()
            return None
        return KeyChoice("passphrase", self.first.text())

    def _sign_in(self) -> None:
        other = self.operator.value == OTHER
        trouble = address_trouble(self.address.text(), self.words) if other and not self._file else ""
        _tell(self._trouble, trouble)
        if trouble:
            self.address.setFocus()
            return
        key = self._key()
        if key is None:
            return
        if not other:
            self.sign_in_wanted.emit(SignInChoice(key, operator_id=self.operator.value))
        elif self._file:
            self.sign_in_wanted.emit(SignInChoice(key, file=self._file))
        else:
            self.sign_in_wanted.emit(SignInChoice(key, address=self.address.text().strip()))

    def _demo(self) -> None:
        key = self._key()
        if key is not None:
            self.demo_wanted.emit(key)

    # ---- what is here already

    def _build_open(self, view: WelcomeView) -> None:
        empty_layout(self._column)
        words = self.words
        card = Card(words.tr("Open your data"))
        card.add(text(view.progress, tone="quiet"))
        self.first = QLineEdit()
        self.first.setEchoMode(QLineEdit.EchoMode.Password)
        self.first.setMaxLength(200)
        self.first.returnPressed.connect(self._open_files)
        field = named(words.tr("Passphrase"), self.first)
        field.setVisible(view.asks_passphrase)
        card.add(field)
        self.open_button = primary(words.tr("Open") if view.asks_passphrase else words.tr("Try again"))
        self.open_button.clicked.connect(self._open_files)
        card.buttons(self.open_button, danger(words.tr("Forget this data…"), self._ask_to_forget))
        self._column.addWidget(card)
        (self.first if view.asks_passphrase else self.open_button).setFocus()

    @Slot()
    def _open_files(self) -> None:
        self.open_wanted.emit(self.first.text())

    def _ask_to_forget(self) -> None:
        if self._view is None:
            return
        dialog = self.forget_dialog(self._view)
        if dialog.exec():
            self.forget_wanted.emit()
        dialog.deleteLater()

    def forget_dialog(self, view: WelcomeView) -> FactsDialog:
        """The question before what is here is deleted unread."""
        words = self.words
        return FactsDialog(
            self,
            words,
            title=words.tr("Forget this data?"),
            question=words.tr("The files are deleted. Your own notes and requests in them cannot be got back."),
            facts=[(fact.name, fact.value) for fact in view.forget_facts],
            confirm=words.tr("Forget this data"),
            cancel=words.tr("Keep it"),
            is_final=True,
        )

    # ---- the progress

    def _build_progress(self, view: WelcomeView) -> None:
        empty_layout(self._column)
        words = self.words
        card = Card(words.tr("Signing in") if view.stage is Stage.BROWSER else words.tr("The first reading"))
        self._progress = text("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(words.tr("Progress"))
        self.cancel_button = plain(words.tr("Cancel"), self.cancel_wanted.emit)
        card.add(self._progress, self._bar)
        card.buttons(self.cancel_button)
        self._column.addWidget(card)
        self.cancel_button.setFocus()

    def _show_progress(self, view: WelcomeView) -> None:
        self._progress.setText(view.progress)
        self._bar.setRange(0, 0 if view.percent is None else 100)
        self._bar.setValue(view.percent or 0)


def _tell(label: PlainLabel, trouble: str) -> None:
    label.setText(trouble)
    label.setVisible(bool(trouble))
    set_tone(label, "bad")
