"""This computer's own proxy: by the environment, or by the desktop's settings, and none where it is not known here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from selfcare.domain.proxy import Proxy
from selfcare.host.proxies import system_proxy

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems keep it elsewhere")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("http", "https", "all", "no"):
        monkeypatch.delenv(f"{name}_proxy", raising=False)
        monkeypatch.delenv(f"{name}_proxy".upper(), raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.parametrize(
    ("said", "proxy"),
    [
        ("http://proxy.example:3128", Proxy("proxy.example", 3128)),
        ("proxy.example:3128", Proxy("proxy.example", 3128)),
        ("http://proxy.example", Proxy("proxy.example", 80)),
        ("http://ca%20rl:p%40ss@proxy.example:8080/", Proxy("proxy.example", 8080, "ca rl", "p@ss")),
        ("http://[fd00::1]:8080", Proxy("fd00::1", 8080)),
        ("socks5://proxy.example:1080", None),
        ("http://pro xy:1", None),
    ],
)
def test_the_environment(monkeypatch: pytest.MonkeyPatch, said: str, proxy: Proxy | None) -> None:
    monkeypatch.setenv("https_proxy", said)
    monkeypatch.setenv("no_proxy", "intern.example,localhost")
    assert system_proxy("operator.example") == proxy
    assert system_proxy("api.intern.example") is None


def desktop(tmp_path: Path, mode: str) -> None:
    script = tmp_path / "gsettings"
    script.write_text(
        f"""#!/bin/sh
case "$2 $3" in
"org.gnome.system.proxy mode") echo "'{mode}'";;
"org.gnome.system.proxy.https host") echo "'proxy.example'";;
"org.gnome.system.proxy.https port") echo 3128;;
esac
"""
    )
    script.chmod(0o755)


def test_the_desktops_settings(tmp_path: Path) -> None:
    assert system_proxy("operator.example") is None
    desktop(tmp_path, "manual")
    assert system_proxy("operator.example") == Proxy("proxy.example", 3128)
    desktop(tmp_path, "auto")
    assert system_proxy("operator.example") is None
