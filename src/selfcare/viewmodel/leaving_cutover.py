"""What is said about the hour of the cut: whether the new service works before, and what an alarm needs."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from selfcare.domain.lines import Access
from selfcare.domain.records import Struct
from selfcare.i18n import Words
from selfcare.leaving.aftermath import Aftermath
from selfcare.leaving.cutover import Cutover, CutoverKind, CutoverWarning, hours_of, safe_end
from selfcare.leaving.way import StepKind

from .leaving_material import Case
from .leaving_parts import PickView
from .leaving_words import hours_text


class WorksView(Struct, frozen=True):
    """Since when the new service works: `moment` as answered, in the operator's zone, else `start` to begin from."""

    label: str
    moment: datetime | None
    start: datetime
    keep: str
    clear: str


def works_view(case: Case, words: Words) -> WorksView | None:
    """The question since when the new service works; None as long as none was ordered and the day has not come."""
    zone = case.material.zone
    works = case.answers.works
    has_begun = case.answers.handed_over is not None or case.material.today >= case.way.cut
    if works is None and not has_begun and case.facts.line_ended is None:
        return None
    return WorksView(
        label=words.tr("The new service works since"),
        moment=works.astimezone(zone) if works is not None else None,
        start=case.material.now.astimezone(zone).replace(minute=0, second=0, microsecond=0),
        keep=words.tr("Keep it"),
        clear=words.tr("Not known yet"),
    )


def critical_pick(case: Case, words: Words) -> PickView:
    """The question whether an alarm hangs on the line."""
    said = case.answers.is_critical
    return PickView(
        "critical",
        words.tr("Does an alarm or telecare use this line?"),
        (("", words.tr("not answered")), ("yes", words.tr("yes")), ("no", words.tr("no"))),
        "" if said is None else "yes" if said else "no",
    )


def alarm_picks(case: Case, words: Words) -> tuple[PickView, ...]:
    """The same question before anything is ordered or sent: for a line at home (UK-PSTN-01)."""
    return (critical_pick(case, words),) if case.facts.access is not Access.MOBILE else ()


def cutover_note(case: Case, after: Aftermath, words: Words) -> str:
    """The gap or the overlap in hours; empty until it is known since when the new service works."""
    found = after.cutover
    if found is None:
        return ""
    about = case.way.step(StepKind.CUT)
    said = _span(found, words)
    if about is not None and about.hour is not None and about.is_guess:
        return words.tr("{said} The hour of the cut is the usual one, not a promise.", said=said)
    return said


def cutover_warnings(case: Case, after: Aftermath, words: Words) -> tuple[str, ...]:
    """What an alarm needs, with or without a known gap; once the line has ended, no advice helps any more."""
    if after.has_ended:
        return ()
    if after.cutover is None:
        if case.answers.is_critical:
            return (words.tr("Do not let this line end before the alarm was tried on the new one."),)
        return ()
    said = {
        CutoverWarning.CRITICAL_GAP: words.tr(
            "The alarm would be silent in this gap, or might be. Tell the firm behind it, and move the day."
        ),
        CutoverWarning.TEST_CRITICAL: words.tr("Try the alarm on the new line before the old one ends."),
        CutoverWarning.GAP: words.tr("Ask for a later end of the old line, or an earlier start of the new one."),
        CutoverWarning.MAY_GAP: words.tr("Ask for the hour of the cut; only the days are known."),
    }
    found = tuple(said[warning] for warning in after.cutover.warnings)
    return found if after.cutover.kind is CutoverKind.OVERLAP else (*found, *_safe_end(case, words))


def _safe_end(case: Case, words: Words) -> tuple[str, ...]:
    """From which day on the old line may end without any gap, where it is known when the new service works."""
    works = case.answers.works
    if works is None:
        return ()
    day = safe_end(works, case.material.profile.zone)
    return (words.tr("Without any gap it ends on {day} or later.", day=words.day_far(day, case.material.today)),)


def _span(found: Cutover, words: Words) -> str:
    least, most = hours_of(found.overlap_least), hours_of(found.overlap_most)
    if found.kind is CutoverKind.OVERLAP:
        hours = hours_text(_whole(least, ROUND_FLOOR), words)
        if found.overlap_least == found.overlap_most:
            return words.tr("Both work for {hours}: no gap.", hours=hours)
        return words.tr("Both work for {hours} at least: no gap.", hours=hours)
    gap = hours_text(_whole(-least, ROUND_CEILING), words)
    if found.kind is CutoverKind.UNSURE:
        over = hours_text(_whole(most, ROUND_FLOOR), words)
        return words.tr("From {gap} without service to {over} with both: it may be either.", gap=gap, over=over)
    if found.overlap_least == found.overlap_most:
        return words.tr("A gap: {hours} without service.", hours=gap)
    return words.tr("A gap: up to {hours} without service.", hours=gap)


def _whole(hours: Decimal, rounding: str) -> int:
    """Whole hours: an overlap is never said too long, a gap never too short."""
    return int(max(hours, Decimal(0)).to_integral_value(rounding))
