"""A remark of ours is known by its date, or by its words and the operator's time; where that is not enough, nobody
says that it is not there."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from selfcare.api.reading import notes
from selfcare.api.remarks import Remark, are_shown, compose_note, has_note
from selfcare.domain.commands import AddNote
from selfcare.domain.tickets import Note

NOW = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
ASKED = NOW + timedelta(microseconds=5678)
LONG = "The box was sent back on Monday, and was charged for."


def span(**parts: float) -> timedelta:
    return timedelta(**parts)


@pytest.mark.parametrize(
    ("text", "at", "ahead", "there"),
    [
        ("still dead", NOW + span(microseconds=5000), span(), True),
        ("still dead", NOW, span(), True),
        ("still dead", NOW + span(minutes=1), span(), True),
        ("still dead", NOW - span(minutes=1), span(), None),
        ("still dead", NOW - span(hours=2), span(), False),
        ("still dead", NOW - span(seconds=20), span(seconds=-20), True),  # our clock is ahead, it dates by its own
        ("still dead", NOW - span(minutes=10), span(minutes=-10), True),
        ("still dead", NOW + span(minutes=1), span(minutes=10), None),  # perhaps another clock dates remarks
        ("still dead", NOW + span(minutes=1), span(hours=2), False),  # our clock is behind: it was there before
        ("still dead", NOW + span(days=1), None, None),
        ("still dead", NOW + span(microseconds=5000), None, True),
        ("still dead", None, span(), None),
        ("alive", NOW + span(minutes=1), span(), False),
    ],
)
def test_a_remark_is_known_by_its_words_and_its_date(
    text: str, at: datetime | None, ahead: timedelta | None, there: bool | None
) -> None:
    own = Remark("still dead ", ASKED, None if ahead is None else ASKED + ahead)
    assert has_note([Note("Agent", NOW, "hello"), Note("", at, text)], own) is there


@pytest.mark.parametrize("is_there", [True, False])
@pytest.mark.parametrize("is_dated_by_us", [True, False])
def test_another_of_ours_in_the_same_words_answers_for_itself(is_there: bool, is_dated_by_us: bool) -> None:
    other = Remark("still dead", NOW - span(seconds=1), NOW - span(seconds=1), is_there)
    note = Note("", NOW - span(seconds=1) if is_dated_by_us else ASKED + span(milliseconds=1), "still dead")
    own = Remark("still dead", ASKED, ASKED)
    assert has_note([note], own, [other]) is not (is_there or is_dated_by_us)
    assert has_note([note, Note("", NOW + span(seconds=1), "still dead")], own, [other])


def test_a_remark_is_not_anothers_that_was_asked_for_in_other_words_in_the_very_second_in_which_it_came_in() -> None:
    own = Remark("still dead", NOW - span(days=1), NOW)
    other = Remark("no light on the box", NOW + span(minutes=1))
    assert has_note([Note("", NOW + span(minutes=1), "still dead")], own, [other])


def test_what_is_shown_is_counted() -> None:
    sent = [Note("", NOW, LONG), Note("", ASKED, LONG)]
    assert are_shown(sent, [Note("", None, f"{LONG[:30]}…"), Note("", None, LONG), Note("", None, "more")])
    assert not are_shown(sent, [Note("", NOW, LONG), Note("", None, "more")])


def test_what_others_wrote_goes_back_whole_however_long_it_is() -> None:
    theirs = {"author": "Agent", "date": "2026-11-20T09:00:00.000Z", "text": "é " * 100_000}
    body = compose_note(json.dumps({"id": "T1", "note": [theirs]}).encode(), AddNote("T1", "Mine"), NOW)
    sent = json.loads(body)["note"]
    assert (sent[0], sent[1]["text"]) == (theirs, "Mine")
    assert are_shown(notes(sent), notes(sent))
