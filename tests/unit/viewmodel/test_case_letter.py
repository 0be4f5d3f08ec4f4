"""A letter of complaint names the line on which promises were broken, and tells them in sentences."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from selfcare.case.deadlines import Term
from selfcare.case.notebook import Notebook, Word
from selfcare.case.promises import Promise, promises_from
from selfcare.domain.tickets import EntityRef, Ticket
from selfcare.viewmodel.case_letter import MOST_TOLD, Told, letter_story, line_of_letter
from tests import samples
from tests.samples import NOW

W, F, ZONE = samples.words(), samples.words("fr"), ZoneInfo("Europe/London")
LINES = samples.lines()
PROBLEM = replace(samples.problems()[0], service_ids=("SV-9",), ticket_ids=("T-2",), moved_from=())
MOBILE, FIXED = LINES[0].id, LINES[1].id


def ticket(ticket_id: str, about: str, **more: object) -> Ticket:
    made = replace(
        samples.tickets()[0], id=ticket_id, title="No broadband", about=(EntityRef("Product", about),),
        moved_from=(), promised=NOW - timedelta(days=3), call_by=None,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def told(*tickets: Ticket, words: tuple[Word, ...] = ()) -> tuple[tuple[Promise, ...], Told]:
    promises = promises_from(tickets, (), (), NOW, Notebook(words=words), ZONE)
    return promises, Told(LINES, tickets, (PROBLEM,), (), words)


def test_the_letter_is_about_the_line_on_which_promises_are_broken() -> None:
    promises, known = told(ticket("T-2", FIXED))
    assert line_of_letter(promises, known, MOBILE) == FIXED
    assert letter_story(promises, known, MOBILE, W, NOW, ZONE) == ""
    assert letter_story(promises, known, FIXED, W, NOW, ZONE) == (
        "In ticket T-2, “No broadband”, you promised by Wed 18 Nov 2026, 10:50: a solution. "
        "It has not come until today, 3 days later."
    )


def test_the_usual_line_stays_where_something_is_broken_on_it_or_nothing_anywhere() -> None:
    promises, known = told(ticket("T-2", FIXED), ticket("T-3", FIXED), ticket("T-1", LINES[0].options[0].id))
    assert line_of_letter(promises, known, MOBILE) == MOBILE
    assert "T-1" in letter_story(promises, known, MOBILE, W, NOW, ZONE)
    assert "T-2" not in letter_story(promises, known, MOBILE, W, NOW, ZONE)
    assert line_of_letter((), known, MOBILE) == MOBILE


def test_a_problem_belongs_to_the_line_of_its_tickets() -> None:
    late = replace(PROBLEM, expected_end=NOW - timedelta(minutes=5))
    promises = promises_from((), (), (late,), NOW, Notebook(), ZONE, services=late.service_ids)
    known = Told(LINES, (ticket("T-2", FIXED),), (late,), (), ())
    assert known.lines_of(promises[0]) == {FIXED}
    assert "You announced the end of a known problem" in letter_story(promises, known, FIXED, W, NOW, ZONE)
    elsewhere = Told(LINES, (), (late,), (), ())
    assert letter_story(promises, elsewhere, FIXED, W, NOW, ZONE) == ""


def test_what_somebody_said_is_told_in_whose_words_and_in_the_letters_language() -> None:
    word = Word(
        "W-1", "N-1", "Marc", "call", "rappel sous 24 heures", NOW - timedelta(days=2), Term(), NOW - timedelta(days=1)
    )
    promises, known = told(words=(word,))
    english = letter_story(promises, known, MOBILE, W, NOW, ZONE)
    assert english.startswith("On Thu 19 Nov 2026, 10:50, Marc promised me: “rappel sous 24 heures”. That was due by ")
    assert "{" not in letter_story(promises, known, MOBILE, F, NOW, ZONE)
    assert "«" in letter_story(promises, known, MOBILE, F, NOW, ZONE)


def test_of_very_many_the_last_ones_are_told() -> None:
    many = [ticket(f"T-{n}", FIXED, promised=NOW - timedelta(hours=n + 1)) for n in range(30)]
    promises, known = told(*many)
    said = letter_story(promises, known, FIXED, W, NOW, ZONE)
    assert said.count("In ticket") == MOST_TOLD
    assert "In ticket T-0," in said
