"""Advertised hours against those that answered: a line for emergencies does not make every call one within hours."""

from __future__ import annotations

from datetime import UTC, datetime, time

from selfcare.case.answered import answered
from selfcare.case.contacts import merged
from selfcare.case.notebook import Noted, Way
from selfcare.domain.support import Channel, ChannelKind, Hours

SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CARE = Channel(ChannelKind.PHONE, "Care", "150", "Europe/London", hours=(Hours(0, time(8), time(20)),))
LOST = Channel(ChannelKind.PHONE, "Lost SIM", "151", "Europe/London", always=True)


def calls(*moments: datetime) -> tuple[Noted, ...]:
    return tuple(Noted(f"N{n}", Way.PHONE, True, at, at) for n, at in enumerate(moments))


def test_a_call_when_the_desk_is_shut_blames_nobody_although_lost_sims_are_taken_day_and_night() -> None:
    found = answered(ChannelKind.PHONE, [CARE, LOST], merged(calls(SUNDAY, MONDAY), ()))
    assert found is not None
    assert (found.tried, found.inside, found.in_vain) == (2, 1, 1)


def test_where_the_only_line_is_open_day_and_night_every_call_is_within_its_hours() -> None:
    found = answered(ChannelKind.PHONE, [LOST], merged(calls(SUNDAY), ()))
    assert found is not None
    assert (found.inside, found.in_vain) == (1, 1)
