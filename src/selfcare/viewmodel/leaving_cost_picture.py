"""What leaving costs over time, as a picture with the chosen day marked, and as a sentence that says the same."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from selfcare.domain.money import Money
from selfcare.domain.records import Struct
from selfcare.domain.workdays import after_months
from selfcare.i18n import Words
from selfcare.leaving.quote import CostReason, Quote, cost_course

from .leaving_material import Case


class CostPicture(Struct, frozen=True):
    """Cost over time as places from 0 to 1: (x, low, high), 1 being the dearest day. The mark is the chosen day
    with its own cost, below the line where a reason frees; None as long as others have not named the day.

    `end_x` is where the commitment ends, None if it is not on the picture. `top_label` and `zero_label` are the amounts
    at the heights 1 and 0. `note` says what the picture leaves out, beside an amount that counts it.
    """

    points: tuple[tuple[float, float, float], ...]
    mark: tuple[float, float] | None
    end_x: float | None
    end_label: str
    first_label: str
    last_label: str
    top_label: str
    zero_label: str
    spoken: str
    note: str = ""


def cost_picture(case: Case, quote: Quote, words: Words) -> CostPicture | None:
    """The picture from today, or from the half year before the end, until a quarter after; None where nothing falls,
    and for a line that has ended."""
    ends, today = case.facts.commitment_ends, case.material.today
    if ends is None or case.facts.monthly is None or case.facts.line_ended is not None:
        return None
    before = max(after_months(ends, -6), min(case.facts.concluded or date.min, ends))
    first = today if today < ends else before
    last = after_months(max(quote.day, ends), 3)
    way = case.way
    course = cost_course(way.ground, way.country, way.route, first, last, quote.day)
    top = max((high.value for _, _, high in course), default=0)
    if not course or top <= 0:
        return None
    span = (last - first).days

    def place(day: date) -> float:
        return (day - first).days / span

    jumps = any(day != ends for day in case.way.country.turns(case.way.ground) if first <= day <= last)
    points = tuple((place(day), float(low.value / top), float(high.value / top)) for day, low, high in course)
    charge = quote.lines[0].high
    height = min(float(charge.value / top), 1.0) if charge is not None else 0.0
    name = words.short_day(ends)
    label = words.tr("ended {day}", day=name) if ends <= today else words.tr("ends {day}", day=name)
    note = _left_out(quote, words)
    change, (start, _, most) = _change(course, quote, words), _falls_from(course)
    said = (
        words.tr(
            "The cost falls from {amount} in {month} at most to nothing on {day}, with a step at the end of month "
            "twelve.",
            amount=words.money(most),
            month=words.month(start),
            day=words.short_day(ends),
        )
        if jumps
        else words.tr(
            "The cost falls from {amount} in {month} to {least} in {last}.",
            amount=words.money(most),
            month=words.month(start),
            least=words.money(course[-1][2]),
            last=words.month(last),
        )
        if not course[-1][2].is_zero
        else words.tr(
            "The cost falls from {amount} in {month} to nothing on {day}.",
            amount=words.money(most),
            month=words.month(start),
            day=words.short_day(ends),
        )
    )
    spoken = " ".join(one for one in (change, said, note) if one)
    return CostPicture(
        points=points,
        mark=None if case.way.is_named_later else (place(quote.day), height),
        end_x=place(ends),
        end_label=label,
        first_label=words.month(first),
        last_label=words.month(last),
        top_label=words.money(max((high for _, _, high in course), key=lambda amount: amount.value)),
        zero_label=words.money(case.way.ground.nothing),
        spoken=spoken,
        note=note,
    )


_Course = tuple[tuple[date, Money, Money], ...]


def _closing(course: _Course) -> int | None:
    """The place in the course of the last day before an announced change frees no more; None where it never rises."""
    return next((at for at, (one, then) in enumerate(pairwise(course)) if then[1] > one[1]), None)


def _falls_from(course: _Course) -> tuple[date, Money, Money]:
    """Where the falling line begins: at the first day, or once a change that surely frees does so no more."""
    at = _closing(course)
    return course[0] if at is None or not course[at][2].is_zero else course[at + 1]


def _change(course: _Course, quote: Quote, words: Words) -> str:
    """Until which day the line is drawn free because of an announced change, or perhaps free; empty where it is not."""
    at = _closing(course)
    if at is None:
        charge = quote.lines[0]
        is_open = charge.reason is CostReason.FREE_EXIT and charge.low != charge.high
        return words.tr("Because of the announced change it may be free.") if is_open else ""
    day = words.short_day(course[at][0])
    if course[at][2].is_zero:
        return words.tr("Because of the announced change it is free where the line ends by {day}.", day=day)
    return words.tr("Because of the announced change it may be free where the line ends by {day}.", day=day)


def _left_out(quote: Quote, words: Words) -> str:
    """What the amounts beside the picture count and its line does not; empty where it is nothing."""
    found = []
    if quote.device is not None and not quote.device.is_zero:
        found.append(words.tr("Drawn without the rest of the handset: its instalments are paid either way."))
    closing = [line.high for line in quote.lines if line.reason is CostReason.CLOSING_FEE]
    if any(high is None or not high.is_zero for high in closing):
        found.append(words.tr("Drawn without the closing fee: it is the same on every day."))
    return " ".join(found)
