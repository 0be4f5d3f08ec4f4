"""The machine of a company or a school through which this computer reaches the internet, where there is one."""

from __future__ import annotations

import re
from ipaddress import IPv6Address
from typing import Literal
from urllib.parse import urlsplit

from .records import Sealed

ProxyWay = Literal["none", "system", "own"]
"""Straight to the operator; as this computer's own settings say; or through the proxy that the customer typed."""
AddressFault = Literal["", "empty", "kind", "password", "port", "path", "host"]
_HOST = r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}"
_PRINTED = r"[\x21-\x7e]{1,300}"


class Proxy(Sealed, frozen=True):
    """An HTTP proxy (RFC 9110, 9.3.6: CONNECT). `user` is "" where it asks for no name; the password is never shown."""

    host: str
    port: int
    user: str = ""
    password: str = ""


def address_fault(typed: str) -> AddressFault:
    """What is wrong with a proxy's address as it was typed, "" if nothing: it is a name and a port, as
    "proxy.example.net:8080" or "[fd00::1]:3128", also with http:// before it."""
    text = typed.strip()
    if not text:
        return "empty"
    if "://" in text and not text.lower().startswith("http://"):
        return "kind"
    text = text.split("://", 1)[-1].removesuffix("/")
    if "@" in text:
        return "password"
    if not re.fullmatch(_PRINTED, text):
        return "host"
    if any(mark in text for mark in "/?#\\"):
        return "path"
    try:
        host = urlsplit(f"//{text}").hostname or ""
        if text.startswith("["):
            IPv6Address(host)
    except ValueError:
        return "host"
    if not re.fullmatch(_HOST, host) or (":" in text.rpartition(":")[0]) != text.startswith("["):
        return "host"
    try:
        port = urlsplit(f"//{text}").port
    except ValueError:
        return "port"
    return "" if port else "port"


def proxy_at(typed: str, user: str = "", password: str = "") -> Proxy | None:
    """The proxy at an address as it was typed; None if something is wrong with it."""
    if address_fault(typed):
        return None
    parts = urlsplit(f"//{typed.strip().split('://', 1)[-1].removesuffix('/')}")
    assert parts.hostname is not None
    assert parts.port is not None
    return Proxy(parts.hostname, parts.port, user, password)
