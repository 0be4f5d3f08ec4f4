"""The United Kingdom, landline and broadband: One Touch Switch, the end of analogue lines, power cuts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from selfcare.domain.records import Struct
from selfcare.domain.workdays import after_working_days, later
from selfcare.leaving.rules import Rules


def one_touch_applies(on: date, rules: Rules, *, is_business: bool, same_address: bool = True) -> bool:
    """The new provider does everything, the old one is not to be cancelled (UK-OTS-01).

    Not for a business (UK-OTS-04) and not when moving home: there the old provider must be told.
    """
    return same_address and not is_business and rules.find("UK-OTS-01", on) is not None


def match_due(asked: datetime, rules: Rules) -> datetime:
    """By when the old provider has answered the new one's question about a line (UK-OTS-02); aware times."""
    return later(asked, timedelta(seconds=rules.get("UK-OTS-02", asked.date()).number))


def service_back_by(cut: date, rules: Rules, calendar: str = "") -> date:
    """The day by whose end a line cut for a switch must work again (UK-OTS-03); later is a late switch."""
    return after_working_days(cut, rules.get("UK-OTS-03", cut).number, calendar or rules.calendar)


class LandlineCheck(StrEnum):
    """What to look after before a landline is left or switched."""

    ALARMS = "alarms"
    """Alarms and telecare that speak over an analogue line."""
    POWER_CUT = "powerCut"
    """A way to call for help while the power is out."""


class LandlineCare(Struct, frozen=True):
    """One thing to look after: by `until` (None: before leaving), or for at least `lasts` (None: no figure)."""

    check: LandlineCheck
    rule_id: str
    until: date | None = None
    lasts: timedelta | None = None


def landline_cares(on: date, rules: Rules, *, is_digital: bool, at_risk: bool) -> tuple[LandlineCare, ...]:
    """What to look after when a landline goes (UK-PSTN-01, UK-PSTN-02).

    `at_risk` is a customer who depends on the landline, above all without a mobile or without its signal at home.
    """
    found: list[LandlineCare] = []
    if not is_digital:
        withdrawn = rules.get("UK-PSTN-01", on).value
        until = withdrawn if isinstance(withdrawn, date) else None
        found.append(LandlineCare(LandlineCheck.ALARMS, "UK-PSTN-01", until))
    if at_risk:
        lasts = timedelta(hours=rules.get("UK-PSTN-02", on).number)
        found.append(LandlineCare(LandlineCheck.POWER_CUT, "UK-PSTN-02", lasts=lasts))
    return tuple(found)


def analogue_days_left(today: date, rules: Rules) -> int:
    """For how many days analogue lines still exist (UK-PSTN-01); 0 on the last day and ever after."""
    withdrawn = rules.get("UK-PSTN-01", today).value
    return max((withdrawn - today).days, 0) if isinstance(withdrawn, date) else 0
