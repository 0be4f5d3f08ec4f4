"""Letters from the leaving page: chosen, seen, and saved where the customer says; a calendar file beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import icalendar
import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from selfcare.leaving.wizard import Screen
from selfcare.paper.reader import PaperReader
from selfcare.ui.pages import letter_dialog
from selfcare.ui.pages.leaving import LeavingPage
from selfcare.ui.pages.letter_dialog import CHECKLIST, LetterDialog
from selfcare.ui.tasks import Lane
from selfcare.ui.widgets.paper import PaperView
from selfcare.viewmodel.letter_facts import LetterKind
from tests import samples
from tests.gui.desk import Desk, check_reachable, press, words_on


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


@pytest.fixture
def paper_lane(qtbot: QtBot) -> Iterator[Lane]:
    made = Lane("paper")
    yield made
    made.close()


def opened(desk: Desk, lane: Lane | None = None, reader: PaperReader | None = None) -> LetterDialog:
    context, rules = desk.context(), samples.ROOT / "resources" / "rules"
    context.rules = lambda name: (rules / name).read_bytes()
    page = LeavingPage(context)
    desk.bot.addWidget(page)
    page.resize(1144, 792)
    page.show()
    with desk.bot.waitSignal(page.found):
        page.enter()
    if lane is not None and reader is not None:
        context.paper_lane, context.make_paper = lane, lambda: reader
    press(desk.bot, page.papers.button)
    desk.bot.waitUntil(lambda: page.papers.dialog is not None and bool(page.papers.dialog.pdf), timeout=15000)
    dialog = page.papers.dialog
    assert dialog is not None
    return dialog


def choose(desk: Desk, dialog: LetterDialog, kind: str) -> None:
    dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
    desk.bot.waitUntil(lambda: bool(dialog.pdf), timeout=15000)


def saving_as(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))


def test_the_letter_is_seen_and_saved_as_it_is_seen(
    desk: Desk, paper_lane: Lane, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = PaperReader()
    dialog = opened(desk, paper_lane, reader)
    view = dialog.view
    assert view is not None
    desk.bot.waitUntil(lambda: view.pages == 1, timeout=15000)
    check_reachable(dialog)
    seen = dialog.pdf
    saving_as(monkeypatch, tmp_path / "letter.pdf")
    page = dialog._page
    press(desk.bot, dialog.save_button)
    saved = tmp_path / "letter.pdf"
    desk.bot.waitUntil(lambda: saved.is_file() and saved.read_bytes() == seen)
    desk.bot.waitUntil(lambda: "Saved as letter.pdf." in words_on(page))
    page.go_to(Screen.LINE)
    assert "Saved as letter.pdf." not in words_on(page)
    paper_lane.close(reader.close)


def test_what_is_missing_is_said_and_each_letter_has_its_fields(desk: Desk) -> None:
    dialog = opened(desk)
    assert "your own address, which your operator does not state" in words_on(dialog)
    assert "do not give notice" in words_on(dialog)
    assert dialog._story.isHidden()
    choose(desk, dialog, LetterKind.DEBIT.value)
    assert not dialog._story.isHidden()
    assert not dialog._due.isHidden()
    assert "the day on which it happened" in words_on(dialog)
    first = dialog.pdf
    dialog.due_field.setDate(QDate(2026, 11, 3))
    dialog.amount.setText("12,50")
    dialog.story.setPlainText("Taken twice.")
    desk.bot.waitUntil(lambda: bool(dialog.pdf) and dialog.pdf != first, timeout=15000)
    assert dialog._matter().due == date(2026, 11, 3)
    assert dialog._matter().amount == samples.gbp("12.50")
    assert "the day on which it happened" not in words_on(dialog)
    for typed in ("", "abc", "0", "1.2.3", "٣"):
        dialog.amount.setText(typed)
        assert typed == "٣" or dialog._matter().amount is None


def test_the_language_of_the_letter_is_not_that_of_the_window(desk: Desk) -> None:
    dialog = opened(desk)
    assert dialog.language.value == "en"
    english = dialog.pdf
    dialog.language.setCurrentIndex(dialog.language.findData("fr"))
    desk.bot.waitUntil(lambda: bool(dialog.pdf) and dialog.pdf != english, timeout=15000)
    assert "To be written in by hand" in words_on(dialog)


def test_the_checklist_and_the_calendar_file(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = opened(desk)
    choose(desk, dialog, CHECKLIST)
    assert dialog._language.isHidden()
    assert dialog.pdf.startswith(b"%PDF-")
    saving_as(monkeypatch, tmp_path / "way.ics")
    dialog.discreet.setChecked(True)
    press(desk.bot, dialog.calendar_button)
    saved = tmp_path / "way.ics"
    desk.bot.waitUntil(lambda: saved.is_file() and saved.read_bytes().endswith(b"END:VCALENDAR\r\n"))
    content = saved.read_bytes()
    assert b"Orvane" not in content
    entries = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert len(entries) > 3
    page = dialog.parent()
    assert isinstance(page, LeavingPage)
    assert page.answers is not None
    assert {uid for uid, _ in page.answers.calendar} == {str(entry["uid"]) for entry in entries}


def test_where_no_day_is_left_no_empty_calendar_is_saved(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = opened(desk)
    monkeypatch.setattr(letter_dialog, "way_events", lambda *_args, **_more: ())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: pytest.fail("nothing is to be saved"))
    press(desk.bot, dialog.calendar_button)
    assert "No day is to come" in words_on(dialog)
    assert dialog.isVisible()


def test_saving_that_is_called_off_writes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = opened(desk)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    press(desk.bot, dialog.save_button)
    press(desk.bot, dialog.calendar_button)
    assert dialog.isVisible()


def test_a_survivors_papers_leave_no_trace(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_file(*_args: object) -> tuple[str, str]:
        raise AssertionError("nothing is saved of a discreet plan")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", no_file)
    context, rules = desk.context(), samples.ROOT / "resources" / "rules"
    context.rules = lambda name: (rules / name).read_bytes()
    page = LeavingPage(context)
    desk.bot.addWidget(page)
    page.show()
    with desk.bot.waitSignal(page.found):
        page.enter()
    page._answer("reason", "safety")
    assert page.answers is not None
    assert page.answers.is_discreet
    press(desk.bot, page.papers.button)
    desk.bot.waitUntil(lambda: page.papers.dialog is not None and bool(page.papers.dialog.pdf), timeout=15000)
    dialog = page.papers.dialog
    assert dialog is not None
    assert dialog.windowTitle() == "Selfcare"
    assert dialog.is_discreet
    shown = words_on(dialog)
    for offer in ("Save the PDF", "Calendar", "Save the calendar file", "Save as…"):
        assert offer not in shown.split("\n")
    assert "Nothing of this plan is saved outside this program" in shown
    assert "so another person may read it" in shown
    dialog.save()
    dialog.save_calendar()
    page.put_away()
    assert not dialog.isVisible()
    assert not page.answers.is_discreet, "a shut window forgets it, also where the program stays in the tray"
    assert "safety" not in repr(page._material.plans.answers if page._material is not None else "")


def test_a_viewer_that_keeps_inside_offers_no_saving(desk: Desk, paper_lane: Lane) -> None:
    view = PaperView(samples.words(), paper_lane, PaperReader)
    desk.bot.addWidget(view)
    view.show()
    assert "Save as…" in words_on(view)
    view.stand_alone(saves=False)
    assert "Save as…" not in words_on(view)
