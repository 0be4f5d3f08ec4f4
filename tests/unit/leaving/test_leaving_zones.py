"""The clock of a line: that of its country, in the United States that of the state."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest

from selfcare.leaving.atlas import rules_file
from selfcare.leaving.choices import Route
from selfcare.leaving.facts_file import FactsProblem, read_facts
from selfcare.leaving.rules import parse_rules
from selfcare.leaving.way import plan
from selfcare.leaving.zones import STATES, zone_for
from tests import samples

MORNING = datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("America/Los_Angeles"))
HOME = b'line = "fixed"\nnumber = "+1 808 555 0147"\nmonthly = 50\n'
RULES = parse_rules((samples.ROOT / "resources" / "rules" / rules_file("US")).read_bytes())


def test_every_state_has_a_zone() -> None:
    assert set(STATES.values()) <= available_timezones()
    assert len(STATES) == 50 + len(("DC", "PR", "VI", "GU", "MP", "AS"))
    assert (zone_for("US"), zone_for("US", "CA"), zone_for("FR", "CA"), zone_for("DE")) == (
        "America/New_York", "America/Los_Angeles", "Europe/Paris", "UTC",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "day"),
    [(b"", 25), (b'state = "ca"\n', 24), (b'state = "HI"\n', 24), (b'state = "CA"\nzone = "America/New_York"\n', 25)],
)
def test_half_past_ten_in_california_is_before_one_o_clock(more: bytes, day: int) -> None:
    case = read_facts(HOME + more, "US", "USD")
    now = MORNING.astimezone(UTC)
    today = now.astimezone(ZoneInfo(case.facts.zone)).date()
    found = plan(case.facts, RULES, today, now, "USD", case.choices)
    port = next(d for d in found.departures if d.route is Route.PORT)
    assert port.planned.day == day


def test_no_such_state() -> None:
    with pytest.raises(FactsProblem) as found:
        read_facts(HOME + b'state = "Oregon"\n', "US", "USD")
    assert (found.value.key, found.value.line, found.value.wanted) == ("state", 4, '"NY"')
