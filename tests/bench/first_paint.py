"""The program itself: from the start of the process to the first paint of Home with the account's own data.

Started as `python -m tests.bench.first_paint HOME ACCOUNT`. The key is at hand; everything else is as in a real start.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject

from selfcare.app import accounts
from selfcare.app.entrance import Entrance
from selfcare.app.program import Program
from selfcare.host.settings import AccountEntry, Settings
from selfcare.ui.desk import Desk
from tests.bench.clockwork import print_moment

KEY = bytes(range(32))
HEAVY = ("httpx", "keyring", "pypdfium2", "joserfc", "typst", "icalendar", "holidays", "phonenumbers", "asyncio")


class Painted(QObject):
    """Waits for the first paint after Home has its data, then ends the program."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.is_filled = False
        program.window.page("home").found.connect(self.filled)
        program.desk.qt.installEventFilter(self)

    def filled(self, _view: Any) -> None:
        """Home shows its data; what is painted next counts."""
        self.is_filled = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt's own hook; nothing is filtered out."""
        if self.is_filled and event.type() is QEvent.Type.Paint:
            self.is_filled = False
            self.program.desk.after("done", 0, self.done)
        return False

    def done(self) -> None:
        """The paint is over: say so."""
        print_moment()
        heavy = [name for name in HEAVY if name in sys.modules]
        if heavy:
            sys.stderr.write(f"imported before the first paint: {heavy}\n")
        self.program.desk.qt.quit()


def main() -> int:
    """Open the account as a start does, print the moment, leave."""
    home, account = Path(sys.argv[1]), sys.argv[2]
    entry = AccountEntry(account, "orvane-gb", "profile.json", "Orvane Mobile")
    settings = Settings(language="en", look="light", accounts=(entry,), current=account)
    desk = Desk(settings.look)
    accounts._key = lambda folder, entry, passphrase: KEY  # type: ignore[assignment]
    program = Program(desk, home, settings, home / "settings.json")
    entrance = Entrance(program)
    program.rounds.begin = _no_rounds  # type: ignore[method-assign]
    entrance.open_current()
    watcher = Painted(program)
    program.window.show()
    status = desk.run()
    del watcher
    program.close()
    return status


def _no_rounds() -> None:
    pass


if __name__ == "__main__":
    sys.exit(main())
