"""The days that count in a calendar: open promises, the complaint's days to come, notice; the same entry each time."""

from __future__ import annotations

from datetime import date, timedelta

import icalendar
from case_desk import BOOK, COMPLAINT, MISSED, case_facts

from selfcare.case.promises import promises_from
from selfcare.domain.contract import Contract
from selfcare.domain.records import replace
from selfcare.paper.calendar_file import calendar_file
from selfcare.viewmodel.case_calendar import Whom, contract_events, ladder_events, promise_events
from tests import samples
from tests.samples import NOW, TODAY

WORDS = samples.words()
WHOM = Whom("account", "Orvane Mobile")


def test_only_what_is_still_open_stands_in_the_calendar() -> None:
    coming = replace(MISSED, id="W-9", due=NOW + timedelta(hours=5))
    promises = promises_from([], [], [], NOW, replace(BOOK, words=(MISSED, coming)))
    (event,) = promise_events(promises, WHOM, WORDS)
    assert event.title == "Promised until now: A call back, promised by Marc Dubois (Orvane Mobile)"
    assert (event.starts, event.text) == (NOW + timedelta(hours=5), "“calls back within 72 hours”")
    assert promise_events(promises, WHOM, WORDS)[0].uid == event.uid
    moved = replace(coming, due=NOW + timedelta(days=2), earlier=(NOW + timedelta(hours=5),))
    later = promise_events(promises_from([], [], [], NOW, replace(BOOK, words=(moved,))), WHOM, WORDS)
    assert [(e.uid, e.starts) for e in later] == [(event.uid, moved.due)], "a date that moves keeps its entry"
    assert promise_events(promises, Whom("other", ""), WORDS)[0].uid != event.uid


def test_the_days_of_the_complaint_that_are_to_come() -> None:
    early = replace(BOOK, complaint=replace(COMPLAINT, first=date(2026, 11, 20)))
    events = ladder_events(case_facts(early), WHOM, WORDS, TODAY)
    told = {event.title: (event.starts, event.text) for event in events}
    scheme = "Open from today: The ombudsman scheme, free (Orvane Mobile)"
    assert told[scheme] == (date(2027, 1, 1), "")
    assert all(isinstance(day, date) and day >= TODAY for day, _text in told.values())
    court = next(text for title, (_day, text) in told.items() if "A court" in title)
    assert court == "Not certain; to be checked."
    assert ladder_events(case_facts(replace(BOOK, complaint=replace(COMPLAINT, first=None))), WHOM, WORDS, TODAY) == ()


def test_notice_and_the_end_of_the_commitment_while_they_are_to_come() -> None:
    contract = Contract("C", "Unlimited", "C-1", "", None, date(2027, 2, 1), notice=(30, "day"))
    events = contract_events([contract, replace(contract, id="D", no_longer_listed=True)], WHOM, WORDS, TODAY)
    assert [(e.title.split(":")[0], e.starts) for e in events] == [
        ("Last day for notice", date(2027, 1, 2)), ("The commitment ends", date(2027, 2, 1))
    ]  # fmt: skip
    assert contract_events([contract], WHOM, WORDS, date(2027, 3, 1)) == ()
    written = icalendar.Calendar.from_ical(calendar_file(events, NOW))
    assert len(written.walk("VEVENT")) == 2
