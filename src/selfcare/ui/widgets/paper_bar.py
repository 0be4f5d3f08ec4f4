"""The row of tools above a PDF: pages, size, search, copy, print, save."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from selfcare.i18n.words import Words
from selfcare.ui.theme import TEXT, font, text_scale

from .buttons import Button, plain
from .flow import FlowLayout, flow
from .labels import quiet, set_description, set_name


class FindField(QLineEdit):
    """Where the words to find are typed: Enter goes to the next place, Shift+Enter to the one before."""

    step = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, F3 and their ways back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.step.emit(-1 if back else 1)
            return
        super().keyPressEvent(event)


class PaperBar(QWidget):
    """The tools; each says what is wanted, the view does it."""

    closed = Signal()
    turned = Signal(int)
    zoomed = Signal(int)
    copy_wanted = Signal()
    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        row = FlowLayout(self)
        self.back = plain(words.tr("← Facts"), self.closed.emit)
        self.before = _tool("‹", words.tr("Page before"), lambda: self.turned.emit(-1))
        self.count = quiet("")
        self.count.setWordWrap(False)
        self.next = _tool("›", words.tr("Next page"), lambda: self.turned.emit(1))
        smaller = _tool("−", words.tr("Smaller"), lambda: self.zoomed.emit(-1))
        larger = _tool("+", words.tr("Larger"), lambda: self.zoomed.emit(1))
        self.find_field = FindField()
        self.find_field.setFont(font(TEXT))
        self.find_field.setPlaceholderText(words.tr("Find in this PDF"))
        self.find_field.setAccessibleName(words.tr("Find in this PDF"))
        self.find_field.setToolTip(words.tr("Enter: next place; Shift+Enter: the one before"))
        self.find_field.setMaxLength(100)
        asked = self.find_field.fontMetrics().horizontalAdvance(self.find_field.placeholderText())
        self.find_field.setFixedWidth(max(round(160 * text_scale()), asked + 32))
        self.hits = quiet("")
        self.hits.setWordWrap(False)
        self.copy = plain(words.tr("Copy the text"), self.copy_wanted.emit)
        self.copy.setToolTip(words.tr("Copies the words in the frame that you draw on the page, else the whole page"))
        self.print = plain(words.tr("Print…"), self.print_wanted.emit)
        self.save = plain(words.tr("Save as…"), self.save_wanted.emit)
        looking = (self.back, self.before, self.count, self.next, smaller, larger, self.find_field, self.hits)
        row.addWidget(flow(*looking))
        row.addWidget(flow(self.copy, self.print, self.save))  # these go below together, or none of them does
        self.hits.hide()

    def show_page(self, page: int, pages: int, total: int, words: Words) -> None:
        """Say where one is (page from 0) among the pages that can be shown, and offer only what can be done.

        `total` are all pages of the PDF, which may be more.
        """
        self.before.setEnabled(page > 0)
        self.next.setEnabled(page + 1 < pages)
        for widget in (self.find_field, self.copy, self.print):
            widget.setEnabled(pages > 0)
        text = ""
        self.count.setToolTip("")
        if pages and total > pages:
            here, shown, all_ = (words.number(count) for count in (page + 1, pages, total))
            text = words.tr("{page} of the first {pages} of {total}", page=here, pages=shown, total=all_)
            self.count.setToolTip(
                words.tr("No more pages of this PDF can be shown, found or printed here. Save it to open it whole.")
            )
        elif pages:
            text = words.tr("{page} of {pages}", page=words.number(page + 1), pages=words.number(pages))
        self.count.setText(text)
        set_description(self.count, self.count.toolTip())

    def show_hits(self, text: str) -> None:
        """Say how many places were found."""
        self.hits.setText(text)
        self.hits.setVisible(bool(text))


def _tool(sign: str, name: str, on_click: Callable[[], object]) -> Button:
    button = plain(sign, on_click)
    set_name(button, name)
    button.setToolTip(name)
    return button
