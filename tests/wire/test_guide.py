"""The operator's first day in resources/api/DAY.md is what really happens."""

from __future__ import annotations

from tests.guide import PAGE, same_every_run, written


def test_the_page_is_of_a_real_run() -> None:
    assert same_every_run(PAGE.read_text(encoding="utf-8")) == same_every_run(written()), "run python -m tests.guide"
