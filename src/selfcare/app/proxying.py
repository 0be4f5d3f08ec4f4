"""Takes the way to the internet that the customer chose, its password kept in the computer's key store alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING

from selfcare.app.accounts import unmark
from selfcare.app.forgetting import PROXY, proxy_of
from selfcare.domain.failures import BadProxy, DiskTrouble, NoKeyring, VaultLocked, VaultWrongKey
from selfcare.domain.proxy import Proxy, proxy_at
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from selfcare.host.settings import Settings

if TYPE_CHECKING:
    from selfcare.app.program import Program
    from selfcare.viewmodel.proxy import ProxyChoice


class ProxyRoute:
    """What `api.route` asks before each new connection. Its methods wait for the key store: for the lanes alone.

    `settings()` are the choices as they stand; the key store keeps the password under the name `kept_as`.
    """

    def __init__(self, settings: Callable[[], Settings], kept_as: str = PROXY.id) -> None:
        self._settings, self._kept_as = settings, kept_as
        self._lock = Lock()
        self._password: str | None = None

    def __call__(self, host: str) -> Proxy | None:
        """The proxy that leads to a host. Raises BadProxy("unknown") where its password cannot be read."""
        chosen = self._settings()
        if chosen.proxy == "system":
            from selfcare.host.proxies import system_proxy

            return system_proxy(host)
        if chosen.proxy != "own":
            return None
        return proxy_at(chosen.proxy_address, chosen.proxy_user, self._secret() if chosen.proxy_user else "")

    def keep(self, password: str) -> bool:
        """Keep a new password, "": none. False where there is no key store: it is known until the program ends."""
        from selfcare.host.keychain import system_keychain

        with self._lock:
            self._password = password
            try:
                keychain = system_keychain()
                if password:
                    keychain.write(self._kept_as, password.encode())
                else:
                    keychain.delete(self._kept_as)
            except (NoKeyring, VaultLocked):
                return not password
        return True

    def _secret(self) -> str:
        with self._lock:
            if self._password is None:
                self._password = _read(self._kept_as)
            return self._password


def choose_way(program: Program, choice: ProxyChoice) -> None:
    """The customer chose how the internet is reached: its password is kept first, then the choice. For the screen's
    thread."""
    from selfcare.viewmodel.proxy import proxy_kept

    before, route, home, path = program.settings, program.route, program.home, program.settings_path

    def keep() -> bool:
        stays = choice.password is None and choice.way == "own"
        needs_store = not stays and bool(before.proxy_user or choice.password)
        is_kept = route.keep(choice.password or "") if needs_store else True
        if choice.password and is_kept:  # the one that was to be forgotten stands there no more
            with suppress(DiskTrouble):
                unmark(home, proxy_of(path))
        return is_kept

    def kept(is_kept: bool) -> None:
        program.keep_settings(
            replace(program.settings, proxy=choice.way, proxy_address=choice.address, proxy_user=choice.user)
        )
        program.window.changed(frozenset({Topic.SETTINGS}))
        program.window.say(proxy_kept(choice, program.words, is_password_kept=is_kept))

    program.desk.store.ask(program.window, keep, kept, program.show_failure)


def _read(kept_as: str) -> str:
    from selfcare.host.keychain import system_keychain

    try:
        kept = system_keychain().read(kept_as)
    except (NoKeyring, VaultLocked, VaultWrongKey):
        raise BadProxy("unknown") from None
    if kept is None:
        raise BadProxy("unknown")
    return kept.decode("utf-8", "replace")
