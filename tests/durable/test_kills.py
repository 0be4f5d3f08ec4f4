"""The program is killed, at any moment and at each of its steps: nothing told is lost, and nothing is done twice."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.durable.writer import DONE, problems
from tests.unit.account.branch import KINDS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="children are forked")
ROOT = Path(__file__).resolve().parents[2]
KILLED = -9


class Lives:
    """The small program, of which one life after the other is taken."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.killed = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.durable.writer", str(folder)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def live(self, **trial: object) -> bool:
        """One life; whether it came to its end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(trial) + "\n")
        self._process.stdin.flush()
        ended = json.loads(self._process.stdout.readline())["ended"]
        assert ended in {DONE, KILLED}
        self.killed += ended == KILLED
        return bool(ended == DONE)

    def end(self) -> None:
        """No more lives."""
        self._process.communicate()


@pytest.fixture
def lives(tmp_path: Path) -> Iterator[Lives]:
    made = Lives(tmp_path / "lives")
    yield made
    made.end()


def kill_at_random(lives: Lives, kills: int, seed: int) -> None:
    chance = Random(seed)
    while lives.killed < kills:
        some = [chance.choice(sorted(KINDS)) for _ in range(2)]
        lives.live(kinds=some, after=chance.random() * 0.06)


def test_killed_at_any_moment(lives: Lives) -> None:
    kill_at_random(lives, 100, seed=1)
    assert problems(lives.folder) == []


def kill_at_every_step(lives: Lives, kind: str, seed: int, **more: str) -> int:
    """Kill at the first step, then at the second, until it lives to the end; some are killed again as they recover."""
    chance = Random(seed)
    at = 1
    while not lives.live(kinds=[kind], at=at, **more):
        if at % 3 == 0:
            lives.live(kinds=[], at=chance.randrange(1, 12))
        at += 1
    return at - 1


@pytest.mark.parametrize("kind", ["ticket", "note"])
def test_killed_at_each_step(lives: Lives, kind: str) -> None:
    steps = kill_at_every_step(lives, kind, seed=2)
    assert steps > 15
    assert lives.killed > 25
    assert problems(lives.folder) == []


def test_the_trial_notices_a_wrong_outbox(lives: Lives) -> None:
    kill_at_every_step(lives, "note", seed=4, wrong="done before the answer")
    assert problems(lives.folder) != []


@pytest.mark.campaign
@pytest.mark.parametrize("kind", KINDS)
def test_killed_at_each_step_of_everything(lives: Lives, kind: str) -> None:
    kill_at_every_step(lives, kind, seed=3)
    assert problems(lives.folder) == []


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(100, 120))
def test_killed_very_often(lives: Lives, seed: int) -> None:
    kill_at_random(lives, 500, seed)
    assert problems(lives.folder) == []
