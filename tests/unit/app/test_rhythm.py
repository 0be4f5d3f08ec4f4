"""One program among a million: seldom, spread by chance, patient."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from selfcare.app.rhythm import Rhythm, after_failure, after_success, at_start, press

NOW = datetime(2026, 11, 21, 10, 42, tzinfo=UTC)
SIX = timedelta(hours=6)
chances = st.floats(0, 0.999)


@given(chances)
def test_a_first_start_reads_at_once_and_a_stale_one_within_a_minute(chance: float) -> None:
    assert at_start(SIX, None, NOW, lambda: chance).next_round == NOW
    stale = at_start(SIX, NOW - timedelta(days=3), NOW, lambda: chance)
    assert NOW <= stale.next_round <= NOW + timedelta(seconds=60)


@given(chances, st.integers(-10_000, 10_000))
def test_no_clock_puts_a_round_off_by_more_than_an_interval(chance: float, minutes: int) -> None:
    rhythm = at_start(SIX, NOW + timedelta(minutes=minutes), NOW, lambda: chance)
    assert NOW <= rhythm.next_round <= NOW + SIX


@given(chances, st.integers(0, 40))
def test_failures_wait_longer_and_never_more_than_a_day(chance: float, failures: int) -> None:
    rhythm = after_failure(Rhythm(SIX, NOW, failures), NOW, lambda: chance)
    wait = rhythm.next_round - NOW
    assert min(timedelta(minutes=15) * 2 ** min(failures, 10), timedelta(hours=24)) <= wait <= timedelta(hours=24)
    assert after_success(rhythm, NOW, lambda: chance).failures == 0


@given(chances, st.integers(1, 200_000))
def test_what_the_operator_asks_for_is_never_shortened(chance: float, seconds: int) -> None:
    asked = NOW + min(timedelta(seconds=seconds), timedelta(hours=24))
    rhythm = after_failure(Rhythm(SIX, NOW), NOW, lambda: chance, NOW + timedelta(seconds=seconds))
    assert rhythm.not_before is not None
    assert rhythm.not_before >= asked
    assert rhythm.next_round >= asked
    assert press(rhythm, NOW)[1] == rhythm.not_before


def test_equal_answers_do_not_bring_everybody_back_at_once() -> None:
    chance = Random(7).random
    back = {after_failure(Rhythm(SIX, NOW), NOW, chance, NOW + timedelta(minutes=30)).next_round for _ in range(200)}
    assert max(back) - min(back) > timedelta(minutes=20)


def test_three_presses_then_one_each_half_minute() -> None:
    rhythm = Rhythm(SIX, NOW)
    for second in range(3):
        rhythm, wait = press(rhythm, NOW + timedelta(seconds=second))
        assert wait is None
    rhythm, wait = press(rhythm, NOW + timedelta(seconds=3))
    assert wait == NOW + timedelta(seconds=90)
    assert press(rhythm, NOW + timedelta(seconds=91))[1] is None
