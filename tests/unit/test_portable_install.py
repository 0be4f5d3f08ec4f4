"""The portable archive is installed where there is room for it, and leaves nothing half done where there is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

SCRIPT = ROOT / "installers" / "linux" / "portable-install.sh"
DF = '#!/bin/sh\necho "$2" >>"$HOME/asked"\necho head\necho "disk 1 1 $FREE 1 /"\n'
CP = '#!/bin/sh\nfor one; do :; done\necho half >"$one/half"\necho "cp: first" >&2\necho "cp: second" >&2\nexit 1\n'

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a script for Linux")


def installed(home: Path, free: int, **tools: str) -> subprocess.CompletedProcess[str]:
    """What the script says on a disk with so many free kB; `tools` stand before those of the system."""
    own = home / "tools"
    own.mkdir()
    for name, script in tools.items():
        (own / name).write_text(script, "utf-8")
        (own / name).chmod(0o755)
    (home / "far").mkdir()
    env = {
        "PATH": f"{own}{os.pathsep}{os.environ['PATH']}", "HOME": str(home), "LANG": "C.UTF-8",
        "XDG_DATA_HOME": str(home / "far" / "not" / "yet"), "FREE": str(free),
    }  # fmt: skip
    return subprocess.run(["/bin/sh", str(SCRIPT)], env=env, capture_output=True, text=True, check=False, timeout=60)


def test_the_disk_that_takes_the_program_is_measured(tmp_path: Path) -> None:
    done = installed(tmp_path, 10, df=DF)
    assert done.returncode == 1
    assert (tmp_path / "asked").read_text("utf-8").split() == [str(tmp_path / "far")]
    assert "400 MB are needed in" in done.stderr
    assert list((tmp_path / "far").iterdir()) == []


def test_nothing_half_copied_stays(tmp_path: Path) -> None:
    done = installed(tmp_path, 10_000_000, df=DF, cp=CP)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "cp: first",
        "Not everything could be copied: see the line above. Nothing was changed.",
    ]
    assert not (tmp_path / "far" / "not" / "yet" / "selfcare-program.new").exists()
