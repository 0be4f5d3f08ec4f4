"""Every kind of call that the program makes to an operator, and an operator to make it to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from msgspec.structs import replace

from selfcare.api.client import Wire
from selfcare.api.commands import WireAction, read_receipt
from selfcare.api.discovery import discover
from selfcare.api.limits import Patience
from selfcare.api.login import Tokens, _keys, refresh
from selfcare.api.operator import Operator
from selfcare.domain.commands import OpenTicket
from selfcare.domain.proxy import Proxy
from tests import samples
from tests.wire.crooked import Crooked

QUICK = Patience(connect=1.0, silence=0.6, json_total=1.0, pdf_total=1.0)
IN_TIME = 20.0
"""Seconds. A call may take one; in these a client that waits for ever is found, and a busy computer is not."""
ASKED = OpenTicket("No line", "", "Incident")
TICKET = WireAction("TMF621", "POST", "troubleTicket", b'{"externalId": "a1", "name": "No line"}')
OLD = datetime(2026, 11, 21, tzinfo=UTC)
Call = Callable[[Operator], Any]


def _renewed(operator: Operator) -> Any:
    tokens = Tokens("t1", "r1", OLD, "subject", operator.profile.issuer)
    return refresh(operator.profile, tokens, operator.wire).access


def _keys_of(operator: Operator) -> Any:
    return _keys(operator.wire, discover(operator.profile, operator.wire))


CALLS: dict[str, Call] = {
    "list": lambda operator: operator.fetch_list("TMF678", "customerBill", {}).documents,
    "one": lambda operator: operator.fetch_one("TMF678", "customerBill", "B1").document,
    "paper": lambda operator: operator.fetch_paper(f"{operator.profile.issuer}/paper/1"),
    "request": lambda operator: read_receipt(ASKED, operator.send(TICKET, "key-1")),
    "search": lambda operator: operator.find_external("TMF621", "troubleTicket", "a1"),
    "discovery": lambda operator: discover(operator.profile, operator.wire).token,
    "token": _renewed,
    "keys": _keys_of,
}


def operator_at(server: Crooked, proxy: Proxy | None = None) -> Operator:
    """The way to a server as the program has it, with little patience; a refused token is renewed once."""
    profile = samples.profile()
    apis = {name: replace(entry, base_url=server.url) for name, entry in profile.apis.items() if entry is not None}
    profile = replace(profile, issuer=server.url, apis=apis, hosts=(urlsplit(server.url).netloc,))
    return Operator(profile, Wire({server.url}, QUICK, proxy=proxy), lambda: "token", lambda: "another")
