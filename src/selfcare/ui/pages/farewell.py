"""The question before everything is exported, the progress while it is written, and the way to what was written."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from selfcare.account.farewell import farewell, free_target
from selfcare.account.owned import Owned
from selfcare.account.session import Session
from selfcare.domain.failures import Failure
from selfcare.domain.farewell import Pack, PackStep
from selfcare.host.folders import resource
from selfcare.i18n.words import LANGUAGES, load_words
from selfcare.ui.context import Context
from selfcare.ui.links import open_folder
from selfcare.ui.pages.page import Page
from selfcare.ui.pages.pieces import Choice, named, part_of_page
from selfcare.ui.widgets.dialog import FactsDialog
from selfcare.ui.widgets.labels import set_name, text
from selfcare.viewmodel.farewell import farewell_pack
from selfcare.viewmodel.farewell_asking import (
    FOLDER,
    AskingView,
    asking_view,
    done_sentences,
    fetching_sentence,
    writing_sentence,
)
from selfcare.viewmodel.farewell_index import Tally
from selfcare.viewmodel.notices import notice_of

TARGET = "farewell"
"""What a button opens that leads here."""

SLICE = 0.03
"""Seconds for which a lane works at this before it lets others in."""

MakePack = Callable[[Context, Tally, bool, str, Owned], Pack]
"""Makes the pack: with PDFs or not, since a year or "", of what the customer owns. For the store lane."""

T = TypeVar("T")


class Slices(Generic[T]):
    """Something done step by step on a lane, a little at a time; may be stopped from any thread, between two steps."""

    def __init__(self, begin: Callable[[], Iterator[T]]) -> None:
        self._begin = begin
        self._steps: Iterator[T] | None = None
        self._lock = Lock()
        self._stopped = False

    def work(self) -> T | None:
        """Go on for a moment; the last step, or None where there is no more or it was stopped."""
        until = time.monotonic() + SLICE
        while True:
            with self._lock:
                if self._stopped:
                    return None
                if self._steps is None:
                    self._steps = self._begin()
                step = next(self._steps, None)
            if step is None or time.monotonic() > until:
                return step

    def halt(self) -> None:
        """Do no more after the step at hand, without waiting for it."""
        self._stopped = True

    def stop(self) -> None:
        """Do no more, and take away what is half done."""
        self.halt()
        with self._lock:
            close = getattr(self._steps, "close", None)
            if close is not None:
                close()


class FarewellDialog(FactsDialog):
    """Asks how and where, then shows how far it is. `target` is what was written, once it is."""

    chapter = "export"

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        session: Session,
        view: AskingView | None = None,
        make: MakePack | None = None,
    ) -> None:
        """`view` is what is asked, `make` makes the pack; both are those of everything unless given."""
        words = context.words
        profile = session.profile
        view = view or asking_view(profile.name, context.today(), words, is_archive=profile.is_archive)
        super().__init__(parent, words, title=view.title, question=view.text, confirm=view.yes)
        self.words, self.view = words, view
        self._context, self._session = context, session
        self._gathering: Slices[int] | None = None
        self._writing: Slices[PackStep] | None = None
        self._make = make or _pack
        self._tally = Tally()
        self.target: Path | None = None
        self.body.addWidget(text(view.warning, tone="warn"))
        self.shape = Choice(view.shape_label, view.shapes, FOLDER)
        self.pdfs = Choice(view.pdfs_label, view.pdfs, "yes")
        self._choices, column = part_of_page()
        self.since = Choice(view.since_label, view.since, "") if view.since else None
        if self.since is not None:
            column.addWidget(named(view.since_label, self.since))
        column.addWidget(named(view.shape_label, self.shape))
        column.addWidget(named(view.pdfs_label, self.pdfs))
        self.said = text("")
        self.bar = QProgressBar()
        set_name(self.bar, view.title)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.said.hide()
        self.body.addWidget(self.said)
        self.body.addWidget(self.bar)
        self.body.addWidget(self._choices)
        closing = getattr(parent.window() if parent is not None else None, "closing", None)
        if closing is not None:
            closing.connect(self._stop)

    @property
    def is_busy(self) -> bool:
        """It is being fetched or written."""
        return self._gathering is not None or self._writing is not None

    def begin(self, folder: Path) -> None:
        """Fetch what is missing, then write the pack into a folder, under the first name that is free there."""
        self._tally = Tally()
        self._choices.hide()
        self.confirm_button.hide()
        self.bar.show()
        lane = self._context.sync_lane
        is_alone = self._session.profile.is_archive or self._context.is_signed_out
        if self.pdfs.value == "no" or lane is None or is_alone:
            self._write(folder)
            return
        self._say(fetching_sentence(0, self.words))
        self.bar.setRange(0, 0)
        gathering = self._gathering = Slices(self._session.gather_papers)

        def go_on() -> None:
            lane.ask(self, gathering.work, came, ended)

        def came(count: int | None) -> None:
            if count is None:
                ended(None)
            elif self._gathering is gathering:
                self._say(fetching_sentence(count, self.words))
                go_on()

        def ended(_failure: Failure | None) -> None:
            """All are here, or no more can be had now: how many are missing is said at the end."""
            if self._gathering is gathering:
                self._gathering = None
                self._write(folder)

        go_on()

    def reject(self) -> None:
        """Stop what goes on; what was written is taken away before the question closes."""
        writing = self._let_go()
        if writing is not None:
            self._context.store_lane.run(writing.stop)
        super().reject()

    # ---- inside

    def _confirm(self) -> None:
        if self.target is not None:
            open_folder(self.target if self.target.is_dir() else self.target.parent)
            self.accept()
            return
        chosen = QFileDialog.getExistingDirectory(self, self.view.yes, str(Path.home()))
        if chosen:
            self.begin(Path(chosen))

    def _write(self, folder: Path) -> None:
        as_zip, with_pdfs = self.shape.value != FOLDER, self.pdfs.value == "yes"
        target = free_target(folder, self.view.name, f".{self.shape.value}" if as_zip else "")
        since = self.since.value if self.since is not None else ""
        make = partial(self._make, self._context, self._tally, with_pdfs, since)
        writing = self._writing = Slices(lambda: farewell(self._session, make, target, as_zip=as_zip))

        def go_on() -> None:
            self._context.store_lane.ask(self, writing.work, came, self._failed)

        def came(step: PackStep | None) -> None:
            if self._writing is not writing:
                return
            if step is None:
                self._finish(target, with_pdfs)
                return
            self._say(writing_sentence(step, self.words))
            self.bar.setRange(0, step.total)
            self.bar.setValue(step.done)
            go_on()

        go_on()

    def _finish(self, target: Path, with_pdfs: bool) -> None:
        self._writing = None
        self.target = target
        self.bar.hide()
        self._say("\n".join(done_sentences(target, self._tally, self.words, with_pdfs=with_pdfs)))
        self.cancel_button.say(self.words.tr("Close"))
        self.confirm_button.say(self.words.tr("Open the folder"))
        self.confirm_button.show()
        self.confirm_button.setFocus()

    def _failed(self, failure: Failure | None) -> None:
        self._writing = None
        notice = notice_of(failure, self.words)
        self.bar.hide()
        self._say(f"{notice.sentence} {notice.advice}")
        self._choices.show()
        self.confirm_button.show()
        self.confirm_button.setFocus()

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()
        QTimer.singleShot(0, self, self.grow)

    def _let_go(self) -> Slices[PackStep] | None:
        """Nothing more is awaited; what was being written, if anything was."""
        if self._gathering is not None:
            self._gathering.halt()
        writing, self._gathering, self._writing = self._writing, None, None
        return writing

    @Slot()
    def _stop(self) -> None:
        """The window goes: nothing half written stays."""
        writing = self._let_go()
        if writing is not None:
            writing.stop()


def ask_where(page: Page) -> FarewellDialog | None:
    """Open the question over a page; None where no account is open."""
    session = page.context.session
    if session is None:
        return None
    dialog = FarewellDialog(page, page.context, session)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def opened(page: Page, target: str) -> None:
    """What a page's buttons open: the question, or another page."""
    if target == TARGET:
        ask_where(page)
    else:
        page.open(target)


def _pack(context: Context, tally: Tally, with_pdfs: bool, _since: str, owned: Owned) -> Pack:
    languages = [load_words(code, resource("locale")) for code in LANGUAGES]
    return farewell_pack(
        owned, context.words, context.now(), languages=languages, tally=tally, with_pdfs=with_pdfs
    )  # fmt: skip
