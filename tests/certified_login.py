"""A login server that nobody here wrote (npm oidc-provider, OpenID certified), started where Node.js is present."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import threading
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from types import TracebackType
from urllib.parse import urljoin

import httpx

ROOT = Path(__file__).parents[1]
SOURCE = ROOT.parent / "shared" / "oidc"
PLACE = ROOT / "build" / "certified-login"
CLIENT = "selfcare-desktop"


def missing() -> str:
    """Why it cannot run here; "" if it can."""
    if not SOURCE.is_dir():
        return "the login server's configuration is not beside this checkout"
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "Node.js is not installed here"
    return ""


def installed() -> Path:
    """The folder of the server, with its packages; made once. Raises CalledProcessError where npm cannot get them."""
    if not (PLACE / "node_modules" / "oidc-provider").is_dir():
        PLACE.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "provider.mjs"):
            shutil.copyfile(SOURCE / name, PLACE / name)
        subprocess.run(
            ["npm", "install", "--no-audit", "--no-fund", "--silent"],
            cwd=PLACE, check=True, timeout=300, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    return PLACE


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class LoginServer:
    """A running login server, with keys of its own; another one at the same port has other keys and knows nobody."""

    port: int
    process: subprocess.Popen[str]

    @property
    def issuer(self) -> str:
        """Its name and address."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> LoginServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait(10)
        if self.process.stdout is not None:
            self.process.stdout.close()


def start_login(port: int = 0, **settings: str) -> LoginServer:
    """Start it; `settings` are its environment: AT_TTL, RT_TTL in seconds."""
    port = port or free_port()
    process = subprocess.Popen(
        ["node", "provider.mjs"],
        cwd=installed(), env={**os.environ, "PORT": str(port), **settings},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("issuer "):
            break
    else:
        raise RuntimeError("the login server did not start")
    threading.Thread(target=lambda out: [None for _ in out], args=(process.stdout,), daemon=True).start()
    return LoginServer(port, process)


def profile_text(text: bytes, login: LoginServer, **auth: object) -> bytes:
    """An operator's profile with this server for its login."""
    profile = json.loads(text)
    profile["auth"] |= {
        "issuer": login.issuer, "clientId": CLIENT, "redirectPath": "/callback",
        "scopes": ["openid", "profile", "offline_access"], **auth,
    }  # fmt: skip
    return json.dumps(profile).encode()


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = facts.get("action", "")
        elif tag == "input" and facts.get("name"):
            self.fields[facts["name"]] = facts.get("value", "")


@dataclass(slots=True)
class Person:
    """Somebody at a browser: signs in under a name and agrees, or turns away at the first form.

    `last` is the answer of the last page that was seen: its status.
    """

    name: str = "claire"
    declines: bool = False
    last: int = 0

    def __call__(self, url: str) -> None:
        """Do what a person does with the address that the program opened."""
        with httpx.Client(trust_env=False, timeout=20) as browser:
            page = browser.get(url)
            for _ in range(12):
                self.last = page.status_code
                if page.is_redirect:
                    page = browser.get(urljoin(str(page.url), page.headers["location"]))
                elif "<form" in page.text and self.declines:
                    found = re.search(r'href="([^"]*/abort)"', page.text)
                    assert found is not None
                    page = browser.get(urljoin(str(page.url), found[1]))
                elif "<form" in page.text:
                    form = _Fields()
                    form.feed(page.text)
                    facts = {
                        **form.fields,
                        **({"login": self.name, "password": "any"} if "login" in form.fields else {}),
                    }
                    page = browser.post(urljoin(str(page.url), form.action), data=facts)
                else:
                    return
