"""Facts and secrets, forty and more, are looked for in every file: none is readable, whenever the program dies."""

from __future__ import annotations

import ast
import base64
import os
import random
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest

from tests.canaries import dresses, hits
from tests.living import KEY, NOTED, PASSPHRASE, WRITTEN
from tests.sandbox_process import Sandbox

ROOT = Path(__file__).parents[2]
STAGES = ("asked", "read", "papers")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals")


class Life:
    """A customer's life in a process of its own, up to a stage and a moment more; then it is killed."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.folder = folder
        (folder / "tmp").mkdir()
        (folder / "profile").write_bytes(sandbox.profile())
        places = {"SELFCARE_HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"), "HOME": str(folder / "person")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.living", str(folder / "profile")],
            cwd=ROOT, env={**os.environ, **places, "PYTHONPATH": str(ROOT / "src")},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.secrets: set[str | bytes] = {KEY, PASSPHRASE, *WRITTEN, *NOTED}
        self.facts: set[str] = set()

    def until(self, stage: str, more: float = 0) -> None:
        """Let it live so far."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            word, _, said = line.rstrip("\n").partition(" ")
            if word == "fact":
                self.facts.add(ast.literal_eval(said))
            elif word == "secret":
                self.secrets.add(said)
            elif word == stage:
                time.sleep(more)
                return
        raise AssertionError(self.process.communicate()[1])

    def die(self, how: signal.Signals) -> str:
        """Kill it; what it said on the terminal as it died."""
        self.process.send_signal(how)
        return self.process.communicate(timeout=30)[1]

    @property
    def places(self) -> list[Path]:
        """Where it may have written."""
        return [self.folder / "home", self.folder / "tmp", self.folder / "person"]


def private(sandbox: Sandbox, life: Life) -> set[str | bytes]:
    """Every secret, and eighty facts, without what the operator publishes of itself."""
    said = sandbox.profile().decode()
    facts = sorted(one for one in life.facts if one not in said)
    return life.secrets | set(random.Random(1).sample(facts, min(80, len(facts))))


@POSIX
@pytest.mark.parametrize("stage", STAGES)
def test_nothing_is_readable_after_a_kill(sandbox: Sandbox, tmp_path: Path, stage: str) -> None:
    life = Life(sandbox, tmp_path)
    life.until(stage, random.Random(stage).uniform(0, 0.3))
    life.die(signal.SIGKILL)
    wanted = private(sandbox, life)
    if stage != "asked":
        assert len(wanted) >= 40
    assert [path for path in (tmp_path / "home").rglob("*.db") if path.stat().st_size > 0]
    assert hits(life.places, wanted) == []


@POSIX
def test_nothing_is_readable_in_what_a_crash_leaves(sandbox: Sandbox, tmp_path: Path) -> None:
    life = Life(sandbox, tmp_path)
    life.until("papers")
    said = life.die(signal.SIGSEGV)
    (tmp_path / "home" / "terminal.txt").write_text(said)
    assert "Segmentation fault" in (tmp_path / "home" / "log" / "crash.txt").read_text()
    assert (tmp_path / "home" / "log" / "selfcare.log").stat().st_size > 0
    assert hits(life.places, private(sandbox, life)) == []
    assert [one for one in tmp_path.rglob("core*") if one.is_file()] == []
    open_to_others = [one for one in (tmp_path / "home").rglob("*") if one.stat().st_mode & 0o077]
    assert [one for one in open_to_others if one.name != "terminal.txt"] == []


@POSIX
def test_neither_arguments_nor_environment_of_any_process_tell_anything(sandbox: Sandbox, tmp_path: Path) -> None:
    life = Life(sandbox, tmp_path)
    life.until("papers")
    group = [life.process.pid]
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == life.process.pid:
                group.append(int(entry.name))
        except (OSError, ValueError):
            continue
    assert len(group) >= 2, "the reader of PDFs is a process of its own"
    seen = tmp_path / "seen"
    seen.mkdir()
    for number in group:
        (seen / f"{number}-cmdline").write_bytes(Path(f"/proc/{number}/cmdline").read_bytes())
        try:
            (seen / f"{number}-environ").write_bytes(Path(f"/proc/{number}/environ").read_bytes())
        except PermissionError:
            continue
    life.die(signal.SIGKILL)
    assert hits([seen], private(sandbox, life)) == []


@pytest.mark.campaign
def test_nothing_is_readable_after_any_of_fifty_kills(sandbox: Sandbox, tmp_path: Path) -> None:
    chance = random.Random(7)
    for number in range(50):
        folder = tmp_path / str(number)
        folder.mkdir()
        life = Life(sandbox, folder)
        life.until(chance.choice(STAGES), chance.uniform(0, 3))
        life.die(signal.SIGKILL)
        assert hits(life.places, private(sandbox, life)) == [], number


@pytest.mark.parametrize("canary", ["Canary-Wellington-é", b"\x00\x01key-of-the-vault\xff\xfe"])
def test_the_search_finds_a_fact_in_every_dress(tmp_path: Path, canary: str | bytes) -> None:
    raw = canary if isinstance(canary, bytes) else canary.encode()
    dressed = [b"x%sx" % raw, raw.hex().encode(), raw.hex().upper().encode(), zlib.compress(b"so " + raw)]
    dressed += [base64.b64encode(b"y" * n + raw + b"z" * 5) for n in range(6)]
    if isinstance(canary, str):
        dressed += [canary.encode("utf-16-le"), canary.encode("utf-16-be")]
    for number, content in enumerate(dressed):
        (tmp_path / f"{number}").write_bytes(bytes(100) + content + bytes(100))
    found = {Path(path).name for path, _ in hits([tmp_path], [canary])}
    assert found == {str(number) for number in range(len(dressed))}
    assert hits([tmp_path], ["Canary-Nelson-of-the-Nile"]) == []
    assert len(dresses(canary)) >= 6
