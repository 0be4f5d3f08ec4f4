"""Asks once whose many bills of an archive are, and writes the operator into all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QProgressBar, QWidget

from selfcare.account.naming import likely_operator, name_operator, unnamed_bills
from selfcare.domain.failures import Failure
from selfcare.domain.records import Struct
from selfcare.ui.context import Context
from selfcare.ui.pages.farewell import Slices
from selfcare.ui.pages.pieces import named
from selfcare.ui.theme import TEXT, font
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.labels import trouble, visible
from selfcare.viewmodel.naming import Which, naming_view, which_choices
from selfcare.viewmodel.notices import notice_of

if TYPE_CHECKING:
    from selfcare.account.read import Reader
    from selfcare.account.session import Session

PAUSE = 200
"""Milliseconds after a key stroke, before the bills that say the name are counted."""

LONGEST = 60


class Unnamed(Struct, frozen=True):
    """The ids of the bills without an operator, the operators that have a name already, and the likely one of them."""

    ids: tuple[str, ...]
    known: tuple[str, ...] = ()
    likely: str = ""


def read_unnamed(reader: Reader) -> Unnamed:
    """What the question needs, from the vault."""
    ids, known = unnamed_bills(reader), tuple(sorted({account.name for account in reader.accounts()}))
    return Unnamed(ids, known, likely_operator(reader, known) if ids else "")


class NamingDialog(FactsDialog):
    """The operator's name, and for which bills it is. `done` is told when it stands in them; `bill_id` is the chosen
    one."""

    chapter = "naming"

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        session: Session,
        unnamed: Unnamed,
        done: Callable[[], None],
        bill_id: str = "",
    ) -> None:
        words = self.words = context.words
        view = naming_view(len(unnamed.ids), words)
        super().__init__(parent, words, title=view.title, question=view.text, confirm=view.yes)
        self._context, self._session, self._unnamed, self._done = context, session, unnamed, done
        self._bill_id = bill_id if bill_id in unnamed.ids else ""
        self._saying: tuple[str, ...] = ()
        self._is_own_choice = False
        self._slices: Slices[int] | None = None
        self.operator = QLineEdit()
        self.operator.setMaxLength(LONGEST)
        completer = QCompleter(list(unnamed.known), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.operator.setCompleter(completer)
        self.which = QComboBox()
        self.which.setFont(font(TEXT))
        self.which.activated.connect(self._chose)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(words.tr("Progress"))
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.trouble = trouble()
        self.trouble.hide()
        self._fields = (named(view.operator, self.operator), named(view.which, self.which))
        for widget in (*self._fields, self.bar, self.trouble):
            self.body.addWidget(widget)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._count)
        self.operator.textChanged.connect(self._typed)
        self._show_choices()
        self.operator.setText(unnamed.likely)

    def reject(self) -> None:
        """No; while names are written, stop: those written stay."""
        slices, self._slices = self._slices, None
        if slices is not None:
            slices.halt()
            self._done()
        super().reject()

    # ---- inside

    @property
    def _name(self) -> str:
        return " ".join(self.operator.text().split())

    @Slot()
    def _typed(self) -> None:
        self._pause.start()
        self.confirm_button.setEnabled(False)

    @Slot()
    def _count(self) -> None:
        session, name = self._session, self._name
        if not name:
            self._counted(())
            return
        self._context.store_lane.ask(
            self, lambda: unnamed_bills(session.reader, name), self._counted, self._failed, key="saying"
        )

    def _counted(self, saying: tuple[str, ...]) -> None:
        self._saying = saying
        self._show_choices()

    def _show_choices(self) -> None:
        before = self.which.currentData() if self._is_own_choice else None
        self.which.clear()
        name, count = self._name, len(self._unnamed.ids)
        for key, said in which_choices(name, len(self._saying), count, self.words, has_one=bool(self._bill_id)):
            self.which.addItem(visible(said, 120), key)
        self.which.setCurrentIndex(max(0, self.which.findData(before)))
        self.confirm_button.setEnabled(any(sign.isalnum() for sign in name))

    @Slot()
    def _chose(self) -> None:
        self._is_own_choice = True

    def _chosen(self) -> tuple[str, ...]:
        match self.which.currentData():
            case Which.SAYING:
                return self._saying
            case Which.ONE:
                return (self._bill_id,)
        return self._unnamed.ids

    def _confirm(self) -> None:
        if self._pause.isActive() or self._slices is not None:
            return
        session, ids, name, now = self._session, self._chosen(), self._name, self._context.now
        slices = self._slices = Slices(lambda: name_operator(session, ids, name, now))
        self.confirm_button.setEnabled(False)
        for field in self._fields:
            field.setEnabled(False)
        self.trouble.hide()
        self.bar.setRange(0, len(ids))
        self.bar.show()
        self.grow()
        lane = self._context.sync_lane or self._context.store_lane

        def stepped(done: int | None) -> None:
            if self._slices is not slices:
                return
            if done is None:
                self._slices = None
                self._done()
                self.accept()
                return
            self.bar.setValue(done)
            lane.ask(self, slices.work, stepped, self._failed)

        lane.ask(self, slices.work, stepped, self._failed)

    def _failed(self, failure: Failure | None) -> None:
        was_writing, self._slices = self._slices is not None, None
        notice = notice_of(failure, self.words)
        self.trouble.setText(f"{notice.sentence} {notice.advice}")
        self.trouble.show()
        self.bar.hide()
        for field in self._fields:
            field.setEnabled(True)
        self.confirm_button.setEnabled(True)
        self.grow()
        if was_writing:
            self._done()


def ask_to_name(
    parent: QWidget, context: Context, session: Session, unnamed: Unnamed, done: Callable[[], None], bill_id: str = ""
) -> NamingDialog:
    """Open the question over a page or a dialog."""
    dialog = NamingDialog(parent, context, session, unnamed, done, bill_id)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
