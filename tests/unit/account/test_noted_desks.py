"""How the operator can be reached may be noted by hand, and stands beside what the operator states."""

from __future__ import annotations

from datetime import time

import pytest

from selfcare.account.noted_desks import KEPT_AS, MOST_DESKS, desks_from, drop_desk, keep_desk, with_desks
from selfcare.domain.records import replace
from selfcare.domain.support import Channel, ChannelKind, Hours, openness
from tests import samples
from tests.readers import FakeReader, FakeSession

DESK = Channel(ChannelKind.PHONE, "Faults", "0800 1", "Europe/London", (Hours(0, time(9), time(18)),))


def test_a_noted_desk_is_kept_with_its_hours_and_taken_away_again() -> None:
    session = FakeSession(FakeReader(the_support=None))
    keep_desk(session, DESK)  # type: ignore[arg-type]
    support = session.reader.support()
    assert support is not None
    assert support.channels == (replace(DESK, is_noted=True),)
    assert openness(support.channels[0], samples.NOW).is_open is False, "it is a Saturday"
    drop_desk(session, support.channels[0])  # type: ignore[arg-type]
    assert session.reader.support() is None


def test_it_stands_behind_what_the_operator_states_and_what_cannot_be_read_is_never_written_over() -> None:
    stated = samples.support()
    session = FakeSession(FakeReader())
    for number in range(MOST_DESKS + 1):
        keep_desk(session, replace(DESK, name=str(number)))  # type: ignore[arg-type]
    support = session.reader.support()
    assert support is not None
    assert support.channels[: len(stated.channels)] == stated.channels
    assert (len(desks_from(session.draft(KEPT_AS))), support.channels[-1].name) == (MOST_DESKS, str(MOST_DESKS))
    assert with_desks(stated, b"{broken") == stated
    session.save_draft(KEPT_AS, b"{broken")
    with pytest.raises(ValueError, match="cannot be read"):
        keep_desk(session, DESK)  # type: ignore[arg-type]
