"""What the page of bills has for whoever keeps them: export them, add one's own, drop files on it, file by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from selfcare.account.own_bills import file_by_hand
from selfcare.domain.found_bill import FoundBill
from selfcare.domain.topics import Topic
from selfcare.ui.following import follow
from selfcare.ui.pages.bill_export import export_bills
from selfcare.ui.pages.bill_filing import ask_to_file
from selfcare.ui.widgets.buttons import link

if TYPE_CHECKING:
    from selfcare.ui.pages.bill_intake import IntakeDialog

    from .bill_loading import OneBill
    from .bills import BillsPage

CHANGED = frozenset({Topic.BILLS, Topic.BILL_LINES, Topic.PAPERS, Topic.ACCOUNTS})


class BillArchive(QObject):
    """The buttons beside the filters, and what is dropped on the page. `dialog` is the last intake."""

    def __init__(self, page: BillsPage) -> None:
        super().__init__(page)
        self._page, self.words = page, page.words
        self._bill_id = ""
        self._own: FoundBill | None = None
        self.dialog: IntakeDialog | None = None
        self._began_empty = False
        words = page.words
        self.file_button = link(words.tr("File by hand…"), self._file)
        self.files_button = link(words.tr("Add bills…"), self._choose_files)
        self.folder_button = link(words.tr("Add a folder…"), self._choose_folder)
        self.export_button = link(words.tr("Export bills…"), self._export)
        self.buttons = (self.file_button, self.files_button, self.folder_button, self.export_button)
        self.file_button.hide()
        for button in (self.files_button, self.folder_button):
            button.setVisible(self._is_archive)
        page.setAcceptDrops(True)
        follow(page, self)

    @property
    def _is_archive(self) -> bool:
        profile = self._page.context.profile
        return profile is not None and profile.is_archive

    def show_bill(self, found: OneBill) -> None:
        """Another bill is shown: offer to file it, if it is the customer's own."""
        self._bill_id, self._own = found.view.id, found.own
        self.file_button.setVisible(found.own is not None)

    def take_in(self, places: list[str]) -> None:
        """Take files and folders in; on the bills of an operator, say where they belong."""
        session = self._page.context.session
        if session is None or not places or (self.dialog is not None and self.dialog.is_busy):
            return
        if not self._is_archive:
            from selfcare.viewmodel.intake import not_an_archive

            self._page.show_notice(not_an_archive(self.words))
            return
        from selfcare.ui.pages.bill_intake import IntakeDialog

        self._began_empty = not self._bill_id
        dialog = self.dialog = IntakeDialog(self._page, self._page.context, session, self._tell)
        dialog.finished.connect(self._closed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.begin([Path(place) for place in places])

    def name_operator(self) -> None:
        """Ask whose the bills without an operator are, once for many."""
        from selfcare.ui.pages.bill_naming import Unnamed, ask_to_name, read_unnamed

        page, session = self._page, self._page.context.session
        if session is None:
            return

        def show(unnamed: Unnamed) -> None:
            if unnamed.ids:
                ask_to_name(page, page.context, session, unnamed, self._tell, self._bill_id)

        page.ask(lambda reading: read_unnamed(reading.reader), show, key="unnamed")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files dragged over the page are welcome; anything else is none of ours."""
        if event.type() in {QEvent.Type.DragEnter, QEvent.Type.DragMove} and isinstance(event, QDropEvent):
            if _local_files(event):
                event.acceptProposedAction()
                return True
        elif event.type() is QEvent.Type.Drop and isinstance(event, QDropEvent):
            places = _local_files(event)
            if places:
                event.acceptProposedAction()
                self.take_in(places)
                return True
        return super().eventFilter(watched, event)

    # ---- inside

    @Slot()
    def _closed(self) -> None:
        self.dialog = None

    def _tell(self) -> None:
        """There are new bills: whoever shows them reads again. The first that came in is not the one to show."""
        if self._began_empty and self.dialog is not None:
            self._page.choose_newest()
        window = self._page.window()
        changed: Callable[[frozenset[Topic]], None] = getattr(window, "changed", self._page.changed)
        changed(CHANGED)

    def _export(self) -> None:
        export_bills(self._page)

    def _choose_files(self) -> None:
        kinds = self.words.tr("PDF files, e-invoices and archives (*.pdf *.PDF *.xml *.XML *.zip *.ZIP *.selfcare)")
        found, _kind = QFileDialog.getOpenFileNames(self._page, self.words.tr("Add bills"), str(Path.home()), kinds)
        self.take_in(found)

    def _choose_folder(self) -> None:
        found = QFileDialog.getExistingDirectory(self._page, self.words.tr("Add bills"), str(Path.home()))
        self.take_in([found] if found else [])

    def _file(self) -> None:
        page, session, own, bill_id = self._page, self._page.context.session, self._own, self._bill_id
        if session is None or own is None:
            return

        now = page.context.now

        def filed(found: FoundBill) -> None:
            page.context.store_lane.ask(
                page, lambda: file_by_hand(session, bill_id, found, now()), lambda _: self._tell(), page.show_failure
            )

        parent: QWidget = page
        ask_to_file(parent, self.words, own, session.profile.currency, page.context.today(), filed)


def _local_files(event: QDropEvent | QDragEnterEvent) -> list[str]:
    return [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
