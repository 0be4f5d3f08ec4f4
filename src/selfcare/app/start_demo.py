"""Makes the demo account ready: its operator's process, its profile, and a browser that signs in by itself."""

from __future__ import annotations

from collections.abc import Callable

from selfcare.app import accounts
from selfcare.app.demo import DemoOperator, start_demo_operator
from selfcare.app.program import Browser
from selfcare.domain.failures import Offline
from selfcare.host.settings import AccountEntry

DEMO_PORT = 8766
"""Where the demo operator listens by choice, so that what a demo customer saw is there again after a restart."""


def prepare_demo(
    login: str,
    place: accounts.KeyPlace,
    started: Callable[[DemoOperator], object],
    *,
    offline: bool = False,
) -> tuple[AccountEntry, bytes]:
    """The demo account of one of the demo people, and its operator's profile, not kept yet.

    The operator is started unless the demo is to be offline; then there is no profile but the one of before.

    `started` is told at once of the operator's process, for it to be stopped in the end. Where the usual port is taken
    the operator listens on another one, and nothing of that demo is kept. Raises TimedOut, Offline, ProfileError and
    whatever else the reading of a profile does.
    """
    if offline:
        return AccountEntry(f"demo-{login}", "", "profile.json", key_place=place), b""
    try:
        operator = start_demo_operator(DEMO_PORT)
        account_id = f"demo-{login}"
    except Offline:
        operator = start_demo_operator(0)
        account_id, place = f"demo-{login}-once", "memory"
    started(operator)
    from selfcare.api.finding import fetch_profile
    from selfcare.api.profile import read_profile

    text = fetch_profile(operator.issuer(login))
    return accounts.new_entry(read_profile(text), place, account_id), text


def demo_browser_for(login: str) -> Browser:
    """A browser that signs in by itself as one of the demo people."""

    def browse(url: str) -> None:
        from selfcare.api.demo_login import demo_browser

        demo_browser(f"{url}&login_hint={login}")

    return browse
