"""Takes the way to the internet that the customer chose, its password kept in the computer's key store alone."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from selfcare.domain.failures import BadProxy, NoKeyring, VaultLocked, VaultWrongKey
from selfcare.domain.proxy import Proxy, proxy_at
from selfcare.domain.records import replace
from selfcare.domain.topics import Topic
from selfcare.host.settings import Settings

if TYPE_CHECKING:
    from selfcare.app.program import Program
    from selfcare.viewmodel.proxy import ProxyChoice

KEPT_AS = "proxy"
"""Under this name the key store keeps the password."""


class ProxyRoute:
    """What `api.route` asks before each new connection. Its methods wait for the key store: for the lanes alone.

    `settings()` are the choices as they stand.
    """

    def __init__(self, settings: Callable[[], Settings]) -> None:
        self._settings = settings
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
                    keychain.write(KEPT_AS, password.encode())
                else:
                    keychain.delete(KEPT_AS)
            except (NoKeyring, VaultLocked):
                return not password
        return True

    def _secret(self) -> str:
        with self._lock:
            if self._password is None:
                self._password = _read()
            return self._password


def choose_way(program: Program, choice: ProxyChoice) -> None:
    """The customer chose how the internet is reached: its password is kept first, then the choice. For the screen's
    thread."""
    from selfcare.viewmodel.proxy import proxy_kept

    before, route = program.settings, program.route

    def keep() -> bool:
        stays = choice.password is None and choice.way == "own"
        needs_store = not stays and bool(before.proxy_user or choice.password)
        return route.keep(choice.password or "") if needs_store else True

    def kept(is_kept: bool) -> None:
        program.keep_settings(
            replace(program.settings, proxy=choice.way, proxy_address=choice.address, proxy_user=choice.user)
        )
        program.window.changed(frozenset({Topic.SETTINGS}))
        program.window.say(proxy_kept(choice, program.words, is_password_kept=is_kept))

    program.desk.store.ask(program.window, keep, kept, program.show_failure)


def forget_password() -> None:
    """Nothing of the proxy stays in the key store. Raises NoKeyring, VaultLocked."""
    from selfcare.host.keychain import system_keychain

    system_keychain().delete(KEPT_AS)


def _read() -> str:
    from selfcare.host.keychain import system_keychain

    try:
        kept = system_keychain().read(KEPT_AS)
    except (NoKeyring, VaultLocked, VaultWrongKey):
        raise BadProxy("unknown") from None
    if kept is None:
        raise BadProxy("unknown")
    return kept.decode("utf-8", "replace")
