"""How a promise stands is said in words that nobody can contradict: since when it was done, and who moved it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from selfcare.case.deadlines import Term, Unit
from selfcare.case.notebook import Notebook, Outcome, Word, with_word
from selfcare.case.promises import Promise, promises_from, record_of
from selfcare.domain.records import replace
from selfcare.domain.tickets import StateChange, Ticket, TicketState
from selfcare.i18n import Words
from selfcare.viewmodel.case_noting import moved, settled
from selfcare.viewmodel.case_promises import promise_row, record_sentence
from selfcare.viewmodel.facts import Tone
from selfcare.viewmodel.ticket_story import story_facts, ticket_picture
from selfcare.viewmodel.tickets import Mark, ticket_view
from tests import samples
from tests.samples import words

PARIS = ZoneInfo("Europe/Paris")
BORN = datetime(2026, 11, 16, 12, tzinfo=PARIS)
DUE = datetime(2026, 11, 21, 12, tzinfo=PARIS)
NOW = datetime(2026, 11, 26, 12, tzinfo=PARIS)
CLOSED = DUE + timedelta(days=4)
DONE = Ticket(
    "T1", "No data", "x", "incident", "major", TicketState.CLOSED, "closed", BORN, CLOSED, DUE,
    course=(
        StateChange(TicketState.RESOLVED, "resolved", DUE - timedelta(days=1)),
        StateChange(TicketState.CLOSED, "closed", CLOSED),
    ),
)  # fmt: skip
TOUCHED = Ticket("T1", "No data", "x", "incident", "major", TicketState.CLOSED, "closed", BORN, CLOSED, DUE)


def said(found: tuple[Promise, ...], language: Words) -> list[tuple[str, str]]:
    rows = [promise_row(one, language, NOW.date(), NOW, PARIS) for one in sorted(found, key=lambda one: one.due)]
    return [(row.tag.text, row.sentence) for row in rows]


def test_what_was_solved_in_time_and_closed_later_is_told_as_kept_everywhere() -> None:
    found = promises_from([DONE], [], [], NOW)
    assert said(found, words()) == [("kept", "Was due Sat 21 Nov, 12:00.")]
    assert record_of(found, NOW).missed == 0
    facts = {fact.name: fact.value for fact in story_facts(DONE, words(), NOW.date(), NOW, PARIS)}
    assert facts["Against the promise"] == "24 hours sooner than promised"
    picture = ticket_picture(DONE, words(), NOW.date(), NOW, PARIS)
    assert picture is not None
    assert {mark.tone for mark in picture.marks if mark.label == "Promised"} == {Tone.ACCENT}
    view = ticket_view(DONE, (), words(), NOW.date(), NOW, PARIS)
    assert "Promised, and missed" not in [step.title for step in view.course]


def test_a_last_touch_is_never_told_as_the_end() -> None:
    found = promises_from([TOUCHED], [], [], NOW)
    ((tag, sentence),) = said(found, words())
    assert tag == "not known"
    assert sentence.endswith("your operator does not say since when, so nobody can see whether it was kept.")
    assert record_sentence(record_of(found, NOW), "Orvane", words()) == ""
    assert "4 days" not in " ".join(f.value for f in story_facts(TOUCHED, words(), NOW.date(), NOW, PARIS))
    told = promises_from([TOUCHED], [], [], NOW, Notebook(told=(found[0].key,)))
    assert said(told, words()) == [
        ("missed", "Was due Sat 21 Nov, 12:00 and was not done by then; your operator does not say when it was.")
    ]
    record = record_sentence(record_of(told, NOW), "Orvane", words())
    assert record == "Orvane missed the promise whose day has come."


@pytest.mark.parametrize("ticket", [DONE, TOUCHED])
def test_a_french_reader_is_told_the_same(ticket: Ticket) -> None:
    ((_tag, sentence),) = said(promises_from([ticket], [], [], NOW), words("fr"))
    assert sentence.startswith("Échéance le sam. 21 nov.")
    assert "retard" not in sentence


def agreed(day: date, at: datetime) -> Notebook:
    """A visit noted for the 21st, for which another date is noted."""
    word = Word("W1", "", "Karim", "visit", "on Saturday", BORN, Term(Unit.WEEKDAY, 5), DUE)
    book = with_word(Notebook(), word)
    later = with_word(book, moved(word, day, PARIS, at))
    return with_word(later, settled(later.words[0], Outcome.KEPT, datetime(2026, 11, day.day, 10, tzinfo=PARIS)))


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2026, 11, 25)])
def test_a_date_that_was_agreed_anew_before_it_came_is_told_as_moved_and_not_as_missed(day: date) -> None:
    found = promises_from([], [], [], NOW, agreed(day, DUE - timedelta(days=2)))
    sentence = "Was due Sat 21 Nov, 12:00; you noted another date before it came. A new date was named in its place: "
    rows = dict(said(found, words()))
    assert rows["moved"].startswith(sentence)
    assert "kept" in rows
    record = record_sentence(record_of(found, NOW), "Orvane", words())
    assert record == "Orvane kept the promise whose day has come. 1 date was replaced before it came."


def test_a_date_that_was_agreed_anew_after_it_had_passed_was_missed() -> None:
    found = promises_from([], [], [], NOW, agreed(date(2026, 11, 25), DUE + timedelta(hours=1)))
    assert [tag for tag, _sentence in said(found, words())] == ["missed", "kept"]


def test_a_ticket_tells_a_date_moved_before_it_came_as_that_on_its_course() -> None:
    later = NOW + timedelta(days=4)
    ticket = Ticket(
        "T1", "No data", "x", "incident", "major", TicketState.IN_PROGRESS, "", BORN, BORN, later,
        moved_from=(DUE,), moved_when=((DUE, DUE - timedelta(days=2)),),
    )  # fmt: skip
    ((tag, sentence), _open) = said(promises_from([ticket], [], [], NOW), words())
    assert (tag, sentence.split(". ")[0]) == (
        "moved",
        "Was due Sat 21 Nov, 12:00; replaced by a later date before it came",
    )
    view = ticket_view(ticket, (), words(), NOW.date(), NOW, PARIS)
    assert [step.mark for step in view.course if step.title == "Promised, then moved"] == [Mark.PAST]


@pytest.mark.parametrize(
    "facts", [{"state": TicketState.UNKNOWN}, {"state": TicketState.PENDING, "state_reason": "C-17"}]
)
def test_a_ticket_says_in_one_voice_that_whose_turn_it_is_is_not_known(facts: dict[str, object]) -> None:
    course = (StateChange(TicketState.IN_PROGRESS, "inProgress", BORN + timedelta(days=2)),)
    later = NOW + timedelta(days=4)
    ticket = replace(
        TOUCHED, changed=None, promised=later, moved_from=(NOW + timedelta(days=2),), course=course, **facts
    )
    view = ticket_view(ticket, (), words(), NOW.date(), NOW, PARIS)
    assert view.turn.startswith("Whose turn it is is not known")
    assert view.picture is not None
    assert view.picture.spans[-1].label == "whose turn is not known: 8 days"
    assert [step.mark for step in view.course if step.title == "Promised, then moved"] == [Mark.GONE]


def test_where_else_a_promise_stands_is_said_beside_it() -> None:
    again = replace(samples.problems()[0], id="K9", ticket_ids=("T1",), expected_end=DUE, moved_from=(), ended=None,
                    began=BORN, state=TicketState.IN_PROGRESS)  # fmt: skip
    found = promises_from([replace(DONE, state=TicketState.IN_PROGRESS, course=())], [], [again], NOW)
    assert said(found, words()) == [
        ("missed", "Was due Sat 21 Nov, 12:00, 5 days ago. The same promise stands in known problem K9.")
    ]
    assert said(found, words("fr"))[0][1].endswith("La même promesse figure dans la panne connue K9.")


def test_what_the_customer_noted_twice_says_so() -> None:
    first = Word("W-1", "C-1", "Priya", "call", "calls back", BORN, Term(Unit.MOMENT, 0, DUE), DUE)
    both = promises_from([], [], [], NOW, Notebook(words=(first, replace(first, id="W-2", contact_id="C-2"))), PARIS)
    assert said(both, words()) == [("missed", "Was due Sat 21 Nov, 12:00, 5 days ago. You noted it 2 times.")]
    assert said(both, words("fr"))[0][1].endswith("Vous l’avez notée 2\xa0fois.")
    row = promise_row(both[0], words(), None, NOW, PARIS)
    assert row.sentence.endswith("Noted 2 times by the customer.")
    assert {row.word_id, *row.again} == {"W-1", "W-2"}
