"""The customer's notes and the operator's log are one list: one call is counted once, and no hour twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from selfcare.api.contacts import read_contact
from selfcare.case.contacts import Told, merged, totals_of, way_of
from selfcare.case.notebook import Noted, Way
from selfcare.domain.contacts import Contact


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 10, hour, minute, tzinfo=UTC)


def noted(start: datetime, end: datetime | None, way: Way = Way.PHONE, name: str = "N") -> Noted:
    return Noted(name, way, True, start, end)


def logged(start: datetime, end: datetime | None, channel: str = "phone", name: str = "C") -> Contact:
    return Contact(name, "Call", "", True, channel, "Marc", start, end)


def pairs(found: tuple[Told, ...]) -> list[tuple[str, str]]:
    return [(one.noted.id if one.noted else "", one.logged.id if one.logged else "") for one in found]


def test_a_call_whose_queue_took_half_an_hour_is_one_call_of_the_customers_whole_time() -> None:
    found = merged([noted(at(9), at(9, 50))], [logged(at(9, 33), at(9, 50))])
    assert pairs(found) == [("N", "C")]
    assert not found[0].is_denied
    totals = totals_of(found)
    assert (totals.contacts, totals.spent) == (1, timedelta(minutes=50))


def test_an_entry_without_an_end_belongs_to_the_call_in_which_it_began() -> None:
    assert pairs(merged([noted(at(9), at(9, 50))], [logged(at(9, 33), None)])) == [("N", "C")]
    assert pairs(merged([noted(at(9, 40), None)], [logged(at(9), at(9, 50))])) == [("N", "C")]


def test_of_two_calls_the_one_that_ran_then_is_meant_also_where_the_other_began_nearer() -> None:
    redial, queue = noted(at(9, 25), at(9, 26), name="redial"), noted(at(9), at(9, 50), name="queue")
    found = merged([redial, queue], [logged(at(9, 33), at(9, 50))])
    assert pairs(found) == [("redial", ""), ("queue", "C")]


def test_calls_that_did_not_run_together_stay_two() -> None:
    assert len(merged([noted(at(9), at(9, 10))], [logged(at(9, 33), at(9, 50))])) == 2
    assert len(merged([noted(at(9), at(9, 50))], [logged(at(9, 50), at(10))])) == 2
    assert len(merged([noted(at(9), at(9, 50))], [logged(at(9, 33), at(9, 50), "webChat")])) == 2
    assert len(merged([noted(at(9), at(9, 50))], [logged(at(9, 33), None, "SMS")])) == 2


@pytest.mark.parametrize(
    ("channel", "way"),
    [
        ("telephone", Way.PHONE), ("voice", Way.PHONE), ("callCenter", Way.PHONE), ("Call Centre", Way.PHONE),
        ("webChat", Way.CHAT), ("live-chat", Way.CHAT), ("e-mail", Way.EMAIL), ("store", Way.SHOP),
        ("letter", Way.REGISTERED), ("canal 4", Way.PHONE), ("", Way.CHAT),
    ],
)  # fmt: skip
def test_an_operator_writes_its_channel_as_it_likes_and_a_word_that_nobody_knows_is_no_other_way(
    channel: str, way: Way
) -> None:
    assert pairs(merged([noted(at(9), at(9, 20), way)], [logged(at(9, 2), at(9, 20), channel)])) == [("N", "C")]


def test_every_way_that_can_be_noted_is_known() -> None:
    assert {way_of(way.value) for way in Way} == {"phone", "shop", "letter", "chat", "email"}


def test_an_entry_that_names_a_day_alone_is_the_note_of_that_day_and_takes_no_time() -> None:
    doc = {"id": "C", "direction": "inbound", "channel": {"name": "phone"}, "@type": "PartyInteraction"}
    entry = read_contact(doc | {"interactionDate": {"startDateTime": "2026-11-10", "endDateTime": "2026-11-11"}})
    assert entry.is_day_alone
    assert pairs(merged([noted(at(9), at(9, 20))], [entry])) == [("N", "C")]
    assert totals_of(merged([], [entry])).spent == timedelta()
    exact = logged(at(9, 1), at(9, 20), name="exact")
    assert pairs(merged([noted(at(9), at(9, 20))], [entry, exact])) == [("N", "exact"), ("", "C")]
    assert not read_contact(doc | {"creationDate": "2026-11-10T00:00:00Z"}).is_day_alone
    next_day = noted(at(9) + timedelta(days=1), None)
    assert len(merged([next_day], [entry])) == 2


def test_an_hour_in_which_two_contacts_ran_is_counted_once() -> None:
    hold, chat = noted(at(9), at(10), name="hold"), noted(at(9, 30), at(10, 30), Way.CHAT, "chat")
    totals = totals_of(merged([hold, chat], []))
    assert (totals.contacts, totals.spent) == (2, timedelta(minutes=90))
