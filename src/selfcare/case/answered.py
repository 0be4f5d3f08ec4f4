"""Sets the hours a desk advertises against the hours in which it really answered the customer.

From the customer's own contacts and the operator's log of them (TMF683): nothing is measured that nobody lived
through, so a desk that was never tried has no figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from selfcare.domain.records import Struct
from selfcare.domain.support import Channel, ChannelKind, spans_of

from .contacts import Told, way_of


class Answered(Struct, frozen=True):
    """What the customer's contacts by one way came to.

    `tried` are those the customer began, `inside` those of them within the advertised hours, `met` those of these in
    which somebody was met, and `outside` those in which somebody was met all the same at another hour. `first` and
    `last` are the earliest and latest time of day at which somebody was met, by the desk's own clock.
    """

    tried: int
    inside: int
    met: int
    outside: int
    first: time | None = None
    last: time | None = None

    @property
    def in_vain(self) -> int:
        """How often nobody is noted, although the desk said it was open."""
        return self.inside - self.met


def answered(kind: ChannelKind, channels: Sequence[Channel], told: Iterable[Told]) -> Answered | None:
    """How the desks of a kind answered; None where the customer never tried, or no desk of the kind states hours.

    The notes do not say which of several desks was called: it counts as open where one of them was. A line that is open
    day and night beside desks with hours is for emergencies (a lost SIM): it says nothing of when the others answer.
    """
    known = [c for c in channels if c.kind is kind and (c.hours or c.always)]
    desks = [c for c in known if not c.always] or known
    if not desks:
        return None
    zone = ZoneInfo(desks[0].zone)
    tries = [(one, one.started) for one in told if one.started is not None and _is_try(one, kind)]
    if not tries:
        return None
    inside = met = outside = 0
    times: list[time] = []
    for one, moment in tries:
        is_met = was_met(one)
        is_open = any(_is_open(desk, moment) for desk in desks)
        inside += is_open
        met += is_open and is_met
        outside += is_met and not is_open
        if is_met:
            times.append(moment.astimezone(zone).time())
    return Answered(len(tries), inside, met, outside, min(times, default=None), max(times, default=None))


def was_met(one: Told) -> bool:
    """Somebody was there: named by either side, or the customer wrote down what was said or was passed on."""
    noted = one.noted
    return bool(one.agents) or (noted is not None and bool(noted.said.strip() or noted.transfers))


def _is_try(one: Told, kind: ChannelKind) -> bool:
    if one.noted is not None:
        way, is_inbound = one.noted.way.value, one.noted.is_inbound
        if one.noted.is_running:
            return False
    elif one.logged is not None and not one.logged.is_day_alone:
        way, is_inbound = one.logged.channel, one.logged.is_inbound is True
    else:
        return False
    return is_inbound and way_of(way) == kind.value


def _is_open(desk: Channel, moment: datetime) -> bool:
    if desk.always:
        return True
    day = moment.astimezone(ZoneInfo(desk.zone)).date()
    return any(opens <= moment < closes for opens, closes in spans_of(desk, day, 0))
