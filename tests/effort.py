"""How much work something is, counted and not timed: a busy computer must not turn the gate red.

Counted are the calls of Python functions in this thread, those that Qt makes included. The count is the same on every
run, so a growth with the square of what is given shows at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def effort(work: Callable[[], object]) -> int:
    """The calls that `work` makes, in Python, in this thread."""
    calls = 0

    def count(_frame: FrameType, event: str, _fact: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def grows_in_step(few: Callable[[], object], many: Callable[[], object], times: float) -> None:
    """Hold that `many`, which is given `times` as much as `few`, is at most that much more work and a fifth."""
    few()  # what is made once and kept is not counted
    little, much = effort(few), effort(many)
    assert much <= 1.2 * times * little, (little, much)
