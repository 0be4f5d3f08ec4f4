"""Settings: accounts, language, look, how often to ask, where the data lies, forgetting everything, and about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from email.message import Message
from functools import partial
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Literal, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from selfcare import __version__
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from selfcare.host.folders import data_dir, log_dir
from selfcare.host.login_start import may_start_at_login, starts_at_login
from selfcare.host.settings import Settings, with_account
from selfcare.ui.context import Context, Reading
from selfcare.ui.pages.farewell import ask_where
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import Choice, Columns, fact_list, named, part_of_page, rebuilt, tag_of
from selfcare.ui.pages.proxy_card import ProxyCard
from selfcare.ui.pages.settings_start import StartCard, start_at_login
from selfcare.ui.tray import has_tray
from selfcare.ui.widgets.buttons import danger, link, plain
from selfcare.ui.widgets.card import Card, empty_layout
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import rule, set_description, strong, text
from selfcare.ui.widgets.table import Column, DataTable, row
from selfcare.ui.widgets.ticks import Tick, TickedRow
from selfcare.viewmodel.facts import FactView, TagView, Tone, with_shown_numbers
from selfcare.viewmodel.operator_changes import ChangesView
from selfcare.viewmodel.settings import AccountRow, ChoiceRow, SettingsFacts, SettingsView, settings_view
from selfcare.viewmodel.unsent import unsent_facts
from selfcare.viewmodel.updates import UpdateFacts

PARTS = (
    "PySide6-Essentials", "shiboken6", "apsw-sqlite3mc", "argon2-cffi", "babel", "holidays", "httpx", "icalendar",
    "joserfc", "keyring", "msgspec", "phonenumbers", "platformdirs", "pypdfium2", "SecretStorage", "starlette",
    "truststore", "typst", "tzdata", "uvicorn",
)  # fmt: skip
"""The parts of others that the program is made with."""


class SettingsPage(Page):
    """The customer's choices. They are kept at once; what needs more than keeping is said by a signal."""

    topics = frozenset({Topic.SETTINGS, Topic.WAITING, Topic.PAPERS})

    settings_changed = Signal(object)
    """The customer chose: the new `Settings`, already kept."""

    account_chosen = Signal(str)
    """Another account is wanted, by its id."""

    account_wanted = Signal()
    """One more account is wanted: the first page again."""

    description_wanted = Signal()
    """The operator is to be asked how it describes itself now."""

    sign_out_wanted = Signal()
    """The session with the operator is to be ended; what was read stays."""

    forget_wanted = Signal()
    """Everything of the current account is to be deleted; the customer has confirmed."""

    way_chosen = Signal(object)
    """The customer chose how the internet is reached: a `ProxyChoice`."""

    keychain = ""
    """What this computer calls its key store; set by whoever opened it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._shown: SettingsView | None = None
        self._wanted = ""
        self._has_tray = has_tray()
        box, self._column = part_of_page()
        self.body.addWidget(box)
        self.body.addStretch(1)

    def load(self, reading: Reading) -> SettingsView:
        """The choices, and how big what is kept is."""
        reader = reading.reader
        lines = with_shown_numbers(reader.lines(), reading.profile.country)
        asked = reader.waiting()
        unsent = unsent_facts(asked, lines, reader.tickets(), reading.words, reading.zone, reading.today)
        return self._view(unsent)

    def enter(self) -> None:
        """The settings are there without an open account too. Qt may be asked for its tray on this thread alone."""
        self._has_tray = has_tray()
        if self.context.session is None:
            self.show_view(self._view(()))
        super().enter()

    def show_view(self, view: SettingsView) -> None:
        """Everything in two columns of cards."""
        if view != self._shown:
            self._shown = view
            rebuilt(self, partial(self._build, view))
        self.open_at(self._wanted)

    def open_at(self, target: str) -> None:
        """ "language": the keyboard stands at the choice of the language, once that is there."""
        self._wanted = target
        if target == "language" and self._shown is not None:
            self._wanted = ""
            self.language.setFocus()

    def _build(self, view: SettingsView) -> None:
        self.set_title(view.title, self.words.tr("What you choose counts at once and stays on this computer."))
        empty_layout(self._column)
        columns = Columns(1, 1)
        for card in (self._accounts(view), self._choices(view), self._way(view), self._start(view)):
            columns.left.addWidget(card)
        for card in (self._places(view), self._export(view), self._forget(view), _about(self, view)):
            columns.right.addWidget(card)
        self._column.addWidget(columns)

    # ---- inside

    def _view(self, unsent: tuple[FactView, ...]) -> SettingsView:
        folder, settings = self.context.home or data_dir(), self.context.settings
        if self.context.account is not None:
            settings = with_account(settings, self.context.account)
        current = settings.current
        facts = SettingsFacts(
            settings=settings,
            version=__version__,
            folder=str(folder),
            size=size_of(folder),
            account_size=size_of(folder / "accounts" / current) if current else 0,
            log_folder=str(log_dir()),
            keychain=self.keychain,
            unsent=unsent,
            licences=licences(),
            is_signed_out=self.context.is_signed_out,
            has_tray=self._has_tray,
            updates=self.context.updates() if self.context.updates is not None else UpdateFacts(),
            starts_at_login=starts_at_login(),
            may_start_at_login=may_start_at_login(),
        )
        return settings_view(facts, self.words)

    def _accounts(self, view: SettingsView) -> Card:
        words = self.words
        card = Card(words.tr("Accounts and operators"))
        if not view.accounts:
            card.add(text(view.no_accounts, tone="quiet"))
        for number, account in enumerate(view.accounts):
            if number:
                card.add(rule())
            card.add(self._account(account))
        buttons = [plain(words.tr("Add an account"), self.account_wanted.emit)]
        if view.accounts and view.is_signed_out:
            buttons.append(plain(words.tr("Sign in"), self.context.sign_in))
        elif view.accounts and not (self.context.profile is not None and self.context.profile.is_archive):
            buttons.append(plain(words.tr("Sign out"), partial(self._ask_to_sign_out, view)))
        if view.accounts and not view.is_signed_out:
            buttons.append(plain(words.tr("What is new at the operator?"), self.description_wanted.emit))
        card.buttons(*buttons)
        return card

    def _ask_to_sign_out(self, view: SettingsView) -> None:
        ask = view.sign_out
        if ask is not None:
            facts = [(fact.name, f"{fact.value}\n{fact.note}" if fact.note else fact.value) for fact in ask.facts]
            dialog = FactsDialog(
                self, self.words, title=ask.title, question=ask.text, facts=facts, confirm=ask.yes, cancel=ask.no,
                is_final=False,
            )  # fmt: skip
            agreed = bool(dialog.exec())
            dialog.deleteLater()
            if not agreed:
                return
        self.sign_out_wanted.emit()

    def agrees(self, ask: ChangesView) -> bool:
        """Show what is new in the operator's description and ask whether it is to be taken over."""
        dialog = FactsDialog(
            self, self.words, title=ask.title, question=ask.question, facts=ask.facts, confirm=ask.yes, cancel=ask.no,
            is_final=ask.is_grave,
        )  # fmt: skip
        return bool(dialog.exec())

    def _account(self, account: AccountRow) -> QWidget:
        box, column = part_of_page()
        column.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(strong(account.name), 1)
        if account.is_current:
            top.addWidget(tag_of(TagView(self.words.tr("in use"), Tone.ACCENT)))
        else:
            button = link(self.words.tr("Use this one"), partial(self.account_chosen.emit, account.id))
            set_description(button, account.name)
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        column.addWidget(text(account.key, tone="quiet"))
        return box

    def _choices(self, view: SettingsView) -> Card:
        words = self.words
        card = Card(words.tr("Language, look, reading"))
        self.language = _choice(words.tr("Language"), view.languages, view.language, self._chose)
        self.look = _choice(words.tr("Look"), view.looks, view.look, self._chose)
        self.interval = _choice(words.tr("Ask the operator for news"), view.intervals, view.interval, self._chose)
        self.lock = _choice(words.tr("Lock when nobody touches it"), view.locks, view.lock, self._chose)
        for field in (self.language, self.look, self.interval, self.lock):
            card.add(named(field.accessibleName(), field))
        self.tray = Tick()
        self.tray.setChecked(view.tray.is_on)
        self.tray.setEnabled(view.tray.may_choose)
        self.tray.toggled.connect(lambda _on: self._chose())
        card.add(TickedRow(self.tray, "tray", view.tray.label, view.tray.text))
        self.quiet = _choice(words.tr("Quiet hours of the tray"), view.quiet, view.quiet_hours, self._chose)
        self.quiet.setEnabled(view.tray.may_choose)
        card.add(named(self.quiet.accessibleName(), self.quiet))
        return card

    def _way(self, view: SettingsView) -> Card:
        self.way = ProxyCard(view.proxy, self.words)
        self.way.chosen.connect(self.way_chosen)
        return self.way

    def _start(self, view: SettingsView) -> Card:
        self.start = StartCard(view.updates, view.login, self.words)
        self.start.updates_chosen.connect(
            lambda is_on: self._keep(replace(self.context.settings, looks_for_updates=is_on))
        )
        self.start.look_wanted.connect(self.context.look_for_updates)
        self.start.login_chosen.connect(lambda is_on: start_at_login(self, is_on, self._anew))
        return self.start

    def _anew(self) -> None:
        self._shown = None
        self.reload()

    def _chose(self) -> None:
        kept: Settings = replace(
            self.context.settings,
            language=self.language.value,
            look=cast("Literal['system', 'light', 'dark']", self.look.value),
            interval_hours=int(self.interval.value),
            stay_in_tray=self.tray.isChecked(),
            quiet_hours=self.quiet.value,
            lock_minutes=int(self.lock.value),
        )
        self._keep(kept)

    def _keep(self, kept: Settings) -> None:
        if kept == self.context.settings:
            return
        self.context.settings = kept
        self.context.save_settings(kept)
        self.settings_changed.emit(kept)

    def _places(self, view: SettingsView) -> Card:
        card = Card(self.words.tr("Where your data lies"))
        card.add(fact_list(view.places))
        return card

    def _export(self, view: SettingsView) -> Card:
        card = Card(self.words.tr("Export everything"))
        card.add(text(view.export, tone="quiet"))
        button = plain(self.words.tr("Export everything…"), partial(ask_where, self))
        button.setEnabled(self.context.session is not None)
        card.buttons(button)
        return card

    def _forget(self, view: SettingsView) -> Card:
        card = Card(self.words.tr("Forget everything"))
        card.add(text(view.forget.text, tone="quiet"))
        button = danger(self.words.tr("Forget everything…"), partial(self._ask_to_forget, view))
        button.setEnabled(bool(view.accounts))
        card.buttons(button)
        return card

    def _ask_to_forget(self, view: SettingsView) -> None:
        dialog = self.forget_dialog(view)
        if dialog.exec():
            self.forget_wanted.emit()
        dialog.deleteLater()

    def forget_dialog(self, view: SettingsView) -> FactsDialog:
        """The question, with its facts; the safe answer has the focus."""
        ask = view.forget
        facts = [(fact.name, f"{fact.value}\n{fact.note}" if fact.note else fact.value) for fact in ask.facts]
        return FactsDialog(
            self, self.words, title=ask.title, question=ask.text, facts=facts, confirm=ask.yes, cancel=ask.no,
            is_final=True,
        )  # fmt: skip


def _about(page: SettingsPage, view: SettingsView) -> Card:
    words = page.words
    card = Card(words.tr("About"))
    card.add(fact_list(view.about))
    card.add(flow(link(words.tr("What is new"), partial(_show_news, page))))
    if view.licences:
        columns = (Column(words.tr("Part"), stretch=True), Column(words.tr("Licence"), width=200))
        table = DataTable(columns, words.tr("Parts and their licences"), bare=True)
        table.show_rows([row(name, name, licence) for name, licence in view.licences])
        table.setFixedHeight(260)
        table.hide()
        button = link(words.tr("Parts and their licences"), lambda: table.setVisible(table.isHidden()))
        card.add(flow(button), table)
    return card


def _show_news(page: SettingsPage) -> None:
    from selfcare.ui.widgets.handbook import show_news

    show_news(page, page.words)


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder; what cannot be looked at counts nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total


def licences() -> tuple[tuple[str, str], ...]:
    """The parts that are here, and the licence that each names for itself."""
    found = []
    for name in PARTS:
        try:
            about = cast("Message", metadata(name))
        except PackageNotFoundError:
            continue
        licence = about.get("License-Expression") or about.get("License") or ""
        found.append((f"{name} {about['Version']}", licence.splitlines()[0][:60] if licence else _classified(about)))
    return tuple(found)


def _classified(about: Message) -> str:
    lines = [str(line) for line in about.get_all("Classifier") or []]
    return next((line.rsplit(" :: ", 1)[-1] for line in lines if line.startswith("License ::")), "")


def _choice(label: str, rows: Sequence[ChoiceRow], chosen: str, on_choice: Callable[[], None]) -> Choice:
    box = Choice(label, [(r.value, r.label) for r in rows], chosen)
    box.currentIndexChanged.connect(lambda _index: on_choice())
    return box
