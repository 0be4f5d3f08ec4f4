"""The files that go along with a ticket: chosen by the customer, read off the window's thread, named below the link."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from selfcare.domain.commands import Evidence
from selfcare.domain.failures import Failure
from selfcare.i18n.words import Words
from selfcare.ui.context import Context
from selfcare.ui.widgets.buttons import link
from selfcare.ui.widgets.labels import quiet, trouble, visible

LARGEST = 4 << 20
"""Bytes of all files together; what is larger is told and left out."""

MOST = 5
MIMES = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
         ".txt": "text/plain", ".eml": "message/rfc822"}  # fmt: skip


class EvidenceBox(QWidget):
    """A link to add files, and what goes along; `files` have their bytes with them."""

    grew = Signal()
    """Something was said or named: the dialog may want more room."""

    def __init__(self, words: Words, context: Context) -> None:
        super().__init__()
        self._words, self._context = words, context
        self.files: list[Evidence] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.add_link = link(words.tr("Add a file as evidence…"), self._choose_files)
        self._named = quiet("")
        self._named.hide()
        self._trouble = trouble()
        self._trouble.hide()
        column.addWidget(self.add_link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._named)
        column.addWidget(self._trouble)

    def attach(self, path: Path) -> None:
        """Read a file on the store lane and put it beside the text; what is too large is told."""
        room = LARGEST - sum(one.size for one in self.files)

        def read() -> Evidence:
            from selfcare.host.folders import disk_trouble

            try:
                size = path.stat().st_size
                content = path.read_bytes() if size <= room else b""
            except OSError as trouble:
                raise disk_trouble(trouble) from trouble
            mime = MIMES.get(path.suffix.casefold(), "application/octet-stream")
            return Evidence(path.name[:120], mime, size, content)

        self._context.store_lane.ask(self, read, self._attached, self._not_read, key=f"evidence{path}")

    @Slot()
    def _choose_files(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(self, self._words.tr("Add a file as evidence…"), str(Path.home()))
        for name in chosen:
            self.attach(Path(name))

    def _attached(self, one: Evidence) -> None:
        held = sum(file.size for file in self.files)
        is_too_much = len(one.content) < one.size or not one.size or held + one.size > LARGEST
        if is_too_much or len(self.files) >= MOST:
            self._say(
                self._words.tr(
                    "“{name}” does not go along: at most {count} files, together at most 4 MB, and none empty.",
                    name=visible(one.name, 60),
                    count=self._words.number(MOST),
                )
            )
            return
        self._say("")
        self.files.append(one)
        names = self._words.listing([visible(file.name, 60) for file in self.files])
        self._named.setText(self._words.tr("Goes along: {names}.", names=names))
        self._named.show()
        self.grew.emit()

    def _not_read(self, _failure: Failure | None) -> None:
        self._say(self._words.tr("This file could not be read."))

    def _say(self, said: str) -> None:
        self._trouble.setText(said)
        self._trouble.setVisible(bool(said))
        self.grew.emit()
