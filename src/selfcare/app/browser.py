"""Opens the operator's login page in the customer's own browser, or hands over its address where none opens."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

from selfcare.domain.failures import SignInFailed

if TYPE_CHECKING:
    from selfcare.domain.operator import OperatorProfile

OPENED_WITHIN = 30.0
"""Seconds that the window may take to open the browser."""

LOOK_EVERY = 0.1
"""Seconds between two looks at whether the customer stopped it."""


def open_system_browser(
    url: str,
    profile: OperatorProfile,
    post: Callable[[Callable[[], None]], None],
    stopped: Callable[[], bool],
    offer: Callable[[str], None],
) -> None:
    """Open the login page on the screen's thread (`post`) and wait, on the sync lane, until it is known to be open.

    Where none can be opened the address is given to `offer`, on the screen's thread, and the sign-in goes on waiting.
    Only at an origin that the operator's profile names, to which discovery's endpoint was already held. Raises
    SignInFailed: "issuer" for a foreign address, "declined" if stopped.
    """
    from selfcare.api.addresses import allowed_origins
    from selfcare.ui.links import login_link, open_login

    origins = allowed_origins(profile)
    if login_link(url, origins) is None:
        raise SignInFailed("issuer")
    known, opened = Event(), Event()

    def open_it() -> None:
        try:
            if not stopped() and open_login(url, origins):
                opened.set()
        finally:
            known.set()

    post(open_it)
    until = monotonic() + OPENED_WITHIN
    while not known.wait(LOOK_EVERY):
        if stopped():
            raise SignInFailed("declined")
        if monotonic() > until:
            break
    if opened.is_set():
        return
    if stopped():
        raise SignInFailed("declined")
    post(lambda: offer(url))
