"""A note and the operator's entry of the same contact stay one, however the note is corrected."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from selfcare.case.notebook import Noted, Way
from selfcare.domain.commands import SendContact
from selfcare.domain.tickets import EntityRef
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.viewmodel.case_noting import about_from, about_value, command_of
from selfcare.viewmodel.case_pairs import LOGGED, kept_together, told_of
from tests import samples
from tests.samples import NOW

NOTE = Noted("N-1", Way.PHONE, True, NOW - timedelta(hours=3), NOW - timedelta(hours=2), agent="Marc")
ENTRY = replace(samples.contacts()[0], id="I-9", channel="phone", is_inbound=True, started=NOTE.started, ended=None)


def test_a_note_moved_by_hours_stays_one_with_its_entry() -> None:
    moved = replace(NOTE, started=NOTE.started - timedelta(hours=5), ended=NOTE.started - timedelta(hours=4))
    assert len(told_of([moved], [ENTRY])) == 2
    kept = kept_together(NOTE, moved, told_of([NOTE], [ENTRY]))
    (told,) = told_of([kept], [ENTRY])
    assert (told.noted, told.logged) == (kept, ENTRY)
    again = kept_together(kept, replace(kept, about=about_from("", kept.about)), ())
    assert len(told_of([again], [ENTRY])) == 1


def test_a_nearer_note_does_not_take_the_entry_away() -> None:
    moved = kept_together(NOTE, replace(NOTE, started=NOTE.started - timedelta(hours=5)), told_of([NOTE], [ENTRY]))
    other = replace(NOTE, id="N-2")
    assert [(t.noted.id, t.logged is not None) for t in told_of([other, moved], [ENTRY]) if t.noted] == [
        ("N-2", False),
        ("N-1", True),
    ]


def test_a_note_that_was_sent_is_one_with_the_entry_that_the_operator_made_of_it() -> None:
    sent = Waiting("w1", command_of(NOTE), WaitingState.DONE, NOW, receipt="I-9")
    late = replace(ENTRY, started=NOW)
    assert len(told_of([NOTE], [late])) == 2
    assert len(told_of([NOTE], [late], [sent])) == 1


def test_the_operators_number_is_no_subject_of_the_note() -> None:
    about = (EntityRef("Product", "LN-1", "about"), EntityRef("PartyInteraction", "I-9", LOGGED))
    command = command_of(replace(NOTE, about=about))
    assert isinstance(command, SendContact)
    assert command.about == about[:1]
    assert about_value(about) == "Product/LN-1"
    assert about_value(about[1:]) == ""
    assert about_from("", about) == about[1:]
