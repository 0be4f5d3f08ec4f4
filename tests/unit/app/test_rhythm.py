"""One program among a million: seldom, spread by chance, patient."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfcare.app.patience import FILE, keep_patience, kept_patience
from selfcare.app.rhythm import (
    Rhythm,
    after_failure,
    after_sending,
    after_success,
    at_start,
    believed,
    network_back,
    network_gone,
    phase_of,
    press,
    resumed,
    send_again,
    try_again,
    woken,
)
from tests.bench.million import peaks

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


@given(chances, st.floats(0, 0.999), st.integers(0, 100_000))
def test_after_a_success_each_account_comes_at_its_own_place(chance: float, phase: float, minutes: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    due = after_success(Rhythm(SIX, now, phase=phase), now, lambda: chance).next_round
    assert SIX * 0.34 <= due - now <= SIX * 1.66
    other = after_success(Rhythm(SIX, now, phase=phase), now + SIX, lambda: chance).next_round
    assert abs((other - due) - SIX) < timedelta(seconds=1)


def test_accounts_are_spread_by_their_names() -> None:
    places = sorted(phase_of(f"orvane-gb-{n}") for n in range(1000))
    assert max(b - a for a, b in pairwise(places)) < 0.02
    assert phase_of("a") == phase_of("a")


@given(chances, st.integers(1, 3000))
def test_when_only_the_network_was_gone_a_missed_round_is_spread(chance: float, minutes: int) -> None:
    gone = network_gone(Rhythm(SIX, NOW + timedelta(minutes=minutes)), NOW)
    now = NOW + timedelta(hours=4)
    back = network_back(gone, now, lambda: chance)
    if gone.next_round > now:
        assert back.next_round == gone.next_round
    else:
        assert now <= back.next_round <= now + timedelta(hours=3)
    assert back.away_since is None
    assert press(back, now)[1] is None


def test_an_operator_in_trouble_is_left_alone_and_probed_by_one_press() -> None:
    rhythm = Rhythm(SIX, NOW)
    for _ in range(3):
        assert press(rhythm, NOW)[1] is None
        rhythm = after_failure(rhythm, NOW, lambda: 0.5)
    assert press(rhythm, NOW)[1] == NOW + timedelta(minutes=15)
    assert press(rhythm, NOW + timedelta(minutes=15))[1] is None
    offline = Rhythm(SIX, NOW)
    for _ in range(9):
        offline = after_failure(offline, NOW, lambda: 0.5, whose="network")
    assert press(offline, NOW)[1] is None


def test_a_sending_that_reaches_nobody_never_puts_the_rounds_off() -> None:
    rhythm, now, waits = Rhythm(SIX, NOW + timedelta(minutes=20)), NOW, []
    for _ in range(5):
        rhythm = after_sending(rhythm, now, lambda: 0, whose="network")
        waits.append(send_again(rhythm, lambda: 0))
        now += waits[-1]
    assert [int(wait.total_seconds()) for wait in waits] == [5, 30, 900, 1800, 3600]
    assert rhythm.next_round == NOW + timedelta(minutes=20)
    assert rhythm.failures == 0
    assert network_back(rhythm, now, lambda: 0).away_since is None
    assert after_sending(rhythm, now, lambda: 0).unheard == 0


def test_the_operator_s_troubles_with_requests_count_for_leaving_it_alone() -> None:
    rhythm = Rhythm(SIX, NOW + SIX)
    for _ in range(3):
        assert rhythm.closed_until(NOW) is None
        rhythm = after_sending(rhythm, NOW, lambda: 0.5, whose="operator")
    assert rhythm.closed_until(NOW) == NOW + timedelta(minutes=15)
    assert (rhythm.failures, rhythm.next_round) == (0, NOW + SIX)
    asked = after_sending(Rhythm(SIX, NOW), NOW, lambda: 0.0, NOW + timedelta(hours=2), whose="operator")
    assert asked.not_before == asked.next_round == NOW + timedelta(hours=2)


def test_a_request_is_tried_again_three_times_in_five_minutes() -> None:
    rhythm, allowed = Rhythm(SIX, NOW + SIX), []
    for second in range(0, 900, 10):
        now = NOW + timedelta(seconds=second)
        rhythm, wait = try_again(rhythm, now)
        if wait is None:
            allowed.append(now)
        else:
            assert now < wait <= now + timedelta(minutes=5)
    assert all(later - first >= timedelta(minutes=5) for first, later in zip(allowed, allowed[3:], strict=False))
    assert len(allowed) == 9
    assert press(rhythm, NOW + timedelta(seconds=900))[1] is None, "a round is another matter"


def test_only_a_success_ends_the_failures_in_a_row_also_over_a_restart() -> None:
    rhythm = Rhythm(SIX, NOW)
    for _ in range(6):
        rhythm = after_failure(rhythm, NOW, lambda: 0.5)
    later = rhythm.next_round + timedelta(hours=3)
    again = resumed(rhythm, at_start(SIX, None, later, lambda: 0.5), later)
    assert (again.failures, again.in_trouble, again.next_round) == (6, 6, later)
    assert after_failure(again, later, lambda: 0.5).next_round - later >= timedelta(minutes=15) * 2**6
    assert after_success(again, later, lambda: 0.5).failures == 0


def test_patience_outlives_a_restart_and_a_clock_that_was_set_back(tmp_path: Path) -> None:
    told = after_failure(Rhythm(SIX, NOW), NOW, lambda: 0.5, NOW + timedelta(hours=2))
    keep_patience(tmp_path, "https://op.example", told)
    assert b"op.example" not in (tmp_path / FILE).read_bytes()
    kept = kept_patience(tmp_path, "https://op.example")
    assert kept == told
    assert kept_patience(tmp_path, "https://other.example") is None
    fresh = at_start(SIX, None, NOW, lambda: 0.5)
    assert resumed(told, fresh, NOW).next_round == told.next_round
    assert resumed(told, fresh, NOW).closed_until(NOW) == told.not_before
    back = NOW - timedelta(days=400)
    early = at_start(SIX, None, back, lambda: 0.5)
    assert resumed(told, early, back) == early
    keep_patience(tmp_path, "https://op.example", after_success(told, NOW, lambda: 0.5))
    assert kept_patience(tmp_path, "https://op.example") is None


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"0.1": 3}', b"\xff"])
def test_a_damaged_file_of_patience_is_no_trouble(tmp_path: Path, text: bytes) -> None:
    (tmp_path / FILE).write_bytes(text)
    assert kept_patience(tmp_path, "https://op.example") is None


def test_a_round_that_was_slept_through_begins_within_a_minute() -> None:
    rhythm = Rhythm(SIX, NOW)
    assert woken(rhythm, NOW + timedelta(seconds=30), lambda: 0.5) is rhythm
    late = NOW + timedelta(hours=9)
    assert late < woken(rhythm, late, lambda: 0.5).next_round <= late + timedelta(seconds=60)


def test_many_are_no_load() -> None:
    """So few are uneven by chance alone; the figures are those of a million, in the table of measurements."""
    for name, peak, most in peaks(20_000):
        assert peak <= most + 0.6, name


@pytest.mark.parametrize("hours", [1, 48])
@pytest.mark.parametrize("fails", [True, False])
def test_a_round_planned_under_a_clock_that_was_ahead_comes_within_a_minute(hours: int, fails: bool) -> None:
    fresh = Rhythm(timedelta(hours=hours), NOW)
    later = NOW + timedelta(days=365)
    planned = after_failure(fresh, later, lambda: 0.5) if fails else after_success(fresh, later, lambda: 0.5)
    held = believed(planned, NOW, lambda: 0.5)
    assert NOW <= held.next_round <= NOW + timedelta(minutes=1)
    assert held.failed is None
    assert believed(planned, later, lambda: 0.5) is planned
