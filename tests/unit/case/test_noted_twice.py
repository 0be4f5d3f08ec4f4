"""What the customer noted twice of one promise counts once; two promises stay two."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from selfcare.case.deadlines import Term, Unit
from selfcare.case.notebook import Notebook, Noted, Outcome, Way, Word
from selfcare.case.promises import PromiseSource, PromiseState, newly_missed, promises_from, record_of
from selfcare.domain.records import replace
from selfcare.domain.tickets import EntityRef, Ticket, TicketState

LONDON = ZoneInfo("Europe/London")
SAID = datetime(2026, 11, 9, 9, 42, tzinfo=UTC)
DUE = datetime(2026, 11, 12, 15, 0, tzinfo=UTC)
DAY = datetime(2026, 11, 12, 23, 59, 59, tzinfo=UTC)
LATER = DAY + timedelta(days=4)
TICKET = (EntityRef("TroubleTicket", "T-1", "about"),)
LINE = (EntityRef("Product", "P-1", "about"),)


def word(id_: str, said: str = "calls back by Thursday", **more: object) -> Word:
    made = Word(id_, f"C-{id_}", "Priya", "call", said, SAID, Term(Unit.MOMENT, 0, DUE), DUE)
    return replace(made, **more)


def noted(*told: Word) -> Notebook:
    contacts = {one.contact_id: Noted(one.contact_id, Way.PHONE, True, one.given, one.given) for one in told}
    return Notebook(contacts=tuple(contacts.values()), words=told)


SAME = [
    (word("1"), word("2")),
    (word("1", "we call you back within 72 hours"), word("2", "Call back in 72 hours")),
    (word("1", "rappelle jeudi au plus tard"), word("2", "On vous rappelle avant jeudi soir")),
    (word("1", "calls back"), word("2", "calls back about the bill", given=SAID + timedelta(hours=3))),
    (word("1"), word("2", "calls back on Thursday", due=DAY)),
    (word("1", who="Priya"), word("2", who="priya (level 2)")),
    (word("1", who="", about=TICKET), word("2", who="Sam", about=TICKET)),
    (word("1", about=LINE), word("2", who="", about=LINE)),
    (word("1", "technician comes Thursday", what="visit", about=LINE),
     word("2", "the technician comes on Thursday", what="visit", who="Sam", about=LINE, due=DAY)),
    (word("1", "refund of £20 by Thursday", what="refund"), word("2", "refund by Thursday", what="refund")),
    (word("1", who=""), word("2", who="", contact_id="C-1", given=SAID + timedelta(minutes=8))),
    (word("1", who=""), word("2", who="")),
    (word("1", "sends a new router", what="other"), word("2", "again: he sends a new router by Thursday", what="other",
     about=LINE)),
]  # fmt: skip
APART = [
    (word("1"), word("2", due=DUE + timedelta(minutes=61))),
    (word("1"), word("2", what="visit")),
    (word("1"), word("2", who="Sam")),
    (word("1", about=LINE), word("2", who="Sam", about=LINE)),
    (word("1", about=TICKET), word("2", about=LINE)),
    (word("1", about=(EntityRef("Leaving", "", "about"),)), word("2", about=(EntityRef("Holder", "", "about"),))),
    (word("1", who=""), word("2", who="", given=SAID + timedelta(minutes=20))),
    (word("1", "calls back about the bill"), word("2", "calls back about the fault")),
    (word("1", "refund of £20 by Thursday", what="refund"), word("2", "refund of £35 by Thursday", what="refund")),
    (word("1", "unlocks my phone", what="unlock"), word("2", "unlocks the phone of Nora", what="unlock")),
    (word("1", "on Thursday", what="other"), word("2", "on Thursday", what="other")),
    (word("1", "technician comes at 9", what="visit"), word("2", "technician comes at 15", what="visit",
     due=DUE + timedelta(hours=2))),
]  # fmt: skip


@pytest.mark.parametrize("told", SAME)
def test_what_was_said_twice_is_one_promise(told: tuple[Word, Word]) -> None:
    for both in (told, told[::-1]):
        (one,) = promises_from([], [], [], LATER, noted(*both), LONDON)
        assert {one.source_id, *(other.source_id for other in one.also)} == {"1", "2"}
        assert one.due == max(each.due for each in told if each.due is not None)
        assert record_of([one], LATER).missed == 1


@pytest.mark.parametrize("told", APART)
def test_two_promises_stay_two(told: tuple[Word, Word]) -> None:
    for both in (told, told[::-1]):
        assert [one.also for one in promises_from([], [], [], LATER, noted(*both), LONDON)] == [(), ()]


def test_three_notes_are_one_only_where_each_is_every_other() -> None:
    plain, bill, fault = word("1", "calls back"), word("2", "calls back about the bill"), word("3", "call, the fault")
    found = promises_from([], [], [], LATER, noted(plain, bill, fault), LONDON)
    assert sorted(len(one.also) for one in found) == [0, 1]
    (one,) = promises_from([], [], [], LATER, noted(word("1"), word("2"), word("3")), LONDON)
    assert len(one.also) == 2


def test_what_the_customer_says_of_one_of_them_holds_for_both() -> None:
    kept = word("1", outcome=Outcome.KEPT, ended=DUE - timedelta(hours=2))
    (one,) = promises_from([], [], [], LATER, noted(kept, word("2", due=DAY)), LONDON)
    assert (one.state, one.ended, one.noted and one.noted.source_id) == (PromiseState.KEPT, kept.ended, "1")
    later = DUE + timedelta(days=1)
    moved = word("1", due=later, earlier=(DUE,), moved=((DUE, SAID + timedelta(hours=1)),))
    found = promises_from([], [], [], LATER, noted(moved, word("2", due=DAY)), LONDON)
    assert [(one.due, one.state, len(one.also)) for one in found] == [
        (DUE, PromiseState.MOVED, 1), (later, PromiseState.MISSED, 0),
    ]  # fmt: skip


def test_what_a_ticket_and_two_notes_tell_is_one_promise_and_raised_once() -> None:
    told = Ticket("T-1", "No dial tone", "", "Incident", "", TicketState.IN_PROGRESS, "", SAID, SAID, None, call_by=DUE)
    both = noted(word("1", about=TICKET), word("2", "calls by Thursday"))
    (one,) = promises_from([told], [], [], LATER, both, LONDON)
    assert (one.source, {each.source_id for each in one.also}) == (PromiseSource.TICKET, {"1", "2"})
    assert all(not each.also for each in one.also)
    (alone,) = promises_from([], [], [], LATER, noted(word("1")), LONDON)
    assert newly_missed([one], ()) == (one,)
    assert newly_missed([one], (alone.key,)) == ()
