"""Requests on their way as they are shown: plain words, where they stand, and what can be done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from selfcare.domain.commands import (
    AddNote,
    Command,
    GiveNotice,
    OpenTicket,
    RequestCode,
    RequestUnlock,
    SendContact,
    WithdrawNotice,
)
from selfcare.domain.lines import Access, Handset, Line, SimLock
from selfcare.domain.options import PaperState
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.i18n import load_words
from selfcare.viewmodel.facts import Tone
from selfcare.viewmodel.waiting import Deed, WaitingFacts, WaitingView, request_title, waiting_view

WORDS = load_words("en", Path("no-catalogue"))
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)
ZONE = ZoneInfo("Europe/London")
UNLOCK = RequestUnlock("HS-1", "356938035643809", "LN-1")
LINE = Line(
    "LN-1", "Plus", "07700 900123", Access.MOBILE, PaperState.ACTIVE, "", None, "", None, None,
    handset=Handset("HS-1", "Handset 12", "356938035643809", SimLock.LOCKED, "LN-1"),
)  # fmt: skip


def page(*items: Waiting) -> WaitingView:
    return waiting_view(WaitingFacts(ZONE, items, (LINE,)), WORDS, TODAY, NOW)


def asked(state: WaitingState, **more: object) -> Waiting:
    created = more.pop("created", NOW - timedelta(hours=1))
    return Waiting("w1", UNLOCK, state, created, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("command", "title"),
    [
        (OpenTicket("Dead line", "", "Incident"), "Ticket: Dead line"),
        (AddNote("48213", "x"), "Note on the ticket “48213”"),
        (RequestCode("LN-1", "07700 900123", "PAC"), "Ask for the PAC of 07700 900123"),
        (UNLOCK, "Ask to unlock Handset 12 on 07700 900123"),
        (GiveNotice("LN-1", "AG-1", date(2026, 12, 31)), "Give notice: 07700 900123 ends on Thu 31 Dec 2026"),
        (WithdrawNotice("O-1"), "Take notice back"),
    ],
)
def test_each_request_has_plain_words(command: Command, title: str) -> None:
    assert request_title(command, (LINE,), (), WORDS) == title


@pytest.mark.parametrize(
    ("item", "tag", "sentence", "deeds"),
    [
        (
            asked(WaitingState.NEW),
            "kept here, not sent yet",
            "It goes out by itself as soon as",
            [Deed.RETRY, Deed.DROP],
        ),
        (
            asked(WaitingState.NEW, attempts=2),
            "kept here, not sent yet",
            "has not gone through yet; it is tried again by itself",
            [Deed.RETRY, Deed.DROP],
        ),
        (asked(WaitingState.SENDING), "being sent", "on its way", []),
        (asked(WaitingState.UNKNOWN), "being checked", "before it is sent again", [Deed.RETRY]),
        (asked(WaitingState.ACCEPTED, receipt="90"), "accepted", "Accepted, number 90. Not carried out yet.", []),
        (asked(WaitingState.DONE), "done", "by your operator’s own word", []),
        (asked(WaitingState.REJECTED, reason="Too new"), "refused", "Refused by your operator: “Too new”", []),
        (asked(WaitingState.REJECTED), "refused", "which gave no reason", []),
        (asked(WaitingState.ASK, why="expired"), "needs you", "You asked for it on", [Deed.RETRY, Deed.DROP]),
        (
            asked(WaitingState.ASK, why="changed"),
            "needs you",
            "this handset is unlocked already",
            [Deed.LOOK, Deed.RETRY, Deed.DROP],
        ),
        (
            asked(WaitingState.ASK, why="cannotTell"),
            "needs you",
            "Sending it again may do it twice",
            [Deed.RETRY, Deed.DROP],
        ),
        (asked(WaitingState.ASK, why="mismatch"), "needs you", "other than what was asked", [Deed.RETRY, Deed.DROP]),
        (asked(WaitingState.DROPPED), "taken back", "never saw it", []),
    ],
)
def test_every_state_has_its_words_and_deeds(item: Waiting, tag: str, sentence: str, deeds: list[Deed]) -> None:
    view = page(item)
    shown = (*view.open_items, *view.settled)[0]
    assert shown.tag.text == tag
    assert sentence in shown.sentence
    assert [c.deed for c in shown.choices] == deeds


def test_accepted_is_never_done() -> None:
    view = page(asked(WaitingState.ACCEPTED))
    assert view.open_items
    assert not view.settled


def test_what_needs_the_customer_comes_first() -> None:
    view = page(
        Waiting("new", UNLOCK, WaitingState.NEW, NOW),
        Waiting("ask", UNLOCK, WaitingState.ASK, NOW - timedelta(days=9), why="expired"),
    )
    assert [i.id for i in view.open_items] == ["ask", "new"]
    assert view.subtitle == "1 request needs you."


def test_old_settled_requests_leave_the_page() -> None:
    view = page(asked(WaitingState.DONE, created=NOW - timedelta(days=31)))
    assert view.settled == ()
    assert view.nothing is not None


def test_the_note_of_an_unlock_is_shown_with_it() -> None:
    with_note = RequestUnlock("HS-1", "356938035643809", "LN-1", "Sold locked after the ban.")
    shown = page(Waiting("w1", with_note, WaitingState.NEW, NOW)).open_items[0]
    assert shown.text == "Sold locked after the ban."
    assert page(asked(WaitingState.NEW)).open_items[0].text == ""


def test_nothing_asked_is_not_everything_answered() -> None:
    assert page().subtitle == "You have not asked for anything yet."
    assert page(asked(WaitingState.DROPPED)).subtitle == "Nothing is on its way."
    assert page(asked(WaitingState.DONE)).subtitle == "Everything you asked for has an answer."
    old = asked(WaitingState.REJECTED, created=NOW - timedelta(days=31))
    assert page(old).subtitle == "Everything you asked for has an answer."


def test_the_next_try_has_a_clock() -> None:
    facts = {
        f.name: f.value for f in page(asked(WaitingState.NEW, next_try=NOW + timedelta(minutes=5))).open_items[0].facts
    }
    assert facts["Next try"] == "in 5 minutes"
    late = {f.name: f.value for f in page(asked(WaitingState.NEW, next_try=NOW)).open_items[0].facts}
    assert late["Next try"] == "as soon as possible"


SENT = NOW - timedelta(minutes=50)
NOTICE = GiveNotice("LN-1", "AG-1", date(2026, 12, 31))


@pytest.mark.parametrize(
    ("item", "tag", "sentence"),
    [
        (
            Waiting("w1", NOTICE, WaitingState.DROPPED, NOW, sent=SENT, receipt="O-7"),
            "taken back",
            "It is not sent again. If your operator did receive it, it may still be carried out.",
        ),
        (
            Waiting("w1", NOTICE, WaitingState.DROPPED, NOW, receipt="O-7", why="withdrawn"),
            "withdrawn",
            "Withdrawn. Your operator had it as O-7 and cancelled it.",
        ),
        (
            Waiting("w1", NOTICE, WaitingState.DROPPED, NOW, sent=SENT, why="cannotTell"),
            "taken back",
            "It is not sent again. If your operator did receive it, it may still be carried out.",
        ),
        (
            Waiting("w1", NOTICE, WaitingState.DROPPED, NOW, sent=SENT, receipt="O-7", why="mismatch"),
            "taken back",
            "It is not sent again. If your operator did receive it, it may still be carried out.",
        ),
        (
            Waiting("w1", NOTICE, WaitingState.DROPPED, NOW),
            "taken back",
            "You took it back before it was sent. Your operator never saw it.",
        ),
    ],
)
def test_what_the_operator_had_is_never_called_unseen(item: Waiting, tag: str, sentence: str) -> None:
    shown = page(item).settled[0]
    assert (shown.tag.text, shown.sentence) == (tag, sentence)


def test_a_ticket_that_was_received_is_not_called_carried_out() -> None:
    ticket = OpenTicket("Dead line", "No dial tone", "Incident")
    shown = page(Waiting("w1", ticket, WaitingState.DONE, NOW, sent=SENT, receipt="48213")).settled[0]
    assert (shown.tag.text, shown.tag.tone) == ("received", Tone.ACCENT)
    assert shown.sentence == "Your operator has received it as ticket 48213. Follow it under Help."
    bare = page(Waiting("w1", ticket, WaitingState.DONE, NOW, sent=SENT)).settled[0]
    assert bare.sentence == "Your operator has received it. Follow it under Help."


def test_what_has_left_once_is_never_called_unsent_again() -> None:
    again = Waiting("w1", NOTICE, WaitingState.NEW, NOW, attempts=1, sent=SENT)
    shown = page(again).open_items[0]
    assert shown.tag.text == "kept here, to be sent again"
    assert shown.drop_question == (
        "It is not sent again. If your operator did receive it, it may still be carried out."
    )


def test_a_refusal_that_is_still_looked_into_says_what_was_refused_and_why() -> None:
    refused = Waiting("w1", NOTICE, WaitingState.UNKNOWN, NOW, sent=SENT, reason="Not yours.", why="refused")
    sentence = page(refused).open_items[0].sentence
    assert sentence.startswith("Refused by your operator: “Not yours.”")
    assert "no clear answer" not in sentence


def test_what_was_taken_without_a_number_is_not_called_unanswered() -> None:
    taken = Waiting("w1", NOTICE, WaitingState.UNKNOWN, NOW, sent=SENT, why="taken")
    assert page(taken).open_items[0].sentence.startswith("Your operator took it without giving it a number.")


def test_what_is_found_by_what_it_says_is_not_called_sent_once_at_most() -> None:
    contact = SendContact("C-1", "phone", False, NOW, None, "x")
    assert page(Waiting("w1", contact, WaitingState.NEW, NOW)).open_items[0].caution == ""


@pytest.mark.parametrize(
    ("minutes", "tag"), [(0, "being sent"), (4, "being sent"), (6, "being checked"), (-60, "being checked")]
)
def test_nothing_is_on_its_way_for_longer_than_an_answer_may_take(minutes: int, tag: str) -> None:
    """Its answer came, and the disk was full."""
    (item,) = page(asked(WaitingState.SENDING, attempts=1, tried=NOW - timedelta(minutes=minutes))).open_items
    assert item.tag.text == tag
    assert ("on its way" in item.sentence) is (tag == "being sent")


@pytest.mark.parametrize("sent", [None, NOW])
def test_what_an_older_copy_may_have_sent_is_not_said_never_to_have_left(sent: datetime | None) -> None:
    (item,) = page(asked(WaitingState.ASK, why="copy", sent=sent)).open_items
    assert "may have been sent already" in item.sentence
    assert "never" not in item.drop_question
    (gone,) = page(asked(WaitingState.DROPPED, why="copy", sent=sent)).settled
    assert "never" not in gone.sentence
