"""Writes resources/api/DAY.md: an operator's first day, with requests and answers that were really run.

`python -m tests.guide` runs them against a fresh demo operator and writes the page; a test holds it against a new run.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from selfcare.api.profile import read_profile
from selfcare.api.speed import SPEED
from selfcare.app.check_operator import check
from selfcare.app.check_report import ApiReport, as_text, fails, report_of
from selfcare.app.start_demo import demo_browser_for
from selfcare.domain.operator import OperatorProfile
from tests.plain_client import (
    REDIRECT,
    PlainCustomer,
    authorise_query,
    exchange,
    sign_in,
    submit_form,
    verifier_pair,
)
from tests.sandbox_process import Sandbox, start_sandbox

PAGE = Path(__file__).resolve().parent.parent / "resources" / "api" / "DAY.md"
HOST = "https://api.operator.example"
SHOWN = ("x-total-count", "x-result-count", "etag", "location", "idempotent-replayed", "content-type")
LONGEST = 1400
MARK = "3f1c2d9e-0000-4000-8000-0000000000a1"


class Pen:
    """Writes a run down, without what differs from run to run."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._hosts = (sandbox.issuer(), sandbox.url)
        self._lines: list[str] = []

    def say(self, *paragraphs: str) -> None:
        """Paragraphs of the page."""
        for paragraph in paragraphs:
            self._lines += [paragraph, ""]

    def show(self, answer: httpx.Response, sent: Any = None) -> None:
        """One request and its answer."""
        asked = answer.request
        lines = [f"{asked.method} {asked.url.raw_path.decode()}"]
        names = ("idempotency-key", "if-none-match", *(("content-type",) if sent is not None else ()))
        lines += [f"{name}: {asked.headers[name]}" for name in names if name in asked.headers]
        if sent is not None:
            lines += ["", json.dumps(sent, indent=1, ensure_ascii=False)]
        lines += ["", f"{answer.status_code}"]
        lines += [f"{name}: {answer.headers[name]}" for name in SHOWN if name in answer.headers]
        if answer.content:
            lines += ["", self._cut(answer.json())]
        self.block("\n".join(lines), "http")

    def block(self, text: str, kind: str = "") -> None:
        """Something to be read letter by letter."""
        self._lines += [f"```{kind}", self._same(text).rstrip(), "```", ""]

    @staticmethod
    def _cut(body: Any) -> str:
        text = json.dumps(body, indent=1, ensure_ascii=False)
        return text if len(text) <= LONGEST else text[:LONGEST].rpartition("\n")[0] + "\n …"

    def _same(self, text: str) -> str:
        for host in self._hosts:
            text = text.replace(host, HOST).replace(quote(host, safe=""), quote(HOST, safe=""))
        return text.replace("/orvane-gb/", "/")

    def page(self) -> str:
        """The whole page."""
        return "\n".join(self._lines)


def written() -> str:
    """The page of a fresh run."""
    with start_sandbox("--clock", "2026-11-21T10:00:00Z", "--bills", "3") as sandbox:
        pen = Pen(sandbox)
        claire = sign_in(sandbox.issuer(), "claire")
        _profile(pen, sandbox)
        _reading(pen, claire, sandbox)
        _writing(pen, claire)
        _fresh(pen, claire, sandbox)
        _check(pen, sandbox)
        return pen.page()


def _profile(pen: Pen, sandbox: Sandbox) -> None:
    pen.say(
        "# From nothing to a passing check in a day",
        "Every request below was run against the demo operator and is written down as it came "
        "(`python -m tests.guide`); "
        f"its address is replaced by `{HOST}`, tokens are left out, long answers are cut. "
        "What each field means stands in [GUIDE.md](GUIDE.md).",
        "## 9:00 The profile",
        "Publish one JSON file at `/.well-known/selfcare-operator`. Begin with three APIs; `null` for the rest is "
        "honest and enough.",
    )
    pen.block(json.dumps(_first_profile(sandbox), indent=1, ensure_ascii=False), "json")
    pen.say("`selfcare check-operator profile.json` reads a file too, and names the line of a mistake.")


def _first_profile(sandbox: Sandbox) -> dict[str, Any]:
    """The demo operator's profile as an operator may begin: three APIs, one desk, no picture."""
    profile: dict[str, Any] = json.loads(sandbox.profile())
    kept = {"TMF629", "TMF678", "TMF621"}
    profile["apis"] = {api: entry if api in kept else None for api, entry in profile["apis"].items()}
    profile["support"]["channels"] = profile["support"]["channels"][:1]
    del profile["branding"]["logo"], profile["exit"]
    read_profile(json.dumps(profile).encode())
    return profile


def _sign_in(pen: Pen, sandbox: Sandbox) -> None:
    issuer = sandbox.issuer()
    verifier, challenge = verifier_pair()
    with httpx.Client(trust_env=False, timeout=20) as browser:
        query = authorise_query(challenge)
        page = browser.build_request("GET", f"{issuer}/authorize", params=query)
        answer = submit_form(browser, issuer, query, "claire")
        pen.say(
            "Register a public native client, without a secret, whose redirect is `http://127.0.0.1/…` on any port "
            "(RFC 8252, 7.3). The program opens your page in the customer's browser, with PKCE (RFC 7636):"
        )
        pen.block(f"GET {_without(page.url.raw_path.decode(), challenge)}", "http")
        pen.say("Your page asks for whatever you ask for and sends the browser back:")
        said = "&".join(f"{name}={quote(value[0], safe='')}" for name, value in answer.items())
        pen.block(f"303\nlocation: {_without(f'{REDIRECT}?{said}', answer['code'][0])}", "http")
        pen.say("The code becomes tokens:")
        given = exchange(browser, issuer, answer["code"][0], verifier)
        sent = given.request.content.decode()
        for secret in (answer["code"][0], verifier):
            sent = _without(sent, secret)
        told = {name: "…" if name.endswith("token") else value for name, value in given.json().items()}
        pen.block(
            f"POST {given.request.url.raw_path.decode()}\ncontent-type: application/x-www-form-urlencoded\n\n{sent}\n\n"
            f"{given.status_code}\n\n{json.dumps(told, indent=1, ensure_ascii=False)}",
            "http",
        )
        pen.say("It goes with every request from here on, as `Authorization: Bearer …`.")


def _without(text: str, secret: str) -> str:
    return text.replace(quote(secret, safe=""), "…").replace(secret, "…")


def _reading(pen: Pen, claire: PlainCustomer, sandbox: Sandbox) -> None:
    pen.say(
        "## 10:00 The sign-in",
        "Publish `/.well-known/openid-configuration`:",
    )
    pen.show(claire.client.get(f"{claire.issuer}/.well-known/openid-configuration"))
    _sign_in(pen, sandbox)
    pen.say(
        "## 11:00 The customer",
        "The `sub` of the ID token is the id of the customer; `account` names the accounts that the bills are asked "
        "for by:",
    )
    pen.show(claire.get("customer", "C4471"))
    pen.say("## 11:30 The bills", "A page, counted, with a tag over the whole list:")
    first = claire.get("customerBill", billingAccount__id="A4471", limit=1)
    pen.show(first)
    pen.say("The same question with that tag costs nothing:")
    pen.show(
        claire.get(
            "customerBill", billingAccount__id="A4471", limit=1, headers={"If-None-Match": first.headers["etag"]}
        )
    )
    assert first.json(), "there are bills to show"
    pen.say("Its lines, which add up to it:")
    lines = claire.get(
        "appliedCustomerBillingRate", billingAccount__id="A4471", bill__id=first.json()[0]["id"], limit=2
    )
    pen.show(lines)
    pen.say("An unknown id is 404 with TM Forum's error body:")
    pen.show(claire.get("customerBill", "nothing"))


def _writing(pen: Pen, claire: PlainCustomer) -> None:
    pen.say("## 14:00 A ticket", "It carries our own id, and comes under a key:")
    body = {
        "externalId": MARK,
        "name": "No signal",
        "description": "No signal since Monday",
        "ticketType": "Incident",
        "severity": "Minor",
        "relatedParty": [{"id": "C4471", "role": "customer", "@referredType": "Customer"}],
    }
    answer = claire.post("troubleTicket", body, MARK)
    pen.show(answer, body)
    pen.say("The answer was lost, so it comes again under the same key, and nothing is done twice:")
    pen.show(claire.post("troubleTicket", body, MARK), body)
    pen.say("Found by our own id:")
    pen.show(claire.get("troubleTicket", externalId=MARK, fields="externalId,status"))
    pen.say("A remark:")
    note = {"note": [{"author": "Customer", "date": "2026-11-21T10:00:00.000Z", "text": "Still dead"}]}
    pen.show(claire.patch("troubleTicket", answer.json()["id"], note), note)


def _fresh(pen: Pen, claire: PlainCustomer, sandbox: Sandbox) -> None:
    pen.say("## 15:00 Version 5", 'The same ticket, if the profile says `"version": "v5"` and its address:')
    address = f"{claire.issuer}/tmf-api/troubleTicket/v5/troubleTicket"
    pen.show(claire.client.get(address, params={"externalIdentifier.id": MARK}))


def _check(pen: Pen, sandbox: Sandbox) -> None:
    pen.say(
        "## 16:00 The check",
        "`selfcare check-operator https://api.operator.example --write --account test-7` ends with 0. What is not "
        "offered yet is named with what it costs the customer:",
    )
    profile = read_profile(json.dumps(_first_profile(sandbox)).encode())
    rows = _found(profile, writes=True)
    assert not fails(rows)
    pen.block(as_text(profile, rows))
    pen.say("Once everything is there:")
    profile = read_profile(sandbox.profile())
    pen.block(as_text(profile, _found(profile, writes=True)))
    sandbox.set_faults("no-counts", "bare-dates:troubleTicket", "not-offered:TMF656")
    profile = read_profile(sandbox.profile())
    rows = _found(profile)
    pen.say("An operator that counts nothing, writes ticket dates without a zone and has no TMF656 reads this instead:")
    pen.block(as_text(profile, rows))


def _found(profile: OperatorProfile, *, writes: bool = False) -> Sequence[ApiReport]:
    """What the check finds, but for how long the answers took in this run."""
    found = check(profile, demo_browser_for("claire"), writes=writes)
    return report_of(profile, [one for one in found if one.check != SPEED])


def same_every_run(page: str) -> str:
    """The page without what a run makes up: instants of the clock and tags that hang on addresses."""
    page = re.sub(r'"[0-9a-f]{32}"', '"…"', page)
    return re.sub(r"\d{4}-\d\d-\d\dT[0-9:.]+Z", "…", page)


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
