"""Saves a PDF or a table where the customer wants it, off the screen's thread; the notice then offers to open it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from selfcare.ui.links import open_folder, open_written
from selfcare.ui.pages.page import Page
from selfcare.viewmodel.saved import not_opened, saved

if TYPE_CHECKING:
    from selfcare.host.written import Written


def save_pdf(page: Page, pdf: bytes, path: Path) -> None:
    """Write the bytes on the store lane and put a notice on the page; a disk that refuses becomes its banner."""
    save_file(page, lambda: pdf, path)


def save_file(page: Page, content: Callable[[], bytes], path: Path) -> None:
    """The same for what is only made there."""

    def write(_reading: object) -> Written:
        from selfcare.host.written import write_file

        return write_file(path, content())

    page.ask(write, lambda file: show_saved(page, file))


def show_saved(page: Page, file: Written) -> None:
    """Say that a file was written; a PDF can be opened from there, any file can be shown in its folder."""
    words = page.words

    def opened(way: bool) -> None:
        if not way:
            page.show_notice(not_opened(words))

    ways = [(words.tr("Show in its folder"), lambda: opened(open_folder(file.path.parent)))]
    if file.is_pdf:
        ways.insert(0, (words.tr("Open it"), lambda: opened(open_written(file))))
    page.show_notice(saved(file.path.name, words), ways)
