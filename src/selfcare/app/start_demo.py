"""Makes the demo account ready: its operator's process, its profile, and a browser that signs in by itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from selfcare.app import accounts
from selfcare.app.demo import DemoOperator, start_demo_operator
from selfcare.app.program import Browser
from selfcare.domain.failures import Failure, Offline
from selfcare.host.settings import AccountEntry

DEMO_PORT = 8766
"""Where the demo operator listens by choice, so that what a demo customer saw is there again after a restart."""


@dataclass(slots=True)
class DemoStart:
    """What the start of the demo made: the account to open, and the operator's process, if it was started."""

    entry: AccountEntry
    operator: DemoOperator | None


def prepare_demo(
    home: Path, login: str, place: accounts.KeyPlace, *, offline: bool = False, port: int = DEMO_PORT
) -> DemoStart:
    """The demo account of one of the demo people; its operator is started unless the demo is to be offline.

    Where the usual port is taken the operator listens on another one, and nothing of that demo is kept.
    """
    if offline:
        return DemoStart(AccountEntry(f"demo-{login}", "", "profile.json", key_place=place), None)
    try:
        operator = start_demo_operator(port)
        account_id = f"demo-{login}"
    except Offline:
        operator = start_demo_operator(0)
        account_id, place = f"demo-{login}-once", "memory"
    try:
        from selfcare.api.finding import fetch_profile
        from selfcare.api.profile import read_profile

        text = fetch_profile(operator.issuer(login))
        entry = accounts.new_entry(read_profile(text), place, account_id)
        accounts.keep_profile(home, entry, text)
    except Failure:
        operator.stop()
        raise
    return DemoStart(entry, operator)


def demo_browser_for(login: str) -> Browser:
    """A browser that signs in by itself as one of the demo people."""

    def browse(url: str) -> None:
        from selfcare.api.demo_login import demo_browser

        demo_browser(f"{url}&login_hint={login}")

    return browse
