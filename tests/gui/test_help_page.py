"""The Help page under somebody's hands: lists, a ticket and its note, a new ticket, known problems, desks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from selfcare.domain.commands import AddNote, OpenTicket
from selfcare.domain.failures import Offline, ServerTrouble, SignedOut
from selfcare.domain.freshness import Freshness
from selfcare.domain.tickets import FOLLOWS, Note, TicketState
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import Waiting, WaitingState, lay_over_tickets
from selfcare.ui.pages import letter_dialog
from selfcare.ui.pages.help import HelpPage
from selfcare.ui.pages.ticket import TicketDetail
from selfcare.ui.pages.ticket_dialog import TicketDialog
from selfcare.ui.widgets.tag import Tag
from tests import samples
from tests.gui.desk import Desk, button, check_reachable, in_dialog, press, session_of, words_on
from tests.readers import FakeReader


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


def detail(page: HelpPage) -> TicketDetail:
    found = page.findChildren(TicketDetail)[-1]
    assert isinstance(found, TicketDetail)
    return found


def test_tickets_problems_and_desks_are_on_one_page(desk: Desk) -> None:
    page = desk.page(HelpPage)
    shown = words_on(page)
    for words in (
        "promise missed 48 hours ago",
        "EU Roaming Pass does not work",
        "Mobile data, Leeds city centre",
        "yours",
        "opens Mon 23 Nov 08:00, in 45 hours",
        "open now",
        "PO Box 400",
    ):
        assert words in shown
    check_reachable(page)


def test_a_ticket_opens_shows_its_course_and_takes_a_note(desk: Desk) -> None:
    page = desk.page(HelpPage)
    press(desk.bot, button(page, "Open the ticket"))
    shown = words_on(page)
    assert "Promised, and missed" in shown
    assert "“Level 2 calls you back within 72 hours.”" in shown
    assert "Known problem behind it" in shown
    ticket = detail(page)
    top = min(tag.mapTo(ticket, QPoint()).y() for tag in ticket.findChildren(Tag))
    title = next(label for label in ticket.findChildren(QLabel) if label.text() == samples.tickets()[0].title)
    assert title.mapTo(ticket, QPoint(0, title.height())).y() <= top, "its tags stand below its title"
    assert not ticket.add_button.isEnabled()
    ticket.field.setPlainText("  Nobody called.  ")
    with desk.bot.waitSignal(page.submitted) as asked:
        press(desk.bot, ticket.add_button)
    assert asked.args[0] == AddNote("48213", "Nobody called.")
    check_reachable(page)


def test_a_half_written_note_survives_a_refresh_and_a_look_elsewhere(desk: Desk) -> None:
    page = desk.page(HelpPage)
    page.open_at("ticket/48213")
    detail(page).field.setPlainText("Half a sen")
    with desk.bot.waitSignal(page.found):
        page.changed({Topic.TICKETS})
    assert detail(page).note() == "Half a sen"
    page.open_at("problem/SP-9")
    page.open_at("ticket/48213")
    assert detail(page).note() == "Half a sen"


def test_esc_leads_back_to_the_lists(desk: Desk) -> None:
    page = desk.page(HelpPage)
    page.open_at("problem/SP-9")
    assert "What your operator noted" in words_on(page)
    assert page.go_back()
    assert "Who to reach" in words_on(page)
    assert not page.go_back()


@pytest.mark.parametrize("target", ["problem/SP-9", "ticket/48213"])
def test_the_keyboard_goes_back_to_what_was_opened(desk: Desk, target: str) -> None:
    page = desk.page(HelpPage)
    page.open_at(target)
    assert page.go_back()
    focused = page.focusWidget()
    assert focused is not None
    assert focused.objectName() == f"open:{target.partition('/')[2]}"


def test_it_is_seen_that_it_is_my_turn(desk: Desk) -> None:
    asking = replace(samples.tickets()[0], state=TicketState.PENDING, state_reason="Waiting for the customer")
    page = desk.page(HelpPage, FakeReader(the_tickets=(asking,)))
    page.open_at(f"ticket/{asking.id}")
    said = [label for label in page.findChildren(QLabel) if label.text().startswith("Your turn")]
    assert [label.property("tone") for label in said] == ["warn", "warn"], "in the list and on its own page"


def test_an_unknown_ticket_leads_to_the_lists(desk: Desk) -> None:
    page = desk.page(HelpPage)
    page.open_at("ticket/nothing")
    assert "Who to reach" in words_on(page)


def test_a_new_ticket_follows_its_subject(desk: Desk) -> None:
    page = desk.page(HelpPage)

    def send(dialog: QDialog) -> None:
        assert isinstance(dialog, TicketDialog)
        check_reachable(dialog)
        dialog.subject.setCurrentIndex(dialog.subject.findData("OP-1"))
        assert dialog.title_field.text() == "EU Roaming Pass on 07700 900123 does not work"
        dialog.kind.setCurrentIndex(dialog.kind.findData("Bill Dispute"))
        press(desk.bot, dialog.confirm_button)

    in_dialog(send)
    with desk.bot.waitSignal(page.submitted) as asked:
        press(desk.bot, button(page, "Report something"))
    command = asked.args[0]
    assert isinstance(command, OpenTicket)
    assert command.ticket_type == "Bill Dispute"
    assert ("Product", "OP-1") in {(ref.kind, ref.id) for ref in command.about}


def test_an_own_title_is_kept_when_the_subject_changes(desk: Desk) -> None:
    page = desk.page(HelpPage)

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, TicketDialog)
        assert dialog.subject.currentIndex() == 0
        dialog.title_field.setText("")
        desk.bot.keyClicks(dialog.title_field, "My own words")
        dialog.subject.setCurrentIndex(2)
        assert dialog.title_field.text() == "My own words"
        dialog.reject()

    in_dialog(look)
    press(desk.bot, button(page, "Report something"))


def test_a_ticket_not_sent_yet_is_shown_as_such(desk: Desk) -> None:
    asked = Waiting("w1", OpenTicket("Dead line", "", "Incident"), WaitingState.NEW, samples.NOW)
    tickets = lay_over_tickets(samples.tickets(), (asked,))
    page = desk.page(HelpPage, FakeReader(the_tickets=tickets, the_waiting=(asked,)))
    assert "kept here, not sent yet" in words_on(page)
    page.open_at("ticket/waiting:w1")
    assert not detail(page).field.isEnabled()


def test_a_refused_ticket_shows_the_reason_in_the_list_too(desk: Desk) -> None:
    ticket = replace(samples.tickets()[0], state=TicketState.REJECTED, state_reason="Not a fault of ours.")
    page = desk.page(HelpPage, FakeReader(the_tickets=(ticket,)))
    shown = words_on(page)
    assert "No open ticket." in shown
    assert "refused" in shown
    assert "Refused by your operator: “Not a fault of ours.”" in shown


def test_server_text_is_shown_as_it_is(desk: Desk) -> None:
    nasty = Note("<b>Marc</b>", samples.NOW, "<a href='x'>click</a>\u202e")
    ticket = replace(samples.tickets()[0], title="<h1>Big</h1>", notes=(nasty,))
    page = desk.page(HelpPage, FakeReader(the_tickets=(ticket,)))
    page.open_at("ticket/48213")
    shown = words_on(page)
    assert "<h1>Big</h1>" in shown
    assert "<a href='x'>click</a>\ufffd" in shown
    check_reachable(page)


def test_each_part_says_why_it_is_empty(desk: Desk) -> None:
    seen = {Topic.PROBLEMS: Freshness(Topic.PROBLEMS, offered=False), Topic.SUPPORT: Freshness(Topic.SUPPORT)}
    page = desk.page(HelpPage, FakeReader(the_tickets=(), the_problems=(), the_support=None, the_freshness=seen))
    shown = words_on(page)
    for words in ("No tickets", "Your operator does not offer this here", "Not read yet"):
        assert words in shown


def test_where_no_tickets_are_taken_none_can_be_written(desk: Desk) -> None:
    seen = {Topic.TICKETS: Freshness(Topic.TICKETS, offered=False)}
    page = desk.page(HelpPage, FakeReader(the_tickets=(), the_freshness=seen))
    assert not button(page, "Report something").isEnabled()


def test_the_last_good_page_stays_when_reading_failed_or_offline(desk: Desk) -> None:
    failed = {Topic.TICKETS: Freshness(Topic.TICKETS, samples.SEEN, samples.NOW, ServerTrouble(503))}
    page = desk.page(HelpPage, FakeReader(the_freshness=failed))
    assert "EU Roaming Pass does not work" in words_on(page)
    assert "503" in words_on(page)
    offline = {Topic.TICKETS: Freshness(Topic.TICKETS, samples.SEEN, samples.NOW, Offline())}
    page = desk.page(HelpPage, FakeReader(the_freshness=offline))
    assert page.age.is_offline
    assert "EU Roaming Pass does not work" in words_on(page)


def test_a_thousand_tickets_are_listed_at_once(desk: Desk) -> None:
    first = samples.tickets()[0]
    tickets = tuple(replace(first, id=f"T-{n}", title=f"Ticket {n}") for n in range(1000))
    page = desk.page(HelpPage, FakeReader(the_tickets=tickets))
    assert "1,000 open tickets" in words_on(page)
    assert "All others" in words_on(page)
    assert "Finished, or not listed any more" not in words_on(page), "those in the table are open"
    page.open_at("ticket/T-777")
    assert "Ticket 777" in words_on(page)


def test_the_keyboard_stays_where_it_was_when_the_page_is_built_anew(desk: Desk) -> None:
    page = desk.page(HelpPage)
    page.activateWindow()
    press_here = button(page, "Open the ticket")
    press_here.setFocus()
    session_of(page).reader.the_problems = ()
    with desk.bot.waitSignal(page.found):
        page.changed({Topic.PROBLEMS})
    again = button(page, "Open the ticket")
    assert again is not press_here
    assert page.focusWidget() is again


def test_nothing_is_built_anew_when_nothing_changed(desk: Desk) -> None:
    page = desk.page(HelpPage)
    before = button(page, "Open the ticket")
    with desk.bot.waitSignal(page.found):
        page.changed({Topic.TICKETS})
    assert button(page, "Open the ticket") is before


def test_the_same_trouble_is_recognised_and_may_be_added_to_the_ticket_that_is_there(desk: Desk) -> None:
    page = desk.page(HelpPage)

    def join(dialog: QDialog) -> None:
        assert isinstance(dialog, TicketDialog)
        dialog.title_field.setText("Something quite different")
        dialog.subject.setCurrentIndex(dialog.subject.findData(""))
        assert dialog.join_button.isHidden()
        dialog.title_field.setText("EU Roaming Pass does not work")
        dialog.text_field.setPlainText("Still dead, <b>as told</b>.")
        assert "Ticket 48213" in words_on(dialog)
        check_reachable(dialog)
        press(desk.bot, dialog.join_button)

    in_dialog(join)
    with desk.bot.waitSignal(page.submitted) as asked:
        press(desk.bot, button(page, "Report something"))
    assert asked.args[0] == AddNote("48213", "EU Roaming Pass does not work\n\nStill dead, <b>as told</b>.")


def test_a_closed_ticket_is_contested_with_a_ticket_that_names_it(desk: Desk) -> None:
    closed = replace(samples.tickets()[0], state=TicketState.CLOSED, state_word="closed")
    page = desk.page(HelpPage, FakeReader(the_tickets=(closed,)))
    page.open_at("ticket/48213")
    check_reachable(page)

    def send(dialog: QDialog) -> None:
        assert isinstance(dialog, TicketDialog)
        assert dialog.join_button.isHidden()
        press(desk.bot, dialog.confirm_button)

    in_dialog(send)
    with desk.bot.waitSignal(page.submitted) as asked:
        press(desk.bot, detail(page).contest_button)
    command = asked.args[0]
    assert isinstance(command, OpenTicket)
    assert command.title.startswith("Not fixed: ")
    assert ("TroubleTicket", "48213", FOLLOWS) in {(ref.kind, ref.id, ref.role) for ref in command.about}


def test_where_no_tickets_are_taken_nothing_can_be_contested(desk: Desk) -> None:
    closed = replace(samples.tickets()[0], state=TicketState.CLOSED, state_word="closed")
    seen = {Topic.TICKETS: Freshness(Topic.TICKETS, offered=False)}
    page = desk.page(HelpPage, FakeReader(the_tickets=(closed,), the_freshness=seen))
    page.open_at("ticket/48213")
    assert "It is not fixed…" not in words_on(page)


def test_a_letter_is_written_from_here(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = desk.page(HelpPage)
    opened: list[object] = []
    monkeypatch.setattr(letter_dialog.LetterDialog, "open", lambda shown: opened.append(shown))
    press(desk.bot, button(page, "Write a letter…"))
    desk.bot.waitUntil(lambda: bool(opened), timeout=20000)


def test_signed_out_it_leads_to_what_is_published_for_everybody(desk: Desk) -> None:
    profile = samples.profile()
    entry = profile.apis["TMF656"]
    assert entry is not None
    opened = replace(profile, apis={**profile.apis, "TMF656": replace(entry, is_open=True)})
    page = desk.page(HelpPage, FakeReader(), opened)
    assert "without signing in" not in words_on(page)
    page.context.is_signed_out = True
    with desk.bot.waitSignal(page.found):
        page.reload()
    with desk.bot.waitSignal(page.open_list_wanted):
        press(desk.bot, button(page, "Read that list without signing in"))
    check_reachable(page)


def test_an_ended_session_leads_there_too_but_only_where_there_is_such_a_list(desk: Desk) -> None:
    cut_off = FakeReader(the_freshness={Topic.PROBLEMS: Freshness(Topic.PROBLEMS, failure=SignedOut())})
    page = desk.page(HelpPage, cut_off)
    assert "without signing in" not in words_on(page)
