"""The Services page under somebody's hands: cards, the table of many lines, a report, an unlock request."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from selfcare.api.catalogue import SubjectIds
from selfcare.api.commands import request_for
from selfcare.billing.flags import Flag, Judgement, Oddity
from selfcare.domain.commands import OpenTicket, RequestUnlock
from selfcare.domain.freshness import Freshness
from selfcare.domain.options import PaperState
from selfcare.domain.topics import Topic
from selfcare.ui.pages.guide_dialog import GuideDialog
from selfcare.ui.pages.services import ServicesPage
from selfcare.ui.pages.services_table import LinesTable
from selfcare.ui.pages.ticket_dialog import TicketDialog
from selfcare.ui.pages.unlock_dialog import UnlockDialog
from selfcare.viewmodel.guided_test import Outcome, trials_from_bytes
from tests import samples
from tests.gui.desk import Desk, button, check_reachable, in_dialog, press, session_of, words_on
from tests.readers import FakeReader


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


def many(count: int = 40) -> FakeReader:
    first = samples.lines()[0]
    lines = tuple(replace(first, id=f"L-{n}", number=f"07700 900{n:03}", user_name=f"Worker {n}") for n in range(count))
    return FakeReader(the_lines=lines)


def test_every_line_is_a_card_with_its_facts(desk: Desk) -> None:
    page = desk.page(ServicesPage)
    shown = words_on(page)
    for words in ("07700 900123", "charged, not working", "The clause in your contract", "Fairphone 5", "locked"):
        assert words in shown
    check_reachable(page)


@pytest.mark.parametrize("width", [1100, 2200])
def test_all_options_of_a_line_stand_below_each_other(desk: Desk, width: int) -> None:
    """What stood under the handset looked as if it were the handset's."""
    first, *others = samples.lines()
    many = tuple(replace(first.options[0], id=f"O-{n}", name=f"Option {n}") for n in range(5))
    page = desk.page(ServicesPage, FakeReader(the_lines=(replace(first, options=many), *others)))
    page.resize(width, 900)
    card = page._cards[first.id]
    names = [label for label in card.findChildren(QLabel) if label.text().startswith("Option ")]
    at = [label.mapTo(card, QPoint(0, 0)) for label in names]
    assert len(at) == 5
    assert len({place.x() for place in at}) == 1
    assert sorted(place.y() for place in at) == [place.y() for place in at]


def test_two_lines_of_one_number_are_told_apart_and_an_ended_one_is_not_tested(desk: Desk) -> None:
    first = samples.lines()[0]
    same = [replace(first, id=f"L-{n}", name=f"Plan {n}", main=None, options=()) for n in range(2)]
    ended = replace(same[0], id="L-E", name="Copper", on_paper=PaperState.TERMINATED)
    page = desk.page(ServicesPage, FakeReader(the_lines=(ended, *same)))
    offered = [b for b in page.findChildren(QPushButton) if b.text() in {"Test it", "This line does not work"}]
    assert len(offered) == 4
    assert len({(b.text(), b.accessibleDescription()) for b in offered}) == 4
    assert not any("Copper" in b.accessibleDescription() for b in offered)


def test_it_does_not_work_sends_a_ticket_with_the_facts(desk: Desk) -> None:
    page = desk.page(ServicesPage)

    def send(dialog: QDialog) -> None:
        assert isinstance(dialog, TicketDialog)
        check_reachable(dialog)
        dialog.text_field.setPlainText("No data in Lyon.")
        press(desk.bot, dialog.confirm_button)

    in_dialog(send)
    with desk.bot.waitSignal(page.submitted) as asked:
        press(desk.bot, button(page, "It does not work"))
    command = asked.args[0]
    assert isinstance(command, OpenTicket)
    assert command.title == "EU Roaming Pass on 07700 900123 does not work"
    assert command.text.startswith("No data in Lyon.")
    assert "Really: failed" in command.text


def test_esc_sends_nothing(desk: Desk) -> None:
    page = desk.page(ServicesPage)
    in_dialog(lambda dialog: desk.bot.keyClick(dialog, Qt.Key.Key_Escape))
    with desk.bot.assertNotEmitted(page.submitted):
        press(desk.bot, button(page, "This line does not work"))


def test_a_ticket_without_a_title_cannot_be_sent(desk: Desk) -> None:
    page = desk.page(ServicesPage)

    def empty(dialog: QDialog) -> None:
        assert isinstance(dialog, TicketDialog)
        dialog.title_field.clear()
        assert not dialog.confirm_button.isEnabled()
        dialog.reject()

    in_dialog(empty)
    press(desk.bot, button(page, "It does not work"))


def test_the_unlock_is_asked_after_its_facts(desk: Desk) -> None:
    page = desk.page(ServicesPage)
    notes: list[str] = []

    def confirm(dialog: QDialog) -> None:
        assert isinstance(dialog, UnlockDialog)
        check_reachable(dialog)
        assert "356938035643809" in words_on(dialog)
        assert "48 hours" in words_on(dialog)
        notes.append(dialog.note_field.toPlainText())
        press(desk.bot, dialog.confirm_button)

    in_dialog(confirm)
    with desk.bot.waitSignal(page.submitted) as asked:
        press(desk.bot, button(page, "Ask to unlock"))
    assert "should not have been sold locked" in notes[0]
    assert asked.args[0] == RequestUnlock("DV-1", "356938035643809", "PR-1", notes[0])
    assert sent_words(asked.args[0]) == notes[0]


@pytest.mark.parametrize("typed", ["Please be quick.\nI leave in May; “<b>”.", "  spaces around  ", "", "   "])
def test_the_note_goes_out_as_it_was_written(desk: Desk, typed: str) -> None:
    page = desk.page(ServicesPage)

    def confirm(dialog: QDialog) -> None:
        assert isinstance(dialog, UnlockDialog)
        dialog.note_field.setPlainText(typed)
        press(desk.bot, dialog.confirm_button)

    in_dialog(confirm)
    with desk.bot.waitSignal(page.submitted) as asked:
        press(desk.bot, button(page, "Ask to unlock"))
    assert sent_words(asked.args[0]) == typed.strip()


def sent_words(command: RequestUnlock) -> str:
    """The customer's words in the body that goes to the operator, "" where it carries none."""
    ids = SubjectIds("9176", "P-9176")
    body = json.loads(request_for(command, samples.profile(), "care-1", ids, samples.NOW).body)
    assert "description" not in body
    return "\n".join(note["text"] for note in body.get("note", ()))


def test_forty_lines_are_filtered_opened_and_left_by_keyboard(desk: Desk) -> None:
    page = desk.page(ServicesPage, many())
    assert page.table.rows.rowCount() == 40
    page.search("worker 7")
    assert page.table.rows.rowCount() == 1
    assert "1 line found of 40" in words_on(page)
    page.table.setFocus()
    page.table.selectRow(0)
    desk.bot.keyClick(page.table, Qt.Key.Key_Return)
    assert "Worker 7" in words_on(page)
    assert not page.table.isVisibleTo(page)
    assert page.go_back()
    assert page.table.isVisibleTo(page)
    assert not page.go_back()


def test_an_open_line_stays_open_when_the_page_loads_again(desk: Desk) -> None:
    page = desk.page(ServicesPage, many())
    page.open_at("L-3")
    with desk.bot.waitSignal(page.found):
        page.changed({Topic.PRODUCTS})
    assert "Worker 3" in words_on(page)
    assert not page.table.isVisibleTo(page)


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Freshness(Topic.PRODUCTS, seen=samples.SEEN), "No lines"),
        (Freshness(Topic.PRODUCTS), "Not read yet"),
        (Freshness(Topic.PRODUCTS, offered=False), "Your operator does not offer this here"),
    ],
)
def test_an_empty_page_says_why(desk: Desk, part: Freshness, words: str) -> None:
    page = desk.page(ServicesPage, FakeReader(the_lines=(), the_freshness={Topic.PRODUCTS: part}))
    assert words in words_on(page)


def test_a_narrow_table_gives_up_the_commitment_first(desk: Desk) -> None:
    page = desk.page(ServicesPage, many())
    assert not page.table.isColumnHidden(4)
    page.resize(784, 632)
    words_on(page)
    assert page.table.isColumnHidden(4)
    assert not page.table.isColumnHidden(5)


def test_what_was_tested_is_kept_and_goes_along_with_the_ticket(desk: Desk) -> None:
    page = desk.page(ServicesPage)

    def send(dialog: QDialog) -> None:
        assert isinstance(dialog, TicketDialog)
        press(desk.bot, dialog.confirm_button)

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, GuideDialog)
        check_reachable(dialog)
        assert "itself reports" in words_on(dialog)
        restart = dialog.choices["restart"]
        restart.setCurrentIndex(restart.findData("noHelp"))
        dialog.seen_field.setText("No data in Lyon")
        desk.bot.waitUntil(lambda: "tests" in session_of(page).drafts)
        (kept,) = trials_from_bytes(session_of(page).drafts["tests"]).values()
        assert kept.tried["restart"] is Outcome.NO_HELP
        in_dialog(send)
        press(desk.bot, dialog.confirm_button)

    in_dialog(answer)
    with desk.bot.waitSignal(page.submitted) as asked:
        press(desk.bot, named_button(page, "EU Roaming Pass: test it step by step"))
    command = asked.args[0]
    assert isinstance(command, OpenTicket)
    assert "Restart the telephone: did not help" in command.text
    assert "Seen or heard: No data in Lyon" in command.text
    desk.bot.waitUntil(lambda: trials_from_bytes(session_of(page).drafts["tests"]) == {})


def test_many_lines_are_put_in_groups_and_saved(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = desk.page(ServicesPage, many())
    lines = page.findChild(LinesTable)
    assert lines is not None
    lines.groups.setCurrentIndex(lines.groups.findData("plan"))
    assert page.table.rows.rowCount() == 41
    head = page.table.rows.row_at(0)
    assert head is not None
    assert not head.key
    assert head.cells[0].text.endswith(" · 40 lines")
    plain = page.table.columnWidth(0)
    lines.groups.setCurrentIndex(0)
    assert page.table.columnWidth(0) == plain, "the head of a group takes no room from the columns"
    lines.groups.setCurrentIndex(lines.groups.findData("plan"))
    page.search("worker 7")
    target = tmp_path / "lines.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    press(desk.bot, lines.save_button)
    desk.bot.waitUntil(target.exists)
    rows = target.read_text("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert "Worker 7" in rows[1]


def named_button(page: ServicesPage, name: str) -> QPushButton:
    """The button that a screen reader calls so."""
    return next(found for found in page.findChildren(QPushButton) if found.accessibleName() == name)


@pytest.mark.parametrize("width", [1024, 1144, 1400])
def test_a_plan_is_read_whole_in_the_table_of_lines(desk: Desk, width: int) -> None:
    reader = many()
    reader.the_lines = tuple(
        replace(line, name="Flotte Mobile 2026 Entreprise", term_ends=date(2027, 8, 28)) for line in reader.the_lines
    )
    page = desk.page(ServicesPage, reader)
    page.resize(width, 800)
    table = page.findChild(LinesTable).table
    desk.bot.waitUntil(lambda: table.isVisible() and table.columnWidth(2) >= table.sizeHintForColumn(2))


def test_what_was_charged_before_it_began_is_told_on_services(desk: Desk) -> None:
    first = samples.lines()[0]
    late = replace(first.options[0], since=date(2026, 11, 11), sold=date(2026, 11, 11))
    reader = FakeReader(the_lines=(replace(first, options=(late,)), *samples.lines()[1:]))
    flag = Flag(Oddity.NEVER_ORDERED, samples.bills()[1].id, line_ids=(f"{samples.bills()[1].id}-3",))
    judged = (Judgement(samples.bills()[1].id, (flag,), 9, can_tell=True),)
    reader.judgements = lambda today: judged  # type: ignore[method-assign]
    page = desk.page(ServicesPage, reader)
    assert "By your operator it began on Wed 11 Nov, yet 24 bills charged £146.00 for the time before." in words_on(
        page
    )
