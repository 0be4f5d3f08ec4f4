"""The Case file page under somebody's hands: totals, promises, and a long line of time shown piece by piece."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QDate
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from selfcare.account.notebook import notebook_of
from selfcare.case import NOTEBOOK
from selfcare.case.deadlines import Term
from selfcare.case.notebook import Notebook, Outcome, Word, write_notebook
from selfcare.domain.complaints import Complaint
from selfcare.domain.freshness import Freshness
from selfcare.domain.topics import Topic
from selfcare.ui.pages.case_dossier import write_folder
from selfcare.ui.pages.case_file import CaseFilePage
from selfcare.ui.pages.no_service_dialog import NoServiceDialog
from selfcare.ui.widgets.labels import text
from tests import samples
from tests.gui.desk import Desk, button, check_reachable, in_dialog, press, session_of, words_on
from tests.readers import FakeReader


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


def test_totals_promises_and_contacts_are_there(desk: Desk) -> None:
    page = desk.page(CaseFilePage)
    shown = words_on(page)
    for words in ("50 minutes", "people spoken to, by name", "promises missed", "You, by phone · with Marc", "missed"):
        assert words in shown
    check_reachable(page)


def test_a_promise_leads_to_where_it_was_said(desk: Desk) -> None:
    page = desk.page(CaseFilePage)
    with desk.bot.waitSignal(page.opened) as opened:
        press(desk.bot, button(page, "Where it was said"))
    assert opened.args == ["help/ticket/48213"]


def test_a_long_history_is_shown_piece_by_piece(desk: Desk) -> None:
    first = samples.contacts()[0]
    contacts = tuple(replace(first, id=f"C-{n}", reason=f"Call {n}") for n in range(95))
    page = desk.page(CaseFilePage, FakeReader(the_contacts=contacts, the_messages=()))
    assert words_on(page).count("You, by phone") == 40
    press(desk.bot, button(page, "Show 40 more"))
    press(desk.bot, button(page, "Show 15 more"))
    assert words_on(page).count("You, by phone") == 95


def test_what_can_be_done_with_two_calls_of_one_day_is_told_apart(desk: Desk) -> None:
    first = samples.contacts()[0]
    contacts = tuple(replace(first, id=f"C-{n}", started=samples.NOW.replace(hour=8 + n)) for n in range(3))
    page = desk.page(CaseFilePage, FakeReader(the_contacts=contacts, the_messages=()))
    offered = [b for b in page.findChildren(QAbstractButton) if b.text() == "This was a promise"]
    assert len(offered) == 3
    assert len({b.accessibleDescription() for b in offered}) == 3


def test_an_operator_without_a_log_is_told_apart(desk: Desk) -> None:
    seen = {Topic.CONTACTS: Freshness(Topic.CONTACTS, offered=False)}
    page = desk.page(CaseFilePage, FakeReader(the_contacts=(), the_messages=(), the_freshness=seen))
    assert "Your operator does not offer this here" in words_on(page)


def noted_in(page: CaseFilePage) -> Notebook:
    return notebook_of(session_of(page))


def test_a_call_is_noted_while_it_runs_with_two_fields_and_its_promise(desk: Desk) -> None:
    page = desk.page(CaseFilePage)
    press(desk.bot, button(page, "Note a call now"))
    desk.bot.waitUntil(lambda: page.notes.dialog is not None)
    dialog = page.notes.dialog
    assert dialog is not None
    check_reachable(dialog)
    dialog.agent.setText("Marc")
    dialog.said.setPlainText("The level 2 was told.")
    dialog.promise.field.setText("calls back within 72 hours")
    assert "Due Tue 24 Nov, 10:50 (72 hours by the clock)." in words_on(dialog)
    with desk.bot.waitSignal(page.found):
        press(desk.bot, dialog.keep_button)
    book = noted_in(page)
    assert [(n.agent, n.said, n.is_running) for n in book.contacts] == [("Marc", "The level 2 was told.", False)]
    assert [(w.said, w.what, w.due) for w in book.words] == [
        ("calls back within 72 hours", "call", samples.NOW + timedelta(hours=72))
    ]
    assert "The level 2 was told." in words_on(page)


def test_a_note_that_is_closed_while_it_runs_goes_on(desk: Desk) -> None:
    page = desk.page(CaseFilePage)
    page.open_at("note")
    desk.bot.waitUntil(lambda: page.notes.dialog is not None)
    dialog = page.notes.dialog
    assert dialog is not None
    dialog.agent.setText("Ines")
    dialog.reject()
    desk.bot.waitUntil(lambda: noted_in(page).running is not None)
    running = noted_in(page).running
    assert running is not None
    assert running.agent == "Ines"
    with desk.bot.waitSignal(page.found):
        page.reload()
    assert button(page, "Go on with the note")


def test_a_contact_that_ends_before_it_begins_or_lies_ahead_is_not_kept(desk: Desk) -> None:
    page = desk.page(CaseFilePage)
    press(desk.bot, button(page, "Note an earlier contact"))
    desk.bot.waitUntil(lambda: page.notes.dialog is not None)
    dialog = page.notes.dialog
    assert dialog is not None
    dialog.times.started.setDateTime(dialog.times.started.dateTime().addDays(3))
    press(desk.bot, dialog.keep_button)
    assert "It lies in the future." in words_on(dialog)
    assert noted_in(page).contacts == ()
    dialog.close()


def test_a_promise_is_settled_by_whoever_noted_it(desk: Desk) -> None:
    word = Word("W-1", "N-1", "Marc", "call", "soon", samples.NOW, Term(), None)
    reader = FakeReader(the_drafts={NOTEBOOK: write_notebook(Notebook(words=(word,)))})
    page = desk.page(CaseFilePage, reader)
    assert "no day named" in words_on(page)
    in_dialog(lambda dialog: press(desk.bot, dialog.confirm_button))  # type: ignore[attr-defined]
    with desk.bot.waitSignal(page.found):
        press(desk.bot, button(page, "It was kept…"))
    assert [w.outcome for w in noted_in(page).words] == [Outcome.KEPT]
    assert "no day named" not in words_on(page)


def test_the_days_of_the_complaint_open_the_way_up(desk: Desk) -> None:
    page = desk.page(CaseFilePage)
    assert "Say when you first complained" in words_on(page)

    def answer(dialog: QDialog) -> None:
        check_reachable(dialog)
        dialog.days["first"].setDate(QDate(2026, 10, 5))  # type: ignore[attr-defined]
        dialog.confirm_button.click()  # type: ignore[attr-defined]

    in_dialog(answer)
    with desk.bot.waitSignal(page.found):
        press(desk.bot, button(page, "The days of your complaint"))
    assert noted_in(page).complaint.first == date(2026, 10, 5)
    assert "First complaint Mon 5 Oct: 6 weeks ago." in words_on(page)
    with desk.bot.waitSignal(page.opened, raising=False, timeout=1):
        press(desk.bot, button(page, "Copy the text for the form"))
    desk.bot.waitUntil(lambda: "Claire Martin" in QGuiApplication.clipboard().text())


def test_the_dossier_is_made_and_written_as_one_folder(desk: Desk, tmp_path: Path) -> None:
    reader = FakeReader(the_papers={"D-780123467": b"%PDF-1.4 bill"})
    page = desk.page(CaseFilePage, reader)
    press(desk.bot, button(page, "Make the dossier"))
    desk.bot.waitUntil(lambda: page.dossier.dialog is not None and bool(page.dossier.dialog.pdf), timeout=20_000)
    dialog = page.dossier.dialog
    assert dialog is not None
    check_reachable(dialog)
    gathered = dialog.gathered
    assert gathered is not None
    assert [mark.proof.kept_as for mark in gathered.files] == ["D-780123467"]
    reading = page.context.reading()
    assert reading is not None
    write_folder(reading, tmp_path / "out", dialog.pdf, gathered.text, gathered.files)
    names = sorted(str(p.relative_to(tmp_path / "out")) for p in (tmp_path / "out").rglob("*") if p.is_file())
    assert names == ["CHECKSUMS.sha256", "complaint.txt", "dossier.pdf", "proofs/P001 Bill 780123467.pdf"]
    sums = (tmp_path / "out" / "CHECKSUMS.sha256").read_text()
    assert gathered.files[0].sha256 in sums
    assert hashlib.sha256(b"%PDF-1.4 bill").hexdigest() == gathered.files[0].sha256
    dialog.reject()


def test_a_new_date_leaves_the_one_before_in_the_file(desk: Desk) -> None:
    due = samples.NOW - timedelta(hours=1)
    word = Word("W-1", "N-1", "Marc", "call", "today", samples.NOW - timedelta(days=1), Term(), due)
    reader = FakeReader(the_drafts={NOTEBOOK: write_notebook(Notebook(words=(word,)))})
    page = desk.page(CaseFilePage, reader)

    def answer(dialog: QDialog) -> None:
        check_reachable(dialog)
        dialog.field.setDate(QDate(2026, 11, 25))  # type: ignore[attr-defined]
        dialog.confirm_button.click()  # type: ignore[attr-defined]

    in_dialog(answer)
    with desk.bot.waitSignal(page.found):
        press(desk.bot, button(page, "A new date"))
    (kept,) = noted_in(page).words
    assert kept.earlier == (due,)
    assert kept.due is not None
    assert kept.due.date() == date(2026, 11, 25)
    assert "A new date was named in its place: Wed 25 Nov, 23:59." in words_on(page)


def test_another_note_takes_the_place_of_the_first_window(desk: Desk) -> None:
    page = desk.page(CaseFilePage)
    page.notes.add()
    desk.bot.waitUntil(lambda: page.notes.dialog is not None)
    first = page.notes.dialog
    page.notes.add()
    desk.bot.waitUntil(lambda: page.notes.dialog is not first)
    second = page.notes.dialog
    assert second is not None
    desk.bot.wait(20)
    assert page.notes.dialog is second
    second.close()


def hours_in(page: CaseFilePage) -> str:
    names = [one for one in page.findChildren(QLabel) if one.text() == "hours without service"]
    figures = [one.buddy() for one in names]
    return figures[0].text() if figures and isinstance(figures[0], QLabel) else ""


def test_hours_without_service_are_noted_counted_and_taken_away(desk: Desk) -> None:
    page = desk.page(CaseFilePage)

    def note(dialog: QDialog) -> None:
        assert isinstance(dialog, NoServiceDialog)
        check_reachable(dialog)
        dialog.began.setDateTime(dialog.began.dateTime().addDays(1))
        press(desk.bot, dialog.confirm_button)
        assert "It lies in the future." in words_on(dialog)
        dialog.began.setDateTime(dialog.began.dateTime().addDays(-3))
        press(desk.bot, dialog.confirm_button)

    with desk.bot.waitSignal(page.found):
        in_dialog(note)
        press(desk.bot, button(page, "Note hours without service"))
    assert [(s.began, s.ended) for s in noted_in(page).without_service] == [
        (samples.NOW.replace(second=0) - timedelta(days=2), None)
    ]
    desk.bot.waitUntil(lambda: hours_in(page) == "48")

    def end(dialog: QDialog) -> None:
        assert isinstance(dialog, NoServiceDialog)
        assert not dialog.still.isChecked()
        assert dialog.ended.isVisible()
        dialog.ended.setDateTime(dialog.ended.dateTime().addSecs(-3600))
        press(desk.bot, dialog.confirm_button)

    with desk.bot.waitSignal(page.found):
        in_dialog(end)
        press(desk.bot, button(page, "Note hours without service"))
    desk.bot.waitUntil(lambda: hours_in(page) == "47")
    assert len(noted_in(page).without_service) == 1

    def away(dialog: QDialog) -> None:
        press(desk.bot, button(dialog, "Take it away"))
        dialog.reject()

    with desk.bot.waitSignal(page.found):
        in_dialog(away)
        press(desk.bot, button(page, "Note hours without service"))
    assert noted_in(page).without_service == ()
    desk.bot.waitUntil(lambda: hours_in(page) == "")


def test_a_day_on_a_label_is_not_torn_and_reads_as_it_was_given(desk: Desk) -> None:
    label = text("Was due Thu 19 Nov, 10:42.")
    desk.bot.addWidget(label)
    assert QLabel.text(label) == "Was due Thu\u00a019\u00a0Nov, 10:42."
    assert label.text() == "Was due Thu 19 Nov, 10:42."


def test_a_french_verb_is_not_torn_from_its_pronoun(desk: Desk) -> None:
    label = text("Éteignez-le, attendez une demi-minute, rallumez-le. Y a-t-il un peut-être ?")
    desk.bot.addWidget(label)
    shown = "Éteignez\u2011le, attendez une demi-minute, rallumez\u2011le. Y a\u2011t\u2011il un peut-être ?"
    assert QLabel.text(label) == shown
    assert label.text() == shown.replace("\u2011", "-")


def test_the_days_to_come_are_saved_as_a_calendar_file(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    word = Word("W-1", "N-1", "Marc", "call", "tomorrow", samples.NOW, Term(), samples.NOW + timedelta(hours=9))
    reader = FakeReader(the_drafts={NOTEBOOK: write_notebook(Notebook(words=(word,)))})
    page = desk.page(CaseFilePage, reader)
    target = tmp_path / "days.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    press(desk.bot, button(page, "Save the days to come as a calendar file…"))
    desk.bot.waitUntil(lambda: "Saved as days.ics." in words_on(page))
    assert b"SUMMARY:Promised until now: A call back\\, promised by Marc" in target.read_bytes()


@pytest.mark.parametrize(
    ("complaint", "is_asked", "is_ticked"),
    [
        (Complaint(), False, True),
        (Complaint("The bill of March", "My money back"), True, False),
        (Complaint(samples.tickets()[0].title, "A repair"), True, True),
    ],
)
def test_whether_a_complaint_is_about_the_topic_is_asked(
    desk: Desk, complaint: Complaint, *, is_asked: bool, is_ticked: bool
) -> None:
    book = Notebook(complaint=complaint)
    page = desk.page(CaseFilePage, FakeReader(the_drafts={NOTEBOOK: write_notebook(book)}))
    press(desk.bot, button(page, "Make the dossier"))
    desk.bot.waitUntil(lambda: page.dossier.dialog is not None and bool(page.dossier.dialog.pdf), timeout=20_000)
    dialog = page.dossier.dialog
    assert dialog is not None
    assert dialog.scope().with_complaint
    dialog.topic.setCurrentIndex(dialog.topic.findData("ticket/48213"))
    assert dialog.complaint.isVisible() is is_asked
    assert dialog.scope().with_complaint is is_ticked
    desk.bot.waitUntil(lambda: bool(dialog.pdf), timeout=20_000)
