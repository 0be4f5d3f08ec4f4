"""Which addresses may be asked at all, and which may be shown the customer's pass: nothing else ever is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import SplitResult, urljoin, urlsplit

from selfcare.domain.operator import OperatorProfile

LOOPBACK = frozenset({"127.0.0.1", "::1"})
_PORTS = {"https": 443, "http": 80}
_HOST = re.compile(r"[a-z0-9.-]{1,253}\Z|::1\Z")
_PLAIN = re.compile(r"[\x21-\x7e]{1,4096}\Z")


def origin_of(url: str) -> str:
    """Scheme, host and port of an address, as "https://api.example.net:443"; "" if it may never be asked.

    Only https, or http to this computer itself; no user name; plain ASCII (an internationalised host in its xn-- form).
    """
    parts = _split(url)
    if parts is None or parts.hostname is None or "@" in parts.netloc:
        return ""
    host = parts.hostname
    try:
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in _PORTS or not _HOST.match(host) or (parts.scheme == "http" and host not in LOOPBACK):
        return ""
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}:{port or _PORTS[parts.scheme]}"


def _split(url: str) -> SplitResult | None:
    if not _PLAIN.match(url) or "\\" in url:
        return None
    try:
        return urlsplit(url)
    except ValueError:
        return None


def origin_of_host(host: str) -> str:
    """The origin of a host of the profile: https, or http for this computer itself."""
    secure = origin_of(f"https://{host}")
    name = urlsplit(secure).hostname if secure else None
    return origin_of(f"http://{host}") if name in LOOPBACK else secure


def allowed_origins(profile: OperatorProfile) -> frozenset[str]:
    """The origins that may be sent the customer's token: the issuer's, every API's and the profile's hosts."""
    found = {origin_of(profile.issuer)}
    found.update(origin_of(entry.base_url) for entry in profile.apis.values() if entry is not None)
    found.update(origin_of_host(host) for host in profile.hosts)
    return frozenset(found - {""})


def is_allowed(url: str, origins: Iterable[str]) -> bool:
    """Whether an absolute address is at one of the origins."""
    origin = origin_of(url)
    return bool(origin) and origin in origins


def absolute(base: str, href: str) -> str:
    """An address as a server wrote it, whole or relative to where it was written; "" if it is no address."""
    if not href or not _PLAIN.match(href):
        return ""
    try:
        return urljoin(base.rstrip("/") + "/", href)
    except ValueError:
        return ""
