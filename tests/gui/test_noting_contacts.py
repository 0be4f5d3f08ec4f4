"""Noting contacts and settling promises: nothing typed is lost, nothing goes for good unasked, nothing is doubled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from selfcare.account.notebook import LARGEST_FILE, notebook_of
from selfcare.case import NOTEBOOK
from selfcare.case.deadlines import Term, Unit
from selfcare.case.notebook import Notebook, Noted, Outcome, Way, Word, write_notebook
from selfcare.ui.pages.case_file import CaseFilePage
from selfcare.ui.pages.contact_dialog import ContactDialog
from selfcare.ui.pages.kept_dialog import KeptDialog
from tests import samples
from tests.gui.desk import Desk, button, check_reachable, in_dialog, press, session_of, words_on
from tests.readers import FakeReader


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


def noted_in(page: CaseFilePage) -> Notebook:
    return notebook_of(session_of(page))


def test_a_promise_kept_in_time_and_noted_later_is_kept_in_time_and_can_be_taken_back(desk: Desk) -> None:
    due = samples.NOW - timedelta(hours=14)
    word = Word("W-1", "N-1", "Marc", "call", "today", samples.NOW - timedelta(days=1), Term(), due)
    reader = FakeReader(the_drafts={NOTEBOOK: write_notebook(Notebook(words=(word,)))}, the_tickets=(), the_problems=())
    page = desk.page(CaseFilePage, reader)

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, KeptDialog)
        check_reachable(dialog)
        dialog.field.setDateTime(dialog.field.dateTime().addDays(-3))
        press(desk.bot, dialog.confirm_button)
        assert "That is before it was promised." in words_on(dialog)
        dialog.field.setDateTime(dialog.field.dateTime().addDays(4))
        press(desk.bot, dialog.confirm_button)
        assert "It lies in the future." in words_on(dialog)
        dialog.field.setDateTime(dialog.field.dateTime().addDays(-1).addSecs(-15 * 3600))
        press(desk.bot, dialog.confirm_button)

    with desk.bot.waitSignal(page.found):
        in_dialog(answer)
        press(desk.bot, button(page, "It was kept…"))
    (kept,) = noted_in(page).words
    assert kept.ended == samples.NOW - timedelta(hours=15)
    assert "1\npromise kept" in words_on(page)
    with desk.bot.waitSignal(page.found):
        press(desk.bot, button(page, "Take that back"))
    assert [(w.outcome, w.ended) for w in noted_in(page).words] == [(Outcome.OPEN, None)]


def test_what_was_dropped_stays_in_sight_and_can_be_taken_back(desk: Desk) -> None:
    word = Word("W-1", "N-1", "Marc", "call", "today", samples.NOW, Term(), samples.NOW + timedelta(hours=2))
    page = desk.page(CaseFilePage, FakeReader(the_drafts={NOTEBOOK: write_notebook(Notebook(words=(word,)))}))
    with desk.bot.waitSignal(page.found):
        press(desk.bot, button(page, "Drop it"))
    assert "You dropped it: it is not counted." in words_on(page)
    with desk.bot.waitSignal(page.found):
        press(desk.bot, button(page, "Take that back"))
    assert [w.outcome for w in noted_in(page).words] == [Outcome.OPEN]


def test_a_promise_that_was_noted_twice_is_one_row_and_dropped_as_a_whole(desk: Desk) -> None:
    word = Word("W-1", "N-1", "Marc", "call", "today", samples.NOW, Term(), samples.NOW + timedelta(hours=2))
    both = (word, replace(word, id="W-2", contact_id="N-2"))
    page = desk.page(CaseFilePage, FakeReader(the_drafts={NOTEBOOK: write_notebook(Notebook(words=both))}))
    assert words_on(page).count("You noted it 2 times.") == 1
    with desk.bot.waitSignal(page.found):
        press(desk.bot, button(page, "Drop it"))
    assert [w.outcome for w in noted_in(page).words] == [Outcome.WITHDRAWN] * 2


def opened(desk: Desk, page: CaseFilePage, ask: Callable[[], object]) -> ContactDialog:
    ask()
    desk.bot.waitUntil(lambda: page.notes.dialog is not None, timeout=20_000)
    dialog = page.notes.dialog
    assert dialog is not None
    return dialog


def noting(*contacts: Noted, words: tuple[Word, ...] = ()) -> FakeReader:
    return FakeReader(the_drafts={NOTEBOOK: write_notebook(Notebook(contacts, words))}, the_contacts=())


def running(since: timedelta) -> Noted:
    return Noted("N-1", Way.PHONE, True, samples.NOW - since, None, True, agent="Karim")


def test_a_timer_left_on_for_a_day_and_more_asks_how_long_it_took(desk: Desk) -> None:
    page = desk.page(CaseFilePage, noting(running(timedelta(hours=30))))
    dialog = opened(desk, page, page.notes.start)
    assert not dialog.times.minutes.isVisible()
    press(desk.bot, dialog.keep_button)
    assert "It lasts more than a day." in words_on(dialog)
    assert dialog.times.started.isVisible()
    minutes = dialog.times.minutes
    desk.bot.waitUntil(lambda: minutes.hasFocus() and not minutes.visibleRegion().isEmpty(), timeout=20_000)
    dialog.times.minutes.setValue(12)
    with desk.bot.waitSignal(page.found):
        press(desk.bot, dialog.keep_button)
    assert [(n.is_running, n.length) for n in noted_in(page).contacts] == [(False, timedelta(minutes=12))]


def test_a_clock_that_was_set_back_is_told_and_its_start_can_be_corrected(desk: Desk) -> None:
    page = desk.page(CaseFilePage, noting(running(-timedelta(hours=1))))
    dialog = opened(desk, page, page.notes.start)
    dialog.said.setPlainText("Something new.")
    dialog.reject()
    assert dialog.isVisible()
    assert "It lies in the future." in words_on(dialog)
    dialog.times.started.setDateTime(dialog.times.started.dateTime().addSecs(-2 * 3600))
    dialog.reject()
    desk.bot.waitUntil(lambda: noted_in(page).contacts[0].said == "Something new.", timeout=20_000)
    assert noted_in(page).contacts[0].started == samples.NOW - timedelta(hours=1)


def test_a_promise_and_a_file_of_a_running_call_are_there_again(desk: Desk, tmp_path: Path) -> None:
    page = desk.page(CaseFilePage)
    dialog = opened(desk, page, page.notes.start)
    photo = tmp_path / "red light.jpg"
    photo.write_bytes(b"light")
    dialog.agent.setText("Karim")
    dialog.promise.field.setText("calls back within 7")
    assert dialog._autosave()
    dialog.promise.field.setText("calls back within 72 hours")
    dialog.rest.files.add([photo])
    dialog.reject()
    desk.bot.waitUntil(lambda: bool(noted_in(page).contacts) and bool(noted_in(page).contacts[0].files), timeout=20_000)
    desk.bot.waitUntil(lambda: page.notes.dialog is None, timeout=20_000)
    dialog = opened(desk, page, page.notes.start)
    assert dialog.promise.said == "calls back within 72 hours"
    assert "red light.jpg" in dialog.rest.files.named.text()
    with desk.bot.waitSignal(page.found):
        press(desk.bot, dialog.keep_button)
    (word,), (noted,) = noted_in(page).words, noted_in(page).contacts
    assert (word.due, word.earlier) == (samples.NOW + timedelta(hours=72), ())
    assert [file.name for file in noted.files] == ["red light.jpg"]


def test_the_deadline_that_is_shown_follows_when_an_earlier_contact_began_and_how_long_it_took(desk: Desk) -> None:
    page = desk.page(CaseFilePage)
    dialog = opened(desk, page, page.notes.add)
    dialog.promise.field.setText("calls back within 72 hours")
    dialog.times.started.setDateTime(dialog.times.started.dateTime().addDays(-2))
    dialog.times.minutes.setValue(30)
    shown = dialog.promise.read.text()
    with desk.bot.waitSignal(page.found, timeout=20_000):
        press(desk.bot, dialog.keep_button)
    (word,) = noted_in(page).words
    assert word.due is not None
    when = page.words.instant(word.due, page.context.zone, page.context.today())
    assert when in shown
    assert word.due == noted_in(page).contacts[0].started + timedelta(hours=72, minutes=30)


@pytest.mark.parametrize("runs", [True, False])
def test_a_note_of_nothing_is_not_kept_as_a_contact(desk: Desk, *, runs: bool) -> None:
    page = desk.page(CaseFilePage, noting())
    dialog = opened(desk, page, page.notes.start if runs else page.notes.add)
    press(desk.bot, dialog.keep_button)
    assert dialog.isVisible()
    assert "Nothing is noted yet" in words_on(dialog)
    assert noted_in(page).contacts == ()
    dialog.said.setPlainText("Nobody answered.")
    with desk.bot.waitSignal(page.found, timeout=20_000):
        press(desk.bot, dialog.keep_button)
    assert [noted.said for noted in noted_in(page).contacts] == ["Nobody answered."]


def test_a_call_of_which_nothing_but_its_length_is_known_is_kept(desk: Desk) -> None:
    page = desk.page(CaseFilePage, noting(replace(running(timedelta(minutes=40)), agent="")))
    dialog = opened(desk, page, page.notes.start)
    with desk.bot.waitSignal(page.found, timeout=20_000):
        press(desk.bot, dialog.keep_button)
    assert [noted.length for noted in noted_in(page).contacts] == [timedelta(minutes=40)]


def proofs(folder: Path) -> tuple[Path, Path, Path]:
    """A file that is too large, one that is not there, and a good one."""
    large, good = folder / "film.mov", folder / "proof.pdf"
    with large.open("wb") as written:
        written.truncate(LARGEST_FILE + 1)
    good.write_bytes(b"%PDF-1.4 x")
    return large, folder / "gone.pdf", good


def test_a_bad_file_is_told_when_it_is_chosen_and_the_good_ones_behind_it_are_kept(desk: Desk, tmp_path: Path) -> None:
    page = desk.page(CaseFilePage)
    dialog = opened(desk, page, page.notes.add)
    dialog.agent.setText("Karim")
    dialog.rest.files.add(proofs(tmp_path))
    desk.bot.waitUntil(lambda: dialog.rest.files.named.text() == "proof.pdf", timeout=20_000)
    assert "“film.mov” was not attached: a file may have 25 MB." in words_on(dialog)
    assert "“gone.pdf” was not attached: it could not be read." in words_on(dialog)
    with desk.bot.waitSignal(page.found, timeout=20_000):
        press(desk.bot, dialog.keep_button)
    (noted,) = noted_in(page).contacts
    assert [file.name for file in noted.files] == ["proof.pdf"]
    assert "PDF is too large to be shown" not in words_on(page)


def test_a_file_that_goes_after_it_was_chosen_takes_no_other_along(desk: Desk, tmp_path: Path) -> None:
    page = desk.page(CaseFilePage)
    dialog = opened(desk, page, page.notes.add)
    dialog.agent.setText("Karim")
    soon_gone, good = tmp_path / "gone.pdf", tmp_path / "proof.pdf"
    for path in (soon_gone, good):
        path.write_bytes(b"%PDF-1.4 x")
    dialog.rest.files._new = (soon_gone, good)
    soon_gone.unlink()
    with desk.bot.waitSignal(page.found, timeout=20_000):
        press(desk.bot, dialog.keep_button)
    desk.bot.waitUntil(lambda: "“gone.pdf” was not attached: it could not be read." in words_on(page), timeout=20_000)
    assert "Kept in your case file." in words_on(page)
    (noted,) = noted_in(page).contacts
    assert [file.name for file in noted.files] == ["proof.pdf"]


def test_a_running_note_stops_naming_what_could_not_be_kept(desk: Desk, tmp_path: Path) -> None:
    page = desk.page(CaseFilePage)
    dialog = opened(desk, page, page.notes.start)
    dialog.rest.files._new = proofs(tmp_path)
    assert dialog._autosave()
    desk.bot.waitUntil(lambda: dialog.rest.files.named.text() == "proof.pdf", timeout=20_000)
    assert "“film.mov” was not attached" in words_on(dialog)
    assert [file.name for file in noted_in(page).contacts[0].files] == ["proof.pdf"]


def test_what_was_said_of_a_promise_on_the_page_outlives_the_running_note(desk: Desk) -> None:
    page = desk.page(CaseFilePage)
    dialog = opened(desk, page, page.notes.start)
    dialog.promise.field.setText("calls back today")
    assert dialog._autosave()
    desk.bot.waitUntil(lambda: len(noted_in(page).words) == 1, timeout=20_000)
    with desk.bot.waitSignal(page.found, timeout=20_000):
        page.notes.settle(noted_in(page).words[0].id, Outcome.WITHDRAWN)
    with desk.bot.waitSignal(page.found, timeout=20_000):
        press(desk.bot, dialog.keep_button)
    assert [word.outcome for word in noted_in(page).words] == [Outcome.WITHDRAWN]


def test_ctrl_enter_finishes_a_call_and_the_window_says_so(desk: Desk) -> None:
    page = desk.page(CaseFilePage)
    dialog = opened(desk, page, page.notes.start)
    assert "Ctrl+Enter: it is over, keep it." in words_on(dialog)
    dialog.said.setPlainText("Done.")
    dialog.activateWindow()
    dialog.said.setFocus()
    with desk.bot.waitSignal(page.found, timeout=20_000):
        desk.bot.keyClick(dialog.said, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [(n.said, n.is_running) for n in noted_in(page).contacts] == [("Done.", False)]


def test_throwing_an_old_note_away_is_asked_first(desk: Desk) -> None:
    noted = Noted("N-1", Way.PHONE, True, samples.NOW - timedelta(hours=2), None, agent="Marc", said="No.")
    word = Word("W-1", "N-1", "Marc", "call", "soon", noted.started, Term(), None)
    page = desk.page(CaseFilePage, noting(noted, words=(word,)))
    dialog = opened(desk, page, lambda: page.notes.edit("N-1"))
    asked: list[str] = []
    in_dialog(lambda question: asked.append(words_on(question)))
    press(desk.bot, dialog.drop_button)
    assert dialog.isVisible()
    assert "1 promise" in asked[0]
    in_dialog(lambda question: press(desk.bot, question.confirm_button))  # type: ignore[attr-defined]
    with desk.bot.waitSignal(page.found, timeout=20_000):
        press(desk.bot, dialog.drop_button)
    assert noted_in(page) == Notebook()


def test_a_corrected_contact_stays_one_with_the_operators_entry(desk: Desk) -> None:
    logged = replace(samples.contacts()[0], id="I-9", started=samples.NOW - timedelta(hours=3), ended=None)
    noted = Noted(
        "N-1", Way.PHONE, True, samples.NOW - timedelta(hours=3),
        samples.NOW - timedelta(hours=3) + timedelta(minutes=31, seconds=20), agent="Marc",
    )  # fmt: skip
    reader = noting(noted)
    reader.the_contacts = (logged,)
    page = desk.page(CaseFilePage, reader)
    dialog = opened(desk, page, lambda: page.notes.edit("N-1"))
    dialog.agent.setText("Marc D.")
    dialog.times.started.setDateTime(dialog.times.started.dateTime().addSecs(3600))
    with desk.bot.waitSignal(page.found, timeout=20_000):
        press(desk.bot, dialog.keep_button)
    (kept,) = noted_in(page).contacts
    assert (kept.started, kept.length) == (samples.NOW - timedelta(hours=2), noted.length)
    assert words_on(page).count("You, by phone") == 1
    assert "in your operator’s log too" in words_on(page)


def test_an_end_that_was_not_noted_stays_unknown(desk: Desk) -> None:
    noted = Noted("N-1", Way.PHONE, True, samples.NOW - timedelta(hours=3), None, agent="Marc")
    page = desk.page(CaseFilePage, noting(noted))
    dialog = opened(desk, page, lambda: page.notes.edit("N-1"))
    dialog.agent.setText("Mark")
    with desk.bot.waitSignal(page.found, timeout=20_000):
        press(desk.bot, dialog.keep_button)
    assert [(n.agent, n.started, n.ended) for n in noted_in(page).contacts] == [("Mark", noted.started, None)]


def test_a_moment_is_asked_by_the_operators_clock_which_is_named(desk: Desk) -> None:
    page = CaseFilePage(desk.context(profile=replace(samples.profile(), zone="Asia/Tokyo")))
    page.context.offset_here = lambda moment: timedelta()
    desk.bot.addWidget(page)
    page.show()
    with desk.bot.waitSignal(page.found, timeout=20_000):
        page.enter()
    assert "All times are those of Tokyo, where your operator is." in words_on(page)
    dialog = opened(desk, page, page.notes.add)
    local = samples.NOW.astimezone(ZoneInfo("Asia/Tokyo"))
    assert (dialog.times.started.time().hour(), dialog.times.started.time().minute()) == (local.hour, local.minute)
    assert "It began (time of Tokyo)" in words_on(dialog)
    dialog.close()


def test_what_was_promised_follows_when_its_contact_is_corrected(desk: Desk) -> None:
    began = samples.NOW - timedelta(hours=2)
    noted = Noted("N-1", Way.PHONE, True, began, began + timedelta(minutes=9), agent="Marc")
    given, due = began + timedelta(minutes=9), began + timedelta(hours=72, minutes=9)
    word = Word("W-1", "N-1", "Marc", "call", "calls back within 72 hours", given, Term(Unit.HOURS, 72), due)
    agreed = replace(word, id="W-2", what="visit", said="comes", earlier=(due,), due=due + timedelta(days=9))
    page = desk.page(CaseFilePage, noting(noted, words=(word, agreed)))
    dialog = opened(desk, page, lambda: page.notes.edit("N-1"))
    dialog.times.started.setDateTime(dialog.times.started.dateTime().addDays(-7))
    week = timedelta(days=7)
    when = page.words.instant(due - week, page.context.zone, page.context.today())
    said = f"“calls back within 72 hours” is then due {when}."
    desk.bot.waitUntil(lambda: dialog.times.follows.text() == said, timeout=20_000)
    with desk.bot.waitSignal(page.found, timeout=20_000):
        press(desk.bot, dialog.keep_button)
    kept = {one.id: (one.given, one.due) for one in noted_in(page).words}
    assert kept == {"W-1": (given - week, due - week), "W-2": (given - week, agreed.due)}
