"""Exporting everything: the question, the way to the place, the progress, the end, a failure, and no."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from selfcare.account.session import Session, open_session
from selfcare.domain.failures import Offline
from selfcare.ui.context import Context
from selfcare.ui.pages import farewell as farewell_page
from selfcare.ui.pages.farewell import FarewellDialog, opened
from selfcare.ui.pages.settings import SettingsPage
from selfcare.ui.tasks import Lane
from tests import samples
from tests.bill_documents import bill_documents
from tests.gui.desk import Desk, button, check_reachable, press, words_on
from tests.pack_reading import check_whole, files_of, pages, table

NAME = "Orvane Mobile - everything of my account - 2026-11-21"


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    opened = open_session(tmp_path / "vault", bytes(32), samples.profile(), now=lambda: samples.NOW)
    vault = opened.open_again()
    vault.cache.replace("customerBill", bill_documents(300), seen=samples.SEEN)
    vault.papers.put("D1", "application/pdf", b"%PDF-1", samples.SEEN)
    vault.close()
    yield opened
    opened.close()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


@pytest.fixture
def context(desk: Desk, session: Session) -> Context:
    made = desk.context()
    made.session = session
    return made


@pytest.fixture
def dialog(desk: Desk, context: Context, session: Session) -> FarewellDialog:
    made = FarewellDialog(None, context, session)
    desk.bot.addWidget(made)
    made.show()
    return made


def choose(monkeypatch: pytest.MonkeyPatch, folder: Path | None) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder) if folder is not None else "")


def test_it_says_what_is_saved_and_that_anyone_can_read_it(dialog: FarewellDialog) -> None:
    shown = words_on(dialog)
    assert "Export everything" in shown
    assert "not encrypted" in shown
    assert "Choose the place…" in shown
    check_reachable(dialog)


@pytest.mark.parametrize("shape", ["folder", "zip", "selfcare"])
def test_it_is_written_where_it_was_wanted(
    desk: Desk, dialog: FarewellDialog, place: Path, shape: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, place)
    dialog.shape.setCurrentIndex(dialog.shape.findData(shape))
    press(desk.bot, dialog.confirm_button)
    desk.bot.waitUntil(lambda: dialog.target is not None)
    target = place / (NAME if shape == "folder" else f"{NAME}.{shape}")
    assert dialog.target == target
    assert list(place.iterdir()) == [target]
    files = files_of(target)
    check_whole(files)
    pages(files)
    assert len(table(files, "bills")) == 300
    shown = words_on(dialog)
    assert f"Saved as {target}." in shown
    assert "1 PDF is in it" in shown
    assert "299 PDFs are not in it" in shown
    opened_folders: list[Path] = []
    monkeypatch.setattr(farewell_page, "open_folder", opened_folders.append)
    press(desk.bot, button(dialog, "Open the folder"))
    assert opened_folders == [target if shape == "folder" else place]
    assert not dialog.isVisible()


def test_no_place_is_no_export(
    desk: Desk, dialog: FarewellDialog, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, None)
    press(desk.bot, dialog.confirm_button)
    assert not dialog.is_busy
    assert dialog.isVisible()
    assert list(place.iterdir()) == []


def test_esc_stops_it_and_leaves_nothing(desk: Desk, dialog: FarewellDialog, place: Path) -> None:
    dialog.begin(place)
    desk.bot.waitUntil(lambda: any(place.iterdir()))
    assert dialog.is_busy
    assert dialog.bar.isVisible()
    desk.bot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    desk.bot.waitUntil(lambda: not any(place.iterdir()))
    assert dialog.target is None


def test_others_are_let_in_while_it_goes_on(
    desk: Desk, dialog: FarewellDialog, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(farewell_page, "SLICE", 0.0)
    dialog.begin(place)
    with desk.bot.waitCallback() as read:
        desk.lane.ask(dialog, lambda: None, read)
    assert dialog.is_busy
    desk.bot.waitUntil(lambda: dialog.target is not None)


def test_a_place_that_refuses_is_told_and_another_can_be_chosen(
    desk: Desk, dialog: FarewellDialog, place: Path
) -> None:
    dialog.begin(place / "gone")
    desk.bot.waitUntil(lambda: not dialog.is_busy)
    assert "That place is not there any more." in words_on(dialog)
    dialog.begin(place)
    desk.bot.waitUntil(lambda: dialog.target is not None)
    assert dialog.target == place / NAME


def test_the_window_goes_and_nothing_half_written_stays(desk: Desk, dialog: FarewellDialog, place: Path) -> None:
    dialog.begin(place)
    desk.bot.waitUntil(lambda: any(place.iterdir()))
    dialog._stop()
    assert list(place.iterdir()) == []


class Fetching:
    """Stands where the way to the operator is: three PDFs come, then the network goes."""

    def __init__(self, session: Session) -> None:
        self.profile = session.profile
        self.open_again = session.open_again
        self.came = 0

    def gather_papers(self) -> Iterator[int]:
        for number in range(2, 5):
            vault = self.open_again()
            vault.papers.put(f"D{number}", "application/pdf", b"%PDF-", samples.SEEN)
            vault.close()
            self.came += 1
            yield self.came
        raise Offline


def test_missing_pdfs_are_fetched_first_as_far_as_it_goes(
    desk: Desk, context: Context, session: Session, place: Path
) -> None:
    context.sync_lane = Lane("sync")
    fetching: Any = Fetching(session)
    dialog = FarewellDialog(None, context, fetching)
    desk.bot.addWidget(dialog)
    dialog.show()
    dialog.begin(place)
    assert "Fetching the PDFs" in words_on(dialog)
    desk.bot.waitUntil(lambda: dialog.target is not None)
    context.sync_lane.close()
    assert fetching.came == 3
    assert "4 PDFs are in it" in words_on(dialog)
    assert "296 PDFs are not in it" in words_on(dialog)


def test_without_pdfs_nothing_is_fetched(desk: Desk, context: Context, session: Session, place: Path) -> None:
    context.sync_lane = Lane("sync")
    fetching: Any = Fetching(session)
    dialog = FarewellDialog(None, context, fetching)
    desk.bot.addWidget(dialog)
    dialog.pdfs.setCurrentIndex(dialog.pdfs.findData("no"))
    dialog.begin(place)
    desk.bot.waitUntil(lambda: dialog.target is not None)
    context.sync_lane.close()
    assert fetching.came == 0
    assert not any(path.startswith("pdf/") for path in files_of(place / NAME))


def test_the_settings_open_it(desk: Desk, context: Context) -> None:
    page = SettingsPage(context)
    desk.bot.addWidget(page)
    with desk.bot.waitSignal(page.found):
        page.show()
        page.enter()
    press(desk.bot, button(page, "Export everything…"))
    asked = page.findChild(FarewellDialog)
    assert asked is not None
    assert asked.isVisible()
    asked.reject()
    context.session = None
    page._shown = None
    page.show_view(page._view(()))
    assert not button(page, "Export everything…").isEnabled()


def test_a_button_of_the_way_out_opens_it(desk: Desk, context: Context) -> None:
    page = SettingsPage(context)
    desk.bot.addWidget(page)
    page.show()
    opened(page, "farewell")
    asked = page.findChild(FarewellDialog)
    assert asked is not None
    asked.reject()
    with desk.bot.waitSignal(page.opened) as wanted:
        opened(page, "bills")
    assert wanted.args == ["bills"]
