"""The one way to open a web page outside the program: encrypted, and only at the operator's own addresses."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_link(address: str, hosts: Iterable[str]) -> bool:
    """Open an address in the customer's browser if it is https, without a name or password in it, on one of `hosts`.

    False, and nothing happens, for anything else: it is then shown as text only.
    """
    url = safe_link(address, hosts)
    return url is not None and QDesktopServices.openUrl(url)


def open_login(address: str, hosts: Iterable[str]) -> bool:
    """Open an operator's login page; besides `open_link`'s addresses also http on this very computer (the demo)."""
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if url.isValid() and url.scheme() == "http" and url.host() in {"127.0.0.1", "::1"} and not url.userInfo():
        return QDesktopServices.openUrl(url)
    return open_link(address, hosts)


def safe_link(address: str, hosts: Iterable[str]) -> QUrl | None:
    """The address as it may be opened, or None. A host in other letters than ASCII is compared in its IDNA form."""
    if not address.isprintable() or "\\" in address or any(c.isspace() for c in address):
        return None
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme() != "https" or url.userInfo() or url.port(443) != 443:
        return None
    host = bytes(QUrl.toAce(url.host()).data()).decode("ascii").lower()
    allowed = {bytes(QUrl.toAce(h).data()).decode("ascii").lower() for h in hosts}
    return url if host and host in allowed else None
