"""The first page: sign in to an operator or look around, open what is here, and how far things have come."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from selfcare.domain.records import replace
from selfcare.ui.context import Context
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import Columns, part_of_page, rebuilt
from selfcare.ui.pages.proxy_card import ProxyCard
from selfcare.ui.pages.welcome_cards import KeyCard, OpenCard, SignInCard
from selfcare.ui.speaking import Progress
from selfcare.ui.theme import text_scale
from selfcare.ui.widgets.buttons import link, plain, primary
from selfcare.ui.widgets.card import Card, empty_layout
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import text
from selfcare.viewmodel.proxy import proxy_view
from selfcare.viewmodel.welcome import KeyChoice, Stage, WelcomeFacts, WelcomeView, welcome_view

if TYPE_CHECKING:
    from selfcare.viewmodel.operator_places import PlacesView

WIDE = 1080
"""Pixels, at usual text size, that the first page takes of a wide window."""

HIGH = 700
"""Pixels, at usual text size, that its choices take: its title stands where it stands, whatever is below it."""


class WelcomePage(Page):
    """Shown while no account is open. It signs nobody in itself: it says what the customer wants."""

    sign_in_wanted = Signal(object)
    """Sign in: a `SignInChoice`."""

    demo_wanted = Signal(object)
    """Look around with the demo operator: a `KeyChoice`."""

    archive_wanted = Signal(object, str)
    """Make an archive of the bills in a folder: a `KeyChoice`, and the folder; "": what came with the start."""

    open_wanted = Signal(str)
    """Open the files that are here: the passphrase, or "" where the key store is to be asked again."""

    aside_wanted = Signal(str)
    """Keep the damaged file of requests under another name and open the rest, with this passphrase (or "")."""

    description_wanted = Signal(str, str)
    """Get the operator's description anew: the passphrase (or ""), and a file with it, "" for asking the operator."""

    forget_wanted = Signal()
    """Delete the files that are here; the customer has confirmed."""

    problems_wanted = Signal(object)
    """The known problems without signing in: of the operator of a `SignInChoice`, or, None, of the one that is here."""

    demo_problems_wanted = Signal()
    """The known problems of the demo operator, without signing in."""

    way_chosen = Signal(object)
    """The customer chose how the internet is reached: a `ProxyChoice`."""

    cancel_wanted = Signal()
    """Stop the signing in, or the first reading."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        box, self._column = part_of_page()
        self.body.addWidget(box)
        self.body.addStretch(1)
        self._view: WelcomeView | None = None
        self._typed: tuple[str, str, str] | None = None
        self.show_facts(WelcomeFacts())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the middle of a wide window, a third of the free height above; at the top left of a small one."""
        super().resizeEvent(event)
        self.set_margins(max(32, (self.height() - round(HIGH * text_scale())) // 3), 24, WIDE)

    def show_facts(self, facts: WelcomeFacts) -> None:
        """Show how things stand; called again as the signing in goes on."""
        self.show_view(welcome_view(facts, self.words))

    def show_view(self, view: WelcomeView) -> None:
        """The choices, the closed files, or the progress. What was typed stays while nothing but a notice changes."""
        before, self._view = self._view, view
        self.set_title(view.title, view.subtitle)
        self.show_notice(replace(view.notice, action="") if view.notice is not None else None)
        is_same = before is not None and replace(before, notice=None) == replace(view, notice=None)
        match view.stage:
            case Stage.CHOOSE:
                if not is_same:
                    rebuilt(self, partial(self._build_choices, view))
                    self._scroll.verticalScrollBar().setValue(0)  # what had the keyboard and went may have moved it
            case Stage.OPEN:
                if not is_same:
                    self._build_open(view)
            case _:
                if before is None or before.stage is not view.stage:
                    self._build_progress(view)
                self._show_progress(view)

    def _build_choices(self, view: WelcomeView) -> None:
        empty_layout(self._column)
        self.sign_in, self.key = SignInCard(view, self.words), KeyCard(view, self.words)
        self.key.lacking.connect(self._show_key)
        self.sign_in.pressed.connect(self._sign_in)
        self.sign_in.problems_asked.connect(self._see_problems)
        self.sign_in.changed.connect(partial(self.show_notice, None))
        if self._typed is not None:
            self.sign_in.put_back(self._typed)
        columns = Columns(5, 4)
        columns.left.addWidget(self.sign_in)
        columns.left.addWidget(self._way())
        others = [self._demo_card()] if view.may_demo else []
        others.insert(0 if view.brought_sentence else len(others), self._folder_card(view.brought_sentence))
        for card in others:
            columns.right.addWidget(card)
        self._column.addWidget(columns)
        self._column.addWidget(self.key)
        if view.brought_sentence:
            self.brought_button.setFocus()
        self.way_link = link(self.words.tr("Behind a proxy?"), self._show_way)
        self._column.addWidget(flow(link(self.words.tr("What are these? (F1)"), self._help), self.way_link))

    def _help(self) -> None:
        from selfcare.ui.widgets.handbook import show_help

        show_help(self, self.words, "welcome")

    def _way(self) -> ProxyCard:
        """How the internet is reached, where somebody needs more than the straight way: behind a link until then."""
        settings = self.context.settings
        self.way = ProxyCard(proxy_view(settings, self.words), self.words)
        self.way.chosen.connect(self.way_chosen)
        self.way.setVisible(settings.proxy != "none")
        return self.way

    def _show_way(self) -> None:
        self.way.setVisible(self.way.isHidden())
        if self.way.isVisible():
            self.way.way.setFocus()

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
        card.add(flow(link(words.tr("Its known problems, without signing in"), self.demo_problems_wanted.emit)))
        return card

    def _folder_card(self, brought: str) -> Card:
        words = self.words
        card = Card(words.tr("Bills that you already have"))
        said = words.tr("PDFs in a folder on this computer, of any operator, become an archive that you can search.")
        card.add(text(brought or said, tone="" if brought else "quiet"))
        self.folder_button = plain(words.tr("Open my bills from a folder…"), self._choose_folder)
        if brought:
            self.brought_button = primary(words.tr("Make the archive"), self._take_brought)
            card.buttons(self.brought_button, self.folder_button)
        else:
            card.buttons(self.folder_button)
        return card

    def _take_brought(self) -> None:
        key = self.key.choice()
        if key is not None:
            self.archive_wanted.emit(key, "")

    def _choose_folder(self) -> None:
        key = self.key.choice()
        if key is None:
            return
        folder = QFileDialog.getExistingDirectory(self, self.words.tr("Bills that you already have"), str(Path.home()))
        if folder:
            self.archive_wanted.emit(key, folder)

    def _sign_in(self) -> None:
        if not self.sign_in.is_ready():
            return
        key = self.key.choice()
        if key is not None:
            self._typed = self.sign_in.typed()
            self.sign_in_wanted.emit(self.sign_in.choice(key))

    def _show_key(self) -> None:
        self.scroll_to(self.key)

    def _see_problems(self) -> None:
        if self.sign_in.is_ready():
            self._typed = self.sign_in.typed()
            self.problems_wanted.emit(self.sign_in.choice(KeyChoice("memory")))

    def _demo(self) -> None:
        key = self.key.choice_for_demo()
        if key is not None:
            self.demo_wanted.emit(key)

    def _build_open(self, view: WelcomeView) -> None:
        empty_layout(self._column)
        self.open_card = OpenCard(view, self.words)
        self.open_card.opened.connect(self.open_wanted)
        self.open_card.forget_asked.connect(self._ask_to_forget)
        self.open_card.aside_wanted.connect(self.aside_wanted)
        self.open_card.description_wanted.connect(self.description_wanted)
        self.open_card.problems_asked.connect(partial(self.problems_wanted.emit, None))
        self._column.addWidget(self.open_card)
        self.open_card.setFocus()

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
            cancel=words.trc("instead of deleting it", "Keep it"),
            is_final=True,
        )

    def agrees(self, ask: PlacesView) -> bool:
        """Name the servers that the sign-in and the data would go to, and ask whether they may."""
        dialog = FactsDialog(
            self, self.words, title=ask.title, question=ask.question, facts=ask.facts, confirm=ask.yes, cancel=ask.no,
            is_final=True,
        )  # fmt: skip
        agreed = bool(dialog.exec())
        dialog.deleteLater()
        return agreed

    def _build_progress(self, view: WelcomeView) -> None:
        empty_layout(self._column)
        words = self.words
        titles = {
            Stage.STARTING: words.tr("Look around"),
            Stage.BROWSER: words.tr("Signing in"),
            Stage.CLOSING: words.tr("One moment"),
            Stage.FORGETTING: words.tr("Forget everything"),
        }
        card = Card(titles.get(view.stage, words.tr("The first reading")))
        self._progress = text("")
        self._spoken = Progress(self)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(words.tr("Progress"))
        self.cancel_button = plain(words.tr("Cancel"), self.cancel_wanted.emit)
        card.add(self._progress, self._bar)
        card.buttons(self.cancel_button)
        self._column.addWidget(card)
        self.cancel_button.setVisible(view.stage not in {Stage.CLOSING, Stage.FORGETTING})
        self.cancel_button.setFocus()

    def _show_progress(self, view: WelcomeView) -> None:
        self._progress.setText(view.progress)
        self._spoken.say(view.progress)
        self._bar.setRange(0, 0 if view.percent is None else 100)
        self._bar.setValue(view.percent or 0)
