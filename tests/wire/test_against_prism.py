"""Against servers that nobody here wrote: Prism on the official files, and a certified login server; no crash, no lie.

They are started where Node, the folder of specifications, and SELFCARE_NODE are present: a folder in which
`npm install @stoplight/prism-cli oidc-provider` was run.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import httpx
import pytest

from selfcare.account.session import Session, open_session
from selfcare.domain.failures import Failure
from selfcare.domain.operator import ApiEntry, OperatorProfile
from selfcare.domain.topics import Topic
from tests.unit.api.official import FILES, SPECS

NODE = Path(os.environ.get("SELFCARE_NODE", "/nowhere"))
PRISM = NODE / "node_modules" / ".bin" / "prism"
PROVIDER = SPECS.parent.parent / "oidc" / "provider.mjs"
STARTS_WITHIN = 180.0
"""Seconds. Prism reads a specification of version 5 for a minute where the machine is busy."""
READ = {t for t in Topic if t not in {Topic.SUPPORT, Topic.WAITING, Topic.LEAVING, Topic.SETTINGS, Topic.PAPERS}}
MANY = ("accounts", "bills", "payments", "lines", "contracts", "tickets", "problems", "contacts", "messages", "orders")

pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed"),
    pytest.mark.skipif(not SPECS.is_dir(), reason="the official specifications are not beside this checkout"),
    pytest.mark.skipif(
        not PRISM.exists(),
        reason="SELFCARE_NODE names no folder in which `npm install @stoplight/prism-cli oidc-provider` was run",
    ),
]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, **more: str) -> Iterator[str]:
    """A server as a process of its own, once it answers; ended afterwards."""
    process = subprocess.Popen(
        command, env={**os.environ, **more}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=NODE
    )
    try:
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, command
            time.sleep(0.1)
        else:
            pytest.fail(f"nothing listens there within {STARTS_WITHIN:g} s: {command}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def prism(stack: ExitStack, api: str, version: str) -> ApiEntry:
    port = free_port()
    file = str(SPECS / FILES[api, version])
    command = ["node", str(PRISM.resolve()), "mock", "--port", str(port), "--host", "127.0.0.1", file]
    url = stack.enter_context(running(command, port))
    return ApiEntry(api, version, url, page_size=100)


def sign_in_by_hand(url: str) -> None:
    """Go through the login server's two forms, as a browser would, and come back to the program."""
    with httpx.Client(trust_env=False, timeout=20) as browser:
        page = browser.get(url)
        for _ in range(12):
            if page.is_redirect:
                page = browser.get(urljoin(str(page.url), page.headers["location"]))
                continue
            form = re.search(r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', page.text, re.DOTALL)
            if form is None:
                return
            fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[2]))
            page = browser.post(
                urljoin(str(page.url), unescape(form[1])), data={**fields, "login": "C1", "password": "any"}
            )


@pytest.mark.parametrize(
    "apis",
    [
        {"TMF629": "v4", "TMF678": "v4", "TMF621": "v4", "TMF637": "v4", "TMF651": "v4"},
        {"TMF629": "v4", "TMF678": "v5", "TMF621": "v5", "TMF637": "v4"},
        {"TMF629": "v5", "TMF678": "v5", "TMF621": "v5", "TMF637": "v5"},
    ],
    ids=["v4", "mixed", "v5"],
)
def test_an_operator_made_of_the_official_files_is_read(apis: dict[str, str], tmp_path: Path) -> None:
    with ExitStack() as stack:
        port = free_port()
        (tmp_path / "provider.mjs").write_bytes(PROVIDER.read_bytes())
        (tmp_path / "node_modules").symlink_to(NODE / "node_modules")
        command = ["node", str(tmp_path / "provider.mjs")]
        issuer = stack.enter_context(running(command, port, PORT=str(port)))
        entries = {api: prism(stack, api, version) for api, version in apis.items()}
        profile = OperatorProfile(
            "prism", "Prism", "GB", "Europe/London", "GBP", issuer, "selfcare-desktop",
            ("openid", "offline_access"), entries, redirect_path="/callback",
        )  # fmt: skip
        session = open_session(tmp_path / "vault", bytes(32), profile, now=lambda: datetime.now(UTC))
        session.sign_in(sign_in_by_hand)
        session.round(topics=READ)
        check(session, set(apis))
        session.close()


def check(session: Session, apis: set[str]) -> None:
    """Everything can be shown; what could not be read is counted or has its reason, and nothing is called empty that
    the operator does not offer."""
    reader = session.reader
    assert session.trouble is None or isinstance(session.trouble, Failure)
    for name in MANY:
        for one in getattr(reader, name)():
            assert repr(one)
    ages = {age.topic: age for age in reader.freshness(*READ)}
    assert not ages[Topic.MESSAGES].offered
    assert not ages[Topic.PAYMENTS].offered
    for topic in (Topic.BILLS, Topic.TICKETS, Topic.PRODUCTS):
        age = ages[topic]
        assert age.offered
        assert age.seen is not None, (topic, age.failure)
        assert age.failure is None, topic
    assert len(reader.bills()) + ages[Topic.BILLS].unreadable > 0
    for bill in reader.bills():
        assert bill.total is None or len(bill.total.unit) == 3, "an amount without a currency is none"
