"""A PDF that was saved can be opened from the notice: that very file, by the one door, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from selfcare.host.written import Written, write_file
from selfcare.ui import links
from selfcare.ui.pages.home import HomePage
from selfcare.ui.pages.paper_saving import save_file, save_pdf
from tests.gui.conftest import buttons, says

PDF = b"%PDF-1.7 a bill"


class System:
    """What the system was asked to open; `shows` is whether it has a program for it."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.shows = True

    def openUrl(self, url: QUrl) -> bool:
        """The system's own door."""
        self.opened.append(url.toLocalFile())
        return self.shows


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    """Nothing leaves the test."""
    made = System()
    monkeypatch.setattr(links, "QDesktopServices", made)
    return made


def test_a_pdf_that_was_just_written_is_handed_over(system: System, tmp_path: Path) -> None:
    file = write_file(tmp_path / "Facture été.PDF", PDF)
    assert links.open_written(file)
    assert system.opened == [str(tmp_path / "Facture été.PDF")]


def changed(file: Written) -> None:
    file.path.write_bytes(PDF + b" and more")


def touched(file: Written) -> None:
    os.utime(file.path, ns=(0, 0))


def rewritten(file: Written) -> None:
    """As long as before, and its time set back."""
    file.path.write_bytes(PDF[:-1] + b"!")
    os.utime(file.path, ns=(file.changed, file.changed))


def replaced(file: Written) -> None:
    other = file.path.with_name("other.pdf")
    other.write_bytes(PDF)
    os.utime(other, ns=(file.changed, file.changed))
    other.replace(file.path)


def linked(file: Written) -> None:
    kept = file.path.rename(file.path.with_name("kept.pdf"))
    file.path.symlink_to(kept)


def gone(file: Written) -> None:
    file.path.unlink()


@pytest.mark.parametrize("happened", [changed, touched, rewritten, replaced, linked, gone], ids=lambda f: f.__name__)
def test_what_is_not_that_very_file_any_more_is_not_opened(
    system: System, tmp_path: Path, happened: Callable[[Written], None]
) -> None:
    file = write_file(tmp_path / "bill.pdf", PDF)
    happened(file)
    assert not links.open_written(file)
    assert system.opened == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bill.desktop", PDF),
        ("bill.pdf.exe", PDF),
        ("bill", PDF),
        ("lines.csv", b"number;cost"),
        ("bill.pdf", b"#!/bin/sh"),
    ],
)
def test_what_is_no_pdf_by_name_and_content_is_not_opened(
    system: System, tmp_path: Path, name: str, content: bytes
) -> None:
    assert not links.open_written(write_file(tmp_path / name, content))
    assert system.opened == []


def test_a_link_that_was_there_before_is_written_through_but_not_opened(system: System, tmp_path: Path) -> None:
    (tmp_path / "bill.pdf").symlink_to(tmp_path / "elsewhere.pdf")
    assert not links.open_written(write_file(tmp_path / "bill.pdf", PDF))
    assert (tmp_path / "elsewhere.pdf").read_bytes() == PDF
    assert system.opened == []


def test_the_notice_opens_it_and_shows_its_folder(
    qtbot: QtBot, system: System, tmp_path: Path, show: Callable[..., Any]
) -> None:
    page = show(HomePage)
    for _again in range(2):  # saved twice under one name: the newer one is opened
        before = buttons(page).get("Open it")
        save_pdf(page, PDF, tmp_path / "bill.pdf")
        qtbot.waitUntil(lambda was=before: buttons(page).get("Open it") not in {None, was}, timeout=20000)
    assert says(page, "Saved as bill.pdf.")
    buttons(page)["Open it"].click()
    buttons(page)["Show in its folder"].click()
    assert system.opened == [str(tmp_path / "bill.pdf"), str(tmp_path)]
    system.shows = False
    buttons(page)["Open it"].click()
    qtbot.waitUntil(lambda: says(page, "This computer did not open the file."), timeout=20000)


def test_a_table_is_shown_in_its_folder_only(
    qtbot: QtBot, system: System, tmp_path: Path, show: Callable[..., Any]
) -> None:
    page = show(HomePage)
    save_file(page, lambda: b"number;cost", tmp_path / "lines.csv")
    qtbot.waitUntil(lambda: "Show in its folder" in buttons(page), timeout=20000)
    assert "Open it" not in buttons(page)


def test_a_folder_that_cannot_be_written_to_becomes_the_banner(
    qtbot: QtBot, system: System, tmp_path: Path, show: Callable[..., Any]
) -> None:
    page = show(HomePage)
    save_pdf(page, PDF, tmp_path / "gone" / "bill.pdf")
    qtbot.waitUntil(lambda: page._noticed is not None, timeout=20000)
    assert page._noticed.kind != "good"
    assert "Open it" not in buttons(page)
