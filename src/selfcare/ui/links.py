"""The one way out of the program: web pages, encrypted and at the operator's own addresses, the customer's folders,
and a PDF that was just saved there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from selfcare.host.written import Written, is_as_written


def open_link(address: str, hosts: Iterable[str]) -> bool:
    """Open an address in the customer's browser if it is https, without a name or password in it, on one of `hosts`.

    False, and nothing happens, for anything else: it is then shown as text only.
    """
    url = safe_link(address, hosts)
    return url is not None and QDesktopServices.openUrl(url)


def open_login(address: str, origins: Iterable[str]) -> bool:
    """Open an operator's login page in the customer's browser if it is at one of `origins` (scheme://host:port).

    Only https, or http on this very computer. False where it was refused, or where there is no browser to open.
    """
    url = login_link(address, origins)
    return url is not None and QDesktopServices.openUrl(url)


def open_folder(folder: Path) -> bool:
    """Show a folder of this computer's in its file manager. False where it is none, or nothing can show it."""
    return folder.is_dir() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def open_written(file: Written) -> bool:
    """Hand a PDF to the program that shows PDFs here. False for anything that this program has not just written itself
    where the customer chose, for what was changed since, and where nothing shows it.
    """
    return file.is_pdf and is_as_written(file) and QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.path)))


def login_link(address: str, origins: Iterable[str]) -> QUrl | None:
    """The login address as it may be opened, or None."""
    url = _plain_url(address)
    if url is None:
        return None
    host = _ascii(url.host())
    if url.scheme() == "http" and host not in {"127.0.0.1", "::1"}:
        return None
    port = url.port({"https": 443, "http": 80}.get(url.scheme(), -1))
    shown = f"[{host}]" if ":" in host else host
    return url if host and f"{url.scheme()}://{shown}:{port}" in frozenset(origins) else None


def safe_link(address: str, hosts: Iterable[str]) -> QUrl | None:
    """The address as it may be opened, or None. A host in other letters than ASCII is compared in its IDNA form."""
    url = _plain_url(address)
    if url is None or url.scheme() != "https" or url.port(443) != 443:
        return None
    host = _ascii(url.host())
    return url if host and host in {_ascii(h) for h in hosts} else None


def _plain_url(address: str) -> QUrl | None:
    if not address.isprintable() or "\\" in address or any(c.isspace() for c in address):
        return None
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    return url if url.isValid() and not url.userInfo() else None


def _ascii(host: str) -> str:
    return bytes(QUrl.toAce(host).data()).decode("ascii").lower()
