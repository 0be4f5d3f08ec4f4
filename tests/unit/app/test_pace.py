"""When what waits goes out, and when a round begins: the rhythm of one account on a desk without a window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from selfcare.app.pace import BUSY_FOR, Pace
from selfcare.app.rhythm import Rhythm
from selfcare.domain.failures import NotAnAnswer, Offline, ServerTrouble
from tests.samples import words

NOW = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)


class Bench:
    """The program as far as a pace sees it. `timers` are the named calls that are to come, in seconds."""

    def __init__(self, home: Path) -> None:
        self.clock = NOW
        self.timers: dict[str, tuple[float, Callable[[], object]]] = {}
        self.done: list[str] = []
        self.unsaid: list[object] = []
        self.is_free = True
        self.network: Callable[[bool], None] = lambda is_there: None
        desk = SimpleNamespace(
            after=lambda name, seconds, call: self.timers.__setitem__(name, (seconds, call)),
            forget=lambda name: self.timers.pop(name, None),
            watch_network=lambda hears: setattr(self, "network", hears),
            store=SimpleNamespace(run=lambda work: work()),
        )
        session = SimpleNamespace(profile=SimpleNamespace(issuer="https://op.example"))
        program: Any = SimpleNamespace(
            now=lambda: self.clock, desk=desk, entry=None, home=home, session=session, words=words(),
            settings=SimpleNamespace(interval_hours=6), context=SimpleNamespace(zone=UTC),
            window=SimpleNamespace(notes=SimpleNamespace(unsay=self.unsaid.append)),
        )  # fmt: skip
        self.pace = Pace(program, self._read, lambda: self.done.append("push"))

    def _read(self) -> bool:
        self.done.append("read")
        return self.is_free

    def wait_of(self, name: str) -> float:
        return self.timers[name][0]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_what_waits_goes_out_within_a_minute_of_a_start(bench: Bench) -> None:
    bench.pace.begin(NOW - timedelta(minutes=1), None)
    assert bench.wait_of("round") > 600
    seconds, call = bench.timers["push"]
    assert 1 <= seconds <= 60
    call()
    assert bench.done == ["push"]


def test_what_waits_goes_out_within_minutes_of_the_network_s_return(bench: Bench) -> None:
    away = Rhythm(timedelta(hours=6), NOW + timedelta(hours=1), failures=4, away_since=NOW - timedelta(hours=9))
    bench.pace.begin(NOW, away)
    del bench.timers["push"]
    bench.network(True)
    assert bench.wait_of("push") <= 300
    del bench.timers["push"]
    bench.network(True)
    assert "push" not in bench.timers, "it was there all the time"


def test_a_try_that_reaches_nobody_is_made_again_soon_and_the_round_stays(bench: Bench) -> None:
    bench.pace.begin(NOW - timedelta(minutes=1), None)
    planned = bench.wait_of("round")
    for seconds in (5, 30):
        bench.pace.sent(Offline())
        bench.pace.plan_push(None)
        assert bench.wait_of("push") == pytest.approx(seconds)
    for _ in range(7):
        bench.pace.sent(Offline())
    assert bench.wait_of("round") == planned
    bench.pace.plan_push(NOW + timedelta(seconds=90))
    assert bench.wait_of("push") == 90, "a request's own time may come sooner"


def test_a_press_that_reaches_nobody_puts_nothing_off(bench: Bench) -> None:
    bench.pace.begin(NOW - timedelta(minutes=1), None)
    planned = bench.wait_of("round")
    for ask in (bench.pace.press, bench.pace.press, bench.pace.press, bench.pace.try_again, bench.pace.try_again):
        assert ask() is None
        (bench.pace.remember if ask == bench.pace.press else bench.pace.sent)(Offline())
        bench.pace.plan_push(None)
        assert bench.wait_of("push") == pytest.approx(5)
        assert bench.wait_of("round") == planned
    bench.pace.sent(Offline())
    bench.pace.sent(Offline())
    bench.pace.plan_push(None)
    assert bench.wait_of("push") == pytest.approx(30), "what comes by itself still takes its time"


def test_web_pages_in_the_way_count_as_the_operator_s_trouble(bench: Bench) -> None:
    bench.pace.begin(NOW - timedelta(minutes=1), None)
    for _ in range(3):
        bench.pace.sent(NotAnAnswer("html"))
    del bench.timers["push"]
    assert bench.pace.is_left_alone()
    assert bench.wait_of("push") == pytest.approx(900), "what waits goes out when the operator may be asked again"
    refused = bench.pace.try_again()
    assert refused is not None


def test_a_round_whose_time_comes_while_something_goes_on_waits_for_it(bench: Bench) -> None:
    bench.pace.begin(None, None)
    bench.is_free = False
    bench.timers["round"][1]()
    assert bench.done == ["read"]
    assert bench.wait_of("round") == BUSY_FOR.total_seconds()
    bench.is_free = True
    bench.timers.pop("round")[1]()
    assert bench.done == ["read", "read"]
    assert "round" not in bench.timers, "it is planned again when it is over"


def test_a_try_is_refused_with_the_time_after_three_and_while_the_operator_is_left_alone(bench: Bench) -> None:
    bench.pace.begin(NOW, None)
    assert [bench.pace.try_again() for _ in range(3)] == [None] * 3
    refused = bench.pace.try_again()
    assert refused is not None
    assert "10:47" in refused.advice
    bench.pace.sent(Offline())
    assert bench.unsaid == []
    bench.pace.sent(None)
    assert bench.unsaid == [refused], "the operator was heard: it may be asked for again"
    bench.clock = NOW + timedelta(minutes=6)
    assert bench.pace.try_again() is None
    for _ in range(3):
        bench.pace.sent(ServerTrouble(503))
    alone = bench.pace.try_again()
    assert alone is not None
    assert "left alone until" in alone.sentence


def test_after_a_clock_that_was_a_year_ahead_rounds_come_again_by_themselves(bench: Bench) -> None:
    bench.clock = NOW + timedelta(days=365)
    bench.pace.begin(None, None)
    bench.pace.remember(None)
    bench.clock = NOW
    bench.timers["round"][1]()
    assert bench.wait_of("round") <= 60
    bench.clock = NOW + timedelta(minutes=1)
    bench.timers["round"][1]()
    assert bench.done[-1] == "read"
