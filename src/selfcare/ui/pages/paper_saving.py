"""Saves a PDF or a table where the customer wants it, off the screen's thread; says so when it is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from selfcare.ui.pages.page import Page
from selfcare.viewmodel.notice import Notice


def save_pdf(page: Page, pdf: bytes, path: Path) -> None:
    """Write the bytes on the store lane and put a notice on the page; a disk that refuses becomes its banner."""
    save_file(page, lambda: pdf, path)


def save_file(page: Page, content: Callable[[], bytes], path: Path) -> None:
    """The same for what is only made there."""

    def write(_reading: object) -> str:
        from selfcare.host.folders import disk_trouble

        try:
            path.write_bytes(content())
        except OSError as trouble:
            raise disk_trouble(trouble) from trouble
        return path.name

    def saved(name: str) -> None:
        page.show_notice(Notice(page.words.tr("Saved as {name}.", name=name), "", "good"))

    page.ask(write, saved)
