"""The program itself: from the start of the process to the first paint of Home with the account's own data.

Started as `python -m tests.bench.first_paint HOME ACCOUNT [SECONDS]`; it runs on for so many seconds.
The key is at hand; everything else is as in a real start, in its order (`selfcare.__main__.open_window`).
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import selfcare.__main__  # noqa: F401  # what every start loads first

KEY = bytes(range(32))


def main() -> int:
    """Open the account as a start does, print the moment, leave."""
    gc.disable()
    from selfcare.app.start import start
    from selfcare.host.process import harden
    from selfcare.host.settings import AccountEntry, Settings, save_settings

    home, account = Path(sys.argv[1]), sys.argv[2]
    settings = home / f"{account}.json"
    if not settings.exists():
        entry = AccountEntry(account, "orvane-gb", "profile.json", "Orvane Mobile")
        save_settings(settings, Settings(language="en", look="light", accounts=(entry,), current=account))
    harden()
    from selfcare.app import accounts

    accounts._key = lambda folder, entry, passphrase: KEY
    started = start(home, settings, home / "log")
    assert started is not None
    from tests.bench.painted import Painted  # needs Qt, which `start` loads in its own way

    painted = Painted(started.program, float(sys.argv[3]) if len(sys.argv) > 3 else 0)
    started.entrance.open_current()
    status = started.stay()
    del painted
    return status


if __name__ == "__main__":
    sys.exit(main())
