"""The case file as it is shown: totals, promises with their clocks, and contacts and messages in order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from selfcare.case.contacts import merged, totals_of
from selfcare.domain.contacts import Contact, Message
from selfcare.domain.freshness import Freshness
from selfcare.domain.tickets import Ticket, TicketState
from selfcare.domain.topics import Topic
from selfcare.i18n import load_words
from selfcare.viewmodel.case_file import MOST_PROMISES, CaseFacts, CaseFileView, case_file_view
from tests import samples

WORDS = load_words("en", Path("no-catalogue"))
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)
ZONE = ZoneInfo("Europe/London")


def contact(**changes: object) -> Contact:
    started = NOW - timedelta(days=2)
    made = Contact("PI-1", "Call", "No data", True, "phone", "Marc", started, started + timedelta(minutes=40))
    return replace(made, **changes)  # type: ignore[arg-type]


def ticket(**changes: object) -> Ticket:
    made = Ticket(
        "48213", "No data", "", "Incident", "Major", TicketState.IN_PROGRESS, "", NOW - timedelta(days=5), None,
        promised=NOW - timedelta(days=2),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def page(**facts: object) -> CaseFileView:
    return case_file_view(CaseFacts(ZONE, **facts), WORDS, TODAY, NOW)  # type: ignore[arg-type]


def test_only_time_that_really_passed_is_counted() -> None:
    backwards = contact(id="3", ended=NOW - timedelta(days=3))
    later = contact(id="2", started=NOW - timedelta(days=1), ended=NOW - timedelta(days=1) + timedelta(minutes=40))
    listed = (contact(), later, backwards, contact(id="4", ended=None))
    assert totals_of(merged((), listed)).spent == timedelta(minutes=80)
    assert totals_of(merged((), (contact(), contact(id="2")))).spent == timedelta(minutes=40), "the same 40 minutes"


def test_people_are_counted_once_by_name() -> None:
    listed = (contact(), contact(id="2", agent=" marc "), contact(id="3", agent="Ines"), contact(id="4", agent=""))
    assert totals_of(merged((), listed)).people == 2


def test_a_missed_promise_comes_first_with_its_length() -> None:
    kept = ticket(id="2", state=TicketState.CLOSED, resolved=NOW - timedelta(days=3))
    view = page(tickets=(kept, ticket()))
    assert [p.tag.text for p in view.promises] == ["missed", "kept"]
    assert view.promises[0].sentence == "Was due Thu 19 Nov, 10:42, 48 hours ago."
    assert view.promises[0].target == "help/ticket/48213"
    figures = {t.label: t.figure for t in view.totals}
    assert (figures["promise missed"], figures["promise kept"], figures["promises open"]) == ("1", "1", "0")


def test_contacts_and_messages_stand_in_one_line_of_time() -> None:
    message = Message("CM-1", "sms", "", "Prices <b>rise</b>", NOW - timedelta(days=1))
    view = page(contacts=(contact(), contact(id="PI-2", started=None, ended=None)), messages=(message,))
    assert [e.kind for e in view.entries] == ["message", "contact", "contact"]
    assert view.entries[0].title == "Message from your operator"
    assert view.entries[0].quote == "“Prices <b>rise</b>”"
    assert view.entries[1].text == "You, by phone · with Marc · 40 minutes"
    assert view.entries[2].when == "day not stated"


def test_a_day_begins_its_line_with_a_capital_where_the_language_writes_it_small() -> None:
    facts = CaseFacts(ZONE, contacts=(contact(),))
    assert case_file_view(facts, samples.words("fr"), TODAY, NOW).entries[0].when == "Jeu. 19 nov."


def test_a_message_that_is_only_planned_is_not_told_as_sent() -> None:
    (entry,) = page(messages=(Message("CM-1", "sms", "", "Prices rise", None, "initial"),)).entries
    assert (entry.when, entry.text) == (
        "day not stated",
        "Your operator, by SMS · not sent yet, or not at all: “initial”",
    )


@pytest.mark.parametrize(
    ("channel", "said"), [("shop", "You, in a shop"), ("Visit", "You, at home"), ("letter", "You, by letter")]
)
def test_where_people_met_is_no_channel(channel: str, said: str) -> None:
    (entry,) = page(contacts=(contact(channel=channel),)).entries
    assert entry.text.startswith(said)


def test_an_operator_without_a_log_is_not_an_empty_log() -> None:
    view = page(freshness=(Freshness(Topic.CONTACTS, offered=False),))
    assert view.absence is not None
    assert view.absence.kind == "notOffered"
    assert view.totals == ()


CARRIERS = (Topic.TICKETS, Topic.ORDERS, Topic.PROBLEMS)


def test_no_promise_shown_says_why() -> None:
    read = tuple(Freshness(t, seen=NOW) for t in CARRIERS)
    gone = tuple(Freshness(t, offered=False) for t in CARRIERS)
    assert page(freshness=read).no_promises == "No promise with a date is known."
    assert page().no_promises == "Not everything that may state a promise has been read yet."
    assert page(freshness=(*read[:2], Freshness(Topic.PROBLEMS))).no_promises == page().no_promises
    assert page(freshness=gone).no_promises.endswith("That does not mean that none was made.")
    assert page(freshness=(gone[0], *read[1:])).no_promises.endswith("does not offer all that may state one.")


def test_promises_that_nobody_read_are_not_counted_as_none() -> None:
    listed = Freshness(Topic.CONTACTS, seen=NOW)
    unread = page(freshness=(listed, Freshness(Topic.TICKETS)))
    assert "promises open" not in {t.label for t in unread.totals}
    read = page(freshness=(listed, Freshness(Topic.TICKETS, seen=NOW)))
    assert {t.label: t.figure for t in read.totals}["promises open"] == "0"


def test_what_is_not_listed_is_not_counted_as_none() -> None:
    view = page(freshness=(Freshness(Topic.CONTACTS, offered=False),), tickets=(ticket(),))
    assert "contacts" not in {t.label for t in view.totals}
    listed = page(freshness=(Freshness(Topic.CONTACTS, seen=NOW),))
    assert {t.label: t.figure for t in listed.totals}["contacts"] == "0"


def test_what_is_no_longer_listed_says_so() -> None:
    message = Message("M-1", "email", "Your bill", "It is here.", NOW, no_longer_listed=True)
    view = page(
        contacts=(contact(id="2"), contact(no_longer_listed=True, started=NOW - timedelta(days=4))), messages=(message,)
    )
    said = [entry.text.endswith("no longer listed by your operator, kept here") for entry in view.entries]
    assert said == [True, False, True]
    promise = page(tickets=(ticket(no_longer_listed=True),)).promises[0]
    assert (promise.tag.text, promise.is_missed) == ("not listed any more", False)
    assert promise.sentence.startswith("Was due Thu 19 Nov, 10:42. Your operator no longer lists the ticket")


def test_very_many_missed_promises_leave_the_open_ones_on_the_page() -> None:
    missed = tuple(
        ticket(id=f"M-{n}", created=NOW - timedelta(days=400), promised=NOW - timedelta(days=1 + n % 90))
        for n in range(MOST_PROMISES + 50)
    )
    still = tuple(ticket(id=f"O-{n}", promised=NOW + timedelta(days=1 + n)) for n in range(13))
    shown = page(tickets=(*missed, *still)).promises
    assert len(shown) == MOST_PROMISES
    assert sum(row.tag.text == "open" for row in shown) == 13, {row.tag.text for row in shown}
