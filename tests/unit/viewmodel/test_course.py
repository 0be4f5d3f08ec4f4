"""The course of a request: asked, sent, confirmed, done, each with its own time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from selfcare.domain.commands import AddNote, OpenTicket, RequestUnlock
from selfcare.domain.operator import Honours
from selfcare.domain.waiting import Waiting, WaitingState
from selfcare.i18n import load_words
from selfcare.viewmodel.course import course_of, course_sentence
from selfcare.viewmodel.waiting import Deed, WaitingFacts, waiting_view

WORDS = load_words("en", Path("no-catalogue"))
ZONE = ZoneInfo("Europe/London")
TODAY = date(2026, 11, 21)
ASKED = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
SENT, TOLD, DONE = (ASKED + timedelta(minutes=n) for n in (5, 6, 60))
UNLOCK = RequestUnlock("HS-1", "356938035643809", "LN-1")


def steps(state: WaitingState, **more: object) -> list[tuple[str, str, str]]:
    item = Waiting("w", UNLOCK, state, ASKED, **more)  # type: ignore[arg-type]
    return [(s.name, s.when[-5:], s.state) for s in course_of(item, WORDS, ZONE, TODAY)]


def test_each_step_has_its_own_time() -> None:
    assert steps(WaitingState.DONE, sent=SENT, confirmed=TOLD, settled=DONE) == [
        ("Asked for", "10:00", "done"), ("Sent", "10:05", "done"), ("Confirmed", "10:06", "done"),
        ("Carried out", "11:00", "done"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "more", "names", "last"),
    [
        (WaitingState.NEW, {}, ["Asked for", "Sent", "Confirmed", "Carried out"], "later"),
        (WaitingState.UNKNOWN, {"sent": SENT}, ["Asked for", "Sent", "Confirmed", "Carried out"], "later"),
        (WaitingState.ACCEPTED, {"sent": SENT, "confirmed": TOLD}, ["Asked for", "Sent", "Confirmed", "Carried out"],
         "now"),
        (WaitingState.ASK, {"sent": SENT}, ["Asked for", "Sent", "Needs you"], "asks"),
        (WaitingState.REJECTED, {"sent": SENT, "settled": TOLD}, ["Asked for", "Sent", "Refused"], "missed"),
        (WaitingState.DROPPED, {"settled": TOLD}, ["Asked for", "Taken back"], "missed"),
        (WaitingState.DROPPED, {"sent": SENT, "confirmed": TOLD, "settled": DONE, "receipt": "O-1"},
         ["Asked for", "Sent", "Confirmed", "Taken back"], "missed"),
    ],
)  # fmt: skip
def test_a_course_ends_where_the_request_does(
    state: WaitingState, more: dict[str, object], names: list[str], last: str
) -> None:
    found = steps(state, **more)
    assert [name for name, _, _ in found] == names
    assert found[-1][2] == last
    assert [s for _, _, s in found].count("now") <= 1


def test_what_has_happened_is_done_and_only_what_is_waited_for_is_now() -> None:
    accepted = steps(WaitingState.ACCEPTED, sent=SENT, confirmed=TOLD)
    assert [state for _, _, state in accepted] == ["done", "done", "done", "now"]
    assert [state for _, _, state in steps(WaitingState.NEW)] == ["done", "now", "later", "later"]
    trying = steps(WaitingState.UNKNOWN, sent=SENT)
    assert [state for _, _, state in trying] == ["done", "now", "later", "later"]


def test_a_ticket_is_received_and_never_called_carried_out() -> None:
    item = Waiting("w", OpenTicket("T", "", "Incident"), WaitingState.DONE, ASKED, sent=SENT, confirmed=TOLD)
    assert course_sentence(item, WORDS, ZONE, TODAY) == (
        "Asked for: Sat 21 Nov, 10:00 · Sent: Sat 21 Nov, 10:05 · Confirmed: Sat 21 Nov, 10:06"
    )


@pytest.mark.parametrize(
    ("honours", "is_said"),
    [(Honours(), True), (Honours(external_id_filter=True), False), (Honours(key_life=timedelta(hours=24)), False)],
)
def test_at_most_once_is_said_where_nothing_is_promised(honours: Honours, is_said: bool) -> None:
    items = (Waiting("w", UNLOCK, WaitingState.NEW, ASKED), Waiting("n", AddNote("T", "x"), WaitingState.NEW, ASKED))
    view = waiting_view(WaitingFacts(ZONE, items, honours=honours), WORDS, TODAY, ASKED)
    by_id = {item.id: item.caution for item in view.open_items}
    assert bool(by_id["w"]) is is_said
    assert by_id["n"] == ""


@pytest.mark.parametrize("why", ["cannotTell", "mismatch"])
def test_what_nobody_can_tell_may_be_asked_once_more(why: str) -> None:
    item = Waiting("w", UNLOCK, WaitingState.ASK, ASKED, sent=SENT, why=why)
    view = waiting_view(WaitingFacts(ZONE, (item,)), WORDS, TODAY, ASKED)
    assert [c.deed for c in view.open_items[0].choices] == [Deed.CHECK, Deed.RETRY, Deed.DROP]
