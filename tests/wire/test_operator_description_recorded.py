"""Every request of a whole way, read and asked for, is one that the published description names, to the last field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from jsonschema import Draft202012Validator

from selfcare.account.session import Session
from selfcare.domain.commands import (
    COMMANDS,
    AddNote,
    Command,
    DropOption,
    Evidence,
    GiveNotice,
    OpenTicket,
    OrderOption,
    RequestCode,
    RequestUnlock,
    SendContact,
    WithdrawNotice,
)
from selfcare.domain.money import Money
from selfcare.domain.tickets import EntityRef
from selfcare.domain.topics import Topic
from selfcare.domain.waiting import WaitingState
from tests.sandbox_process import start_sandbox
from tests.wire.test_account_outbox import Account
from tests.wire.test_operator_description_program import OURS

OTHERS = re.compile(r"/(\.well-known/[a-z-]+|authorize|token|jwks|logout|revoke|files/[^/]+)")
OF_HTTP = {"accept", "accept-encoding", "authorization", "cache-control", "connection", "content-length",
           "content-type", "host", "user-agent"}  # fmt: skip
PLAN = "paymentArrangement"


def wishes(session: Session) -> Iterator[Command]:
    """One of each kind, and each kind of ticket that is looked at again before it is sent."""
    reader = session.reader
    line = next(each for each in reader.lines() if each.handset is not None)
    other = next(each for each in reader.lines() if each.contract_id and each.id != line.id)
    contract = next(c for c in reader.contracts() if c.id == other.contract_id)
    option = next(o for each in reader.lines() for o in each.options)
    handset, offer = line.handset, reader.offers()[0]
    assert handset is not None
    now = session._now()
    bill = (EntityRef("CustomerBill", reader.bills()[0].id, "disputedBill"),)
    file = Evidence("chat.txt", "text/plain", 3, b"abc")
    yield OpenTicket("Wrong", "Not mine.", "Bill Dispute", "Minor", bill, now.date() + timedelta(days=5), files=(file,))
    yield OpenTicket("Parts", "In three parts.", PLAN, "Minor", bill)
    yield AddNote(reader.tickets()[0].id, "Nobody has called.")
    yield RequestCode(line.id, line.number, "PAC")
    yield RequestUnlock(handset.id, handset.serial, line.id, "It should not have been sold locked.")
    yield GiveNotice(other.id, contract.id, now.date() + timedelta(days=40), "Moving", contract.ends,
                     contract.early_charge)  # fmt: skip
    yield DropOption(option.id, line.id, option.name)
    yield OrderOption(line.id, offer.id, offer.name, Money(Decimal(5), "GBP"), "month", None, 12, "Bound.")
    yield SendContact("N-1", "phone", True, now, now, "Level 2 was told.", (EntityRef("TroubleTicket", "T4471-1"),))


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> list[httpx.Request]:
    """What left the program in one whole way: everything read, everything asked for, and what is asked once an answer
    is lost and the key may be forgotten."""
    found: list[httpx.Request] = []
    send = httpx.Client.send

    def noted(client: httpx.Client, request: httpx.Request, **more: Any) -> httpx.Response:
        if request.url.path.startswith("/orvane-"):
            found.append(request)
        return send(client, request, **more)

    with pytest.MonkeyPatch.context() as patch, start_sandbox("--bills", "3") as world:
        patch.setattr(httpx.Client, "send", noted)
        world.set_tokens(accessSeconds=30 * 86400)
        account = Account(world, tmp_path_factory.mktemp("recorded") / "vault")
        account.sign_in()
        account.session.round()
        asked = list(wishes(account.session))
        for number, command in enumerate(asked):
            account.session.submit(command, f"click-{number}")
        account.session.push()
        order = next(o for o in account.session.reader.orders() if o.category == "termination")
        asked.append(WithdrawNotice(order.id, "Stay"))
        assert {type(command) for command in asked} == set(COMMANDS)
        world.set_faults("lost-response")
        lost = [asked[-1], OpenTicket("Dead", "No line.", "Incident"), asked[2], asked[-2]]
        doubtful = [account.session.submit(command, f"lost-{number}") for number, command in enumerate(lost)]
        account.session.push()
        world.set_faults()
        account.later(days=4)
        account.session.push()
        states = {w.id: w.state for w in account.session.reader.waiting()}
        assert {states[one.id] for one in doubtful} == {WaitingState.DONE}
        account.session.round(topics={Topic.TICKETS})
        account.session.close()
    return found


def described(request: httpx.Request) -> dict[str, Any]:
    """The operation of a request; empty where the description names none."""
    path = re.sub("^/orvane-[a-z]+", "", request.url.raw_path.decode().partition("?")[0])
    for pattern, item in OURS["paths"].items():
        if re.fullmatch(re.sub(r"\\{.+?\\}", "[^/]+", re.escape(pattern)), path):
            found: dict[str, Any] = item.get(request.method.lower(), {})
            return found
    return {"theirs": True} if OTHERS.fullmatch(path) else {}


def followed(part: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in part:
        part = OURS["components"][part["$ref"].split("/")[2]][part["$ref"].split("/")[3]]
    return part


def undescribed(value: Any, schema: dict[str, Any], at: str) -> Iterator[str]:
    """Every field of a body that the description does not name."""
    schema = followed(schema)
    if isinstance(value, list):
        for one in value:
            yield from undescribed(one, schema.get("items", {}), at)
    elif isinstance(value, dict) and schema.get("properties"):
        for name, part in value.items():
            if name not in schema["properties"]:
                yield f"{at}.{name}"
            else:
                yield from undescribed(part, schema["properties"][name], f"{at}.{name}")


def faults_of(request: httpx.Request) -> Iterator[str]:
    """In what a request differs from the description."""
    asked = described(request)
    where = f"{request.method} {request.url.path}"
    if not asked:
        yield f"{where} is not described"
    if not asked or "theirs" in asked:
        return
    named = [followed(part) for part in asked["parameters"]]
    queries = {part["name"] for part in named if part["in"] == "query"}
    headers = {part["name"].lower() for part in named if part["in"] == "header"}
    for name, _ in parse_qsl(request.url.query.decode()):
        if name not in queries:
            yield f"{where}?{name}"
    for name in request.headers.keys() - OF_HTTP - headers:
        yield f"{where} with {name}"
    if request.content:
        schema = asked["requestBody"]["content"][request.headers["content-type"]]["schema"]
        body = json.loads(request.content)
        checker = Draft202012Validator({**schema, "components": OURS["components"]})
        yield from (f"{where}: {error.message}" for error in checker.iter_errors(body))
        yield from undescribed(body, schema, where)


def test_no_request_of_a_whole_way_is_more_than_described(sent: list[httpx.Request]) -> None:
    assert sorted({fault for request in sent for fault in faults_of(request)}) == []


def test_what_is_looked_at_again_before_it_is_asked_for_was_recorded(sent: list[httpx.Request]) -> None:
    met = {asked.get("operationId", "") for asked in map(described, sent)}
    assert {"readProduct", "readProductOrder", "readCustomerBill", "readAgreement", "readTroubleTicket"} <= met
    assert {"amendTroubleTicket", "listCancelProductOrder"} <= met
    assert any("if-match" in request.headers for request in sent)
