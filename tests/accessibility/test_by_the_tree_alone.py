"""The real window on a real screen, read and operated from outside as a screen reader does it (AT-SPI)."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.accessibility.window import KEY
from tests.conftest import ROOT
from tests.journeys.computer import KeyStore, fill
from tests.sandbox_process import start_sandbox

READER = Path(__file__).with_name("reader.py")
BUS = Path("/usr/libexec/at-spi-bus-launcher")
SYSTEM_PYTHON = "/usr/bin/python3"
LONGEST = 240

SCRIPT = """
{bus} --launch-immediately &
{python} -m tests.accessibility.window claire &
window=$!
{system} -B -W ignore {reader} {task}
status=$?
kill $window
wait $window
exit $status
"""


class Home(NamedTuple):
    """A home that was read, and the address of its operator."""

    folder: Path
    operator: str


class KnownKey(KeyStore):
    """The key store of a computer on which the window finds the same key."""

    def read(self, account: str) -> bytes | None:
        """The one key."""
        return KEY


def missing() -> str:
    """What this computer lacks for the test; "" where it has everything."""
    for tool in ("Xvfb", "xvfb-run", "dbus-run-session"):
        if shutil.which(tool) is None:
            return tool
    if not BUS.exists():
        return "at-spi2-core"
    asked = [SYSTEM_PYTHON, "-c", "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"]
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run(asked, capture_output=True, check=False).returncode:
        return "python3-gi and gir1.2-atspi-2.0"
    return ""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home in which claire's account was read once; its operator is running."""
    folder = tmp_path_factory.mktemp("tree") / "home"
    with pytest.MonkeyPatch.context() as patch, start_sandbox("--seed", "3") as operator:
        patch.setattr("selfcare.host.keychain.system_keychain", lambda timeout=30.0: KnownKey())
        fill(folder, operator.issuer(), "claire")
        patch.undo()
        yield Home(folder, operator.url)


def heard(home: Home, runtime: Path, task: str) -> dict[str, list[str]]:
    """What the reader found; fails where it did not come to an end."""
    runtime.mkdir(mode=0o700)
    environment = {
        **os.environ,
        "SELFCARE_HOME": str(home.folder),
        "SELFCARE_TEST_OPERATOR": home.operator,
        "XDG_RUNTIME_DIR": str(runtime),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "LANGUAGE": "en",
    }
    script = SCRIPT.format(bus=BUS, python=sys.executable, system=SYSTEM_PYTHON, reader=READER, task=task)
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1400x950x24 -nolisten tcp"]
    command = [*screen, "dbus-run-session", "--", "sh", "-c", script]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    ) as running:
        try:
            out, errors = running.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            pytest.fail("the reader did not come to an end")
    lines = [line for line in out.splitlines() if line.startswith("{")]
    assert lines, errors[-3000:]
    return dict(json.loads(lines[-1]))


@pytest.fixture
def tree() -> None:
    """Skips, saying why, where the tree cannot be had."""
    if lacking := missing():
        pytest.skip(f"no accessibility tree can be had here: {lacking} is missing")


@pytest.mark.usefixtures("tree")
def test_a_bill_and_why_it_is_different(home: Home, tmp_path: Path) -> None:
    """The newest bill is found in the list and opened; what makes it different is heard."""
    assert heard(home, tmp_path / "runtime", "bill")["bill"] == []


@pytest.mark.campaign
@pytest.mark.usefixtures("tree")
def test_every_page(home: Home, tmp_path: Path) -> None:
    """Every control has its name and role, every picture its text, every table its headers."""
    assert heard(home, tmp_path / "runtime", "walk")["walk"] == []


@pytest.mark.campaign
@pytest.mark.usefixtures("tree")
def test_the_whole_way_out(home: Home, tmp_path: Path) -> None:
    """Unlock, code, bank, day, all the facts once more, the confirmation: found, read and pressed by their names."""
    assert heard(home, tmp_path / "runtime", "leave")["leave"] == []
