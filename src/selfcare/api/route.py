"""Which way the program takes to the internet: straight, or through the proxy that the customer chose."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from selfcare.domain.proxy import Proxy

from .addresses import LOOPBACK

Route = Callable[[str], Proxy | None]
"""Says for a host which proxy leads there; None: none. It may wait for the key store, and raise BadProxy."""
_taken: list[Route] = []


def take_route(route: Route | None) -> None:
    """From now on every new connection of this program goes this way; None: straight, whatever the environment says."""
    _taken[:] = [route] if route is not None else []


def proxy_to(origins: Iterable[str]) -> Proxy | None:
    """The proxy that leads to these addresses, which are one operator's; never for this computer itself."""
    hosts = sorted(host for host in (urlsplit(origin).hostname or "" for origin in origins) if host not in LOOPBACK)
    return _taken[0](hosts[0]) if hosts and _taken else None
