"""HomeBank and Skrooge with 10,000 records beside this program with 10,000 bills: window ready, and memory.

Started as `python -m tests.bench.beside`. It needs the Debian packages homebank or skrooge, xvfb and x11-utils; what is
not there is left out, in words. All of them open on the same virtual screen, one after the other, in turn. Theirs are
ready when the title of their window names the file; ours when Home is painted with the account's own data.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from selfcare.app.demo import start_demo_operator
from tests.bench.clockwork import interleaved, launch
from tests.bench.home_folder import fill

RECORDS = 10_000
STARTS = 5
NEWEST = date(2026, 11, 1)
LONGEST = 120.0
CONVERTING = 1800.0
RUN_ON = "8"


def records() -> Iterator[tuple[date, str, str]]:
    """Day, amount and words of each record: one for each of the latest 3,650 days, again and again."""
    for n in range(RECORDS):
        yield NEWEST - timedelta(days=n % 3650), f"-{20 + n % 97}.{n % 100:02}", f"Bill {n}"


def write_homebank(path: Path) -> None:
    """A wallet as HomeBank 5 writes it; it counts days from the first of January of the year 1."""
    rows = "".join(
        f'<ope date="{day.toordinal()}" amount="{amount}" account="1" paymode="0" st="0" flags="0" payee="1"'
        f' category="1" wording="{words}"/>\n'
        for day, amount, words in records()
    )
    path.write_text(
        '<?xml version="1.0"?>\n<homebank v="1.4" d="050602">\n<properties title="Bench" curr="1"/>\n'
        '<cur key="1" flags="0" iso="GBP" name="Pound Sterling" symb="GBP" syprf="1" dchar="." gchar="," frac="2"'
        ' rate="0" mdate="0"/>\n<account key="1" pos="1" type="1" curr="1" name="Main" initial="0" minimum="0"/>\n'
        f'<pay key="1" name="Orvane"/>\n<cat key="1" name="Phone"/>\n{rows}</homebank>\n',
        "utf-8",
    )


def write_skrooge(path: Path) -> None:
    """A document of Skrooge's, made by its own converter from QIF; that takes it minutes."""
    rows = "".join(f"D{day}\nT{amount}\nPOrvane\nLPhone\nM{words}\n^\n" for day, amount, words in records())
    plain = path.with_suffix(".qif")
    plain.write_text(f"!Account\nNMain\nTBank\n^\n!Type:Bank\n{rows}", "utf-8")
    subprocess.run(
        ["skroogeconvert", "--in", str(plain), "--out", str(path)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=CONVERTING, check=False,
    )  # fmt: skip


OTHERS = {"HomeBank": ("homebank", "x.xhb", write_homebank), "Skrooge": ("skrooge", "x.skg", write_skrooge)}


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen of its own."""
    theirs, ours = os.pipe()
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(ours), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=(ours,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(ours)
    try:
        with os.fdopen(theirs) as said:
            yield f":{said.readline().strip()}"
    finally:
        process.terminate()
        process.wait(10)


def opened(command: list[str], env: dict[str, str], title: str) -> dict[str, float]:
    """Start a program; seconds until a window's title has these words, and the memory it and its children hold then."""
    began = time.monotonic()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while title not in _windows(env["DISPLAY"]):
            if time.monotonic() - began > LONGEST or process.poll() is not None:
                raise RuntimeError(f"{command[0]} showed no window with {title}")
            time.sleep(0.02)
        return {"seconds": time.monotonic() - began, "mib": _held(process.pid)}
    finally:
        for pid in (*_children(process.pid), process.pid):
            with_id = Path(f"/proc/{pid}")
            if with_id.exists():
                os.kill(pid, 9)
        process.wait(10)


def _windows(display: str) -> str:
    done = subprocess.run(["xwininfo", "-root", "-tree", "-display", display], capture_output=True, text=True)
    return done.stdout


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text("ascii").split():
            found += [*_children(int(child)), int(child)]
    return found


def _held(pid: int) -> float:
    pages = 0
    for one in (pid, *_children(pid)):
        if not Path(f"/proc/{one}/comm").read_text().startswith("dbus"):
            pages += int(Path(f"/proc/{one}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def beside_rows(home: Path) -> list:  # type: ignore[type-arg]
    """The rows of the table, beside the account `bench` in this home; none, and why in words, where nobody is there."""
    from tests.bench.__main__ import Row, environment

    lacking = [tool for tool in ("Xvfb", "xwininfo") if shutil.which(tool) is None]
    there = {name: facts for name, facts in OTHERS.items() if shutil.which(facts[0])}
    for name in OTHERS.keys() - there.keys():
        sys.stdout.write(f"{name} is not installed here: not measured beside it\n")
    if lacking or not there:
        sys.stdout.write(f"beside other programs: left out{', no ' + ' and no '.join(lacking) if lacking else ''}\n")
        return []
    ours = [sys.executable, "-m", "tests.bench.first_paint", str(home), "bench"]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="selfcare-beside-") as folder, screen() as display:
        env = environment() | {"DISPLAY": display, "HOME": folder, "XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder}
        mine = env | {"QT_QPA_PLATFORM": "xcb"}
        try:
            launch([*ours, RUN_ON], mine)
        except subprocess.CalledProcessError:  # Qt's door to X needs libxcb-cursor0
            sys.stdout.write("this program is measured without a screen: Qt does not find its way to X here\n")
            mine = env
            launch([*ours, RUN_ON], mine)
        del env["QT_QPA_PLATFORM"]
        for name, (program, file, write) in there.items():
            path = Path(folder) / file
            write(path)
            if not path.exists():
                sys.stdout.write(f"{name} did not make its file: not measured beside it\n")
                continue
            bus = ["dbus-run-session", "--"] if shutil.which("dbus-run-session") else []
            command = [*bus, program, str(path)]
            opened(command, env, file)
            their, own = interleaved(STARTS, lambda c=command, f=file: opened(c, env, f), lambda: launch(ours, mine))  # type: ignore[misc]
            what = f"{name}, {RECORDS:,} records"
            rows += [
                Row(f"{what}: window ready", round(1000 * their["seconds"]), "ms", None, "lower"),
                Row(f"{what}: memory then", round(their["mib"], 1), "MiB", None, "lower"),
                Row(f"window ready, ours / {name}", round(own["seconds"] / their["seconds"], 2), "x", 1.0, "lower"),
                Row(f"memory then, ours / {name}", round(own["mib"] / their["mib"], 2), "x", 1.0, "lower"),
            ]
    return rows


def main() -> int:
    """Fill an account, measure, print the table."""
    from tests.bench.__main__ import said

    with tempfile.TemporaryDirectory(prefix="selfcare-beside-home-") as folder:
        operator = start_demo_operator(0, "--seed", "1", "--bills", str(RECORDS))
        try:
            fill(Path(folder), operator)
        finally:
            operator.stop()
        said(beside_rows(Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
