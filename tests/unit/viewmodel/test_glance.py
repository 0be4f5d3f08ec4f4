"""Home made ahead: it holds exactly as long as its sentences do, and not a day or a change longer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from selfcare.viewmodel.ages import Age
from selfcare.viewmodel.glance import (
    AHEAD,
    MOST,
    Glance,
    Look,
    glance_of,
    look_for,
    looks_ahead,
    read_glance,
    turning_points,
    write_glance,
)
from selfcare.viewmodel.home_cards import HomeView, SideCard, Step, UrgentCard
from selfcare.viewmodel.notice import Notice
from selfcare.viewmodel.shell import Badge, ShellView
from tests.samples import NOW, words

LONDON = ZoneInfo("Europe/London")


def look(start: datetime, end: datetime, moment: datetime) -> Look:
    urgent = UrgentCard("Missed", "bad", f"As of {moment.isoformat()}", "£12.50", (Step("See it", "help/ticket/1"),))
    page = HomeView("What matters", "Saturday", (urgent,), None, (SideCard("Soon", "Contract", "in 3 days"),), None)
    shell = ShellView("Orvane", "Claire", (Badge("help", 1, "one"),))
    return Look(start, end, page, Age("As said at 10:42", is_offline=True), Notice("Trouble", "Wait"), shell)


def test_what_was_kept_comes_back_the_same() -> None:
    looks = list(looks_ahead(look, turning_points((), LONDON, NOW), NOW))
    kept = read_glance(write_glance(glance_of("seal", looks)), "seal")
    assert [look_for(kept, one.start) for one in looks] == looks


def test_nothing_comes_back_after_any_change() -> None:
    made = write_glance(glance_of("seal", looks_ahead(look, turning_points((), LONDON, NOW), NOW)))
    assert read_glance(made, "another seal") is None
    assert read_glance(b'{"seal": "seal", "looks": [{}]}', "seal") is None
    assert read_glance(b"\xff", "seal") is None
    assert read_glance(None, "seal") is None


def test_a_look_that_another_version_wrote_is_none() -> None:
    made = write_glance(glance_of("seal", looks_ahead(look, turning_points((), LONDON, NOW), NOW)))
    assert look_for(read_glance(made, "seal"), NOW) is not None
    assert look_for(read_glance(made.replace(b'"page"', b'"leaf"'), "seal"), NOW) is None


def test_each_instant_has_the_look_that_was_made_for_it() -> None:
    looks = list(looks_ahead(look, turning_points((NOW + timedelta(days=5),), LONDON, NOW), NOW))
    made = glance_of("seal", looks)
    assert len(looks) <= MOST
    for one, after in pairwise(looks):
        assert look_for(made, one.start) == one
        assert look_for(made, one.end - timedelta(microseconds=1)) == one
        assert look_for(made, one.end) == (after if one.end == after.start else None)
    assert look_for(made, NOW - timedelta(seconds=1)) is None
    assert look_for(made, looks[-1].end) is None
    assert look_for(Glance("seal", ()), NOW) is None


def test_midnight_turns_the_page_where_the_operator_is() -> None:
    paris = turning_points((), ZoneInfo("Europe/Paris"), NOW)
    assert min(paris) == datetime(2026, 11, 21, 23, tzinfo=UTC)
    assert len(paris) == AHEAD.days


def test_no_sentence_about_a_length_changes_between_two_turns() -> None:
    said = words()
    for due in (NOW + timedelta(hours=7, minutes=3), NOW - timedelta(days=3, hours=2), NOW + timedelta(days=20)):
        turns = [NOW, *sorted(turning_points((due,), LONDON, NOW))]
        for start, end in pairwise(turns):
            first, last = start + timedelta(seconds=1), end - timedelta(seconds=1)
            assert said.length(first - due) == said.length(last - due)
            assert (first > due) == (last > due)
