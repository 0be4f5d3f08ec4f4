"""Opens the letter on whatever page the customer is: addressed, dated, with the facts, to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from selfcare.ui.pages.page import Page


def letter_button(page: Page, *, as_link: bool = False) -> QPushButton:
    """The button that opens it, hidden where no operator can be written to."""
    from selfcare.ui.widgets.buttons import link, plain

    made = link if as_link else plain
    button = made(page.words.tr("Write a letter…"), lambda: write_letter(page))
    if page.context.profile is None or page.context.profile.is_archive:
        button.hide()  # not the other way round: what is shown before it stands on a page is a window of its own
    return button


def write_letter(page: Page) -> None:
    """Read what letters are made from on the store lane, then open the letter above the page.

    Nothing happens without an account, nor in an archive, which has no operator to write to.
    """
    if page.context.profile is None or page.context.profile.is_archive:
        return
    from .leaving_papers import Desk, read_desk
    from .letter_dialog import LetterDialog

    def show(desk: Desk) -> None:
        dialog = LetterDialog(page, desk)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    page.ask(read_desk, show, key="letter")
