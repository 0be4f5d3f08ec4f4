"""British landlines: who may switch with one touch, how long a switch may cut, alarms and power cuts."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from selfcare.leaving.countries import gb_landline as landline
from selfcare.leaving.countries.gb_landline import LandlineCare, LandlineCheck
from selfcare.leaving.rules import parse_rules

RULES = parse_rules((Path(__file__).parents[3] / "resources" / "rules" / "gb.toml").read_bytes())
LONDON = ZoneInfo("Europe/London")
D = date


@pytest.mark.parametrize(
    ("on", "is_business", "same_address", "applies"),
    [
        (D(2024, 9, 11), False, True, False),
        (D(2024, 9, 12), False, True, True),
        (D(2026, 11, 21), True, True, False),
        (D(2026, 11, 21), False, False, False),
    ],
)
def test_who_may_switch_with_one_touch(on: date, is_business: bool, same_address: bool, applies: bool) -> None:
    found = landline.one_touch_applies(on, RULES, is_business=is_business, same_address=same_address)
    assert found is applies


def test_the_old_provider_answers_in_a_minute() -> None:
    asked = datetime(2027, 3, 28, 0, 59, 30, tzinfo=LONDON)
    assert landline.match_due(asked, RULES).isoformat() == "2027-03-28T02:00:30+01:00"


@pytest.mark.parametrize(
    ("cut", "calendar", "back"),
    [
        (D(2026, 11, 25), "", D(2026, 11, 26)),
        (D(2026, 12, 24), "", D(2026, 12, 29)),
        (D(2026, 11, 27), "GB-SCT", D(2026, 12, 1)),
        (D(2027, 7, 9), "GB-NIR", D(2027, 7, 13)),
    ],
)
def test_a_switch_cuts_for_one_working_day(cut: date, calendar: str, back: date) -> None:
    assert landline.service_back_by(cut, RULES, calendar) == back


def test_what_to_look_after() -> None:
    alarms = LandlineCare(LandlineCheck.ALARMS, "UK-PSTN-01", until=D(2027, 1, 31))
    power = LandlineCare(LandlineCheck.POWER_CUT, "UK-PSTN-02", lasts=timedelta(hours=1))
    day = D(2026, 11, 21)
    assert landline.landline_cares(day, RULES, is_digital=False, at_risk=True) == (alarms, power)
    assert landline.landline_cares(day, RULES, is_digital=True, at_risk=True) == (power,)
    assert landline.landline_cares(day, RULES, is_digital=False, at_risk=False) == (alarms,)
    assert landline.landline_cares(day, RULES, is_digital=True, at_risk=False) == ()


def test_analogue_lines_end() -> None:
    assert landline.analogue_days_left(D(2026, 11, 21), RULES) == 71
    assert landline.analogue_days_left(D(2027, 1, 31), RULES) == 0
    assert landline.analogue_days_left(D(2028, 1, 1), RULES) == 0
