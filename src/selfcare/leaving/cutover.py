"""Compares when the new service works with when the old one ends: the gap or the overlap, and the safe order."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from selfcare.domain.records import Struct


class CutoverKind(StrEnum):
    """How the two services meet."""

    OVERLAP = "overlap"
    """The new one works before the old one ends, under every reading."""
    GAP = "gap"
    """There will be a time without service, under every reading."""
    UNSURE = "unsure"
    """Only days are known: it may be either."""


class CutoverWarning(StrEnum):
    """What the customer is warned of."""

    GAP = "gap"
    MAY_GAP = "mayGap"
    CRITICAL_GAP = "criticalGap"
    """An alarm or telecare would be silent, or might be."""
    TEST_CRITICAL = "testCritical"
    """An alarm or telecare must be tried on the new line before the old one ends."""


class CutoverStep(StrEnum):
    """The steps of a safe change, in the order recommended."""

    TELL_ALARM = "tellAlarm"
    """Tell the firm behind the alarm or telecare."""
    ORDER_NEW = "orderNew"
    NEW_WORKS = "newWorks"
    TEST_ALARM = "testAlarm"
    MOVE_NUMBER = "moveNumber"
    """The number moves; the old line ends by it."""
    GIVE_NOTICE = "giveNotice"
    OLD_ENDS = "oldEnds"


class Cutover(Struct, frozen=True):
    """How long both work: `overlap_least` to `overlap_most`, the same where both instants are known.

    Below zero it is a gap. They are counted on the instant: a change of the clocks neither gives nor takes any.
    """

    overlap_least: timedelta
    overlap_most: timedelta
    warnings: tuple[CutoverWarning, ...] = ()

    @property
    def kind(self) -> CutoverKind:
        """Gap or overlap. Meeting to the second is an overlap of nothing."""
        if self.overlap_least >= timedelta(0):
            return CutoverKind.OVERLAP
        return CutoverKind.GAP if self.overlap_most < timedelta(0) else CutoverKind.UNSURE

    @property
    def gap_most(self) -> Decimal:
        """How many hours there may be without service at the worst; 0 for none."""
        return max(hours_of(-self.overlap_least), Decimal(0))


def cutover(works: date, ends: date, zone: str, *, is_critical: bool = False) -> Cutover:
    """Compare when the new service `works` with when the old one `ends`.

    Each is an aware instant, or a day in `zone` where only that is known: it may then be any moment of the day, however
    many hours that day has. `is_critical` is a line with an alarm or telecare. ValueError for an instant without zone.
    """
    (works_first, works_last), (ends_first, ends_last) = _bounds(works, zone), _bounds(ends, zone)
    least, most = ends_first - works_last, ends_last - works_first
    return Cutover(least, most, _warnings(Cutover(least, most).kind, is_critical=is_critical))


def hours_of(span: timedelta) -> Decimal:
    """A span in hours, below zero for a gap."""
    return Decimal(span // timedelta(microseconds=1)) / 3_600_000_000


def safe_end(works: date, zone: str) -> date:
    """The first day on which the old service may end without any gap: the day after the new one surely works."""
    last = _bounds(works, zone)[1] - timedelta(microseconds=1)
    return last.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)


def recommended_order(*, keeps_number: bool, is_critical: bool = False) -> tuple[CutoverStep, ...]:
    """The safe order. A number that is kept is never moved after a notice: moving it ends the old line."""
    steps = [CutoverStep.ORDER_NEW, CutoverStep.NEW_WORKS]
    if is_critical:
        steps = [CutoverStep.TELL_ALARM, *steps, CutoverStep.TEST_ALARM]
    return (*steps, CutoverStep.MOVE_NUMBER if keeps_number else CutoverStep.GIVE_NOTICE, CutoverStep.OLD_ENDS)


def _bounds(when: date, zone: str) -> tuple[datetime, datetime]:
    """The first and the last possible instant."""
    if isinstance(when, datetime):
        if when.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return when.astimezone(UTC), when.astimezone(UTC)
    first, after = (datetime.combine(d, time(), ZoneInfo(zone)) for d in (when, when + timedelta(days=1)))
    return first.astimezone(UTC), after.astimezone(UTC)


def _warnings(kind: CutoverKind, *, is_critical: bool) -> tuple[CutoverWarning, ...]:
    found = {
        CutoverKind.OVERLAP: [],
        CutoverKind.GAP: [CutoverWarning.GAP],
        CutoverKind.UNSURE: [CutoverWarning.MAY_GAP],
    }[kind]
    if is_critical:
        found = [*found, CutoverWarning.TEST_CRITICAL if kind is CutoverKind.OVERLAP else CutoverWarning.CRITICAL_GAP]
    return tuple(found)
