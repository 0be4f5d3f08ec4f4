"""The window under load: key strokes in the search over many bills, and the longest time it stood still in a reading.

Started as `python -m tests.bench.typing HOME ACCOUNT` or `… blocked PORT`; prints one JSON line.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest

from selfcare.app import accounts
from selfcare.app.program import Program
from selfcare.app.start_demo import demo_browser_for
from selfcare.host.settings import AccountEntry, Settings
from selfcare.ui.desk import Desk
from selfcare.ui.following import follow
from tests.bench.home_folder import KEY
from tests.shots.driving import settled, turn, until

QUERIES = (
    "447109", "portugal", "85.00", "oct 2019", "241", "roaming", "4471", "unlimited", "2015", "12,5",
    "45923", "45 923,61", "data pass", "handset", "2021-03", "19.99", "january", "780123456", "tax", "call to 0800",
    "2018", "sept 2022", "credit", "12.34", "nothing like it", "option", "85,00", "late fee", "7", "plan 30",
)  # fmt: skip
"""Words, numbers, days and amounts as people type them; some match most bills, some few, some none."""


class Watch(QObject):
    """Sees when the table of bills, or what stands in its place, is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own hook; nothing is filtered out."""
        if event.type() is QEvent.Type.Paint:
            self.painted = time.perf_counter()
        return False


def program_on(home: Path) -> Program:
    """The program with its window, the key at hand."""
    accounts._key = lambda folder, entry, passphrase: KEY  # type: ignore[assignment]
    program = Program(Desk("light"), home, Settings(language="en", look="light"), home / "settings.json")
    program.rounds.begin = lambda: None  # type: ignore[method-assign]
    program.window.show()
    return program


def type_queries(home: Path, account: str) -> list[float]:
    """Seconds from each key stroke until its answer is painted."""
    program = program_on(home)
    program.open_account(AccountEntry(account, "orvane-gb", "profile.json", "Orvane Mobile"))
    until("an open account", lambda: program.session is not None)
    program.window.show_room("bills")
    settled(program)
    page = program.window.page("bills")
    watch = Watch()
    follow(page._table.viewport(), watch)  # type: ignore[attr-defined]
    follow(page._nothing_here, watch)  # type: ignore[attr-defined]
    field = program.window.topbar.field
    field.setFocus()
    took: list[float] = []
    for query in QUERIES:
        for letter in query:
            began = time.perf_counter()
            QTest.keyClick(field, letter)
            took.append(answered(program, watch, began) - began)
        field.clear()
        settled(program)
        turn(60)
    program.close()
    return took


def answered(program: Program, watch: Watch, began: float) -> float:
    """The moment at which the store lane had answered and what it said was on the screen, table or "no bill"."""
    application, deadline = program.desk.qt, began + 5
    waker = QTimer()  # a loop that never slept would take the lane's turns away from it
    waker.start(5)
    while time.perf_counter() < deadline:
        was_busy = program.desk.store.is_busy
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if was_busy or program.desk.store.is_busy:
            continue
        moment = time.perf_counter()
        if watch.painted < began:  # nothing had to be painted: make sure that nothing comes later
            turn(20)
        return moment if watch.painted < moment else time.perf_counter()
    raise RuntimeError("no answer to a key stroke")


def longest_block(url: str) -> float:
    """The longest time, in seconds, that the window's thread did not come round during a whole first reading."""
    from selfcare.api.finding import fetch_profile
    from selfcare.api.profile import read_profile

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        text = fetch_profile(f"{url}/orvane-gb")
        entry = accounts.new_entry(read_profile(text), "keyring", "blocked")
        accounts.keep_profile(home, entry, text)
        program = program_on(home)
        program.browser = demo_browser_for("claire")
        program.open_account(entry)
        until("an open account", lambda: program.session is not None)
        settled(program)
        longest, last = 0.0, time.perf_counter()

        def beat() -> None:
            nonlocal longest, last
            moment = time.perf_counter()
            longest, last = max(longest, moment - last), moment

        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(beat)
        timer.start(2)
        program.rounds.sign_in()
        turn(200)
        settled(program)
        settled(program)
        timer.stop()
        bills = program.session.reader.counts() if program.session is not None else {}
        program.close()
        if not bills or not any(bills.values()):
            raise RuntimeError("nothing was read")
        return longest


def main() -> int:
    """Print what was measured."""
    if sys.argv[1] == "blocked":
        found: object = longest_block(sys.argv[2])
    else:
        found = type_queries(Path(sys.argv[1]), sys.argv[2])
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
