"""The real window on a home that was read before, for a reader outside of it: python -m tests.accessibility.window."""

from __future__ import annotations

import os
import sys

from selfcare.app import accounts
from selfcare.app.start import places, start
from selfcare.app.start_demo import demo_browser_for
from selfcare.host.folders import log_dir

KEY = bytes(range(32))


def use_known_key() -> None:
    """Every account's key is the same and in no key store."""
    accounts._key = lambda folder, entry, passphrase: KEY  # type: ignore[assignment]


def main(login: str) -> int:
    """Open the window as the customer, and stay until it is closed or the process is ended."""
    use_known_key()
    home, settings = places(demo=False)
    started = start(home, settings, log_dir())
    if started is None:
        return 3
    started.program.browser = demo_browser_for(login)
    started.entrance.open_current()
    return started.stay(None)


if __name__ == "__main__":
    os.environ.setdefault("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1")
    sys.exit(main(sys.argv[1]))
