"""What the customer notes of a contract by hand: the end of a commitment, a change of price, and what follows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from selfcare.domain.noted_contract import ContractNotes, NotedChange, NotedEnd
from selfcare.domain.topics import Topic
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import heading, part_of_page, tag_of
from selfcare.ui.widgets.buttons import link, plain
from selfcare.ui.widgets.card import Card
from selfcare.ui.widgets.flow import flow
from selfcare.ui.widgets.labels import quiet, rule, set_description, text
from selfcare.viewmodel.noted_contract import KEPT_AS, NotedRow, NotedView, notes_from_bytes, notes_to_bytes

if TYPE_CHECKING:
    from selfcare.account.session import Session


class ContractNotesCard(Card):
    """The notes, each with a way to take it away, and two buttons for new ones."""

    def __init__(self, page: Page, view: NotedView) -> None:
        words = page.words
        super().__init__(words.tr("What you know yourself"))
        self._page, self._view = page, view
        self.setAccessibleName(words.tr("What you know yourself"))
        self.add(text(view.explained, tone="quiet"))
        for number, row in enumerate(view.rows):
            if number:
                self.add(rule())
            self.add(self._row(row))
        self.add(
            flow(
                plain(words.tr("Note an end of the commitment…"), self.ask_end),
                plain(words.tr("Note a change of price…"), self.ask_change),
            )
        )

    def ask_end(self) -> None:
        """Ask for the end of a commitment."""
        from .contract_notes_dialogs import EndDialog

        dialog = EndDialog(self._page, self._view.subjects)
        if dialog.exec():
            end = dialog.end()
            self._change(lambda notes: notes.with_end(end))
        dialog.deleteLater()

    def ask_change(self) -> None:
        """Ask for a change of price."""
        from .contract_notes_dialogs import ChangeDialog

        dialog = ChangeDialog(self._page, self._view.subjects)
        if dialog.exec():
            change = dialog.change()
            self._change(lambda notes: notes.with_change(change))
        dialog.deleteLater()

    def _row(self, row: NotedRow) -> QWidget:
        box, column = part_of_page()
        column.setSpacing(4)
        column.addWidget(heading(row.title, tag_of(row.tag)))
        for sentence in row.sentences:
            column.addWidget(text(sentence))
        if row.rule:
            column.addWidget(quiet(row.rule))
        away = link(self._page.words.tr("Take it away"), partial(self._away, row.note))
        set_description(away, row.title)
        column.addWidget(flow(away))
        return box

    def _away(self, note: NotedEnd | NotedChange) -> None:
        self._change(lambda notes: notes.without(note))

    def _change(self, change: Callable[[ContractNotes], ContractNotes]) -> None:
        page, session = self._page, self._page.context.session
        if session is None:
            return
        written = frozenset({Topic.CONTRACTS})

        def kept(_done: None) -> None:
            page.context.changed(written)
            page.changed(written)

        page.context.store_lane.ask(page, partial(_keep, session, change), kept, page.show_failure)


def _keep(session: Session, change: Callable[[ContractNotes], ContractNotes]) -> None:
    notes = change(notes_from_bytes(session.reader.draft(KEPT_AS)))
    session.save_draft(KEPT_AS, notes_to_bytes(notes))
