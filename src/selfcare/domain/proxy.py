"""The machine of a company or a school through which this computer reaches the internet, where there is one."""

from __future__ import annotations

from .records import Sealed


class Proxy(Sealed, frozen=True):
    """An HTTP proxy (RFC 9110, 9.3.6: CONNECT). `user` is "" where it asks for no name; the password is never shown."""

    host: str
    port: int
    user: str = ""
    password: str = ""
