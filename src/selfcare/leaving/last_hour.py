"""The last day of a line that the operator names for a notice, and the hour of that day, where it names one."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_START, _END = time(0), time(23, 59)


def named_day(moment: datetime | None, zone: str) -> date | None:
    """The day that an operator means by a moment (expectedCompletionDate of a TMF622 order): by its own clock.

    A moment written as an edge of a day in UTC means that very day, as TMF Open API servers write days.
    """
    return _local(moment, zone).date() if moment is not None else None


def last_hour(moment: datetime, zone: str) -> time | None:
    """Until when on that day the line works; time.max at its end, None where the start of the day stands.

    A midnight may stand for the day alone or for its very start: nobody can tell.
    """
    hour = _local(moment, zone).time()
    if hour == _START:
        return None
    return time.max if hour >= _END else hour


def _local(moment: datetime, zone: str) -> datetime:
    plain = moment.astimezone(UTC)
    hour = plain.time().replace(microsecond=0)
    return plain if hour in {_START, time(23, 59, 59)} else plain.astimezone(ZoneInfo(zone))
