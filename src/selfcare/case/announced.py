"""Scores an operator's announcements: how often a known problem (TMF656) ended when its end was first announced."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from selfcare.domain.problems import Problem
from selfcare.domain.records import Struct

SLACK = timedelta(minutes=1)
"""An end within this of the announced one came true."""


class Score(Struct, frozen=True):
    """`ended` problems with an announced and a real end, `kept` of them over by the first one announced, `late` the
    sum of what the others were late, `moves` how often any announced end was replaced by another."""

    ended: int = 0
    kept: int = 0
    late: timedelta = timedelta()
    moves: int = 0


def score(problems: Iterable[Problem]) -> Score:
    """The score over all problems; the first announcement counts, since moving the end is no way to keep it."""
    ended = kept = moves = 0
    late = timedelta()
    for problem in problems:
        moves += len(problem.moved_from)
        first = problem.moved_from[0] if problem.moved_from else problem.expected_end
        if not problem.is_over or problem.ended is None or first is None:
            continue
        ended += 1
        over = problem.ended - first
        if over <= SLACK:
            kept += 1
        else:
            late += over
    return Score(ended, kept, late, moves)
