"""The real window on a real screen, read and operated from outside as a screen reader does it (AT-SPI)."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from selfcare.domain.records import replace
from selfcare.host.settings import load_settings, save_settings
from tests.accessibility.window import KEY
from tests.conftest import ROOT
from tests.journeys.computer import KeyStore, fill
from tests.sandbox_process import start_sandbox

READER = Path(__file__).with_name("reader.py")
BUS = Path("/usr/libexec/at-spi-bus-launcher")
SYSTEM_PYTHON = "/usr/bin/python3"
LONGEST = 240

LISTENING = "{bus} --launch-immediately &\n"
STOP = """
SELFCARE_HOME={home} {python} -m tests.accessibility.window claire &
window=$!
{system} -B -W ignore {reader} {task}
status=$?
kill $window
wait $window
[ $status = 0 ] || exit $status
"""
"""One window, and what the reader does with it."""


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


def heard(
    home: Home,
    runtime: Path,
    task: str,
    *,
    before: Sequence[tuple[Path, str]] = (),
    language: str = "en",
) -> dict[str, list[str]]:
    """What the reader found; fails where it did not come to an end. `before`: homes and what is done there first."""
    runtime.mkdir(mode=0o700)
    choices = home.folder / "config" / "settings.json"
    save_settings(choices, replace(load_settings(choices), language=language))
    environment = {
        **os.environ,
        "SELFCARE_TEST_OPERATOR": home.operator,
        "XDG_RUNTIME_DIR": str(runtime),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "LANGUAGE": language,
    }
    script = LISTENING.format(bus=BUS) + "".join(
        STOP.format(home=shlex.quote(str(one)), python=sys.executable, system=SYSTEM_PYTHON, reader=READER, task=what)
        for one, what in (*before, (home.folder, task))
    )
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
    return {name: found for line in lines for name, found in json.loads(line).items()}


@pytest.fixture
def tree() -> None:
    """Skips, saying why, where the tree cannot be had."""
    if lacking := missing():
        pytest.skip(f"no accessibility tree can be had here: {lacking} is missing")


@pytest.mark.usefixtures("tree")
def test_a_bill_and_why_it_is_different(home: Home, tmp_path: Path) -> None:
    """The newest bill is found in the list and opened; what makes it different is heard."""
    assert heard(home, tmp_path / "runtime", "bill")["bill"] == []


@pytest.mark.usefixtures("tree")
def test_in_french_from_the_first_page_to_the_way_out(home: Home, tmp_path: Path) -> None:
    """Names, roles and headings of the first page, the bills and the way out; a reading is announced with its end."""
    found = heard(home, tmp_path / "runtime", "short", before=[(tmp_path / "fresh", "first")], language="fr")
    assert (found["first"], found["short"]) == ([], [])


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
