"""Which proxy this computer's own settings name, for whoever lets the program follow them."""

from __future__ import annotations

import subprocess
import sys
from urllib.parse import unquote, urlsplit

from selfcare.domain.proxy import Proxy, proxy_at

PATIENCE = 3.0
"""Seconds that the desktop's settings may take."""


def system_proxy(host: str) -> Proxy | None:
    """The HTTP proxy that leads to a host: by https_proxy and no_proxy of the environment, else by the settings of
    Windows, macOS or GNOME. None where they name none, or one that is not known here (SOCKS, a script)."""
    import urllib.request

    named = urllib.request.getproxies()
    if urllib.request.proxy_bypass(host):
        return None
    for kind in ("https", "all", "http"):
        if named.get(kind):
            return _read(named[kind])
    return _of_gnome() if sys.platform == "linux" else None


def _read(said: str) -> Proxy | None:
    """As the environment writes it: http://name:password@host:port, each part but the host as it likes."""
    parts = urlsplit(said if "://" in said else f"http://{said}")
    where = parts.netloc.rpartition("@")[2]
    if parts.scheme != "http":
        return None
    plain = where if where.rpartition(":")[2].isdigit() and not where.endswith("]") else f"{where}:80"
    return proxy_at(plain, unquote(parts.username or ""), unquote(parts.password or ""))


def _of_gnome() -> Proxy | None:
    if _said("", "mode") != "manual":
        return None
    for kind in ("https", "http"):
        host, port = _said(kind, "host"), _said(kind, "port")
        if host and port not in {"", "0"}:
            return proxy_at(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    return None


def _said(kind: str, name: str) -> str:
    schema = f"org.gnome.system.proxy.{kind}".rstrip(".")
    try:
        done = subprocess.run(  # noqa: S603
            ["gsettings", "get", schema, name],  # noqa: S607
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip().strip("'")
