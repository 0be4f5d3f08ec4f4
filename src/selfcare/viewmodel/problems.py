"""Known problems of the network: mine first, with the end that was announced, every move of it, and the real end."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from selfcare.case.announced import SLACK, score
from selfcare.domain.lines import Line
from selfcare.domain.problems import Problem
from selfcare.domain.records import Struct
from selfcare.domain.tickets import Ticket
from selfcare.i18n import Words

from .facts import FactView, TagView, Tone, quoted
from .tickets import Mark, StepView, state_tag


class ProblemView(Struct, frozen=True):
    """One known problem and what it has to do with me."""

    id: str
    title: str
    state: TagView
    mine: str
    end: str
    text: str
    facts: tuple[FactView, ...]
    record: tuple[StepView, ...]
    ticket_ids: tuple[str, ...]
    is_mine: bool
    is_over: bool
    service_ids: tuple[str, ...] = ()


def my_services(lines: Iterable[Line]) -> dict[str, str]:
    """Every service behind my lines and options, and the name of what it carries."""
    found: dict[str, str] = {}
    for line in lines:
        label = line.number or line.name
        for option in (*((line.main,) if line.main is not None else ()), *line.options):
            name = label if option is line.main else f"{option.name}, {label}"
            for service_id in (*option.service_ids, *(s.id for s in option.services)):
                found.setdefault(service_id, name)
    return found


def problem_views(
    problems: Sequence[Problem],
    services: dict[str, str],
    tickets: Collection[Ticket],
    words: Words,
    today: date,
    now: datetime,
    zone: ZoneInfo,
) -> tuple[ProblemView, ...]:
    """All known problems: mine before others, open before over, the newest first."""
    made = [(p, problem_view(p, services, tickets, words, today, now, zone)) for p in problems]
    made.sort(key=lambda pair: pair[0].began.timestamp() if pair[0].began else 0.0, reverse=True)
    made.sort(key=lambda pair: (pair[1].is_over, not pair[1].is_mine))
    return tuple(view for _, view in made)


def problem_view(
    problem: Problem,
    services: dict[str, str],
    tickets: Collection[Ticket],
    words: Words,
    today: date,
    now: datetime,
    zone: ZoneInfo,
) -> ProblemView:
    """One known problem, linked to the lines and tickets it touches."""
    touched = list(dict.fromkeys(services[s] for s in problem.service_ids if s in services))
    linked = tuple(t.id for t in tickets if problem.is_behind(t))
    mine = ""
    if touched:
        mine = words.tr("Touches {what}", what=words.listing(touched))
    elif linked:
        mine = words.tr("Linked to your ticket {id}", id=linked[0])
    return ProblemView(
        id=problem.id,
        title=problem.title or words.tr("Known problem without a title"),
        state=state_tag(problem.state, problem.state_word, words),
        mine=mine,
        end=end_sentence(problem, words, today, now, zone),
        text=quoted(problem.text, words),
        facts=_facts(problem, words, today, zone),
        record=_record(problem, words, today, now, zone),
        ticket_ids=linked,
        is_mine=bool(mine),
        is_over=problem.is_over,
        service_ids=problem.service_ids,
    )


def end_sentence(problem: Problem, words: Words, today: date, now: datetime, zone: ZoneInfo) -> str:
    """The announced end against the real one, or against now; every earlier announcement counts."""
    announced = problem.expected_end
    if problem.is_over:
        if problem.ended is None:
            return words.tr("Over; the moment is not stated by your operator.")
        return _over(problem, problem.ended, words.instant(problem.ended, zone, today), words)
    if announced is None and problem.moved_from:
        last = words.instant(problem.moved_from[-1], zone, today)
        return words.tr("The announced end, {end}, was withdrawn; none is named in its place.", end=last)
    if announced is None:
        return words.tr("No end announced.")
    end = words.instant(announced, zone, today)
    if announced < now:
        first = words.tr("The announced end, {end}, has passed.", end=end)
    else:
        first = words.tr("Announced end: {end}, in {length}.", end=end, length=words.length(announced - now))
    if not problem.moved_from:
        return first
    moved = words.trn("Moved {count} time before.", "Moved {count} times before.", len(problem.moved_from))
    return words.tr("{first} {second}", first=first, second=moved)


def _over(problem: Problem, ended: datetime, real: str, words: Words) -> str:
    """The real end against the first one that was announced, as the score counts it; every move of it is told."""
    announced = problem.moved_from[0] if problem.moved_from else problem.expected_end
    if announced is None:
        return words.tr("Over since {end}.", end=real)
    span = words.length(ended - announced)
    moves = len(problem.moved_from)
    if moves:
        if abs(ended - announced) <= SLACK:
            said = words.tr("Over since {end}, as first announced.", end=real)
        elif ended > announced:
            said = words.tr("Over since {end}, {length} later than first announced.", end=real, length=span)
        else:
            said = words.tr("Over since {end}, {length} sooner than first announced.", end=real, length=span)
        moved = words.trn(
            "The end was moved {count} time meanwhile.", "The end was moved {count} times meanwhile.", moves
        )
        return words.tr("{first} {second}", first=said, second=moved)
    if abs(ended - announced) <= SLACK:
        return words.tr("Over since {end}.", end=real)
    if ended > announced:
        return words.tr("Over since {end}, {length} later than announced.", end=real, length=span)
    return words.tr("Over since {end}, {length} sooner than announced.", end=real, length=span)


def _facts(problem: Problem, words: Words, today: date, zone: ZoneInfo) -> tuple[FactView, ...]:
    found = []
    if problem.began is not None:
        found.append(FactView(words.tr("Since"), words.instant(problem.began, zone, today)))
    if problem.places:
        found.append(FactView(words.tr("Where"), words.listing(list(problem.places))))
    if problem.affected is not None:
        found.append(FactView(words.tr("Services touched"), words.number(problem.affected)))
    if problem.moved_from:
        earlier = words.listing([words.instant(m, zone, today) for m in problem.moved_from])
        found.append(FactView(words.tr("Announced before"), earlier, tag=TagView(words.tr("moved"), Tone.WARN)))
    return tuple(found)


def score_sentence(problems: Iterable[Problem], words: Words) -> str:
    """Announced against real, over every problem that is over; "" where none announced an end and had one."""
    found = score(problems)
    if not found.ended:
        return ""
    parts = [
        words.trn(
            "Of {count} announced end, {kept} came true.",
            "Of {count} announced ends, {kept} came true.",
            found.ended,
            kept=words.number(found.kept),
        )
    ]
    if found.late:
        late = words.length(found.late / (found.ended - found.kept))
        parts.append(words.tr("Where it was late, it was {length} on average.", length=late))
    if found.moves:
        moved = words.trn("Ends were moved {count} time.", "Ends were moved {count} times.", found.moves)
        parts.append(moved)
    return " ".join(parts)


def _record(problem: Problem, words: Words, today: date, now: datetime, zone: ZoneInfo) -> tuple[StepView, ...]:
    """The operator's notes, every end that it announced, and the real one, in their order."""
    end = problem.ended or (None if problem.is_over else now)
    steps: list[tuple[datetime | None, str, str, Mark]] = [
        (note.at, note.author or words.tr("Your operator"), quoted(note.text, words), Mark.PAST)
        for note in problem.record
    ]
    for moment in (*problem.moved_from, *((problem.expected_end,) if problem.expected_end is not None else ())):
        is_moved = moment != problem.expected_end
        title = words.tr("Announced end, then moved") if is_moved else words.tr("Announced end")
        if problem.expected_end is None and moment == problem.moved_from[-1]:
            title = words.tr("Announced end, then withdrawn")
        missed = end is not None and end > moment
        mark = Mark.MISSED if missed else Mark.PAST if problem.is_over or is_moved else Mark.NEXT
        steps.append((moment, title, "", mark))
    if problem.ended is not None and problem.is_over:
        steps.append((problem.ended, words.tr("Over, says your operator"), "", Mark.PAST))
    steps.sort(key=lambda step: (step[0] is None, step[0] or now))
    return tuple(_step(at, title, text, mark, words, today, zone) for at, title, text, mark in steps)


def _step(
    at: datetime | None, title: str, text: str, mark: Mark, words: Words, today: date, zone: ZoneInfo
) -> StepView:
    if at is None:
        return StepView(words.tr("day not stated"), "", title, text, mark)
    return StepView(words.start(words.day(at.astimezone(zone).date(), today)), words.clock(at, zone), title, text, mark)
